"""What DriftTests expects: stability index and Kolmogorov-Smirnov distance by numpy and scipy.

Run by hand (numpy, scipy) and copy what it prints into the test.
"""

import numpy
from scipy import stats

trained = numpy.array([float(i * 37 % 101) for i in range(500)])
seen = numpy.array([float(i * 53 % 89 + 15) for i in range(300)])
ordered = numpy.sort(trained)
edges = numpy.unique([ordered[step * 500 // 20] for step in range(20)])


def counts(values, missing):
    return numpy.append(
        numpy.bincount(numpy.digitize(values, edges), minlength=len(edges) + 1), missing)


before, now = counts(trained, 0), counts(seen[30:], 30)
used = (before > 0) | (now > 0)
p = (before[used] + 0.5) / (before.sum() + used.sum() / 2)
q = (now[used] + 0.5) / (now.sum() + used.sum() / 2)
print("psi", repr(((q - p) * numpy.log(q / p)).sum()))
print("ks", repr(stats.ks_2samp(
    numpy.digitize(trained, edges), numpy.digitize(seen[30:], edges)).statistic))
print("ks of the values", repr(stats.ks_2samp(trained, seen[30:]).statistic))
print("psi by chance", repr(stats.chi2.ppf(0.999, used.sum() - 1) * (1 / 500 + 1 / 300)))

#!/usr/bin/env python3
"""Writes Tests/EvaluationTests/Fixtures/profiles.json: samples, and what numpy and scipy say about them.

usage: profile_references.py FOLDER          (made with numpy 2.4.6, scipy 1.17.1)

`samples` holds ascending values with the bin widths of numpy's rules (over the range of the values), skewness and
quantiles; `pairs` two samples with the Kolmogorov-Smirnov statistic; `histograms` shares of two groups in the same
bins with the Jensen-Shannon divergence in bits and the area in common."""
import json
import pathlib
import sys

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

folder = pathlib.Path(sys.argv[1])
random = np.random.default_rng(20240301)



def exact_width(values, rule):
    """The width that numpy's rule asks for, before it is rounded to whole bins."""
    from numpy.lib import _histograms_impl as impl
    return float({'fd': impl._hist_bin_fd, 'doane': impl._hist_bin_doane}[rule](values, None))


samples = []
for values in (random.normal(size=200), random.lognormal(3, 2, size=501), random.integers(0, 5, size=60) * 1.0,
               np.full(9, 4.0), np.array([1.0, 2.0]), np.array([7.0]), np.array([0, 0, 0, 0, 0, 0, 0, 1.0, 9.0])):
    values = np.sort(values)
    samples.append(dict(
        values=values.tolist(), freedman_diaconis=exact_width(values, 'fd'), doane=exact_width(values, 'doane'),
        skewness=float(np.nan_to_num(stats.skew(values))) if np.ptp(values) > 0 else 0.0,
        quantiles=[[q, float(np.quantile(values, q))] for q in (0, 0.01, 0.25, 0.5, 0.75, 0.99, 1)]))

pairs = []
for first, second in ((random.normal(size=80), random.normal(0.6, size=47)),
                      (random.integers(0, 6, size=50) * 1.0, random.integers(2, 8, size=90) * 1.0),
                      (np.zeros(5), np.zeros(3)), (np.zeros(4), np.ones(6)), (np.array([1.0]), np.array([1.0, 2.0]))):
    first, second = np.sort(first), np.sort(second)
    pairs.append(dict(first=first.tolist(), second=second.tolist(),
                      statistic=float(stats.ks_2samp(first, second, method='asymp').statistic)))

histograms = []
for bins in (2, 5, 40):
    for zeros in (0, bins // 2):
        first, second = random.dirichlet(np.ones(bins)), random.dirichlet(np.full(bins, 0.2))
        first[:zeros] = 0
        first /= first.sum()
        histograms.append(dict(first=first.tolist(), second=second.tolist(),
                               divergence=float(jensenshannon(first, second, base=2) ** 2),
                               overlap=float(np.minimum(first, second).sum())))
histograms.append(dict(first=[1.0, 0.0], second=[0.0, 1.0], divergence=1.0, overlap=0.0))
histograms.append(dict(first=[0.5, 0.5], second=[0.5, 0.5], divergence=0.0, overlap=1.0))

(folder / 'profiles.json').write_text(
    json.dumps(dict(samples=samples, pairs=pairs, histograms=histograms), separators=(',', ':')) + '\n')

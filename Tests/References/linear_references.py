#!/usr/bin/env python3
"""Prints Tests/LearningTests/Linear/LinearReferences.swift: what scikit-learn finds on the rows of SyntheticRows.swift.

usage: python3 Tests/References/linear_references.py > Tests/LearningTests/Linear/LinearReferences.swift
Made with scikit-learn 1.9.1 and numpy 2.4.6. The solvers run until rounding stops them; objectives are added up with
math.fsum. The rows use +, -, * and comparisons of doubles only, so that both languages make the same bits."""
import math, warnings
import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

MASK = 2 ** 64 - 1


class SplitMix64:
    def __init__(self, seed): self.state = seed

    def uniform(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) * 2.0 ** -53


def rows(count, seed):
    """Six columns of different scale, two of them correlated, one of zeros and ones; three classes that overlap."""
    random, X, y = SplitMix64(seed), [], []
    for _ in range(count):
        u = [random.uniform() for _ in range(9)]
        x0 = 2 * u[0] - 1
        X.append([x0, 1000 * u[1], 2 * x0 + u[2], 1.0 if u[3] < 0.25 else 0.0, 0.001 * u[4], u[5]])
        scores = [u[6], 0.75 * x0 + u[7], u[1] - 0.5 + u[8]]
        y.append(max(range(3), key=lambda k: scores[k]))
    return np.array(X), np.array(y)


# classes, penalty, c, l1_ratio, intercept, standardize, class weight, whether rows have weights
CASES = [
    (2, 'l2', 1.0, 0.5, True, True, 'none', False),
    (2, 'l2', 0.01, 0.5, True, True, 'none', False),
    (2, 'l2', 100.0, 0.5, False, True, 'none', False),
    (2, 'l2', 1.0, 0.5, True, False, 'none', False),
    (2, 'l2', 1.0, 0.5, True, True, 'balanced', False),
    (2, 'l2', 1.0, 0.5, True, True, 'none', True),
    (2, 'none', 1.0, 0.5, True, True, 'none', False),
    (2, 'none', 1.0, 0.5, False, True, 'balanced', False),
    (2, 'l1', 0.1, 0.5, True, True, 'none', False),
    (2, 'l1', 1.0, 0.5, False, True, 'none', True),
    (2, 'elastic-net', 0.1, 0.3, True, True, 'none', False),
    (2, 'elastic-net', 1.0, 0.8, True, True, 'balanced', False),
    (3, 'l2', 1.0, 0.5, True, True, 'none', False),
    (3, 'l2', 0.03, 0.5, False, True, 'none', False),
    (3, 'l2', 1.0, 0.5, True, False, 'none', False),
    (3, 'l2', 1.0, 0.5, True, True, 'balanced', False),
    (3, 'l2', 1.0, 0.5, True, True, 'none', True),
    (3, 'none', 1.0, 0.5, True, True, 'none', False),
    (3, 'l1', 0.1, 0.5, True, True, 'none', False),
    (3, 'l1', 0.3, 0.5, False, True, 'balanced', False),
    (3, 'elastic-net', 0.1, 0.7, True, True, 'none', False),
    (3, 'elastic-net', 0.5, 0.2, True, True, 'none', True),
]


def fit(classes, penalty, c, l1_ratio, intercept, standardize, class_weight, weighted):
    X, y = rows(240, 7)
    if classes == 2: y = (y > 0).astype(int)
    weights = np.array([0.5 + 0.5 * (i % 4) for i in range(len(y))]) if weighted else np.ones(len(y))
    Z = StandardScaler().fit(X, sample_weight=weights).transform(X) if standardize else X
    smooth = penalty in ('l2', 'none')
    ratio = {'none': 0.0, 'l2': 0.0, 'l1': 1.0, 'elastic-net': l1_ratio}[penalty]
    model = LogisticRegression(
        C=math.inf if penalty == 'none' else c, l1_ratio=ratio, solver='newton-cholesky' if smooth else 'saga',
        tol=1e-13, max_iter=10_000 if smooth else 200_000, fit_intercept=intercept, random_state=1,
        class_weight=None if class_weight == 'none' else class_weight)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', ConvergenceWarning)
        model.fit(Z, y, sample_weight=weights if weighted else None)
    W, b = model.coef_, model.intercept_
    if class_weight == 'balanced': weights = weights * (len(y) / (classes * np.bincount(y)))[y]
    margins = Z @ W.T + b
    if classes == 2: margins = np.column_stack([np.zeros(len(y)), margins[:, 0]])
    largest = margins.max(1, keepdims=True)
    loss = np.log(np.exp(margins - largest).sum(1)) + largest[:, 0] - margins[np.arange(len(y)), y]
    l1, l2 = (0, 0) if penalty == 'none' else (ratio, 1 - ratio)
    objective = c * math.fsum(weights * loss) + l1 * math.fsum(abs(W).ravel()) + l2 / 2 * math.fsum((W * W).ravel())
    return objective, W[-1]


def main():
    print('// Printed by Tests/References/linear_references.py; scikit-learn 1.9.1.\n')
    print('/// What scikit-learn finds on `syntheticRows(240, seed: 7)`.')
    print('let linearReferences: [LinearReference] = [')
    for case in CASES:
        classes, penalty, c, l1_ratio, intercept, standardize, class_weight, weighted = case
        objective, row = fit(*case)
        name = {'elastic-net': 'elasticNet'}.get(penalty, penalty)
        print(f'  LinearReference(\n    classCount: {classes}, penalty: .{name}, c: {c}, l1Ratio: {l1_ratio}, intercept: {str(intercept).lower()},\n'
              f'    standardize: {str(standardize).lower()}, classWeight: .{class_weight}, isWeighted: {str(weighted).lower()},\n'
              f'    objective: {float(objective)!r},\n'
              f'    lastRow: [\n      {", ".join(f"{value:.10g}" for value in row[:3])},\n      {", ".join(f"{value:.10g}" for value in row[3:])},\n    ]),')
    print(']')


if __name__ == '__main__': main()

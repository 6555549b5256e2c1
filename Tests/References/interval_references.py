#!/usr/bin/env python3
"""Writes exact-intervals.json: what statsmodels says of the shares behind a few counts.

usage: interval_references.py FOLDER          (made with statsmodels 0.15.0, scipy 1.17.1)

One object a case: part, whole, and the ends of the 95 % interval of Clopper and Pearson."""
import json
import pathlib
import sys

from statsmodels.stats.proportion import proportion_confint

cases = [(0, 1), (1, 1), (0, 30), (30, 30), (1, 2), (3, 7), (12, 40), (97, 100), (999, 1000), (2, 5000), (4321, 9876)]
told = []
for part, whole in cases:
    low, high = proportion_confint(part, whole, alpha=0.05, method='beta')
    told.append(dict(part=part, whole=whole, low=float(low), high=float(high)))
(pathlib.Path(sys.argv[1]) / 'exact-intervals.json').write_text(json.dumps(told, indent=1) + '\n')

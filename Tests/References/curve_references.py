#!/usr/bin/env python3
"""Writes a curves-NAME.json beside each predictions-NAME.json: what scikit-learn and numpy say about the malicious score.

usage: curve_references.py FOLDER          (made with scikit-learn 1.9.1, numpy 2.4.6)

The score is the sum of the probabilities of the malicious classes, from left to right. `roc` and `precision_recall`
hold [threshold, x, y] point by point (null where there is no threshold), `reliability` of the score and of each class
[rows, mean predicted, observed share] in ten parts, `histograms` the scores of each class in 40 parts, `sweep` for each
distinct score, descending: [threshold, recall, precision, f1, false positive rate, share of flows, packets and bytes
below it]. Row r has r * 7 % 13 + 1 packets of r * 11 % 17 * 40 bytes in all."""
import json
import pathlib
import sys

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

folder = pathlib.Path(sys.argv[1])


def reliability(hit, score):
    if not len(hit):
        return []
    score = np.clip(score, 0, 1)
    observed, predicted = calibration_curve(hit, score, n_bins=10) if 0 < hit.sum() < len(hit) else (None, None)
    edges = np.linspace(0, 1, 11)
    part = np.searchsorted(edges[1:-1], score)
    counts = np.bincount(part, minlength=10)
    if observed is None:  # calibration_curve asks for both sides; its definition, then
        observed = np.array([hit[part == k].mean() for k in range(10) if counts[k]])
        predicted = np.array([score[part == k].mean() for k in range(10) if counts[k]])
    return [[int(n), p, o] for n, p, o in zip(counts[counts > 0], predicted.tolist(), observed.tolist())]


def curves(hit, score):
    if hit.all() or not hit.any():
        return [], []
    false, true, cut = metrics.roc_curve(hit, score, drop_intermediate=False)
    precision, recall, level = metrics.precision_recall_curve(hit, score)
    return ([[None if np.isinf(c) else c, f, t] for c, f, t in zip(cut.tolist(), false.tolist(), true.tolist())],
            [[*point] for point in zip([*level.tolist(), None], precision.tolist(), recall.tolist())])


for path in sorted(folder.glob('predictions-*.json')):
    case = json.loads(path.read_text())
    classes, benign, truth = case['classes'], case['benign'], np.array(case['truth'])
    share = np.array(case['probabilities']).reshape(len(truth), len(classes))
    malicious = [k for k, name in enumerate(classes) if name not in benign]
    told = dict(classes=[reliability(truth == k, share[:, k]) for k in range(len(classes))], alarms=None)
    if 0 < len(malicious) < len(classes):
        score = np.zeros(len(truth))
        for k in malicious:
            score = score + share[:, k]
        hit = np.isin(truth, malicious)
        rows = np.arange(len(truth))
        packets, volume = rows * 7 % 13 + 1, rows * 11 % 17 * 40
        sweep = []
        for cut in np.unique(score)[::-1]:
            alarm = score >= cut
            sweep.append([
                cut, metrics.recall_score(hit, alarm, zero_division=0), metrics.precision_score(hit, alarm, zero_division=0),
                metrics.f1_score(hit, alarm, zero_division=0), float(alarm[~hit].mean()) if (~hit).any() else None,
                1 - alarm.mean(), 1 - packets[alarm].sum() / packets.sum(),
                None if volume.sum() == 0 else 1 - volume[alarm].sum() / volume.sum()])
        roc, pairs = curves(hit, score)
        told['alarms'] = dict(
            roc=roc, precision_recall=pairs, reliability=reliability(hit, score), sweep=sweep,
            histograms=[np.histogram(score[truth == k], bins=40, range=(0, 1))[0].tolist()
                        for k in range(len(classes)) if (truth == k).any()])
    name = path.name.replace('predictions-', 'curves-')
    (folder / name).write_text(json.dumps(told, default=float, separators=(',', ':')) + '\n')

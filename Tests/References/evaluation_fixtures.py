#!/usr/bin/env python3
"""Writes Tests/EvaluationTests/Fixtures: predictions and what scikit-learn says about them.

usage: evaluation_fixtures.py FOLDER          (made with scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1)

Each predictions-NAME.json holds classes, benign, truth, predicted, probabilities (row-major), alarms and
`expected`, where null is a score that is not defined. Probabilities are multiples of 1/64, so that scores tie and
their sum is exact, but for the cases named `fine`. student.json holds quantiles of Student's t; intervals.json
means and intervals over folds."""
import json
import pathlib
import sys

import numpy as np
from scipy import stats
from sklearn import metrics

folder = pathlib.Path(sys.argv[1])
random = np.random.default_rng(20240229)


def probabilities(rows, classes, truth, skill, grid):
    """Random rows that add up to 1 and lean towards the truth."""
    weight = random.gamma(0.7, size=(rows, classes)) + 1e-3
    weight[np.arange(rows), truth] += skill * random.random(rows)
    share = weight / weight.sum(1, keepdims=True)
    if not grid:
        share = np.round(share, 6)
        share[:, 0] = np.round(1 - share[:, 1:].sum(1), 6)
        return np.abs(share)
    share = np.floor(share * grid)
    share[np.arange(rows), share.argmax(1)] += grid - share.sum(1)
    return share / grid


def one_against_rest(hit, score):
    if hit.all() or not hit.any():
        return None
    return metrics.roc_auc_score(hit, score), metrics.average_precision_score(hit, score)


def curves(hit, score):
    false, true, cut = metrics.roc_curve(hit, score, drop_intermediate=False)
    precision, recall, level = metrics.precision_recall_curve(hit, score)
    return dict(
        roc=[[None if np.isinf(c) else c, f, t] for c, f, t in zip(cut.tolist(), false.tolist(), true.tolist())],
        precision_recall=[[*point] for point in zip([*level.tolist(), None], precision.tolist(), recall.tolist())])


def expected(classes, benign, truth, predicted, share, alarms):
    count = len(classes)
    codes = np.arange(count)
    told = dict(rows=len(truth), confusion_matrix=metrics.confusion_matrix(truth, predicted, labels=codes).tolist())
    told['accuracy'] = metrics.accuracy_score(truth, predicted)
    told['balanced_accuracy'] = metrics.balanced_accuracy_score(truth, predicted)
    told['matthews_correlation'] = metrics.matthews_corrcoef(truth, predicted)
    for average in ('macro', 'weighted'):
        told[f'{average}_f1'] = metrics.f1_score(truth, predicted, average=average, zero_division=0)
    each = metrics.precision_recall_fscore_support(truth, predicted, labels=codes, zero_division=0)
    told['per_class'] = [
        {'class': name, 'precision': each[0][k], 'recall': each[1][k], 'f1': each[2][k], 'support': int(each[3][k])}
        for k, name in enumerate(classes)]
    told['log_loss'] = metrics.log_loss(truth, share, labels=codes)
    if count == 2:
        hit = truth == 1
        told['brier_score'] = metrics.brier_score_loss(hit, share[:, 1], pos_label=True)
        areas = [one_against_rest(hit, share[:, 1])]
    else:
        told['brier_score'] = float(((share - np.eye(count)[truth]) ** 2).sum(1).mean())
        areas = [one_against_rest(truth == k, share[:, k]) for k in codes]
    areas = [area for area in areas if area]
    told['roc_auc'], told['average_precision'] = np.mean(areas, axis=0).tolist() if areas else (None, None)

    malicious = np.array([name not in benign for name in classes])[truth]
    told['recall'] = metrics.recall_score(malicious, alarms, zero_division=0)
    told['precision'] = metrics.precision_score(malicious, alarms, zero_division=0)
    told['f1'] = metrics.f1_score(malicious, alarms, zero_division=0)
    told['false_positive_rate'] = float(alarms[~malicious].mean()) if (~malicious).any() else None
    told['data_reduction'] = float(1 - alarms.mean())
    told['malicious_share_of_passed'] = float(malicious[alarms].mean()) if alarms.any() else None
    told['curves'] = [
        None if (truth == k).all() or not (truth == k).any() else curves(truth == k, share[:, k]) for k in codes]
    return told


def case(name, rows, classes, benign=('benign',), present=None, never=(), skill=2.0, grid=64, threshold=None, make=None):
    count = len(classes)
    present = list(range(count)) if present is None else present
    truth = random.choice(present, size=rows)
    share = probabilities(rows, count, truth, skill, grid) if make is None else make(truth)
    if never:
        share[:, 0] += share[:, list(never)].sum(1)
        share[:, list(never)] = 0
    predicted = share.argmax(1)
    malicious = np.array([other not in benign for other in classes])
    if threshold is None:
        alarms = malicious[predicted]
    else:
        alarms = share[:, malicious].sum(1) >= threshold
        if count == 2:
            predicted = alarms.astype(int)
    told = expected(classes, benign, truth, predicted, share, alarms)
    document = dict(classes=classes, benign=list(benign), truth=truth.tolist(), predicted=predicted.tolist(),
                    probabilities=share.ravel().tolist(), alarms=alarms.tolist(), expected=told)
    text = json.dumps(document, default=float, separators=(',', ':'))
    (folder / f'predictions-{name}.json').write_text(text + '\n')


def constant(row):
    return lambda truth: np.tile(np.array(row, dtype=float), (len(truth), 1))


def certain(truth):
    """Probabilities of exactly 0 and 1, one in eight of them wrong: what the log loss must clip."""
    says = np.where(random.random(len(truth)) < 0.125, 1 - truth, truth)
    return np.eye(2)[says]


two, three = ['benign', 'malicious'], ['benign', 'dos', 'scan']
five = ['BENIGN', 'Bot', 'DoS Hulk', 'PortScan', 'Web Attack – XSS']
case('two-ties', 120, two, grid=8)
case('two-fine', 80, two, grid=None)
case('two-threshold', 100, two, threshold=0.25)
case('two-constant', 40, two, make=constant([0.5, 0.5]))
case('two-certain', 64, two, make=certain)
case('two-only-benign', 30, two, present=[0])
case('two-only-malicious', 30, two, present=[1])
case('two-no-alarm', 40, two, make=constant([0.75, 0.25]))
case('two-no-benign-class', 40, ['dos', 'scan'], benign=())
case('two-one-row', 1, two)
case('three-ties', 90, three, grid=16)
case('three-absent-truth', 60, three, present=[0, 2])
case('three-absent-everywhere', 60, three, present=[0, 2], never=[1])
case('three-one-class', 30, three, present=[1])
case('three-constant', 40, three, make=constant([0.25, 0.5, 0.25]))
case('three-two-benign', 60, ['benign', 'normal', 'scan'], benign=('benign', 'normal'), threshold=0.5)
case('five-ties', 150, five, benign=('BENIGN',))
case('five-fine-unskilled', 60, five, benign=('BENIGN',), skill=0.0, grid=None)
case('five-rare', 120, five, benign=('BENIGN',), present=[0, 0, 0, 0, 0, 0, 0, 1, 3], threshold=0.9)

student = [dict(confidence=c, degrees=d, quantile=stats.t.ppf((1 + c) / 2, d))
           for c in (0.5, 0.9, 0.95, 0.99) for d in (1, 2, 3, 4, 5, 9, 10, 29, 49, 120, 1001)]
(folder / 'student.json').write_text(json.dumps(student, indent=0) + '\n')

intervals = []
for folds in (2, 3, 5, 10, 50):
    scores = np.round(random.beta(20, 2, size=folds), 4)
    low, high = stats.t.interval(0.95, folds - 1, loc=scores.mean(), scale=stats.sem(scores))
    intervals.append(dict(scores=scores.tolist(), mean=scores.mean(), standard_deviation=scores.std(ddof=1),
                          low=low, high=high))
(folder / 'intervals.json').write_text(json.dumps(intervals, indent=0, default=float) + '\n')

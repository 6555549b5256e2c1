#!/usr/bin/env python3
"""Times scikit-learn's GridSearchCV with FlowMeter's grid beside ours, on the training rows of a table of the comparison.

usage: bench_grid.py BENCHMARKS CSV [--threads 2] [--budget SECONDS]

The peer fits the first of its 10 folds, one process a thread as with n_jobs, and that time counts ten times; columns are
standardized once for the fold, which its pipeline would do for every trial. L1 needs liblinear, L2 has its fastest solver,
newton-cholesky. Fits of liblinear on such columns take minutes: after --budget seconds (default 240) the peer is stopped, and
its time so far is a lower bound, so that the ratio printed is an upper one."""
import argparse, json, multiprocessing, os, subprocess, time, warnings

parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
parser.add_argument('benchmarks')
parser.add_argument('csv')
parser.add_argument('--threads', type=int, default=2)
parser.add_argument('--budget', type=float, default=240)
A = parser.parse_args()
os.environ.update(OPENBLAS_NUM_THREADS='1', OMP_NUM_THREADS='1')
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

FOLDS = 10


def grid(share):
    """L2 first: the peer's quick trials should all be in its time."""
    weights = [(.1, 99.9), (.25, 99.75), (.5, 99.5), (.75, 99.25), (1, 99), (100 * share, 100 * (1 - share))]
    for penalty in ('l2', 'l1'):
        for benign, malicious in weights:
            for c in (.1, .3, .5, .7, .9):
                for intercept in (True, False):
                    yield dict(penalty=penalty, C=c, class_weight={0: benign, 1: malicious}, fit_intercept=intercept,
                               solver='liblinear' if penalty == 'l1' else 'newton-cholesky')


def rows():
    table = pd.read_csv(A.csv)
    table = table[table['Split'] == 'train']
    y = table['Attack'].to_numpy()
    X = table.drop(columns=['Label', 'Attack', 'Split']).to_numpy(float)
    train, test = next(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(X, y))
    scaler = StandardScaler().fit(X[train])
    return scaler.transform(X[train]), y[train], scaler.transform(X[test]), y[test]


def trial(settings):
    warnings.filterwarnings('ignore')
    start = time.monotonic()
    model = LogisticRegression(**settings).fit(X, y)
    return settings['penalty'], roc_auc_score(z, model.predict_proba(Z)[:, 1]), time.monotonic() - start


def peer():
    """Seconds, and how many trials were done in them."""
    trials = list(grid(y.mean()))
    start, done, best = time.monotonic(), [], 0
    with multiprocessing.get_context('fork').Pool(A.threads) as pool:
        results = pool.imap_unordered(trial, trials)
        while len(done) < len(trials):
            try:
                done.append(results.next(timeout=max(0.01, A.budget - (time.monotonic() - start))))
            except multiprocessing.TimeoutError:
                break
        seconds = time.monotonic() - start
        pool.terminate()
    for penalty in ('l2', 'l1'):
        own = [each[2] for each in done if each[0] == penalty]
        if own: print(f'  {penalty}: {len(own)} fits, {np.mean(own):.2f} s each, {max(own):.1f} at most')
    best = max(score for _, score, _ in done)
    return seconds, len(done), len(trials), best


X, y, Z, z = rows()
ours = json.loads(subprocess.run([A.benchmarks, 'grid', A.csv, 'Attack', str(A.threads)], check=True, capture_output=True).stdout)
print(f"ours: {ours['search_s']:.1f} s ({ours['cpu_s']:.1f} s of processors) for {ours['trials']} trials of {ours['folds']} folds; "
      f"best mean area {ours['best_roc_auc']:.5f}")
seconds, done, count, best = peer()
bound = '' if done == count else 'at least '
print(f'scikit-learn: {bound}{seconds:.1f} s for {done} of {count} trials of the first fold; best area there {best:.5f}')
print(f"grid: {ours['search_s']:.1f} s, {'' if done == count else 'at most '}{ours['search_s'] / (FOLDS * seconds):.4f} times scikit-learn's "
      f'GridSearchCV ({bound}{FOLDS * seconds:.0f} s, its first fold times {FOLDS})')

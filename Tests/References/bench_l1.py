#!/usr/bin/env python3
"""Times our L1 logistic regression beside scikit-learn's liblinear and saga, at equal objective, on the training rows of a table.

usage: bench_l1.py BENCHMARKS CSV [--threads 2] [--gap 1e-6] [--budget SECONDS]

The optimum is ours at a duality gap of 1e-9, which bounds every solver's. A peer runs with ever smaller tolerances until its
objective is within --gap of it or --budget seconds (default 120) are used up; then its own gap so far is printed, and its time
is a lower bound. liblinear penalizes the intercept too, which costs it a little of the objective, and with a larger scaling of the
intercept takes longer still."""
import argparse, json, multiprocessing, os, subprocess, time, warnings

parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
parser.add_argument('benchmarks')
parser.add_argument('csv')
parser.add_argument('--threads', type=int, default=2)
parser.add_argument('--gap', type=float, default=1e-6)
parser.add_argument('--budget', type=float, default=120)
A = parser.parse_args()
os.environ.update(OPENBLAS_NUM_THREADS=str(A.threads))
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def ours(tolerance):
    command = [A.benchmarks, 'fit', A.csv, 'Attack', f'lr,penalty=l1,tolerance={tolerance}', '0', str(A.threads)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def objective(model):
    margins = Z @ model.coef_.ravel() + model.intercept_[0]
    return float(np.logaddexp(0, np.where(y == 1, -margins, margins)).sum() + np.abs(model.coef_).sum())


def attempt(solver, tolerance, iterations, pipe):
    warnings.filterwarnings('ignore')
    start = time.monotonic()
    model = LogisticRegression(penalty='l1', solver=solver, C=1, tol=tolerance, max_iter=iterations, random_state=0).fit(Z, y)
    pipe.send((time.monotonic() - start, objective(model)))


def peer(solver, optimum):
    start = time.monotonic()
    for iterations in (10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000):
        receiver, sender = multiprocessing.Pipe(False)
        process = multiprocessing.get_context('fork').Process(target=attempt, args=(solver, 1e-12, iterations, sender))
        process.start()
        if not receiver.poll(max(1, A.budget - (time.monotonic() - start))):
            process.terminate()
            process.join()
            print(f'{solver}: stopped within {iterations} iterations after {A.budget:.0f} s in all')
            return
        seconds, value = receiver.recv()
        process.join()
        gap = value / optimum - 1
        print(f'{solver}: {iterations} iterations, {seconds:.2f} s, gap {gap:.1e}: ours takes {fit["fit_s"] / seconds:.4f} times as long to {fit["gap"]:.1e}')
        if gap <= A.gap: return


table = pd.read_csv(A.csv)
table = table[table['Split'] == 'train']
y = table['Attack'].to_numpy()
Z = StandardScaler().fit_transform(table.drop(columns=['Label', 'Attack', 'Split']).to_numpy(float))
fit, exact = min((ours(A.gap) for _ in range(3)), key=lambda told: told['fit_s']), ours(1e-9)
print(f"ours: {fit['fit_s']:.3f} s, {fit['steps']} steps, objective {fit['objective']:.6f}, duality gap {fit['gap']:.1e}; optimum {exact['objective']:.6f}")
for solver in ('liblinear', 'saga'): peer(solver, exact['objective'])

#!/usr/bin/env python3
"""Compares boosting with monotone constraints and with one-side sampling with LightGBM's.

usage: boosting_options.py --flowmeter PATH [--seeds N] [--rows N]

Rows are drawn whose class goes up and down with the first column, so that a direction has to be
enforced. For each seed both are fitted to the same rows with the same settings and judged by the log
loss of as many other rows. Prints a line for each option and ends with 1 where ours is worse by more
than 1 % and by more than two standard errors of the paired differences.
Needs numpy and lightgbm.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import lightgbm
import numpy

COLUMNS = ["wave", "gapped", "other"]
CONSTRAINTS = {"monotone_constraints": [1, 1, 0]}
OPTIONS = {
    "plain": ({}, []),
    "monotone, basic": (CONSTRAINTS | {"monotone_constraints_method": "basic"}, ["monotone_constraints=wave:+1,gapped:+1"]),
    "goss": ({"data_sample_strategy": "goss", "top_rate": 0.2, "other_rate": 0.1}, ["sampling=goss"]),
}


def draw(generator, count):
    wave, other = generator.uniform(0, 10, count), generator.uniform(0, 1, count)
    gapped = numpy.where(generator.uniform(size=count) < 0.2, numpy.nan, generator.uniform(0, 4, count))
    depth = numpy.where(numpy.isnan(gapped), 1.5, numpy.abs(gapped - 2))
    signal = numpy.sin(wave) + 0.3 * wave - depth + other + generator.normal(0, 0.7, count)
    return numpy.column_stack([wave, gapped, other]), (signal > 1.2).astype(int)


def log_loss(probabilities, labels):
    likely = numpy.where(labels == 1, probabilities, 1 - probabilities)
    return -numpy.log(numpy.maximum(1e-15, likely)).mean()


def peer(training, testing, options, seed):
    parameters = {"objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 20,
                  "num_threads": 1, "verbose": -1, "seed": seed} | options
    model = lightgbm.train(parameters, lightgbm.Dataset(*training), num_boost_round=100)
    return log_loss(model.predict(testing[0]), testing[1])


def write(path, rows):
    lines = [",".join(COLUMNS + ["label"])]
    for values, label in zip(*rows):
        cells = ["NaN" if numpy.isnan(value) else repr(float(value)) for value in values]
        lines.append(",".join(cells + ["attack" if label else "benign"]))
    path.write_text("\n".join(lines) + "\n")


def ours(tool, folder, settings, seed):
    model = folder / "model.json"
    common = ["--seed", str(seed), "--json", "--quiet"]
    sets = [word for setting in settings for word in ("--set", setting)]
    for call in (["train", folder / "training.csv", "-o", model, "--validation", "none"] + sets,
                 ["evaluate", model, folder / "testing.csv"]):
        answer = subprocess.run([tool, *call, *common], check=True, capture_output=True).stdout
    return json.loads(answer)["log_loss"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--flowmeter", required=True)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--rows", type=int, default=5_000)
    arguments = parser.parse_args()
    losses = {name: [] for name in OPTIONS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(arguments.seeds):
            generator = numpy.random.default_rng(seed)
            training, testing = draw(generator, arguments.rows), draw(generator, arguments.rows)
            write(folder / "training.csv", training)
            write(folder / "testing.csv", testing)
            for option, (theirs, settings) in OPTIONS.items():
                losses[option].append(
                    (ours(arguments.flowmeter, folder, settings, seed), peer(training, testing, theirs, seed)))
    isWorse = False
    for option, pairs in losses.items():
        our, their = numpy.array(pairs).T
        error = 2 * (our - their).std(ddof=1) / numpy.sqrt(len(pairs))
        difference = our.mean() - their.mean()
        worse = difference > max(0.01 * their.mean(), error)
        isWorse |= worse
        print(f"{option:18} ours {our.mean():.5f}  LightGBM {their.mean():.5f}  "
              f"difference {difference:+.5f} +- {error:.5f}  {'worse' if worse else 'ok'}")
    sys.exit(isWorse)


if __name__ == "__main__":
    main()

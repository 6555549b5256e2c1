#!/usr/bin/env python3
"""Compares the learners of FlowMeter with scikit-learn and LightGBM at the same hyperparameters.

usage: compare_quality.py --flowmeter PATH --data FOLDER [--seeds N] [--sets NAME,...] [--learners NAME]...
       compare_quality.py --peers-only --data FOLDER ...      fits the peers alone

On three data sets, for each seed: the rows are split into a training and a testing file, which our
tool reads in their own form; it trains and predicts; the peer is fitted to the same rows, columns
and classes (taken from our model file); scikit-learn scores both. By data set and learner the table
gives the means over the seeds, their difference, two standard errors of the two means and of the
differences seed by seed, and a verdict: 'worse' where ours is worse by more than 0.002 and by more
than two standard errors of the means; 'ok, but look' where it is so only by the differences, which
chance alone brings about in one of twenty lines at five seeds: take more seeds then. For logistic
regression the objective on the training rows may lie above scikit-learn's, and above its minimum,
by no more than 1e-8 of its value.

Exit code: 0 if nothing is worse, 1 if something is, 2 if the two did not see the same rows.
Needs numpy, scipy, pandas, scikit-learn and lightgbm.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from scipy.linalg import solve
from scipy.special import logsumexp, softmax
from sklearn import metrics
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ALIASES = Path(__file__).parents[2] / "Sources/FeatureExtraction/Resources/aliases.tsv"
TEST_SHARE = 0.3
TOLERANCE = 0.002
OBJECTIVE_TOLERANCE = 1e-8
METRICS = {"macro_f1": 1, "log_loss": -1, "roc_auc": 1}  # 1: higher is better
LEARNERS = {  # name here: the learner and its --set
    "logistic-regression": ("logistic-regression", ["c=1", "tolerance=1e-10"]),
    "random-forest": ("random-forest", ["trees=100"]),
    "extra-trees": ("random-forest", ["trees=100", "extra_randomized=true"]),
    "gradient-boosting": (
        "gradient-boosting", ["trees=100", "leaves=31", "learning_rate=0.1"]),
    # At LightGBM's own least child weight, 0.001, boosting of many classes diverges on rare ones
    # (log loss 27 on the first set, in LightGBM as in scikit-learn): there the comparison says
    # little. With 1 it is stable.
    "boosting, weight 1": (
        "gradient-boosting",
        ["trees=100", "leaves=31", "learning_rate=0.1", "min_child_weight=1"]),
}


class Disagreement(Exception):
    """The two sides did not see the same rows, columns or classes."""


# --- Data sets


@dataclass
class DataSet:
    """A file, its lines as they stand, and what they hold."""

    name: str
    form: str
    header: bytes  # empty where the file has none
    lines: list  # one a row, with its line end
    cells: pd.DataFrame  # text, named as in the header
    labels: np.ndarray
    groups: np.ndarray  # rows with the same value stay on one side
    features: list = field(default_factory=list)  # what is learned from without a model to ask
    categorical: list = field(default_factory=list)


def read_lines(path):
    raw = path.read_bytes().splitlines(keepends=True)
    if not raw[-1].endswith(b"\n"):
        raw[-1] += b"\n"
    return raw


def corrected_cic(folder):
    path = folder / "csv/cic-ids2017-improved/flows.csv"
    lines = read_lines(path)
    cells = pd.read_csv(path, dtype=str, keep_default_na=False)
    one = cells["Src IP"] + ":" + cells["Src Port"]
    other = cells["Dst IP"] + ":" + cells["Dst Port"]
    pair = np.where(one < other, one + " " + other, other + " " + one)
    groups = pair + " " + cells["Protocol"] + " " + cells["Timestamp"].str[:10]
    # Sums of headers wrap at 16 bits: less than the packets need at least is no value.
    least = cells["Protocol"].map({"6": 20, "17": 8}).fillna(0)
    for header, packets in [
            ("Fwd Header Length", "Total Fwd Packet"), ("Bwd Header Length", "Total Bwd packets")]:
        wrapped = pd.to_numeric(cells[header]) < pd.to_numeric(cells[packets]) * least
        cells.loc[wrapped, header] = ""
    left_out = "id,Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp,Label,Attempted Category"
    features = [name for name in cells.columns if name not in left_out.split(",")]
    return DataSet(
        "cic-ids2017-corrected", "cic-corrected-91", lines[0], lines[1:], cells,
        cells["Label"].to_numpy(), pd.factorize(groups)[0], features, ["ICMP Code", "ICMP Type"])


def unsw(folder):
    path = folder / "csv/unsw-nb15/UNSW_NB15_training-set.csv"
    lines = read_lines(path)
    cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    left_out = ["id", "attack_cat", "label", "stcpb", "dtcpb"]
    return DataSet(
        "unsw-nb15", "unsw-45", lines[0], lines[1:], cells, cells["attack_cat"].to_numpy(),
        np.arange(len(cells)), [name for name in cells.columns if name not in left_out],
        ["proto", "service", "state"])


NSL_FAMILIES = {
    "normal": "normal",
    "DoS": "back land neptune pod smurf teardrop",
    "Probe": "ipsweep nmap portsweep satan",
    "R2L": "ftp_write guess_passwd imap multihop phf spy warezclient warezmaster",
    "U2R": "buffer_overflow loadmodule perl rootkit",
}


def nsl_kdd(folder):
    path = folder / "csv/nsl-kdd/KDDTrain+_20Percent.txt"
    names = [
        line.split(",")[0].strip()
        for line in (folder / "csv/nsl-kdd/Field_Names.csv").read_text().splitlines() if line]
    cells = pd.read_csv(
        path, dtype=str, keep_default_na=False, header=None, names=names[:41] + ["label", "difficulty"])
    family = {attack: name for name, attacks in NSL_FAMILIES.items() for attack in attacks.split()}
    return DataSet(
        "nsl-kdd", "nsl-kdd-43", b"", read_lines(path), cells,
        cells["label"].map(family).to_numpy(), np.arange(len(cells)), names[:41],
        ["protocol_type", "service", "flag"])


SETS = {"cic-ids2017-corrected": corrected_cic, "unsw-nb15": unsw, "nsl-kdd": nsl_kdd}


def split(data, seed):
    """A mask of the test rows: of each class about the same share of its groups, at least one
    group on each side where there are two. A group belongs to the class of its first row."""
    random = np.random.default_rng(seed)
    _, first = np.unique(data.groups, return_index=True)
    class_of_group = data.labels[first]
    tested = np.zeros(len(first), bool)
    for name in np.unique(class_of_group):
        groups = random.permutation(np.flatnonzero(class_of_group == name))
        if len(groups) > 1:
            tested[groups[: max(1, round(TEST_SHARE * len(groups)))]] = True
    return tested[np.searchsorted(data.groups[first], data.groups)]


# --- Columns as our model has them


def snake_case(name):
    return "_".join("".join(c.lower() if c.isalnum() else " " for c in name).split())


def header_of_column(data):
    """For each of our column names the header it comes from and the factor to our unit."""
    found = {snake_case(header): (header, 1.0) for header in data.cells.columns}
    with open(ALIASES, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["form"] == data.form and row["header"].strip() in data.cells.columns:
                found[row["column"]] = (row["header"].strip(), float(row["scale"] or 1))
    return found


def plain_text(cell):
    """A category without the decimals that some files give whole numbers."""
    return cell[:-2] if cell.endswith(".0") else cell


def encoded(data, columns):
    """Rows by encoded columns: numbers as they are, categories as columns of 0 and 1."""
    found = header_of_column(data)
    blocks = []
    for column in columns:
        if column["name"] not in found:
            raise Disagreement(f"{data.name}: our column '{column['name']}' is not in the file")
        header, scale = found[column["name"]]
        cells = data.cells[header]
        if column["kind"] == "numeric":
            blocks.append(pd.to_numeric(cells).to_numpy(float)[:, None] * scale)
        else:
            codes = {plain_text(name): code for code, name in enumerate(column["categories"])}
            if "none" in codes:  # how our model calls the -1 of a column that does not apply
                codes.setdefault("-1", codes["none"])
            block = np.zeros((len(cells), len(column["categories"])))
            positions = cells.map(lambda cell: codes.get(plain_text(cell), -1)).to_numpy(int)
            rows = np.flatnonzero(positions >= 0)
            block[rows, positions[rows]] = 1
            blocks.append(block)
    return np.hstack(blocks)


def columns_without_model(data, training):
    """What the model file would say, for fitting the peers alone."""
    return [
        {"name": snake_case(name), "kind": "numeric"} if name not in data.categorical else
        {"name": snake_case(name), "kind": "categorical",
         "categories": sorted(set(data.cells[name][training].map(plain_text)))}
        for name in data.features]


# --- Ours


@dataclass
class Ours:
    model: dict
    probabilities: np.ndarray  # test rows by classes
    seconds: float


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\nexit code {done.returncode}\n{done.stderr}")
    return done.stdout


def train_ours(flowmeter, data, test, learner, seed, folder):
    suffix = ".csv" if data.header else ".txt"
    training_file, test_file = folder / f"train{suffix}", folder / f"test{suffix}"
    for path, mask in [(training_file, ~test), (test_file, test)]:
        path.write_bytes(data.header + b"".join(data.lines[row] for row in np.flatnonzero(mask)))
    model_file, predictions_file = folder / "model.json", folder / "predictions.csv"
    name, settings = LEARNERS[learner]
    settings = [word for setting in settings for word in ("--set", setting)]
    start = time.monotonic()
    run([flowmeter, "train", str(training_file), "--learner", name, "--validation", "none",
         "--seed", str(seed), "-o", str(model_file), "--json", *settings])
    seconds = time.monotonic() - start
    run([flowmeter, "evaluate", str(model_file), str(test_file), "--json",
         "--predictions", str(predictions_file)])
    model = json.loads(model_file.read_text())
    return Ours(model, read_predictions(predictions_file, model["classes"], data, test), seconds)


def read_predictions(path, classes, data, test):
    table = pd.read_csv(path, keep_default_na=False)
    rows = np.flatnonzero(test)
    if len(table) != len(rows) or (table["row"].to_numpy() != np.arange(len(rows))).any():
        raise Disagreement(f"{data.name}: {len(table)} predictions for {len(rows)} test rows")
    if (table["label"].to_numpy() != data.labels[rows]).any():
        raise Disagreement(f"{data.name}: the labels of the predictions are not those of the file")
    return table[[f"probability:{name}" for name in classes]].to_numpy(float)


# --- Peers


def fit_peer(learner, features, codes, seed):
    """A function from features to probabilities, and for logistic regression the model."""
    if learner == "logistic-regression":
        scaler = StandardScaler().fit(features)
        # Scores no longer change below this tolerance; what the objective still gains is measured.
        model = LogisticRegression(C=1, tol=1e-6, max_iter=3000)
        model.fit(standardized_by(scaler, features), codes)
        return lambda rows: model.predict_proba(standardized_by(scaler, rows)), (scaler, model)
    if learner == "random-forest":
        model = RandomForestClassifier(100, random_state=seed, n_jobs=-1)
    elif learner == "extra-trees":
        model = ExtraTreesClassifier(100, random_state=seed, n_jobs=-1)
    else:
        model = lightgbm.LGBMClassifier(
            n_estimators=100, num_leaves=31, learning_rate=0.1, random_state=seed, verbose=-1,
            min_child_weight=1e-3 if learner == "gradient-boosting" else 1)
    model.fit(features, codes)
    return model.predict_proba, None


def standardized_by(scaler, features):
    """Standardized columns; a missing value counts as the mean of those that are there."""
    return np.nan_to_num(scaler.transform(features), nan=0.0)


def objective(standardized, codes, coefficients, intercepts):
    """scikit-learn's: the sum of log losses and half the sum of squared coefficients."""
    margins = standardized @ np.asarray(coefficients).T + np.asarray(intercepts)
    if margins.shape[1] == 1:
        losses = np.logaddexp(0, np.where(codes == 1, -margins[:, 0], margins[:, 0]))
    else:
        losses = logsumexp(margins, axis=1) - margins[np.arange(len(codes)), codes]
    return losses.sum() + 0.5 * np.square(coefficients).sum()


def newton_gap(standardized, codes, coefficients, intercepts):
    """How far the objective lies above its minimum, to second order: half of g' H^-1 g. Needs no
    second solver, and is exact near the minimum."""
    design = np.hstack([standardized, np.ones((len(codes), 1))])
    margins = design @ np.column_stack([coefficients, intercepts]).T
    if margins.shape[1] == 1:
        probabilities = 1 / (1 + np.exp(-margins))
        truth = (codes == 1)[:, None]
    else:
        probabilities = softmax(margins, axis=1)
        truth = codes[:, None] == np.arange(margins.shape[1])
    outputs, width = margins.shape[1], design.shape[1]
    gradient = (probabilities - truth).T @ design
    gradient[:, :-1] += coefficients
    hessian = np.empty((outputs, width, outputs, width))
    for k in range(outputs):
        for other in range(k + 1):
            weights = probabilities[:, k] * ((k == other) - probabilities[:, other])
            block = design.T @ (design * weights[:, None])
            hessian[k, :, other], hessian[other, :, k] = block, block
    hessian = hessian.reshape(outputs * width, outputs * width)
    penalized = np.tile(np.append(np.ones(width - 1), 0), outputs)
    # The small part keeps the direction solvable that moves all intercepts alike and changes nothing.
    hessian[np.diag_indices_from(hessian)] += penalized + 1e-9 * hessian.trace() / len(hessian)
    return 0.5 * gradient.ravel() @ solve(hessian, gradient.ravel(), assume_a="pos")


def objective_excess(data, features, codes, estimator, peer):
    """By how much our objective exceeds the lower of scikit-learn's and the minimum that Newton's
    step promises, relative to it."""
    scaler, model = peer
    means, scales = np.array(estimator["means"]), np.array(estimator["scales"])
    varying = scaler.var_ > 0
    apart = np.abs(means - scaler.mean_) > 1e-9 * np.maximum(np.abs(scaler.mean_), scaler.scale_)
    if (apart & varying).any():
        places = np.flatnonzero(apart & varying)
        raise Disagreement(
            f"{data.name}: encoded columns {places.tolist()} have other means in our model than in "
            "this script, so that our tool read their values in another way")
    standardized = np.nan_to_num((features - means) / scales, nan=0.0)
    coefficients, intercepts = np.array(estimator["coefficients"]), np.array(estimator["intercepts"])
    ours = objective(standardized, codes, coefficients, intercepts)
    theirs = objective(standardized_by(scaler, features), codes, model.coef_, model.intercept_)
    gap = newton_gap(standardized, codes, coefficients, intercepts)
    return max(ours / theirs - 1, gap / ours)


def scores(codes, probabilities):
    """Macro F1 and ROC AUC (each class against the rest) over the classes with test rows."""
    present = np.unique(codes)
    predicted = probabilities.argmax(1)
    clipped = np.clip(probabilities[np.arange(len(codes)), codes], 2.2e-16, 1)
    return {
        "macro_f1": metrics.f1_score(
            codes, predicted, labels=present, average="macro", zero_division=0),
        "log_loss": -np.log(clipped).mean(),
        "roc_auc": np.mean([metrics.roc_auc_score(codes == k, probabilities[:, k]) for k in present]),
    }


# --- The comparison


def compare_once(options, data, learner, seed):
    """Scores of ours (or nothing) and of the peer, and the excess of the objective or nothing."""
    test = split(data, seed)
    ours = None
    if not options.peers_only:
        with tempfile.TemporaryDirectory() as folder:
            ours = train_ours(options.flowmeter, data, test, learner, seed, Path(folder))
    classes = ours.model["classes"] if ours else sorted(set(data.labels[~test]))
    if set(classes) != set(data.labels[~test]):
        raise Disagreement(f"{data.name}: our classes are {classes}")
    code = {name: index for index, name in enumerate(classes)}
    codes = np.array([code.get(label, -1) for label in data.labels])
    if (codes < 0).any():
        raise Disagreement(f"{data.name}: a class of the test rows is not in the training rows")
    columns = ours.model["features"]["columns"] if ours else columns_without_model(data, ~test)
    features = encoded(data, columns)
    start = time.monotonic()
    predict, model = fit_peer(learner, features[~test], codes[~test], seed)
    seconds = time.monotonic() - start
    theirs = scores(codes[test], predict(features[test]))
    progress = f"{data.name} {learner} seed {seed}: {features.shape[1]} columns, peer {seconds:.1f} s"
    if not ours:
        print(progress, {k: round(float(v), 5) for k, v in theirs.items()}, file=sys.stderr)
        return None, theirs, None
    print(f"{progress}, ours {ours.seconds:.1f} s", file=sys.stderr)
    excess = None
    if model:
        excess = objective_excess(data, features[~test], codes[~test], ours.model["estimator"], model)
    return scores(codes[test], ours.probabilities), theirs, excess


def row_of(data, learner, metric, ours, theirs):
    """One line of the table and whether ours is worse."""
    theirs_mean = np.mean(theirs)
    if not ours:
        return f"{data:24} {learner:20} {metric:10} {'':>10} {theirs_mean:10.5f}", False
    differences = np.array(ours) - np.array(theirs)
    count, lead = len(differences), METRICS[metric] * differences.mean()
    # Of two means, each over all seeds; and of the differences seed by seed, which share a split.
    of_means = 2 * np.sqrt((np.var(ours, ddof=1) + np.var(theirs, ddof=1)) / count) if count > 1 else 0.0
    paired = 2 * differences.std(ddof=1) / np.sqrt(count) if count > 1 else 0.0
    is_worse = -lead > max(TOLERANCE, of_means)
    verdict = "worse" if is_worse else "ok, but look" if -lead > max(TOLERANCE, paired) else "ok"
    return (
        f"{data:24} {learner:20} {metric:10} {np.mean(ours):10.5f} {theirs_mean:10.5f} "
        f"{differences.mean():+10.5f} {of_means:10.5f} {paired:10.5f}  {verdict}", is_worse)


def compare(options, data, learner):
    """The lines of one learner on one data set and whether any of them is worse."""
    runs = [compare_once(options, data, learner, seed) for seed in range(options.seeds)]
    lines, any_worse = [], False
    for metric in METRICS:
        ours = [run[0][metric] for run in runs if run[0]]
        line, is_worse = row_of(data.name, learner, metric, ours, [run[1][metric] for run in runs])
        lines.append(line)
        any_worse |= is_worse
    excesses = [run[2] for run in runs if run[2] is not None]
    if excesses:
        is_worse = max(excesses) > OBJECTIVE_TOLERANCE
        any_worse |= is_worse
        lines.append(
            f"{data.name:24} {learner:20} objective at most {max(excesses):+.1e} above the lowest "
            f"(1e-8 allowed)  {'worse' if is_worse else 'ok'}")
    return lines, any_worse


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flowmeter", help="the program to compare")
    parser.add_argument("--peers-only", action="store_true", help="fit the peers alone")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds csv/")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--learners", action="append", help="one of those of the table; repeat")
    options = parser.parse_args()
    options.learners = options.learners or list(LEARNERS)
    if not options.peers_only and not options.flowmeter:
        parser.error("--flowmeter is needed, or --peers-only")
    for name in options.sets.split(","):
        if name not in SETS:
            parser.error(f"no data set {name}; there are {', '.join(SETS)}")
    for name in options.learners:
        if name not in LEARNERS:
            parser.error(f"no learner {name}; there are {', '.join(LEARNERS)}")
    return options


def main():
    options = arguments()
    table, any_worse = [], False
    try:
        for name in options.sets.split(","):
            data = SETS[name](options.data)
            for learner in options.learners:
                lines, is_worse = compare(options, data, learner)
                table += lines
                any_worse |= is_worse
    except Disagreement as disagreement:
        print(f"compare_quality.py: {disagreement}", file=sys.stderr)
        return 2
    print(f"{'data set':24} {'learner':20} {'metric':10} {'ours':>10} {'peer':>10} "
          f"{'difference':>10} {'2 errors':>10} {'paired':>10}  verdict   (means of {options.seeds} seeds)")
    print("\n".join(table))
    return 1 if any_worse else 0


if __name__ == "__main__":
    sys.exit(main())

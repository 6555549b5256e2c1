"""Scores rows with the model documents in this folder, by model-format.md and nothing else.

Writes probabilities.json, which the tests of Models compare with: python3 score.py
Needs only the standard library; sums are in plain double precision, in the documented order.
"""

import ctypes
import json
import math
import pathlib

FOLDER = pathlib.Path(__file__).parent
NAMES = ["1.0-linear", "1.0-linear-three-classes", "1.0-forest", "1.0-boosted",
         "1.0-boosted-three-classes", "1.0-prior", "1.1-calibrated", "1.1-calibrated-three-classes",
         "1.2-linear"]
ROWS = [
    [0.05, "icmp", 10.0],
    [0.1, "icmp", 10.0],
    [0.10000000149011612, "údp", 0.0],
    [0.10000001, "icmp", -3.5],
    [-7.25, "t\"c\\p", 1e6],
    [2500.0, "icmp", 0.25],
    [2500.0, "gre", 0.25],
    [2500.0, None, None],
    [None, "údp", 1.0],
]


def encode(model, row):
    columns = []
    for feature, value in zip(model["features"]["columns"], row):
        if feature["kind"] == "numeric":
            columns.append(math.nan if value is None else value)
        else:
            columns += [1.0 if value == category else 0.0 for category in feature["categories"]]
    return columns


def single(x):
    return ctypes.c_float(x).value


def leaf(tree, row):
    node = 0
    while (column := tree["feature"][node]) >= 0:
        x = single(row[column])
        left = tree["missing_left"][node] if math.isnan(x) else x <= tree["threshold"][node]
        node = tree["left" if left else "right"][node]
    return node


def sigmoid(margin):
    small = math.exp(-abs(margin))
    pair = [small / (1 + small), 1 / (1 + small)]
    return pair if margin >= 0 else pair[::-1]


def softmax(margins):
    exponentials = [math.exp(margin - max(margins)) for margin in margins]
    return [exponential / sum(exponentials) for exponential in exponentials]


def logistic_regression(estimator, row, classes):
    margins = []
    for coefficients, intercept in zip(estimator["coefficients"], estimator["intercepts"]):
        margin = intercept
        for x, b, mean, scale in zip(row, coefficients, estimator["means"], estimator["scales"]):
            if not math.isnan(x):
                margin += b * ((x - mean) / scale)
        margins.append(margin)
    return sigmoid(margins[0]) if len(margins) == 1 else softmax(margins)


def random_forest(estimator, row, classes):
    sums = [0.0] * classes
    for tree in estimator["trees"]:
        start = leaf(tree, row) * classes
        sums = [total + share for total, share in zip(sums, tree["value"][start:start + classes])]
    return [total / len(estimator["trees"]) for total in sums]


def gradient_boosting(estimator, row, classes):
    base = estimator["base_scores"]
    sums = [0.0] * len(base)
    for index, tree in enumerate(estimator["trees"]):
        sums[index % len(base)] += tree["value"][leaf(tree, row)]
    margins = [total + score for total, score in zip(sums, base)]
    return sigmoid(margins[0]) if len(margins) == 1 else softmax(margins)


def prior(estimator, row, classes):
    return estimator["prior"]


def calibrator(given, score):
    if "slope" in given:
        return sigmoid(given["slope"] * score + given["intercept"])[1]
    xs, ys = given["scores"], given["probabilities"]
    if score < xs[0]:
        return ys[0]
    for left in range(len(xs) - 1):
        if xs[left] <= score < xs[left + 1]:
            share = (score - xs[left]) / (xs[left + 1] - xs[left])
            return ys[left] + share * (ys[left + 1] - ys[left])
    return ys[-1]


def logarithm(p):
    return max(math.log(p), -745.0) if p > 0 else -745.0


def calibrated(estimator, row, classes):
    base = estimator["estimator"]
    shares = SCORE[base["type"]](base, row, classes)

    def score(code):
        if estimator["score"] == "probability":
            return shares[code]
        return logarithm(shares[code]) - logarithm(sum(shares) - shares[code])

    if classes == 2:
        second = calibrator(estimator["calibrators"][0], score(1))
        return [1 - second, second]
    found = [calibrator(c, score(code)) for code, c in enumerate(estimator["calibrators"])]
    return [p / sum(found) if sum(found) > 0 else 1 / classes for p in found]


SCORE = {
    "logistic-regression": logistic_regression,
    "random-forest": random_forest,
    "gradient-boosting": gradient_boosting,
    "prior": prior,
    "calibrated": calibrated,
}

result = {"rows": ROWS}
for name in NAMES:
    with open(FOLDER / f"model-{name}.json", encoding="utf-8") as file:
        model = json.load(file)
    score = SCORE[model["estimator"]["type"]]
    result[name] = [
        score(model["estimator"], encode(model, row), len(model["classes"])) for row in ROWS
    ]
with open(FOLDER / "probabilities.json", "w", encoding="utf-8") as file:
    json.dump(result, file, indent=1, ensure_ascii=False)
    file.write("\n")

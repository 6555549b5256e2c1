"""Trains small models with scikit-learn, writes them as model documents, and has the package shap
explain them: what the tests of Models compare their own contributions with.

Writes model-NAME.json and contributions.json beside itself:  python3 explain.py
Made with scikit-learn 1.9.1, shap 0.51.0, numpy 2.4.6. Values are of single precision, and
thresholds are rounded down to it, so that a row goes the same way in both programs.
"""

import json
import math
import pathlib

import numpy
import shap
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression

FOLDER = pathlib.Path(__file__).parent
COLUMNS = 6
random = numpy.random.default_rng(5)


def single_below(x):
    rounded = numpy.float32(x)
    return float(rounded if float(rounded) <= x else numpy.nextafter(rounded, numpy.float32(-1e30)))


def document(estimator, classes):
    columns = [{"name": f"c{j}", "unit": "none", "kind": "numeric"} for j in range(COLUMNS)]
    no_rows = {"total": 0, "hashes": []}
    return {
        "format": "flowmeter-model", "format_version": "1.0",
        "features": {"set": "golden", "version": 1, "columns": columns},
        "nonfinite": "missing", "flow_settings": {},
        "classes": [f"class {k}" for k in range(classes)], "benign_classes": ["class 0"],
        "threshold": {"method": "likeliest", "value": None, "chosen_on": "", "interval": None},
        "estimator": estimator,
        "training": {
            "learner": "scikit-learn", "hyperparameters": {}, "seed": 5, "rows": 0,
            "class_counts": [0] * classes, "split": "", "input_digests": {}, "tool_version": "",
            "excluded_columns": [],
            "row_account": {"read": 0, "used": 0, "dropped": {}, "nonfinite": {}, "remarks": {}},
            "row_fingerprints": no_rows, "connection_fingerprints": no_rows, "profiles": [],
        },
        "metrics": {"validation": {}, "detail": None},
    }


def boosted_tree(nodes):
    leaf = [bool(n["is_leaf"]) for n in nodes]
    def column(inner, else_):
        return [else_ if is_leaf else inner(n) for n, is_leaf in zip(nodes, leaf)]
    return {
        "feature": column(lambda n: int(n["feature_idx"]), -1),
        "threshold": column(lambda n: single_below(n["num_threshold"]), 0),
        "left": column(lambda n: int(n["left"]), 0), "right": column(lambda n: int(n["right"]), 0),
        "missing_left": column(lambda n: int(n["missing_go_to_left"]), 0),
        "gain": column(lambda n: max(0.0, float(n["gain"])), 0),
        "cover": [float(n["count"]) for n in nodes],
        "value": [float(n["value"]) if is_leaf else 0 for n, is_leaf in zip(nodes, leaf)],
    }


def forest_tree(tree):
    nodes = range(tree.node_count)
    leaf = [tree.children_left[n] < 0 for n in nodes]
    classes = tree.value.shape[2]
    return {
        "feature": [-1 if leaf[n] else int(tree.feature[n]) for n in nodes],
        "threshold": [0 if leaf[n] else single_below(tree.threshold[n]) for n in nodes],
        "left": [0 if leaf[n] else int(tree.children_left[n]) for n in nodes],
        "right": [0 if leaf[n] else int(tree.children_right[n]) for n in nodes],
        "missing_left": [0 if leaf[n] else int(tree.missing_go_to_left[n]) for n in nodes],
        "gain": [0] * tree.node_count,
        "cover": [float(w) for w in tree.weighted_n_node_samples],
        "value": [float(v) if leaf[n] else 0 for n in nodes
                  for v in tree.value[n, 0] / tree.value[n, 0].sum()],
    }


def rows(count, with_missing):
    X = random.normal(size=(count, COLUMNS)).round(3).astype(numpy.float32).astype(float)
    X[:, 1] = (X[:, 1] > 0.3).astype(float)  # as a category's column
    X[:, 2] = X[:, 2].round(0)
    if with_missing:
        X[random.random(X.shape) < 0.1] = math.nan
    return X


def labels(X, classes):
    Z = numpy.nan_to_num(X)
    score = Z[:, 0] * Z[:, 1] + Z[:, 2] - 0.7 * (Z[:, 3] > 0.2) * Z[:, 4] + random.normal(size=len(X)) / 2
    return numpy.digitize(score, numpy.quantile(score, numpy.arange(1, classes) / classes))


def boosted(classes, iterations):
    X = rows(600, True)
    y = labels(X, classes)
    model = HistGradientBoostingClassifier(
        max_iter=iterations, max_leaf_nodes=9, learning_rate=0.3, early_stopping=False).fit(X, y)
    estimator = {
        "type": "gradient-boosting",
        "base_scores": [float(b) for b in numpy.ravel(model._baseline_prediction)],
        "trees": [boosted_tree(tree.nodes) for step in model._predictors for tree in step],
    }
    return model, estimator, X


def explained(model, X):
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    values = explainer.shap_values(X, check_additivity=False)
    baselines = numpy.ravel(explainer.expected_value)
    if values.ndim == 2:
        values = values[:, :, None]
    return baselines, values.transpose(0, 2, 1)  # rows, outputs, columns


golden = {}


def record(name, estimator, classes, X, baselines, values):
    (FOLDER / f"model-{name}.json").write_text(json.dumps(document(estimator, classes)) + "\n")
    golden[name] = {
        "rows": [[None if math.isnan(v) else v for v in row] for row in X.tolist()],
        "baselines": baselines.tolist(),
        "contributions": values.reshape(len(X), -1).tolist(),
    }


for name, classes, iterations in [("boosted", 2, 12), ("boosted-three-classes", 3, 4)]:
    model, estimator, X = boosted(classes, iterations)
    chosen = X[:12]
    record(name, estimator, classes, chosen, *explained(model, chosen))

X = rows(300, False)
y = labels(X, 3)
model = RandomForestClassifier(n_estimators=4, max_features=2, random_state=0).fit(X, y)
estimator = {
    "type": "random-forest", "base_scores": [],
    "trees": [forest_tree(tree.tree_) for tree in model.estimators_],
}
record("forest", estimator, 3, X[:12], *explained(model, X[:12]))

X = rows(200, False)
y = labels(X, 3)
model = LogisticRegression(C=0.5).fit(X, y)
means = X.mean(axis=0)
estimator = {
    "type": "logistic-regression", "means": means.tolist(), "scales": [1.0] * COLUMNS,
    "coefficients": model.coef_.tolist(),
    "intercepts": (model.intercept_ + model.coef_ @ means).tolist(),
}
explainer = shap.LinearExplainer(model, (means, numpy.eye(COLUMNS)))
record("linear", estimator, 3, X[:12], numpy.ravel(explainer.expected_value),
       explainer.shap_values(X[:12]).transpose(0, 2, 1))

(FOLDER / "contributions.json").write_text(json.dumps(golden) + "\n")

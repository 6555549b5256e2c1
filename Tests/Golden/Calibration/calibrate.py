"""What scikit-learn and SciPy make of the same scores: the tests of Learning and Evaluation compare
their calibration and their intervals with it. Writes calibration.json beside itself: python3 calibrate.py
Made with scikit-learn 1.9.1, SciPy, numpy 2.4.6.
"""

import json
import pathlib

import numpy
from scipy import optimize, special, stats
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV, _SigmoidCalibration
from sklearn.frozen import FrozenEstimator
from sklearn.isotonic import IsotonicRegression

random = numpy.random.default_rng(11)
GRID = [-1000.0, -3.0, -1.25, -0.5, -0.005, 0.0, 0.3, 0.7777, 1.5, 2.0, 50.0]


def platt_optimum(scores, positive):
    """The minimum to the last digits: Platt's targets, Newton's method in plain numpy."""
    targets = numpy.where(positive, (positive.sum() + 1) / (positive.sum() + 2),
                          1 / ((~positive).sum() + 2))
    A = numpy.column_stack([scores, numpy.ones_like(scores)])
    x = numpy.zeros(2)
    for _ in range(100):
        p = special.expit(A @ x)
        x = x - numpy.linalg.solve((A.T * (p * (1 - p))) @ A, A.T @ (p - targets))
    return x


def binary(name, scores, positive):
    sigmoid = _SigmoidCalibration().fit(scores, positive.astype(int))
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, positive.astype(int))
    return {
        "name": name, "scores": scores.tolist(), "positive": positive.astype(int).tolist(),
        "sklearn_platt": sigmoid.predict(numpy.array(GRID)).tolist(),
        "platt": special.expit(numpy.column_stack([GRID, numpy.ones(len(GRID))])
                               @ platt_optimum(scores, positive)).tolist(),
        "isotonic": isotonic.predict(GRID).tolist(),
    }


class Given(ClassifierMixin, BaseEstimator):
    """Says the probabilities that it is given as features."""

    def fit(self, X, y):
        self.classes_ = numpy.unique(y)
        return self

    def predict_proba(self, X):
        return numpy.asarray(X)

    def predict(self, X):
        return self.classes_[numpy.argmax(X, axis=1)]


def several(method):
    margins = random.normal(size=(150, 3)).round(1)
    probabilities = special.softmax(margins, axis=1).round(3)
    labels = numpy.array([random.choice(3, p=special.softmax(2 * m)) for m in margins])
    calibrated = CalibratedClassifierCV(FrozenEstimator(Given().fit(probabilities, labels)), method=method)
    calibrated.fit(probabilities, labels)
    asked = special.softmax(2 * random.normal(size=(12, 3)), axis=1)
    return {
        "probabilities": probabilities.ravel().tolist(), "labels": labels.tolist(),
        "asked": asked.ravel().tolist(), "answers": calibrated.predict_proba(asked).ravel().tolist(),
    }


scores = random.normal(size=180).round(1)
noisy = random.random(180) < special.expit(1.7 * scores - 0.4)
wide = (200 * random.normal(size=60)).round(2)
golden = {
    "grid": GRID,
    "binary": [
        binary("ties", scores, noisy),
        binary("separated", numpy.array([-2.0, -1.5, -1.0, 1.0, 1.25, 3.0]), numpy.arange(6) > 2),
        binary("wide", wide, random.random(60) < special.expit(wide / 90)),
        binary("falling", scores, ~noisy),
    ],
    "platt": several("sigmoid"), "isotonic": several("isotonic"),
    "intervals": [
        [k, n, *map(float, stats.binomtest(k, n).proportion_ci(0.95, method="exact"))]
        for k, n in [(0, 1), (1, 1), (0, 30), (3, 30), (15, 30), (30, 30), (17, 12345), (999, 1000),
                     (1200, 2271320)]
    ],
}
path = pathlib.Path(__file__).parent / "calibration.json"
path.write_text(json.dumps(golden) + "\n")

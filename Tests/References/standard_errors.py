#!/usr/bin/env python3
"""Prints the numbers of Tests/LearningTests/Linear/StandardErrorTests.swift: standard errors of logistic regressions on the rows
of linear_references.py, constant first, then the columns.

usage: python3 Tests/References/standard_errors.py
Made with statsmodels 0.15.0 and numpy 2.4.6. Without a penalty they are those of statsmodels (Logit; MNLogit, whose first class has
coefficients of 0, turned into coefficients that sum to 0 over the classes). statsmodels has none for L2: those are the inverse of the
Hessian, written out with numpy, at the optimum that plain Newton steps find."""
import numpy as np
import statsmodels.api as sm
from linear_references import rows

X, y = rows(240, 7)
A = sm.add_constant(X)
show = lambda name, values: print(name, ', '.join(repr(float(v)) for v in values))
show('two classes', sm.Logit(np.minimum(y, 1), A).fit(method='newton', tol=1e-14, maxiter=100, disp=0).bse)

fit = sm.MNLogit(y, A).fit(method='newton', tol=1e-14, maxiter=100, disp=0)
width, covariance = A.shape[1], np.asarray(fit.cov_params())
# Rows: the three classes; columns: the two that MNLogit has coefficients of.
turn = np.array([[0, 0], [1, 0], [0, 1]]) - 1 / 3
full = np.kron(turn, np.eye(width)) @ covariance @ np.kron(turn, np.eye(width)).T
for k in range(3): show(f'class {k} of three', np.sqrt(np.diag(full))[k * width:(k + 1) * width])

# L2 of c = 0.3 on standardized columns, two classes: A holds (1, z); the constant at z = 0 goes to x = 0.
c, mean, scale = 0.3, X.mean(0), X.std(0)
for copies in (0, 1):
    Z = np.c_[np.ones(len(X)), (X - mean) / scale]
    if copies: Z = np.c_[Z, Z[:, 1]]
    t, P, b = np.minimum(y, 1), np.diag([0.] + [1.] * (Z.shape[1] - 1)), np.zeros(Z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-Z @ b))
        H = Z.T @ (Z * (p * (1 - p))[:, None]) + P / c
        b -= np.linalg.solve(H, Z.T @ (p - t) + P @ b / c)
    T = np.diag(np.r_[1, 1 / scale, 1 / scale[:copies]])
    T[0, 1:] = -np.r_[mean / scale, (mean / scale)[:copies]]
    show('L2' + (', column 0 again last' if copies else ''), np.sqrt(np.diag(T @ np.linalg.inv(H) @ T.T)))

"""The polynomials behind the generated exp and log: how they were found, and how far off they are.

``python -m derive.codegen.exponential`` repeats both: the Remez exchange that finds the
coefficients (in 60 digits), and the measurement of the compiled functions against the C library's
in the next wider precision; for float over every number in range.

exp: x = n ln 2 + r with |r| <= ln 2 / 2, and e^r = 1 + r + r^2 q(r), where q minimises the largest
relative error of e^r.  log: with u = 2^k (1 + f), s = f / (2 + f) and z = s^2,
log(1 + f) = 2 artanh(s) = f - s (f - R), R = z w(z), where w minimises the largest error of R
relative to 2 s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["exp_coefficients", "log_coefficients", "remez"]

Real = Any  # an mpmath number, for which there are no types


def remez(
    value: Callable[[Real], Real],
    weight: Callable[[Real], Real],
    degree: int,
    low: Real,
    high: Real,
) -> tuple[list[Real], Real]:
    """Coefficients c of the polynomial that minimises max |weight (c_0 + c_1 x + ... - value)|.

    Remez exchange on [low, high]; also returns that maximum.
    """
    from mpmath import cos, lu_solve, matrix, pi

    size, grid = degree + 2, 1600
    points = [
        (low + high) / 2 - (high - low) / 2 * cos(pi * (2 * k + 1) / (2 * size))
        for k in range(size)
    ]
    mesh = [low + (high - low) * k / grid for k in range(grid + 1)]
    targets = [(x, value(x), weight(x)) for x in mesh]
    for _ in range(30):
        system, right = matrix(size, size), matrix(size, 1)
        for row, x in enumerate(points):
            w = weight(x)
            for power in range(degree + 1):
                system[row, power] = w * x**power
            system[row, degree + 1] = (-1) ** row
            right[row] = w * value(x)
        solved = lu_solve(system, right)
        coefficients = [solved[k] for k in range(degree + 1)]
        errors = [w * (_polynomial(coefficients, x) - y) for x, y, w in targets]
        extremes = _alternating(errors)
        largest = max(abs(errors[k]) for k in extremes)
        if len(extremes) < size or largest < abs(solved[degree + 1]) * 1.000001:
            break
        while len(extremes) > size:
            del extremes[0 if abs(errors[extremes[0]]) < abs(errors[extremes[-1]]) else -1]
        points = [mesh[k] for k in extremes]
    return coefficients, largest


def _polynomial(coefficients: list[Real], x: Real) -> Real:
    total = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = total * x + c
    return total


def _alternating(errors: list[Real]) -> list[int]:
    """Where |error| is largest in each stretch of one sign."""
    best, found = 0, []
    for k in range(1, len(errors)):
        if (errors[k] > 0) != (errors[best] > 0):
            found.append(best)
            best = k
        elif abs(errors[k]) > abs(errors[best]):
            best = k
    return [*found, best]


def exp_coefficients(degree: int) -> tuple[list[Real], Real]:
    """The coefficients of r^2, ..., r^degree, and the largest relative error."""
    import mpmath

    with mpmath.workdps(60):
        # A little beyond ln 2 / 2: the rounding of x / ln 2 can miss by one unit.
        half = mpmath.log(2) / 2 * mpmath.mpf("1.0005")

        def tail(r: Real) -> Real:
            return sum(r**k / mpmath.factorial(k + 2) for k in range(30))

        return remez(
            tail, lambda r: (r * r + mpmath.mpf("1e-30")) / mpmath.exp(r), degree - 2, -half, half
        )


def log_coefficients(degree: int) -> tuple[list[Real], Real]:
    """The coefficients of z, ..., z^degree in R(z), and the largest error relative to 2 s."""
    import mpmath

    with mpmath.workdps(60):
        s = (mpmath.sqrt(2) - 1) / (mpmath.sqrt(2) + 1) * mpmath.mpf("1.0005")

        def series(z: Real) -> Real:
            return sum(2 * z**k / (2 * k + 3) for k in range(40))

        return remez(
            series, lambda z: z / 2 + mpmath.mpf("1e-30"), degree - 1, mpmath.mpf(0), s * s
        )

"""The polynomials behind the generated exp and log: how they were found, and how far off they are.

``python -m derive.codegen.exponential`` repeats both: the Remez exchange that finds the
coefficients (in 60 digits), and the measurement of the compiled functions against the C library's
in the next wider precision; for float over every number in range.

exp: x = n ln 2 + r with |r| <= ln 2 / 2, and e^r = 1 + r + r^2 q(r), where q minimises the largest
relative error of e^r.

exp_below, the exponential of a softmax, is divided by a sum of such and may be a few ulp off: in
double its q has a degree less; in float, where multiplication and addition are one instruction,
n ln 2 is taken off in one step, with ln 2 rounded.  That is off by 1.9e-9 n: nothing near the
largest exponent, and 2.4e-7 at the small end, n = -126.

log: with u = 2^k (1 + f), s = f / (2 + f) and z = s^2, log(1 + f) = 2 artanh(s) = f - s (f - R),
R = z w(z), where w minimises the largest error of R relative to 2 s.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from derive.codegen.precision import DOUBLE, FLOAT, Precision

__all__ = ["Measured", "exp_coefficients", "literals", "log_coefficients", "measure", "remez"]

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


def literals(coefficients: list[Real], precision: Precision) -> tuple[str, ...]:
    """The coefficients, rounded to the type, as hexadecimal C literals without a suffix."""
    found = []
    for coefficient in coefficients:
        value = float(coefficient)
        if precision is FLOAT:
            value = ctypes.c_float(value).value
        digits, exponent = value.hex().split("p")
        head, tail = digits.split(".")
        kept = 6 if precision is FLOAT else 13
        found.append(f"{head}.{tail.ljust(kept, '0')[:kept]}p{int(exponent):+d}")
    return tuple(found)


# ------------------------------------------------------------------ measurement


@dataclass(frozen=True)
class Measured:
    """The largest error of a compiled function, in ulp, and where it was seen."""

    function: str
    type: str
    points: int
    largest: float
    at: float


# Where the results are normal numbers: first, last, away from 0.  Below 1e-9 the polynomials add
# nothing that a float or the rounding of a double would show.
_RANGES = {
    ("exp", "f32"): ((1e-9, 88.7), (-1e-9, -87.3)),
    ("exp_below", "f32"): ((1e-9, 16.0), (-1e-9, -87.3)),
    ("log", "f32"): ((1.2e-38, 3.4e38),),
    ("log1p", "f32"): ((1e-30, 3.4e38), (-1e-30, -0.9999999)),
    ("exp", "f64"): ((1e-30, 709.7), (-1e-30, -708.3)),
    ("exp_below", "f64"): ((1e-30, 100.0), (-1e-30, -708.3)),
    ("log", "f64"): ((2.3e-308, 1.7e308),),
    ("log1p", "f64"): ((1e-30, 1.7e308), (-1e-30, -0.9999999999)),
}


def _bits(x: float, precision: Precision) -> int:
    import struct

    kinds = ("<f", "<I") if precision is FLOAT else ("<d", "<Q")
    (found,) = struct.unpack(kinds[1], struct.pack(kinds[0], x))
    return int(found)


def measure(points: int | None = None) -> Iterator[Measured]:
    """Compile the functions that every generated C file begins with, and measure them.

    ``points``: at most so many arguments for each function and range; None takes every float for
    exp and 5 * 10^7 arguments otherwise.  Doubles are measured only where long double is wider.
    Raises RuntimeError without a working compiler.
    """
    compiler = next((c for c in ("gcc", "cc", "clang") if shutil.which(c)), None)
    if compiler is None:
        raise RuntimeError("no C compiler was found")
    from derive.codegen.generate import COMPILE, harness

    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder) / "measured.c", Path(folder) / "measured.so"
        path.write_text(harness(), encoding="utf-8")
        command = [compiler, *COMPILE, "-shared", "-fPIC", str(path), "-o", str(target), "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise RuntimeError(done.stderr)
        library = ctypes.CDLL(str(target))
        for (name, suffix), ranges in _RANGES.items():
            precision = FLOAT if suffix == "f32" else DOUBLE
            if precision is DOUBLE and ctypes.sizeof(ctypes.c_longdouble) <= 8:
                continue
            yield _measured(library, name, precision, ranges, points)


def _measured(
    library: ctypes.CDLL,
    name: str,
    precision: Precision,
    ranges: tuple[tuple[float, float], ...],
    points: int | None,
) -> Measured:
    real = ctypes.c_float if precision is FLOAT else ctypes.c_double
    function = getattr(library, f"{name}_of_{precision.suffix}")
    function.restype = ctypes.c_double
    largest, at, seen = 0.0, 0.0, 0
    for first, last in ranges:
        span = _bits(last, precision) - _bits(first, precision)
        every = points is None and precision is FLOAT and name.startswith("exp")
        most = span if every else (points or 5 * 10**7)
        step = max(1, span // most)
        count, place = span // step, real()
        error = function(
            real(first), ctypes.c_size_t(count), ctypes.c_size_t(step), ctypes.byref(place)
        )
        seen += count
        if error > largest:
            largest, at = error, place.value
    return Measured(name, precision.suffix, seen, largest, at)


def _main() -> None:
    for precision, terms in ((FLOAT, 4), (DOUBLE, 7)):
        for name, kind in (("exp", precision.exp), ("exp_below", precision.exp_below)):
            coefficients, error = exp_coefficients(kind.degree)
            print(f"{precision.real}: {name}, degree {kind.degree}, error {float(error):.2g}")
            print("   ", *literals(coefficients, precision))
        coefficients, error = log_coefficients(terms)
        print(f"{precision.real}: log, {terms} terms, relative error {float(error):.2g}")
        print("   ", *literals(coefficients, precision))
    for found in measure():
        print(
            f"{found.function}_{found.type}: at most {found.largest:.3f} ulp over {found.points} "
            f"arguments, at {found.at!r}",
            flush=True,
        )


if __name__ == "__main__":
    _main()

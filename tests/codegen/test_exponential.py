"""The polynomials of the generated exp and log: found again, and measured again."""

from __future__ import annotations

import pytest

from derive.codegen.exponential import exp_coefficients, literals, log_coefficients, measure
from derive.codegen.precision import DOUBLE, FLOAT, Precision
from tests.codegen.compiled import compiler


@pytest.mark.parametrize(
    ("precision", "degree", "below", "terms"), [(FLOAT, 6, 6, 4), (DOUBLE, 11, 10, 7)]
)
def test_the_coefficients_are_those_of_the_remez_exchange(
    precision: Precision, degree: int, below: int, terms: int
) -> None:
    for exponential, its_degree in ((precision.exp, degree), (precision.exp_below, below)):
        found, error = exp_coefficients(its_degree)
        assert literals(found, precision) == exponential.coefficients
        assert error <= float(exponential.polynomial_error)
    log, log_error = log_coefficients(terms)
    assert literals(log, precision) == precision.log_coefficients
    assert log_error <= float(precision.log_polynomial_error)


def test_the_errors_are_those_in_the_source() -> None:
    """A sample of what ``python -m derive.codegen.exponential`` measures whole."""
    compiler()
    for found in measure(200_000):
        assert found.points >= 200_000
        precision = FLOAT if found.type == "f32" else DOUBLE
        kind = precision.exp_below if found.function == "exp_below" else precision.exp
        assert found.largest <= float(kind.error), found

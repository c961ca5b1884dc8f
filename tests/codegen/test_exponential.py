"""The polynomials of the generated exp and log: found again, and measured again."""

from __future__ import annotations

import pytest

from derive.codegen.exponential import exp_coefficients, literals, log_coefficients, measure
from derive.codegen.precision import DOUBLE, FLOAT, Precision
from tests.codegen.compiled import compiler


@pytest.mark.parametrize(("precision", "degree", "terms"), [(FLOAT, 6, 4), (DOUBLE, 11, 7)])
def test_the_coefficients_are_those_of_the_remez_exchange(
    precision: Precision, degree: int, terms: int
) -> None:
    exp, exp_error = exp_coefficients(degree)
    log, log_error = log_coefficients(terms)
    assert literals(exp, precision) == precision.exp_coefficients
    assert literals(log, precision) == precision.log_coefficients
    assert exp_error <= float(precision.exp_polynomial_error)
    assert log_error <= float(precision.log_polynomial_error)


def test_the_errors_are_those_in_the_source() -> None:
    """A sample of what ``python -m derive.codegen.exponential`` measures whole."""
    compiler()
    for found in measure(200_000):
        assert found.points >= 200_000
        bound = float((FLOAT if found.type == "f32" else DOUBLE).exp_error)
        assert found.largest <= bound, found

"""Quotients and logarithms of sums of exponentials do not overflow, whoever wrote them."""

from __future__ import annotations

import math
import types
from typing import Any

import numpy as np
import pytest

import derive
from derive.codegen.assemble import kernels_of
from derive.codegen.explain import explanation
from derive.codegen.generate import generate
from derive.codegen.verify import verify

NAIVE = r"""
$$f = \log \sum_j e^{z_j}, \qquad p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}, \qquad
\ell_k = \log \frac{e^{z_k}}{\sum_j e^{z_j}}, \qquad m = \frac{\sum_j z_j e^{z_j}}{\sum_j e^{z_j}}$$

$$\frac{\partial p_k}{\partial z_k} =
\frac{e^{z_k} \sum_j e^{z_j} - e^{z_k} e^{z_k}}{\left(\sum_j e^{z_j}\right)^2}$$
"""
OTHER_DEGREES = r"""
$$A_k = \frac{e^{z_k}}{\left(\sum_j e^{z_j}\right)^2}, \qquad
B_k = \frac{e^{z_k} + 1}{\sum_j e^{z_j}}, \qquad C = \frac{1}{\sum_j e^{z_j}}, \qquad
D = \log \left( 1 + \sum_j e^{z_j} \right)$$

$$C = \frac{2}{2 \sum_j e^{z_j}}$$
"""
CONTRASTIVE = r"""
With $\tau > 0$, let

$$L = -\frac{1}{N} \sum_{i=1}^N \log \frac{\exp(s_{ii} / \tau)}{\sum_{j=1}^N \exp(s_{ij} / \tau)}$$

$$\frac{\partial L}{\partial s_{ik}} = \frac{1}{N \tau}
\left( \frac{\exp(s_{ik} / \tau)}{\sum_{j=1}^N \exp(s_{ij} / \tau)} - \delta_{ik} \right)$$
"""
MIXTURE = r"""
$$p_{ik} = \frac{e^{a_k} e^{-(x_i - m_k)^2 / 2}}{\sum_j e^{a_j} e^{-(x_i - m_j)^2 / 2}}$$

$$\ell = \sum_i \log \sum_k e^{a_k} e^{-(x_i - m_k)^2 / 2}$$

$$\frac{\partial \ell}{\partial m_k} = \sum_i p_{ik} (x_i - m_k)$$
"""


def numpy_kernels(text: str) -> Any:
    report = derive.check(text, path="own.md")
    files = generate(report, ("numpy",), document=text.encode())
    module = types.ModuleType("own")
    exec(compile(files["own.py"], "own", "exec"), module.__dict__)
    return module


def test_what_is_done_is_proved() -> None:
    report = derive.check(
        r"""
$$\log \sum_j e^{b_j} =
b_r + \log \left( 1 + \frac{\sum_{j \neq r} e^{b_j - m}}{e^{b_r - m}} \right)$$

$$\log \sum_j e^{b_j} = M + \log \frac{\sum_j e^{b_j - m}}{e^{M - m}}$$

$$\log \frac{e^a}{\sum_j e^{b_j}} =
a - b_r - \log \left( 1 + \frac{\sum_{j \neq r} e^{b_j - m}}{e^{b_r - m}} \right)$$

$$\frac{e^a}{\sum_j e^{b_j}} = \frac{e^{a - m}}{\sum_j e^{b_j - m}}$$

$$\frac{e^a e^c}{\left(\sum_j e^{b_j}\right)^2} =
\frac{e^{a - m} e^{c - m}}{\left(\sum_j e^{b_j - m}\right)^2}$$
"""
    )
    assert [j.verdict.outcome for j in report.judgements if j.verdict] == ["proved"] * 5


@pytest.mark.parametrize("shift", [-2000.0, 0.0, 2000.0])
def test_far_from_0(shift: float) -> None:
    own = numpy_kernels(NAIVE)
    small = np.array([0.3, -1.2, 0.7, 2.0])
    z = small + shift
    e = np.exp(small - small.max())
    p = e / e.sum()
    assert own.f(z) == pytest.approx(shift + small.max() + math.log(e.sum()), rel=1e-12)
    assert own.p(z) == pytest.approx(p, rel=1e-10)
    assert own.ell(z) == pytest.approx(np.log(p), rel=1e-9)
    assert own.m(z) == pytest.approx(shift + (small * p).sum(), rel=1e-10)
    assert own.dp_dz(z) == pytest.approx(p * (1 - p), rel=1e-9)


def test_far_below_the_largest() -> None:
    """The logarithm is finite where the quotient is 0, and exact where that is nearly 1."""
    own = numpy_kernels(NAIVE)
    assert own.ell(np.array([0.0, -900.0])) == pytest.approx([0, -900])
    assert own.ell(np.array([0.0, -40.0]))[0] == pytest.approx(-math.exp(-40), rel=1e-12)


def test_each_sum_of_a_row_has_its_own_constant() -> None:
    own = numpy_kernels(CONTRASTIVE)
    small = np.random.default_rng(1).normal(size=(5, 5))
    s = small + 1500 * np.arange(5)[:, None]
    e = np.exp(small - small.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    assert own.L(s=s, tau=1.0) == pytest.approx(-np.log(np.diag(p)).mean(), rel=1e-9)
    assert own.dL_ds(s=s, tau=1.0) == pytest.approx((p - np.eye(5)) / 5, rel=1e-9, abs=1e-12)


def test_products_of_exponentials_in_loops_around_loops() -> None:
    report = derive.check(MIXTURE, path="own.md")
    files = generate(report, document=MIXTURE.encode())
    assert "_exp_from" in files["own.py"]
    agreements, disagreements = verify(report, files)
    assert not disagreements
    assert {agreement.function for agreement in agreements} == {"p", "ell", "dell_dm"}


def test_other_degrees_stay_as_they_are() -> None:
    report = derive.check(OTHER_DEGREES, path="own.md")
    for kernel in kernels_of(report):
        assert "constant near" not in explanation(kernel), kernel.name
    own = numpy_kernels(OTHER_DEGREES)
    z = np.array([0.3, -1.2, 0.7])
    total = np.exp(z).sum()
    assert own.A(z) == pytest.approx(np.exp(z) / total**2)
    assert own.B(z) == pytest.approx((np.exp(z) + 1) / total)
    assert own.C(z) == pytest.approx(1 / total)
    assert own.D(z) == pytest.approx(math.log(1 + total))

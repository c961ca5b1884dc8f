"""Right steps whose names mean something else than a glance at the page says, and wrong twins."""

from __future__ import annotations

import pytest

import derive


def verdicts(text: str) -> list[tuple[str, str]]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [(v.outcome, v.message) for v in found if v is not None]


def outcomes(text: str) -> list[str]:
    return [outcome for outcome, _ in verdicts(text)]


PARABOLA = r"""The parabola $y = x^2$ has the slope $\frac{dy}{dx} = 2x$.

Let $L = x y$. Then $\frac{\partial L}{\partial x} = y$ and $\frac{\partial L}{\partial y} = x$.
"""


def test_the_y_of_a_product_may_be_another_one_than_that_of_a_curve() -> None:
    assert outcomes(PARABOLA) == ["proved", "unproved", "proved"]
    assert "with y held fixed it is proved" in verdicts(PARABOLA)[1][1]
    assert outcomes(PARABOLA.replace("x} = y", "x} = 2 y"))[1] == "refuted"
    path = r"Let $y = x^2$ and $L = x y$. Then $\frac{dL}{dx} = y$."
    assert outcomes(path) == ["refuted"]
    assert outcomes(path.replace("= y$.", "= 3 y$.")) == ["proved"]


TWO_MODELS = r"""With the sigmoid $p = \sigma(z)$, $L = -\log p$, so $\frac{dL}{dz} = p - 1$.

For several classes, $p = \operatorname{softmax}(z)$ and $L = -\log p_k$, so
$\frac{\partial L}{\partial z_i} = p_i - \delta_{ik}$.
"""


def test_what_rests_on_a_name_that_may_be_defined_anew_is_left_open() -> None:
    found = outcomes(TWO_MODELS)
    assert found[0] == "proved"
    assert found[-1] == "unproved"


DENSITY = r"""{} Its density is
$p(x) = \frac{{1}}{{\sqrt{{2\pi\sigma^2}}}} e^{{-\frac{{(x-\mu)^2}}{{2\sigma^2}}}}$ and its top

$$p(\mu) = \frac{{1}}{{\sigma\sqrt{{2 \pi}}}}$$
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (r"Let $x$ be normal with the standard deviation $\sigma$.", "proved"),
        (r"Let $x$ be normal, where $\sigma$ is the standard deviation.", "proved"),
        (r"Let $x \sim \mathcal{N}(\mu, \sigma^2)$.", "proved"),
        (r"Let $x \sim \mathcal{N}(\mu, \sigma)$.", "conditional"),
        (r"Let $x$ be normal.", "conditional"),
    ],
)
def test_a_standard_deviation_is_not_negative(said: str, expected: str) -> None:
    assert outcomes(DENSITY.format(said)) == [expected]
    wrong = DENSITY.format(said).replace(r"{\sigma\sq", r"{2 \sigma\sq")
    assert "p anew" in verdicts(wrong)[0][1]  # false, if p is the same


EIGENVALUES = r"""Let $A$ be a symmetric matrix with the eigenvalues $\lambda_i$. Then

$$\operatorname{tr}(A) = \sum_i \lambda_i$$
"""


def test_what_words_say_of_eigenvalues_is_not_refuted() -> None:
    ((outcome, message),) = verdicts(EIGENVALUES)
    assert (outcome, message) == (
        "unproved",
        "line 1 speaks of eigenvalues, from which it may follow",
    )
    assert outcomes(EIGENVALUES.replace("eigenvalues", "numbers")) == ["refuted"]


TRANSPOSES = r"""The model computes $f(x) = w^T x + b$ for $x \in \mathbb{R}^n$. Then

$$f(x) = w x + b$$
"""


def test_a_vector_without_its_transpose() -> None:
    assert verdicts(TRANSPOSES) == [("unproved", "w stands without its transpose")]
    assert outcomes(TRANSPOSES.replace("= w x", r"= w \cdot x")) == ["proved"]
    assert outcomes(TRANSPOSES.replace("= w x", "= x^T w")) == ["proved"]
    assert outcomes(TRANSPOSES.replace("= w x", "= 2 x^T w")) == ["refuted"]


PARTIAL_SUMS = r"""Let $s_k = \sum_{i=1}^k x_i$. Then

$$\frac{\partial s_k}{\partial x_j} = 1$$
"""


def test_each_partial_sum_has_its_own_number() -> None:
    assert outcomes(PARTIAL_SUMS) == ["unproved"]
    assert outcomes(PARTIAL_SUMS.replace("k", "N")) == ["proved"]
    assert outcomes(PARTIAL_SUMS.replace("k", "N").replace("= 1$", "= 2$")) == ["refuted"]

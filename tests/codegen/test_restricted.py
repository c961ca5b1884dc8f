"""What holds for a part of the data only becomes no function of all data."""

from __future__ import annotations

import pytest

import derive
from derive.codegen.assemble import NotProved, kernels_of, left_out
from derive.codegen.loopform import Kernel
from derive.codegen.verify import verify


def kernels(text: str) -> dict[str, Kernel]:
    return {kernel.name: kernel for kernel in kernels_of(derive.check(text))}


def inputs(kernel: Kernel) -> list[str]:
    return [a.name for a in kernel.arguments if a.role != "output"]


def agrees(text: str) -> bool:
    """Whether all functions compute their statements, each at some point."""
    report = derive.check(text)
    files = derive.generate(text)
    agreements, disagreements = verify(report, files)
    return not disagreements and all(a.entries for a in agreements)


CASES = r"""Let $f(x) = |x|$.

Case 1: $x > 0$. Then $\frac{df}{dx} = 1$.

Case 2: $x < 0$. Then $\frac{df}{dx} = -1$.
"""
ROWS = r"""Let $h(x) = \begin{cases} x & x > 0 \\ a x & x \le 0 \end{cases}$. Then

$$ h'(x) = \begin{cases} 1 & x > 0 \\ a & x < 0 \end{cases} $$
"""
KEPT = r"""Let $f = |x|^3$.

Case 1: $x > 0$. Then $\frac{df}{dx} = 3 x^2$.

Case 2: $x < 0$. Then $\frac{df}{dx} = - 3 x^2$.
"""
ONE = r"""Let $f = \max(0, x)$.

For $x > 0$, we have

$$ \frac{df}{dx} = 1 $$
"""


@pytest.mark.parametrize(
    ("text", "function", "slope"),
    [(CASES, "f", "df_dx"), (ROWS, "h", "dh_dx"), (KEPT, "f", "df_dx"), (ONE, "f", "df_dx")],
)
def test_a_slope_in_one_case(text: str, function: str, slope: str) -> None:
    assert list(kernels(text)) == [function]
    (reason,) = left_out(derive.check(text))
    assert reason.startswith(f"{slope} is not generated: ")
    assert " only" in reason


def test_a_value_in_one_case() -> None:
    text = "Let $g_i = a x_i + b$.\n\nIf $a = 0$, then\n\n$$ g_i = b $$\n"
    assert inputs(kernels(text)["g"]) == ["a", "b", "x"]
    assert agrees(text)


def test_asked_for_by_name() -> None:
    matter = "---\nkernels:\n  functions:\n    slope:\n      from: {x: x}\n      computes: "
    matter += "{y: '\\frac{df}{dx}'}\n---\n"
    with pytest.raises(NotProved, match=r"y is not generated: .* holds for x [<>] 0 only"):
        kernels_of(derive.check(matter + CASES))


def test_what_holds_for_all_data_restricts_nothing() -> None:
    text = r"""Let $y_i = \log x_i$ with $x_i > 0$. Then

$$ \frac{\partial y_i}{\partial x_i} = \frac{1}{x_i} $$
"""
    assert list(kernels(text)) == ["y", "dy_dx"]
    assert agrees(text)
    sums = r"""Since $\sum_i t_i = 1$, let $L = \log \sum_j e^{z_j} - \sum_i t_i z_i$.

$$ L = \sum_i t_i \left( \log \sum_j e^{z_j} - z_i \right) $$
"""
    assert kernels(sums)["L"].assumes == (r"\sum_i t_i = 1",)


def test_both_cases_in_one_formula() -> None:
    text = r"""Let $h_i = \max(0, x_i)$ and $L = \sum_i g_i h_i$.

$$ \frac{\partial L}{\partial x_k} = g_k [x_k > 0] $$
"""
    assert list(kernels(text)) == ["h", "L", "dL_dx"]
    assert agrees(text)


# ------------------------------------------------------------------ what else is left out


def test_entries_beside_another() -> None:
    text = r"Let $U = \sum_{i=2}^{N} x_i x_{i-1}$ and $S = \sum_i x_i$."
    assert list(kernels(text)) == ["S"]
    (reason,) = left_out(derive.check(text))
    assert reason.startswith("U is not generated: ")
    assert "Shift" not in reason


def test_definitions_that_are_not_understood() -> None:
    text = r"Let $S = \sum_i x_i$ and $f = \lfloor y \rfloor$."
    assert list(kernels(text)) == ["S"]
    (reason,) = left_out(derive.check(text))
    assert reason.startswith(r"line 1, f = \lfloor y \rfloor, gives no function: ")
    with pytest.raises(NotProved, match=r"nothing .*; line 1, f = .*"):
        kernels_of(derive.check(text.replace(r"$S = \sum_i x_i$ and ", "")))


def test_a_function_of_its_own_argument() -> None:
    text = r"Let $s(x) = \frac{1}{1 + e^{-x}}$ and $q(a, b) = a b^2 + c$."
    found = kernels(text)
    assert inputs(found["s"]) == ["x"]
    assert inputs(found["q"]) == ["a", "b", "c"]
    assert agrees(text)


def test_an_argument_with_a_meaning_of_its_own() -> None:
    text = r"Let $x = a + 1$ and $s(x) = x^2$."
    assert inputs(kernels(text)["s"]) == ["a"]
    assert agrees(text)


def test_entries_without_a_value_are_left_out_of_the_comparison() -> None:
    assert agrees(r"Let $b_i = x_i^{1/3}$ and $c_i = \log x_i$.")

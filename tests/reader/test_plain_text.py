"""Plain text without delimiters: only what is clearly a formula is one."""

from __future__ import annotations

import pytest

from derive.reader.document import Formula, Prose
from derive.reader.formats import document_from_text


def formulas(text: str) -> list[Formula]:
    return [i for i in document_from_text(text, "a.txt").items if isinstance(i, Formula)]


@pytest.mark.parametrize(
    ("line", "latex"),
    [
        ("∂L/∂z_i = y_i - t_i", "∂L/∂z_i = y_i - t_i"),
        ("    y_i = exp(z_i) / sum_j exp(z_j)", "y_i = exp(z_i) / \\sum _j exp(z_j)"),
        ("L = -Σ t_i log y_i", "L = -Σ t_i log y_i"),
        ("dL/dz = sigma(z) - y", "dL/dz = \\sigma (z) - y"),
        ("s = 1 / (1 + e^-x)", "s = 1 / (1 + e^{-x})"),
        ("y_i = e^z_i / S_12", "y_i = e^{z_i} / S_{12}"),
        ("p = e^(a_i + b)", "p = e^{a_i + b}"),
        ("r = sqrt(x^2 + y^2)", "r = \\sqrt{x^{2} + y^{2}}"),
        ("y_j = 0   if i != j", "y_j = 0   \\text{ if } i \\neq  j"),
        ("(1) L = -Σ t_i log y_i", "L = -Σ t_i log y_i"),
        ("- s'(x) = s(x) * (1 - s(x))", ""),
        ("= y_i - t_i.", "= y_i - t_i"),
        ("∂L/∂z_i = y_i - t_i   (chain rule)", "∂L/∂z_i = y_i - t_i"),
        ("∂L/∂z_i = y_i - t_i   (3.2)", "∂L/∂z_i = y_i - t_i"),
        ("Loss: L = -Σ t_i log y_i", "L = -Σ t_i log y_i"),
        ("e^{z_i} >= 0", "e^{z_i} \\geq  0"),
        ("g_k = p_i (delta_ik - p_k)", "g_k = p_i (\\delta _{ik} - p_k)"),
        ("dL/dw_kl = d_k x_l", "dL/dw_{kl} = d_k x_l"),
    ],
)
def test_a_line_that_is_a_formula(line: str, latex: str) -> None:
    found = formulas(f"Some words.\n\n{line}\n\nMore words.")
    assert [f.content for f in found] == ([latex] if latex else [])
    for formula in found:
        assert formula.display


@pytest.mark.parametrize(
    "line",
    [
        "The value y_i = 5 is what we want.", "x = 5", "learning_rate = 0.1", "delta_time_x = y_i",
        "a == b", "x += y_i",
        "for (int i = 0; i < n; i++) {", "derivative[i] = softmax_output[i] - target[i];",
        "loss = -np.log(y_i)", "return x_1 = y_1", "#define x_1 = 2",
        "y_i = softmax(z_i); z_i = 2;",
        "http://a.b/?x_1=y_2", "key = \"value_1\"", "we set y_i = t_i and then go on",
        "Note that the sum = x_i + the rest", "y_i =", "(a_i = b",
        "Accuracy <= y_i of the model is low",
    ],
)  # fmt: skip
def test_a_line_that_is_none(line: str) -> None:
    assert formulas(f"Some words.\n\n{line}\n\nMore words.") == []


def test_plain_equations_count_beside_one_that_is_surely_mathematics() -> None:
    assert formulas("z = a + b\n") == []
    assert [f.content for f in formulas("z = a + b\n∂z/∂a = 1\n")] == ["z = a + b", "∂z/∂a = 1"]


def test_with_delimiters_bare_lines_stay_prose() -> None:
    assert [f.content for f in formulas("∂L/∂z_i = y_i - t_i\n\nand $x$.")] == ["x"]


def test_latex_files_hold_no_bare_formulas() -> None:
    items = document_from_text("∂L/∂z_i = y_i - t_i", "a.tex").items
    assert [type(item) for item in items] == [Prose]


def test_the_offsets_are_those_of_the_text() -> None:
    text = "So:\n\n  e^z_i = sqrt(x_1)\n"
    (found,) = formulas(text)
    assert found.content == "e^{z_i} = \\sqrt{x_1}"
    for sign in "ezi=x1":
        assert text[found.offsets[found.content.index(sign)]] == sign or sign in "qrts"
    assert text[found.span.start : found.span.end] == "e^z_i = sqrt(x_1)"


@pytest.mark.parametrize(
    ("line", "latex"),
    [
        ("Since sum_i t_i = 1:", "\\sum _i t_i = 1"),
        ("Because Σ t_i = 1, the second term is small.", "Σ t_i = 1"),
        ("where S = sum_j e^z_j", "S = \\sum _j e^{z_j}"),
        ("Let p_i = e^z_i / S, for i ≠ j.", "p_i = e^{z_i} / S, \\text{ for } i ≠ j"),
        ("Therefore, we get ∂L/∂z_i = y_i - t_i.", "∂L/∂z_i = y_i - t_i"),
    ],
)
def test_a_formula_behind_a_cue_is_part_of_a_sentence(line: str, latex: str) -> None:
    items = document_from_text(line, "a.txt").items
    (formula,) = [item for item in items if isinstance(item, Formula)]
    assert (formula.content, formula.display) == (latex, False)
    assert isinstance(items[0], Prose)
    assert line.startswith(items[0].text)


SPOKEN = "L = -Σᵢ yᵢ log pᵢ\n\n∂L/∂zⱼ = pⱼ Σᵢ yᵢ - yⱼ = pⱼ - yⱼ (because Σᵢ yᵢ = 1)\n"


def test_a_reason_in_brackets_is_a_formula_of_its_own() -> None:
    assert [f.content for f in formulas(SPOKEN)][1:] == [
        "∂L/∂zⱼ = pⱼ Σᵢ yᵢ - yⱼ = pⱼ - yⱼ",
        "Σᵢ yᵢ = 1",
    ]


def test_markdown_without_a_formula_in_signs_is_read_as_plain_text() -> None:
    items = document_from_text("# Gradient\n\n" + SPOKEN, "a.md").items
    assert sum(isinstance(item, Formula) for item in items) == 3
    mixed = document_from_text(SPOKEN + "\nHere $n$ is a number.\n", "a.md").items
    assert sum(isinstance(item, Formula) for item in mixed) == 1


def test_what_software_needs_is_no_formula() -> None:
    assert formulas("PyTorch ≥ 2.1\nCUDA ≥ 12.x\nbatch size ≤ 64\n") == []

"""Letters, words, accents, fonts and Unicode; a run of letters is a word or a product."""

from __future__ import annotations

import unicodedata

import pytest

import derive
from derive.reader.formulas.words import split_run
from tests.reader.outlines import row


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("ab", ["a", "b"]),
        ("WX", ["W", "X"]),
        ("MSE", ["MSE"]),
        ("ABC", ["A", "B", "C"]),
        ("xyz", ["x", "y", "z"]),
        ("ijk", ["i", "j", "k"]),
        ("errors", ["errors"]),
        ("abcd", ["a", "b", "c", "d"]),
        ("mgh", ["m", "g", "h"]),
        ("Z2", ["Z2"]),
        ("dZ2", ["dZ2"]),
        ("aZ2", ["a", "Z2"]),
        ("logits", ["logits"]),
        ("logp", ["log", "p"]),
        ("ylogp", ["y", "log", "p"]),
        ("dMSE", ["dMSE"]),
        ("softmax", ["softmax"]),
        ("cost", ["cost"]),
        ("lnx", ["ln", "x"]),
    ],
)
def test_a_run_of_letters_is_a_word_or_a_product(run: str, parts: list[str]) -> None:
    pieces = []
    for character in run:
        if character.isdigit() and pieces and pieces[-1].isdigit():
            pieces[-1] += character
        else:
            pieces.append(character)
    found, position = [], 0
    for count in split_run(pieces):
        found.append("".join(pieces[position : position + count]))
        position += count
    assert found == parts


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("errors = a", "'errors' = a"),
        ("dZ2 = A2 - Y", "'dZ2' = (+ 'A2' - Y)"),
        ("A2_j", "('A2' sub j)"),
        ("x 2", "(x 2)"),
        ("2X^Terrors", "(2 (X sup T) 'errors')"),
        ("new_W", "('new' sub W)"),
        (r"A_{true\_class}", "(A sub 'true_class')"),
        ("y_pred", "(y sub 'pred')"),
        ("a_ib_j", "((a sub i) (b sub j))"),
        (r"\delta_ij", r"(\delta sub (i j))"),
        ("w_ij", "((w sub i) j)"),
        ("L_{pred}", "(L sub 'pred')"),
        ("dz = a", "'dz' = a"),
        ("d z = a", "(d z) = a"),
        (r"\text{loss} = a", "roman:'loss' = a"),
        (r"\text{cross entropy} = a", "roman:'cross entropy' = a"),
        (r"\text{true positives} + a", None),
        (r"\mathrm{e}^x", "(roman:e sup x)"),
        (r"\mbox{e}^x", "(roman:e sup x)"),
        (r"\mathbf{do}", "bold:'do'"),
        (r"\mathbf{Wx}", "(bold:W bold:x)"),
        (r"{\bf x} y", "(bold:x y)"),
        (r"\mathbf x_i", "(bold:x sub i)"),
        (r"\vec{x}", "bold:x"),
        (r"\boldsymbol\theta", r"bold:\theta"),
        (r"\mathcal{L}", "calligraphic:L"),
        (r"\mathbb{R}^n", "(blackboard:R sup n)"),
        (r"\R^n", "(blackboard:R sup n)"),
        (r"\ell", r"\ell"),
    ],
)
def test_words_and_fonts(source: str, expected: str | None) -> None:
    if expected is None:
        assert row(source) == "(+ a) # true positives"
    else:
        assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\hat{y}_j", r"(\hat{y} sub j)"),
        (r"\hat y_j", r"(\hat{y} sub j)"),
        (r"\hat{y_j}", r"(\hat{y} sub j)"),
        (r"\hat{\mathbf{y}}", r"bold:\hat{y}"),
        (r"\mathbf{\hat{y}}", r"bold:\hat{y}"),
        (r"\widehat{y}", r"\hat{y}"),
        (r"\overline{x}", r"\bar{x}"),
        (r"\hat\theta", r"\hat{\theta}"),
        (r"\hat{x + y}", r"unread: \hat over more than one letter is not understood"),
    ],
)
def test_accents_belong_to_the_letter(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        ("ŷᵢ", r"\hat{y}_i"),
        ("y\u0302ᵢ", r"\hat{y}_i"),
        ("σ̂", r"\hat{\sigma}"),
        ("x² + y₁₂", "x^2 + y_{12}"),
        ("x⁻¹", "x^{-1}"),
        ("Wᵀx", "W^T x"),
        ("α·β × γ", r"\alpha \cdot \beta \times \gamma"),
        ("a − b", "a - b"),
        ("a ≤ b ≠ c ≥ d", r"a \leq b \neq c \geq d"),
        ("∑ᵢ xᵢ", r"\sum_i x_i"),
        ("∏ₖ pₖ", r"\prod_k p_k"),
        ("∂L/∂zᵢ", r"\partial L/\partial z_i"),
        ("∇f", r"\nabla f"),
        ("√(x)", r"\sqrt{x}"),
        ("x → ∞", r"x \to \infty"),
        ("i ∈ ℝ", r"i \in \mathbb{R}"),
        ("u′", "u'"),
        ("½x", r"\frac{1}{2}x"),
        ("𝐱", r"\mathbf{x}"),
        ("x\u200b_i", "x_i"),
        ("a\u0338= b", None),
        ("a =\u0338 b", r"a \neq b"),
    ],
)
def test_unicode_reads_like_the_latex_that_means_the_same(typed: str, latex: str | None) -> None:
    if latex is None:
        assert row(typed).startswith("unread")
    else:
        assert row(typed) == row(latex)


@pytest.mark.parametrize("letter", "ŷāẽêîḂ")
def test_precomposed_and_combining_accents_read_alike(letter: str) -> None:
    assert row(letter) == row(unicodedata.normalize("NFD", letter))
    assert row(letter).startswith("\\")


def test_numbers_apart_below_a_name_are_shown_as_one() -> None:
    """TeX shows ``u_{1 2}`` as it does ``u_{12}``; on the line two numbers are a slip."""
    text = r"Let $y = u_{1 1} x_1 + u_{1 2} x_2$. Then $\frac{\partial y}{\partial u_{12}} = x_2$."
    report = derive.check(text, format="markdown")
    assert [j.verdict.outcome for j in report.claims if j.verdict] == ["proved"]
    wrong = derive.check(text.replace("u_{12}", "u_{11}"), format="markdown")
    assert [j.verdict.outcome for j in wrong.claims if j.verdict] == ["refuted"]
    beside = derive.check(r"Let $y = 1 2 x$.", format="markdown")
    assert not beside.claims
    assert [j.statement.kind for j in beside.judgements] == ["unread"]

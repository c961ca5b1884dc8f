"""What may be so or not, what is said in a case that words tell, and what things are made for."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("words", ["refers to the second class", "means that it is the second"])
def test_an_event_is_named(words: str) -> None:
    text = f"The labels $t_j$ are one-hot. For example, $t_2 = 1$ {words}."
    assert outcomes(text) == []
    assert outcomes("The labels $t_j$ are one-hot. Therefore, $t_2 = 1$.") != []


def test_an_equation_between_functions_is_no_event() -> None:
    text = r"Let $L = \sum_j t_j a_j$. Here $L = 2 \sum_j t_j a_j$ means little."
    assert outcomes(text) in (["refuted"], ["conditional"])


def test_the_models_of_an_inequality() -> None:
    text = "分布的参数为 $T(y) = y$。多项分布是少数几个 $T(y) \\neq y$ 的概率模型。"
    assert outcomes(text) == []
    assert outcomes("分布的参数为 $T(y) = y$。因此多项分布满足下式，所以 $T(y) \\neq y$。") == [
        "refuted"
    ]


def test_what_others_are_built_for() -> None:
    text = r"Let $Z(a) = \sum_i e^{a_i}$. Trees are WORDS $Z(a) = 1$ for all $a$."
    assert outcomes(text.replace("WORDS", "built such that")) == []
    assert outcomes(text.replace("WORDS", "simple and")) == ["refuted"]


SIGN = r"The sign is such: WORDS $\operatorname{sgn}(x) = -1$."


def test_a_case_in_words() -> None:
    told = SIGN.replace("WORDS", "when it takes an odd number of swaps,")
    assert outcomes(told) == ["unproved"]
    assert outcomes(SIGN.replace("WORDS", "when we simplify,")) == ["refuted"]


def test_a_case_in_japanese_words() -> None:
    text = r"並び替えが奇数回WORDS $\operatorname{sgn}(x) = -1$である。これを使って定義する。"
    assert outcomes(text.replace("WORDS", "でできたら")) == ["unproved"]
    assert outcomes(text.replace("WORDS", "という意味で")) == ["refuted"]


def test_numbers_of_parameters() -> None:
    text = r"Let $S = \sum_{i=1}^M \sum_{j=1}^C a_{ij}$GIVEN. Note that here we have $M C = 13$."
    assert outcomes(text.replace("GIVEN", "")) == ["unproved"]
    assert outcomes(text.replace("GIVEN", ", where $M = 3$ and $C = 4$")) == ["refuted"]


def test_a_density_with_other_parameters() -> None:
    text = r"""The density is $$p(x \mid a, b) = a b e^{-a x}$$ where $b > 0$, and with
$a = 1/c$, $b = c m$ it is: $$p(x \mid OTHER) = m e^{-x c}$$"""
    assert outcomes(text.replace("OTHER", "m, c"))[-1] == "conditional"
    plain = r"Let $p(x) = e^{-x}$ for $x > 0$. Then $p(x) = 2 e^{-x}$."
    assert outcomes(plain)[-1] == "refuted"


def test_entries_with_opposite_signs() -> None:
    text = "Since $s_{ij} = WHAT$, we have $s_{kk} = 0$."
    assert outcomes(text.replace("WHAT", "-s_{ji}")) != ["refuted"]
    assert outcomes(text.replace("WHAT", "s_{ji}")) == ["refuted"]


def test_an_order_of_matrices_is_not_that_of_their_entries() -> None:
    text = r"Let $A = v v^T$ for a vector $v$, and $c = v^T v$. Then $SAID$."
    assert outcomes(text.replace("SAID", r"A \ge 0")) == ["unproved"]
    assert outcomes(text.replace("SAID", r"-c > 0")) == ["refuted"]


def test_what_is_denied_in_japanese() -> None:
    text = "関数 $p(x) = e^{-x}$ を考える。$p(x) = 0$WORDS、殆ど全ての $x$ について次が成り立つ。"
    assert outcomes(text.replace("WORDS", "ではないので")) == []
    assert outcomes(text.replace("WORDS", "である。ゆえに")) == ["refuted"]


def test_what_is_denied_right_behind_a_display() -> None:
    text = """関数 $p(x) = e^{-x}$ を考える。次が成り立つ。

$$2 p(x) = 2 e^{-x}$$

$p(x) = 0$WORDS次の式を得る。"""
    assert outcomes(text.replace("WORDS", "ではないので")) == ["proved"]
    assert outcomes(text.replace("WORDS", "である。ゆえに")) == ["proved", "refuted"]


def test_expected_values_without_brackets_are_no_numbers() -> None:
    text = r"""$$\log p(x \mid c) - \mathbb{E}_{q(t)} \log \frac{p(x, t \mid c)}{q(t)} =
\mathbb{E}_{q(t)} \log \frac{p(x \mid c) q(t)}{p(x, t \mid c)}$$"""
    assert outcomes(text) == ["unproved"]


def test_a_pseudoinverse_that_only_words_define() -> None:
    text = r"""Let $v = X u$ for a matrix $X$ and a vector $u$. With the pseudoinverse $X^\dagger$,
$v = RIGHT$."""
    assert outcomes(text.replace("RIGHT", r"X^\dagger u")) == ["unproved"]
    assert outcomes(text.replace("RIGHT", "2 X u")) in (["refuted"], ["conditional"])

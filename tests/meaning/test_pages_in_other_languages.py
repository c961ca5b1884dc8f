"""Pages in other languages: what is supposed, defined and claimed is seen from their own words."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.languages import in_english
from derive.reader.document import Prose
from derive.reader.source import Span

CHINESE = r"""## 梯度

设 $S = \sum_k e^{a_k}$，损失函数为

$$\ell = \sum_k h_k \left(\log S - a_k\right)$$

由于 $\sum_k h_k = 1$，所以

$$\ell = \log S - \sum_k h_k a_k$$

其中 $\frac{e^{a_k}}{S} = r_k$，因此

$$\frac{\partial \ell}{\partial a_k} = r_k - h_k$$
"""

JAPANESE = r"""## 勾配

次のように定義する。ここで $h_k$ は正解である。

$$\ell = \sum_k h_k \left(\log \sum_j e^{a_j} - a_k\right)$$

仮定 $\sum_k h_k = 1$ を用いる。したがって

$$\ell = \log \sum_j e^{a_j} - \sum_k h_k a_k$$
"""

SPANISH = r"""## El gradiente

La función de pérdida de los datos es, para una sola entrada y una sola salida de la red,

$$\ell = \sum_k h_k \left(\log \sum_j e^{a_j} - a_k\right)$$

Dado que $\sum_k h_k = 1$, la pérdida de una entrada se reduce a la forma

$$\ell = \log \sum_j e^{a_j} - \sum_k h_k a_k$$

donde $S = \sum_j e^{a_j}$, y por lo tanto la derivada es

$$\frac{\partial \ell}{\partial a_k} = \frac{e^{a_k}}{S} - h_k$$
"""

GERMAN = r"""## Der Gradient

Die Funktion, die wir mit dem Verfahren auf den Daten minimieren, ist für eine Eingabe und die
Ausgabe der Schicht

$$\ell = \sum_k h_k \left(\log \sum_j e^{a_j} - a_k\right)$$

Weil $\sum_k h_k = 1$, ist das nicht mehr als der Ausdruck

$$\ell = \log \sum_j e^{a_j} - \sum_k h_k a_k$$

wobei $S = \sum_j e^{a_j}$, und daraus folgt

$$\frac{\partial \ell}{\partial a_k} = \frac{e^{a_k}}{S} - h_k$$
"""

FRENCH = r"""## Le gradient

La fonction de perte que nous minimisons sur les données est, pour une entrée et une sortie de
la couche,

$$\ell = \sum_k h_k \left(\log \sum_j e^{a_j} - a_k\right)$$

Supposons que $\sum_k h_k = 1$. Alors la perte est

$$\ell = \log \sum_j e^{a_j} - \sum_k h_k a_k$$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, path="a.md").claims if j.verdict]


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, SPANISH, GERMAN, FRENCH])
def test_what_is_supposed_is_used(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, SPANISH, GERMAN, FRENCH])
def test_and_what_does_not_follow_is_refuted(text: str) -> None:
    wrong = text.replace(r"- \sum_k h_k a_k", r"+ \sum_k h_k a_k")
    assert {"refuted", "conditional"} & set(outcomes(wrong))
    silent = text.replace(r"$\sum_k h_k = 1$", r"$\sum_k h_k = 2$")
    assert {"refuted", "conditional"} & set(outcomes(silent))


def test_a_wrong_gradient_is_refuted() -> None:
    assert outcomes(CHINESE.replace("r_k - h_k", "h_k - r_k"))[-1] == "refuted"
    for text in (SPANISH, GERMAN):
        assert outcomes(text.replace("{S} - h_k", "{S} + h_k"))[-1] == "refuted"


def test_a_value_of_a_defined_name_is_claimed_whatever_the_word() -> None:
    text = CHINESE.replace(r"其中 $\frac{e^{a_k}}{S} = r_k$", r"由于 $S = 2$")
    assert "refuted" in outcomes(text)


def test_few_words_are_not_a_language() -> None:
    prose = Prose(Span(0, 9), "la si con per und die da y ")
    assert in_english((prose,)) == (prose,)
    english = Prose(Span(0, 9), "We see that the sum of the terms is si con per, and so on. " * 12)
    assert in_english((english,)) == (english,)


def test_the_longest_word_is_meant() -> None:
    (item,) = in_english(
        (Prose(Span(0, 99), "假设当且仅当前面的设置，设为零的情况下，这里是相当的。"),)
    )
    assert isinstance(item, Prose)
    assert item.text.split()[:2] == ["assume", "if"]
    assert "let" in item.text
    assert "设置" in item.text
    assert "相当" in item.text

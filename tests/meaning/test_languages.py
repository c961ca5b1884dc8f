# ruff: noqa: E501 (wide characters count twice)
"""Pages in other languages: what their words introduce is no claim, and what they claim is one."""

from __future__ import annotations

import pytest

import derive
from derive.meaning.languages import in_english
from derive.reader.document import Prose
from derive.reader.formats import document_from_text


def outcomes(text: str) -> list[str]:
    report = derive.check(text, path="page.md")
    return [
        j.verdict.outcome if j.verdict is not None else j.statement.kind for j in report.judgements
    ]


def prose(text: str) -> str:
    """The prose of a page as the rooms above read it."""
    items = in_english(document_from_text(text, format="markdown").items)
    return "".join(item.text if isinstance(item, Prose) else "□" for item in items)


# Each page: a definition, a hypothesis about data, a step that needs it and a step that does not.
PAGES = {
    "Chinese": (
        "我们考虑一个简单的例子，推导它的导数。设 $f(x) = x^2$，其中 $x > 0$。"
        "由于 $\\sum_i t_i = 1$，则有 $$\\sum_i t_i c = c$$ 因此 $$f'(x) = 2 x$$"
    ),
    "Japanese": (
        "簡単な例について、その微分を計算してみましょう。$f(x) = x^2$ とおく。"
        "ただし $x > 0$ とする。$\\sum_i t_i = 1$ と仮定する。"
        "すると次の式が成り立つ。$$\\sum_i t_i c = c$$ したがって $$f'(x) = 2 x$$"
    ),
    "Korean": (
        "간단한 예를 하나 살펴보고 그 미분을 계산해 보겠습니다. $f(x) = x^2$ 라 하자. 여기서 $x > 0$ 이다. "
        "$\\sum_i t_i = 1$ 이므로 다음이 성립한다. $$\\sum_i t_i c = c$$ 따라서 $$f'(x) = 2 x$$"
    ),
    "Russian": (
        "Рассмотрим простой пример и найдём производную. Пусть $f(x) = x^2$, где $x > 0$. "
        "Так как $\\sum_i t_i = 1$, получаем $$\\sum_i t_i c = c$$ Следовательно, $$f'(x) = 2 x$$"
    ),
    "German": (
        "Wir betrachten ein Beispiel, und wir leiten die Funktion ab. Sei $f(x) = x^2$, wobei "
        "$x > 0$ ist. Da $\\sum_i t_i = 1$ ist, gilt für die Summe $$\\sum_i t_i c = c$$ "
        "und somit wird die Ableitung $$f'(x) = 2 x$$"
    ),
    "French": (
        "On prend une fonction simple pour le calcul de la dérivée. Soit $f(x) = x^2$, où $x > 0$. "
        "Puisque $\\sum_i t_i = 1$, on obtient pour la somme $$\\sum_i t_i c = c$$ "
        "et donc, par le calcul des dérivées, $$f'(x) = 2 x$$"
    ),
    "Spanish": (
        "Consideramos una función para el cálculo de la derivada. Sea $f(x) = x^2$, donde $x > 0$. "
        "Ya que $\\sum_i t_i = 1$, se obtiene en la suma de los términos $$\\sum_i t_i c = c$$ "
        "y por lo tanto la derivada es $$f'(x) = 2 x$$"
    ),
    "Portuguese": (
        "Vamos usar uma função para o cálculo da derivada. Seja $f(x) = x^2$, onde $x > 0$. "
        "Já que $\\sum_i t_i = 1$, obtemos para a soma dos termos $$\\sum_i t_i c = c$$ "
        "e portanto a derivada não é mais que $$f'(x) = 2 x$$"
    ),
    "Italian": (
        "Usiamo una funzione per il calcolo della derivata. Sia $f(x) = x^2$, dove $x > 0$. "
        "Poiché $\\sum_i t_i = 1$, otteniamo per la somma degli addendi $$\\sum_i t_i c = c$$ "
        "e quindi la derivata è $$f'(x) = 2 x$$"
    ),
    "Vietnamese": (
        "Ta xét một hàm đơn giản và tính đạo hàm của nó với các biến này. Đặt $f(x) = x^2$, trong "
        "đó $x > 0$. Vì $\\sum_i t_i = 1$, ta có tổng của các số là $$\\sum_i t_i c = c$$ "
        "Do đó $$f'(x) = 2 x$$"
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_what_is_introduced_is_no_claim(language: str) -> None:
    page = PAGES[language]
    assert outcomes(page) == ["definition", "hypothesis", "hypothesis", "proved", "proved"]
    assert outcomes(page.replace("c = c$$", "c = 2 c$$"))[-2:] == ["refuted", "proved"]
    assert outcomes(page.replace("2 x$$", "3 x$$"))[-2:] == ["proved", "refuted"]


def test_words_behind_the_formula_are_moved_in_front() -> None:
    page = PAGES["Japanese"] + " $r > 0$ のとき、$$e^{\\log r} = r$$"
    assert outcomes(page)[-2:] == ["hypothesis", "proved"]
    assert outcomes(page.replace(" = r$$", " = 2 r$$"))[-1] == "refuted"


def test_a_condition_of_two_parts() -> None:
    page = (
        "当两个数的符号不同时，我们分别讨论它们的绝对值。若 $w > 0$ 且 $b < 0$，则 $|b w| = -b w$。"
    )
    assert outcomes(page) == ["hypothesis", "hypothesis", "proved"]
    assert outcomes(page.replace("= -b w", "= b w"))[-1] == "refuted"


def test_words_that_only_hold_a_cue_are_none() -> None:
    page = (
        "网络的设计原则：参数的标记规则当然与正则项的行为有关，这些原则并没有变化，适当选择即可。"
    )
    assert "let" not in prose(page)
    assert "if" not in prose(page)


def test_english_pages_stay_as_they_are() -> None:
    page = "Let $f = x^2$ in the style of Gauß, où and si and 例 being quoted. Then $f' = 2 x$."
    assert "où and si and 例" in prose(page)


def test_a_page_of_hardly_more_than_cue_words() -> None:
    page = r"SAID $\sum_i t_i = 1$. THEN" + "\n\n" + r"$$\sum_i t_i x = x$$"
    for said, then in (("Sei", "Dann gilt"), ("Es sei", "Dann gilt"), ("Soit", "Alors on a")):
        text = page.replace("SAID", said).replace("THEN", then)
        assert [c.verdict.outcome for c in derive.check(text).claims] == ["proved"]
    english = page.replace("SAID", "Also").replace("THEN", "Null fall")
    assert [c.verdict.outcome for c in derive.check(english).claims] != ["proved"]


@pytest.mark.parametrize(
    ("supposes", "asks", "then"),
    [
        ("Es gelte", "Warum sollte", "Dann folgt"),
        ("Wir nehmen an, dass", "Gilt wirklich", "Dann ist"),
        ("Supongamos que", "¿No es", "Entonces se tiene"),
        ("Supponiamo che", "Non è", "Allora abbiamo"),
        ("Suponha que", "Não é", "Então temos"),
        ("假设", "是否", "那么"),
        ("Пусть", "Верно ли, что", "Тогда"),
    ],
)
def test_a_few_words_are_a_language_where_there_are_no_others(
    supposes: str, asks: str, then: str
) -> None:
    page = "{0} $\\sum_i t_i = 1${1} {2} $\\sum_i t_i c = c$."
    assert outcomes(page.format(supposes, ".", then)) == ["hypothesis", "proved"]
    assert outcomes(page.format(asks, "?", then))[-1] != "proved"


@pytest.mark.parametrize("page", ["Also $a = b$. So $b = c$.", "Let si. Sea. Entonces $a = b$."])
def test_a_few_english_words_are_english(page: str) -> None:
    items = document_from_text(page, format="markdown").items
    assert in_english(items) == tuple(items)

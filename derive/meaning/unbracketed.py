"""``\\operatorname{erf} x``: a known function that is written as a word before what it acts on.

A word that stands beside a factor is otherwise a number, as ``loss`` is in ``\\lambda loss``,
unless it is written with \\operatorname and stands alone nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from derive.meaning.application import FUNCTIONS, SOFTMAX
from derive.meaning.names import Names
from derive.meaning.scope import Scope
from derive.meaning.spelling import rewritten, walk
from derive.meaning.trouble import OutOfReach
from derive.reader import syntax as s
from derive.reader.formulas.symbols import FUNCTIONS as READ
from derive.reader.formulas.symbols import word_set
from derive.reader.source import Span

__all__ = ["acts_on", "with_operators_applied"]

_OTHERS = word_set(
    "arsinh arcosh artanh arcoth asin acos acot asinh acosh atanh cosec csch versin erfc erfi "
    "sinc elu selu mish hardtanh softsign lcm Ei Li li Si Ci"
)
_KNOWN = READ | _OTHERS | FUNCTIONS.keys() | SOFTMAX


def with_operators_applied(formulas: Mapping[int, s.ParsedFormula]) -> dict[int, s.ParsedFormula]:
    """``\\operatorname{foo} x`` as foo(x), where foo is no word that is known."""
    every = (n for f in formulas.values() for n in walk(f))
    words = {n.text for n in every if isinstance(n, s.Name) and _is_operator(n)}
    words -= set(_alone(formulas.values())) if words else set()
    if not words:
        return dict(formulas)

    def changed(node: s.Node) -> s.Node:
        if not isinstance(node, s.Product):
            return node
        factors, operators = node.factors, node.operators
        for at in range(len(factors) - 2, -1, -1):
            word = _word(factors[at])
            reach = _reach(factors, operators, at)
            if word is None or word.text not in words or not reach:
                continue
            rest = factors[at + 1 : at + 1 + reach]
            inner = rest[0] if reach == 1 else s.Product(_over(rest), rest, ("",))
            factors = (
                *factors[: at + 1],
                s.Group(inner.span, inner, "()"),
                *factors[at + 1 + reach :],
            )
            operators = (*operators[: at + 1], *operators[at + reach :])
        return (
            node if factors is node.factors else replace(node, factors=factors, operators=operators)
        )

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _reach(factors: tuple[s.Syntax, ...], operators: tuple[str, ...], at: int) -> int:
    """How many factors behind a word it acts on: x, or 2x; 0 where that is not clear."""
    reach = 0
    for sign, factor in zip(operators[at:], factors[at + 1 :], strict=False):
        if sign or not isinstance(factor, s.Name | s.Scripts | s.Numeral) or _word(factor):
            break
        reach += 1
    number = reach == 2 and isinstance(factors[at + 1], s.Numeral)
    return reach if reach == 1 or number else 0


def _over(nodes: tuple[s.Syntax, ...]) -> Span:
    return Span(nodes[0].span.start, nodes[-1].span.end)


def _word(node: s.Node) -> s.Name | None:
    """The word of ``foo`` and ``foo'``."""
    if isinstance(node, s.Scripts) and node.subscript is None and node.superscript is None:
        node = node.base
    return node if isinstance(node, s.Name) and _is_operator(node) else None


def _is_operator(node: s.Node) -> bool:
    return (
        isinstance(node, s.Name)
        and node.font == "operator"
        and node.text not in READ
        and node.text not in _OTHERS
    )


def _alone(formulas: Iterable[s.ParsedFormula]) -> Iterator[str]:
    """The words that stand somewhere with nothing behind them that they could act on."""
    for formula in formulas:
        acting = {
            id(word)
            for node in walk(formula)
            if isinstance(node, s.Product)
            for factor, sign in zip(node.factors, node.operators, strict=False)
            if (word := _word(factor)) is not None and not sign
        }
        yield from (
            n.text
            for n in walk(formula)
            if isinstance(n, s.Name) and n.word and n.text not in _KNOWN and id(n) not in acting
        )


def acts_on(
    factors: tuple[s.Syntax, ...], operators: tuple[str, ...], at: int, scope: Scope, names: Names
) -> s.Group | None:
    """What the word at this place acts on, in the brackets that it lacks; None for a number.

    Raises OutOfReach where it is a function of which only the name is known, and where it is not
    clear how far it reaches.
    """
    head = factors[at]
    word = head.base if isinstance(head, s.Scripts) else head
    if not isinstance(word, s.Name) or not word.word:
        return None
    bare = at + 1 == len(factors) or operators[at] or isinstance(factors[at + 1], s.Group)
    if word.text not in _KNOWN:
        if _is_operator(word) and not bare and word.text not in names.bare:
            raise OutOfReach(f"how far {word.text} reaches is not clear", head.span)
        return None
    if isinstance(head, s.Scripts) and head.subscript is not None:
        return None
    if bare or scope.defined(word.text) or word.text in names.functions:
        return None
    if isinstance(head, s.Scripts) and head.primes:
        # tan'(x), or the slope of tanh where it was taken before, times an error
        raise OutOfReach(f"whether {word.text}' is applied or a factor is not clear", head.span)
    if word.text not in FUNCTIONS and word.text not in SOFTMAX:
        raise OutOfReach(f"the function {word.text}", head.span)
    if at + 2 < len(factors) and not operators[at + 1]:
        raise OutOfReach(f"how far {word.text} reaches is not clear", head.span)
    return s.Group(factors[at + 1].span, factors[at + 1], "()")

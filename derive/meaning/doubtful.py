"""Notation that may mean something else, where a claim does not hold as it is read.

A counterexample shows nothing of ``\\sigma^t = ...`` where t counts moments, and nothing of
``|A| = ...`` where the bars around a matrix stand for its determinant.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TypeGuard

from derive.meaning.names import Names, base_name, reference
from derive.meaning.notation import readable
from derive.meaning.spelling import spelling, walk
from derive.reader import syntax as s

__all__ = ["MOMENTS", "other_meaning"]

# Letters that count the steps of a sequence.
MOMENTS = frozenset(("t", "k", "l", "\\ell", "\\tau"))


def other_meaning(left: s.Syntax, right: s.Syntax, names: Names) -> str:
    """What may be meant otherwise in an equation between the two; "" for nothing."""
    return (
        _moment(left, names)
        or _determinant(left, right, names)
        or _mixed(left, right)
        or _glued(left, right, names)
        or _reach(left, right)
        or _of_a_distance(left, right, names)
        or _of_values(left, right)
        or _of_one_and_of_all(left, right)
        or _first_stage(left, right)
        or _last_layer(left, right)
    )


def _first_stage(left: s.Syntax, right: s.Syntax) -> str:
    """``F(x)^1 = 3 x``: nobody writes a first power, but the first of several stages."""
    for node in (*walk(left), *walk(right)):
        match node:
            case s.Product(_, (s.Name() as function, s.Scripts(_, s.Group(), None, above), *_)):
                if isinstance(above, s.Numeral) and above.text == "1":
                    return f"1 above {spelling(function)} may count stages, and be no power"
    return ""


def _last_layer(left: s.Syntax, right: s.Syntax) -> str:
    """``l + 1 = L``: which layer is spoken of, whatever else is called L."""
    for one, other in ((left, right), (right, left)):
        terms = one.terms if isinstance(one, s.Signed) else ((1, one),)
        letters = [term for _, term in terms if not isinstance(term, s.Numeral)]
        match letters, other:
            case [s.Name(_, ("l" | "\\ell") as layer)], s.Name(_, "L" as last):
                return f"{readable(layer)} may be a layer, and {last} the number of layers"
    return ""


def _of_values(left: s.Syntax, right: s.Syntax) -> str:
    """``p(y_n) = p_n^{y_n} (1 - p_n)^{1 - y_n}``: what p(y) is made of is another p."""
    match left:
        case s.Product(_, (s.Name() as function, s.Group()), ("",)):
            own = spelling(function)
        case _:
            return ""
    for node in walk(right):
        match node:
            case s.Scripts(_, s.Name() as base, below, _, 0) if below is not None:
                if spelling(base) == own:
                    return f"{own} of something may be another than {spelling(node)}"
    return ""


def _of_one_and_of_all(left: s.Syntax, right: s.Syntax) -> str:
    """``\\sigma(z_i) = e^{z_i} / \\sum_j e^{z_j}``: no function of one number depends on all.

    Where the letter stands for one, it stands for another function here.
    """
    for one, other in ((left, right), (right, left)):
        match one:
            case s.Product(
                _,
                (
                    s.Name(word=False) as function,
                    s.Group(_, s.Scripts(_, s.Name() as z, s.Name() as i)),
                ),
                ("",),
            ) if any(_runs_over(node, z, i.text) for node in walk(other)):
                called, data = readable(spelling(function)), readable(spelling(z))
                return f"{called} of one {data} would depend on all: it may be another function"
    return ""


def _runs_over(node: s.Node, data: s.Name, free: str) -> bool:
    """Whether it is made of all components of what the name stands for, besides the free one."""
    if isinstance(node, s.FunctionCall) and node.function == "softmax":
        return any(isinstance(n, s.Name) and spelling(n) == spelling(data) for n in walk(node))
    if not isinstance(node, s.Operator) or node.lower is None or node.body is None:
        return False
    letters = {part.text for part in walk(node.lower) if isinstance(part, s.Name)} - {free}
    return any(
        isinstance(part, s.Scripts)
        and isinstance(part.base, s.Name)
        and spelling(part.base) == spelling(data)
        and isinstance(part.subscript, s.Name)
        and part.subscript.text in letters
        for part in walk(node.body)
    )


def _of_a_distance(left: s.Syntax, right: s.Syntax, names: Names) -> str:
    """``1 + dx`` beside a quantity d: the differential of x, or d times x."""
    found = [[n.text for n in walk(side) if _is_differential(n)] for side in (left, right)]
    if "d" in names.values and sum(map(bool, found)) == 1:  # dL = g dx is of differentials
        text = (found[0] or found[1])[0]
        return f"{text} may be d times {text[1]}"
    return ""


def _is_differential(node: s.Node) -> TypeGuard[s.Name]:
    return isinstance(node, s.Name) and node.word and len(node.text) == 2 and node.text[0] == "d"


def _reach(left: s.Syntax, right: s.Syntax) -> str:
    """``\\nabla_s y \\log s``: the slope of y alone, or of all that follows."""
    for node in (*walk(left), *walk(right)):
        if isinstance(node, s.Product):
            for first in node.factors[:-1]:
                if isinstance(first, s.Differentiation) and first.short and first.body is not None:
                    if isinstance(first.body, s.Name | s.Scripts):
                        return f"nabla may act on more than {spelling(first.body)}"
    return ""


def _glued(left: s.Syntax, right: s.Syntax, names: Names) -> str:
    """``Cp`` beside C_p or C_P: the p may have been meant to stand below."""
    for node in (*walk(left), *walk(right)):
        for one, other in pairwise(node.factors) if isinstance(node, s.Product) else ():
            match one, other:
                case s.Name(_, text, _, False), s.Name(_, letter, _, False) if (
                    one.span.end == other.span.start
                    and not {(text, letter), (text, letter.upper())}.isdisjoint(names.marks)
                ):
                    return f"{text}{letter} may be {text} with {letter} below"
    return ""


def _mixed(left: s.Syntax, right: s.Syntax) -> str:
    """``8\\frac{2}{3}``: eight times two thirds, or eight and two thirds."""
    for node in (*walk(left), *walk(right)):
        match node:
            case s.Product(_, factors, operators):
                for (first, second), sign in zip(pairwise(factors), operators, strict=False):
                    match first, second:
                        case s.Numeral(), s.Fraction(_, s.Numeral(), s.Numeral()) if not sign:
                            return f"{spelling(first)} before a fraction may be added to it"
    return ""


def _moment(left: s.Syntax, names: Names) -> str:
    """``w^{t+1} = w^t - ...``: who defines a power?"""
    if not isinstance(left, s.Scripts) or not isinstance(left.base, s.Name):
        return ""
    above = left.superscript
    letter = above
    if isinstance(above, s.Signed) and len(above.terms) == 2:
        (_, letter), (_, number) = above.terms
        letter = letter if isinstance(number, s.Numeral) else None
    if not isinstance(letter, s.Name) or letter.text not in MOMENTS or left.base.text == "e":
        return ""
    found = reference(left, names)
    if found is None or found.power is None:
        return ""
    return f"{letter.text} above {readable(left.base.text)} may count steps, and be no power"


def _determinant(left: s.Syntax, right: s.Syntax, names: Names) -> str:
    """The bars around a capital letter, which may be a matrix."""
    for node in (*walk(left), *walk(right)):
        if not isinstance(node, s.Group) or node.delimiters != "||":
            continue
        inner = node.body.base if isinstance(node.body, s.Scripts) else node.body
        if isinstance(inner, s.Name) and not inner.word and _capital(base_name(inner)):
            return f"the bars around {readable(spelling(inner))} may stand for a determinant"
    return ""


def _capital(name: str) -> bool:
    bare = name.strip("\\{}")
    return bare[:1].isupper()

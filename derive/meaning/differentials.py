"""Differentials: ``dL = 2 x y dx + x^2 dy`` says what the derivatives of L are.

``dL`` is the sum of ``dL/dx dx`` over the differentials on the other side, which are free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from derive.meaning.spelling import spelling, walk
from derive.reader import syntax as s

__all__ = ["differentials", "joined", "total"]


def joined(node: s.Syntax) -> s.Syntax:
    """The syntax with ``d`` and a name side by side as one name, the differential."""
    if isinstance(node, s.Signed):
        return replace(node, terms=tuple((sign, joined(term)) for sign, term in node.terms))
    if isinstance(node, s.Operator):
        return replace(node, body=joined(node.body))
    if isinstance(node, s.FunctionCall):
        return _apart(node)
    if not isinstance(node, s.Product):
        return node
    factors: list[s.Syntax] = []
    operators: list[str] = []
    for n, factor in enumerate(node.factors):
        last = factors[-1] if factors else None
        if isinstance(last, s.Name) and last.text == "d" and not last.word:
            named = _named(last, factor)
            if named is not None and node.operators[n - 1] == "":
                factors[-1] = named
                continue
        if n:
            operators.append(node.operators[n - 1])
        factors.append(joined(factor))
    if len(factors) == 1:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _apart(call: s.FunctionCall) -> s.Syntax:
    """``\\sin x dx`` as sin(x) and the differential, which is never within."""
    inner = joined(call.argument)
    if not isinstance(inner, s.Product) or _of(inner.factors[-1]) is None:
        return call
    *before, last = inner.factors
    argument = before[0]
    if len(before) > 1:
        argument = replace(inner, factors=tuple(before), operators=inner.operators[:-1])
    return s.Product(call.span, (replace(call, argument=argument), last), ("",))


def _named(sign: s.Name, factor: s.Syntax) -> s.Syntax | None:
    if isinstance(factor, s.Name) and not factor.word:
        return replace(factor, span=replace(sign.span, end=factor.span.end), text="d" + factor.text,
                       word=True)  # fmt: skip
    if isinstance(factor, s.Scripts) and factor.superscript is None:
        base = _named(sign, factor.base)
        return None if base is None else replace(factor, base=base)
    return None


def _of(node: s.Node) -> s.Syntax | None:
    """The quantity whose differential the name is."""
    if isinstance(node, s.Name) and node.word and node.text[:1] == "d" and len(node.text) > 1:
        rest = node.text[1:]
        return replace(node, text=rest, word=rest.isalpha() and len(rest) > 1)
    if isinstance(node, s.Scripts) and node.superscript is None and not node.primes:
        base = _of(node.base)
        return None if base is None else replace(node, base=base)
    return None


Bound = tuple[s.Operator, ...]


def differentials(node: s.Syntax, sums: Bound = ()) -> Iterator[tuple[s.Syntax, s.Syntax, Bound]]:
    """Each differential: its name, the quantity, and the sums that its indices are bound in."""
    quantity = _of(node)
    if quantity is not None:
        letters = {n.text for n in walk(node) if isinstance(n, s.Name)}
        yield node, quantity, tuple(x for x in sums if _letter(x) in letters)
        return
    match node:
        case s.Signed(_, terms):
            for _, term in terms:
                yield from differentials(term, sums)
        case s.Product(_, factors):
            for factor in factors:
                yield from differentials(factor, sums)
        case s.Operator(_, "sum", _, _, body):
            yield from differentials(body, (*sums, node))


def _letter(operator: s.Operator) -> str:
    names = walk(operator.lower) if operator.lower is not None else ()
    return next((n.text for n in names if isinstance(n, s.Name)), "")


def total(
    left: s.Syntax, right: s.Syntax, depends: Callable[[s.Syntax, s.Syntax], bool]
) -> s.Syntax | None:
    """What ``dL`` is by the differentials on the right, None where it is no such equation.

    ``depends``: whether the first quantity has a definition, and the second is data in it.
    """
    body = _of(left)
    found = {spelling(one): (one, by, sums) for one, by, sums in differentials(right)}
    if body is None or not found:
        return None
    if not all(depends(body, by) for _, by, _ in found.values()):
        return None
    terms: list[tuple[int, s.Syntax]] = []
    for one, by, sums in found.values():
        slope = s.Differentiation(left.span, body, (by,), "partial")
        term: s.Syntax = s.Product(left.span, (slope, one), ("",))
        for around in reversed(sums):
            term = s.Operator(left.span, "sum", around.lower, around.upper, term)
        terms.append((1, term))
    return terms[0][1] if len(terms) == 1 else s.Signed(left.span, tuple(terms))

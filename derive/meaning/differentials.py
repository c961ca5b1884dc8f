"""Differentials, and derivatives by subscripts.

``dL = 2 x y dx + x^2 dy`` says what the derivatives of L are: ``dL`` is the sum of ``dL/dx dx``
over the differentials on the other side, which are free.  ``f_x`` is the derivative of an
``f(x, y)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_

from derive.meaning.spelling import over_parts, spelling, walk
from derive.reader import syntax as s

__all__ = ["differentials", "joined", "partials", "total"]


def partials(node: s.Syntax, arguments: Callable[[str], tuple[str, ...]]) -> s.Syntax:
    """The syntax with ``f_x`` and ``f_{xy}`` as derivatives.

    ``arguments``: of a function of several, what its definition calls them.
    """
    if isinstance(node, s.Product):
        return _without_arguments(node, arguments)
    found = _partial(node, arguments)
    if found is not None:
        return found
    return over_parts(node, lambda part: partials(part, arguments))


def _partial(node: s.Node, arguments: Callable[[str], tuple[str, ...]]) -> s.Syntax | None:
    """``f_{xy}`` as the derivative of f(x, y) by x and by y."""
    if not isinstance(node, s.Scripts) or node.primes:
        return None
    below = node.subscript
    by = below.factors if isinstance(below, s.Product) else (below,)
    formals = arguments(node.base.text) if isinstance(node.base, s.Name) else ()
    if not formals or not all(isinstance(x, s.Name) and x.text in formals for x in by):
        return None
    variables = tuple(x for x in by if x is not None)
    slope = s.Differentiation(node.span, node.base, variables, "partial")
    if node.superscript is None:
        return slope
    return s.Scripts(node.span, s.Group(node.span, slope, "()"), None, node.superscript, 0)


def _without_arguments(node: s.Product, arguments: Callable[[str], tuple[str, ...]]) -> s.Syntax:
    """A product in which ``f_x(x, y)`` is the derivative where it is taken."""
    factors: list[s.Syntax] = []
    operators: list[str] = []
    for n, factor in enumerate(node.factors):
        last = node.factors[n - 1] if n else None
        if (
            isinstance(last, s.Scripts)
            and isinstance(last.base, s.Name)
            and isinstance(factor, s.Group)
            and isinstance(factor.body, s.List)
            and _partial(last, arguments) is not None
            and tuple(map(spelling, factor.body.items)) == arguments(last.base.text)
        ):
            continue
        if n:
            operators.append(node.operators[n - 1])
        factors.append(partials(factor, arguments))
    return _with_factors(node, factors, operators)


def _with_factors(node: s.Product, factors: list[s.Syntax], operators: list[str]) -> s.Syntax:
    """The product of these factors: the node itself where they are its own.

    What is known of a piece of syntax is kept for that piece, and not for one that is like it.
    """
    if len(factors) == 1:
        return factors[0]
    if len(factors) == len(node.factors) and all(map(is_, factors, node.factors)):
        return node
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def joined(node: s.Syntax) -> s.Syntax:
    """The syntax with ``d`` and a name side by side as one name, the differential."""
    if isinstance(node, s.Signed):
        terms = tuple((sign, joined(term)) for sign, term in node.terms)
        same = all(new is old for (_, new), (_, old) in zip(terms, node.terms, strict=True))
        return node if same else replace(node, terms=terms)
    if isinstance(node, s.Operator):
        body = joined(node.body)
        return node if body is node.body else replace(node, body=body)
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
    return _with_factors(node, factors, operators)


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

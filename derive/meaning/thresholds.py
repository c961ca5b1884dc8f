"""Conditions by size of what the document defines: ``y s < 1``, where s is a sum of w_j x_j.

They say the same of the right sides of the definitions, and of a quantity that stands for s where
something is differentiated by s itself.  Proofs meet these forms, and so the facts are stated in
all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Literal

from derive.algebra.arithmetic import Refused, product, total
from derive.logic.facts import Facts, instance
from derive.logic.problem import Context, Definition, Equation, Hypothesis, Sign
from derive.logic.terms import (
    Add,
    Application,
    Number,
    Term,
    Variable,
    canonical,
    mapped,
    names,
    subterms,
)
from derive.meaning.graphs import MARK
from derive.meaning.means import solved
from derive.meaning.notation import latex
from derive.meaning.splitting import split

__all__ = ["exclude_each_other", "in_all_forms", "opposed"]

_DEEPEST = 5
_LONGEST = 400
_MOST = 12
MINUS = Number(Fraction(-1))
_PLAIN = Facts(Context()).arithmetic


def in_all_forms(context: Context) -> Context:
    """The context, its signs of defined quantities also said of what these are made of."""
    definitions = {d.name: d for d in context.definitions}
    own = {
        fact.right.name: fact.left.name
        for hypothesis in context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Equation) and _stands_for(fact.left, fact.right)
        if isinstance(fact.left, Variable) and isinstance(fact.right, Variable)
    }
    told = tuple(_in_all_forms(h, definitions, own) for h in context.hypotheses)
    told = (*map(_without_constants, told), *_together(told))
    return context if told == context.hypotheses else replace(context, hypotheses=told)


def _upward(fact: Sign) -> tuple[bool, Term] | None:
    """(whether it is strict, the term) of ``term > 0`` or ``term >= 0``, as it can be told."""
    if fact.every or fact.relation == "!=":
        return None
    term = fact.term if fact.relation in (">", ">=") else product(MINUS, fact.term)
    try:
        return fact.relation in ("<", ">"), _PLAIN.normal(canonical(term))
    except Refused:
        return None


def exclude_each_other(one: Sign, other: Sign) -> bool:
    """Whether two signs such as ``|r| < d`` and ``|r| >= d`` hold nowhere together."""
    told, said = _upward(one), _upward(other)
    if told is None or said is None:
        return False
    try:
        both = _PLAIN.normal(canonical(total(told[1], said[1])))
    except Refused:
        return False
    strict = told[0] or said[0]
    return isinstance(both, Number) and (both.value < 0 or (strict and both.value == 0))


_OPPOSITE: dict[str, tuple[Literal["<", ">", "<=", ">="], str]] = {
    ">": ("<=", "\\leq"),
    ">=": ("<", "<"),
    "<": (">=", "\\geq"),
    "<=": (">", ">"),
}


def opposed(hypothesis: Hypothesis) -> Hypothesis | None:
    """``x \\leq 0`` for ``x > 0``; None for what is no single sign."""
    match hypothesis.facts:
        case (Sign(term, relation, ()),) if relation in _OPPOSITE:
            opposite, written = _OPPOSITE[relation]
            source = f"{latex(term)} {written} 0"
            return replace(hypothesis, facts=(Sign(term, opposite),), source=source)
    return None


def _terms(term: Term) -> tuple[Term, ...]:
    return term.terms if isinstance(term, Add) else (term,)


def _without_constants(hypothesis: Hypothesis) -> Hypothesis:
    """``x - 1 >= 0`` says that x > 0, too."""
    facts = list(hypothesis.facts)
    for fact in hypothesis.facts:
        told = _upward(fact) if isinstance(fact, Sign) else None
        if told is None:
            continue
        numbers = [t for t in _terms(told[1]) if isinstance(t, Number)]
        rest = [t for t in _terms(told[1]) if not isinstance(t, Number)]
        if len(numbers) == 1 and numbers[0].value < 0 and rest:
            facts.append(Sign(total(*rest), ">"))
    return replace(hypothesis, facts=tuple(dict.fromkeys(facts)))


def _together(hypotheses: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    """``r > d`` and ``d > 0`` say that r > 0: their sum, where something cancels in it."""
    signs = [
        (h, *told)
        for h in hypotheses[:_MOST]
        for fact in h.facts[:1]
        if isinstance(fact, Sign) and (told := _upward(fact)) is not None
    ]
    for (h, strict, one), (g, strictly, other) in combinations(signs, 2):
        if len(_terms(one)) == len(_terms(other)) == 1:
            continue
        try:
            both = _PLAIN.normal(canonical(total(one, other)))
        except Refused:
            continue
        most = len(_terms(one)) + len(_terms(other))
        if len(_terms(both)) <= most - 2 and names(both):
            relation: Literal[">", ">="] = ">" if strict or strictly else ">="
            said = rf"{g.source} \text{{ and }} {h.source}"
            yield Hypothesis((Sign(both, relation),), said, max(h.line, g.line))


def _stands_for(left: Term, right: Term) -> bool:
    """``s° = s``: the quantity that moves alone where something is differentiated by s."""
    both = isinstance(left, Variable) and isinstance(right, Variable)
    return both and left.name == right.name + MARK  # type: ignore[attr-defined]


def _in_all_forms(
    hypothesis: Hypothesis, definitions: dict[str, Definition], own: dict[str, str]
) -> Hypothesis:
    facts = list(hypothesis.facts)
    for fact in hypothesis.facts:
        if isinstance(fact, Equation) and (known := solved(fact, _PLAIN)) is not None:
            facts.append(known)
        if not isinstance(fact, Sign):
            continue
        term = fact.term
        for _ in range(_DEEPEST):
            moved = _moved(term, own)
            facts.extend([replace(fact, term=moved)] if moved != term else [])
            if names(term).isdisjoint(definitions):
                break
            try:
                term = _unfolded(term, definitions)
            except Refused:
                break
            if sum(1 for _ in subterms(term)) > _LONGEST:
                break
            facts.extend(replace(fact, term=form) for form in (term, split(term)))
    return replace(hypothesis, facts=tuple(dict.fromkeys(facts)))


def _unfolded(term: Term, definitions: dict[str, Definition]) -> Term:
    """The term with the right side of its definition for each name in it that has one."""
    match term:
        case Variable(name, indices) if name in definitions:
            return instance(definitions[name], indices)
        case Application(name, indices, arguments, orders) if name in definitions:
            if any(orders):
                raise Refused("a derivative")
            return instance(definitions[name], indices, *arguments)
    return mapped(term, lambda part: _unfolded(part, definitions) if _is_term(part) else part)


def _moved(term: Term, own: dict[str, str]) -> Term:
    """The term with the quantities that move alone for those that they stand for."""
    match term:
        case Variable(name, indices) if name in own:
            return Variable(own[name], indices)
    return mapped(term, lambda part: _moved(part, own) if _is_term(part) else part)


def _is_term(part: object) -> bool:
    return isinstance(part, Term)

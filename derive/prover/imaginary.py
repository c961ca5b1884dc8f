"""What is said of a claim that may be about complex numbers, where data are real."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from derive.logic.problem import Claim
from derive.logic.terms import (
    Function,
    Maximum,
    Number,
    Pow,
    Term,
    names,
    subterms,
)
from derive.meaning.facts import fact_names
from derive.meaning.notation import readable
from derive.meaning.statement import Meaning, Statement
from derive.prover.unsaid import reached
from derive.prover.verdict import Verdict
from derive.regex import regex

__all__ = ["of_ordinary_calculus", "of_real_numbers_only"]

# What holds of these for all real numbers, holds of them for all complex ones.
_ENTIRE = frozenset(("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sigmoid", "pi"))
# Absolute values, norms and inner products conjugate.
_CONJUGATES = regex(r"\||[vV]ert|norm|\babs\b|langle|dagger|\^\s*\{?\s*(?:\*|H\b)|bar|overline")
_ACCENT = regex(r"\\(?:bar|overline|tilde|hat)\{([^{}]*)\}")


def of_real_numbers_only(
    statement: Statement, found: Verdict | None, unreal: frozenset[str]
) -> Verdict | None:
    """The verdict, or none where it is one on real numbers and the claim is about others.

    An identity of sums, products and exponentials is one of complex numbers, too.
    """
    if found is None or found.outcome == "unproved" or not unreal:
        return found
    claims = [claim for reading in statement.readings for claim in reading.claims]
    about = next((name for claim in claims for name in _about(claim, unreal)), "")
    if not about:
        return found
    if found.outcome == "proved" and all(_is_entire(claim, found, unreal) for claim in claims):
        if not _CONJUGATES.search(statement.left + statement.right):
            return found
    message = f"{readable(about)} may be a complex number, and only real ones are looked at"
    return replace(found, outcome="unproved", counterexample=None, missing=(), message=message)


_DIFFERENTIAL = regex(r"(?<![A-Za-z\\{])d\s*(?:[A-Za-z](?![A-Za-z])|\\[a-z]+|\()")


def of_ordinary_calculus(
    statement: Statement, found: Verdict | None, meaning: Meaning
) -> Verdict | None:
    """The verdict, or none where the text may calculate otherwise: modulo 2, or by Ito's rule."""
    if found is None or found.outcome == "unproved":
        return found
    line, message = statement.place.line, ""
    if any(first <= line <= last for first, last in meaning.elsewhere):
        message = "" if found.outcome == "proved" else "it may be said of another arithmetic"
    sides = re.sub(
        r"\\[dt]?frac\s*\{\s*d[^{}]*\}\s*\{\s*d[^{}]*\}", "", statement.left + statement.right
    )
    if meaning.stochastic and _DIFFERENTIAL.search(sides):
        message = "its differentials may be those of a random process"
    return Verdict("unproved", message=message) if message else found


def _about(claim: Claim, unreal: frozenset[str]) -> list[str]:
    """The names of complex numbers that a claim is about, with what it defines them by."""
    made_of = reached(claim, names(claim.left) | names(claim.right))
    return sorted(name for name in made_of if _ACCENT.sub(r"\1", name) in unreal)


def _is_entire(claim: Claim, found: Verdict, unreal: frozenset[str]) -> bool:
    """Whether nothing is said of complex numbers that holds of real ones alone."""
    if claim.relation != "=":
        return False
    if any(fact_names(f) & unreal for h in found.hypotheses for f in h.facts):
        return False
    made_of = reached(claim, names(claim.left) | names(claim.right))
    definitions = [d for d in claim.context.definitions if d.name in made_of]
    if any(_CONJUGATES.search(d.source) for d in definitions):
        return False
    inner = unreal | {d.name for d in definitions if reached(claim, frozenset((d.name,))) & unreal}
    terms: Iterable[Term] = (claim.left, claim.right, *(d.body for d in definitions))
    return all(_is_regular(part, inner) for term in terms for part in subterms(term))


def _is_regular(part: Term, unreal: frozenset[str]) -> bool:
    match part:
        case Function(name, arguments):
            return name in _ENTIRE or not any(names(a) & unreal for a in arguments)
        case Pow(base, exponent) if (names(base) | names(exponent)) & unreal:
            return isinstance(exponent, Number) and exponent.value.denominator == 1
        case Maximum(body=body):
            return not names(body) & unreal
    return True

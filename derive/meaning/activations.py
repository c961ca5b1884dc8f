"""Functions of one number that a text applies to each component of a vector: activations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from derive.meaning.kinds import feature_maps
from derive.meaning.spelling import walk
from derive.reader.syntax import Group, Name, ParsedFormula, Product, Scripts, Syntax

__all__ = ["activations"]

_USUAL = frozenset({"\\sigma", "σ", "\\phi", "\\varphi"})
_NAME = r"\$\s*(\\[a-z]+|[a-zφσψ])\s*(?:'\s*)?(?:\(\s*(?:\\cdot|\w)\s*\))?\s*\$"
_EACH = (
    r"(?:(?:element|component|coordinate|entry)[\s-]?wise|point-?wise|"
    r"to (?:each|every) (?:single )?(?:element|component|coordinate|entry|unit|neuron)|"
    r"(?:element|component|entry|neuron) by (?:element|component|entry|neuron))"
)
# "$f$ is applied elementwise", "an elementwise function $f$", "the activation $f$".
_SAID = re.compile(
    rf"{_NAME}[^.$]{{0,60}}\b{_EACH}|"
    rf"\b{_EACH}[\s\w-]{{0,40}}\bfunction\s*{_NAME}|"
    rf"\bactivation(?:s|\s+functions?)?\s*{_NAME}",
    re.I,
)
_NOT = re.compile(r"\bnot\b", re.I)


def activations(text: str, formulas: Iterable[ParsedFormula]) -> frozenset[str]:
    """The letters of functions that stand for each component's value, where nothing defines them.

    A text says so of a function, or multiplies by its slope at each place; and the usual letters
    are meant so where it speaks of no softmax, which is applied to all components at once.
    """
    listed = tuple(formulas)
    found = _told(text).union(*map(_by_places, listed))
    return found - {name for formula in listed for name in feature_maps(formula)}


@lru_cache(maxsize=4)
def _told(text: str) -> frozenset[str]:
    said = (match for match in _SAID.finditer(text) if not _NOT.search(match[0]))
    found = {name for match in said for name in match.groups() if name}
    return frozenset(found if "softmax" in text.lower() else found | _USUAL)


def _by_places(formula: ParsedFormula) -> Iterator[str]:
    """The f of ``(W^T d) \\odot f'(z)``: its slope is a vector of slopes."""
    for node in walk(formula):
        if not isinstance(node, Product) or "odot" not in node.operators:
            continue
        for n, operator in enumerate(node.operators):
            if operator == "odot":
                yield from _primed(node.factors[n + 1 : n + 3])
            if operator == "odot" and n > 0 and node.operators[n - 1] == "":
                yield from _primed(node.factors[n - 1 : n + 1])


def _primed(factors: tuple[Syntax, ...]) -> Iterator[str]:
    match factors:
        case (Scripts(_, Name(_, name), None, None, primes), Group()) if primes:
            yield name

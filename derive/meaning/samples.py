"""Negative samples: in ``-\\log \\sigma(u_o v) - \\sum_k \\log \\sigma(-u_k v)`` u_o may be no u_k.

Who counts K negative samples counts the positive one apart, mostly without a word; in a sum over
all words it is one of them.  So it is one of them here, and the other reading is what a claim may
suppose; where the text says it, it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from derive.meaning.choices import Choice
from derive.meaning.names import base_name
from derive.meaning.spelling import is_letter, rewritten, spelling, walk
from derive.reader.syntax import (
    Chain,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Scripts,
)

__all__ = ["APART", "Samples", "apart", "samples_apart"]

APART = "apart:"
"""Begins the keys of choices that take one vector out of those that a sum goes over."""
_NEGATIVES = re.compile(
    r"\bnegativ\w*|\bnoise (?:words?|samples?|distribution)|\bcontrast\w*|\bcorrupt\w*|"
    r"отрицательн|负|負|ネガティブ|부정",
    re.I,
)
_SAID = re.compile(
    r"\b(?:not|none|never|different|distinct|exclud\w+|differs?)\b[^.;]{0,30}"
    r"\b(?:among|amongst|in|from|one of|part of|contained)\b[^.;]{0,30}"
    r"\b(?:negativ\w*|samples?|noise)\b",
    re.I,
)


@dataclass(frozen=True)
class Samples:
    """A family of vectors, the letter of the one apart, and the letter that counts the others."""

    name: str
    one: str
    others: str
    told: bool

    def choice(self, beside: Choice | None = None) -> Choice:
        """That the one is none of the others; ``beside``: and what such texts suppose as well."""
        usual = f"{self.name}_{self.one} as one of the {self.name}_{self.others}"
        shown = f"{self.one} \\ne {self.others} \\text{{ for every }} {self.others}"
        if beside is not None:
            shown = f"{beside.other}, \\quad {shown}"
        return Choice(f"{APART}{self.name}:{self.one}", usual, shown, supposed=True)


def samples_apart(formulas: Mapping[int, ParsedFormula], prose: str) -> tuple[Samples, ...]:
    """The pairs u_o and u_k of a text on negative samples, where a sum goes over the u_k only."""
    if _NEGATIVES.search(prose) is None:
        return ()
    chains = [n for f in formulas.values() for row in f.rows for n in walk(row.body)]
    bound = {letter for n in chains if isinstance(n, Operator) for letter in _bound(n)}
    excluded = {
        n.first.text
        for n in chains
        if isinstance(n, Chain) and isinstance(n.first, Name)
        if any(sign.text == "notin" for sign, _ in n.rest)
    }
    counted = {pair for n in chains if isinstance(n, Chain) for pair in _summed(n)}
    found: dict[tuple[str, str], Samples] = {}
    for chain in chains:
        for member in (m for _, m in chain.rest) if isinstance(chain, Chain) else ():
            if member is None:
                continue
            within = dict(_summed(member))
            for name, letter in _components(member):
                if name in within and letter != within[name] and letter not in bound:
                    told = letter in excluded or _SAID.search(prose) is not None
                    # The same document may also sum over all words, of which it is one.
                    told = told and sum(u == name for u, _ in counted) == 1
                    samples = Samples(name, letter, within[name], told)
                    found.setdefault((name, letter), samples)
    return tuple(found.values())


def apart(formulas: Mapping[int, ParsedFormula], taken: frozenset[str]) -> dict[int, ParsedFormula]:
    """The formulas with u_o as a name of its own, for each choice that takes it apart."""
    pairs = {
        tuple(key.removeprefix(APART).rsplit(":", 1)) for key in taken if key.startswith(APART)
    }
    if not pairs:
        return dict(formulas)

    def changed(node: Node) -> Node:
        match node:
            case Scripts(_, Name() as name, Name(_, letter) as below) if (
                base_name(name),
                letter,
            ) in pairs:
                return replace(node, subscript=replace(below, word=True))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _bound(node: Operator) -> Iterator[str]:
    if node.lower is not None:
        yield from (n.text for n in walk(node.lower) if isinstance(n, Name))


def _components(node: Node) -> Iterator[tuple[str, str]]:
    """The u and k of each u_k."""
    for part in walk(node):
        match part:
            case Scripts(_, Name() as name, Name(_, letter) as below) if is_letter(below):
                yield base_name(name), letter


def _summed(node: Node) -> Iterator[tuple[str, str]]:
    """The u and k of each u_k that a sum over k goes over."""
    for part in walk(node):
        if isinstance(part, Operator) and part.kind == "sum":
            letters = (
                {spelling(n) for n in walk(part.lower) if isinstance(n, Name)}
                if part.lower
                else set()
            )
            yield from ((u, k) for u, k in _components(part.body) if k in letters)

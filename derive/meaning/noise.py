"""Noise: ``y_i = w^T x_i + \\varepsilon_i`` says what the noise is, for y_i is observed.

It does not say that y_i moves when w does: the likelihood of w is that of fixed data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.meaning.names import base_name
from derive.meaning.spelling import spelling, walk
from derive.reader.syntax import (
    Chain,
    Differentiation,
    Name,
    Node,
    ParsedFormula,
    Scripts,
    Signed,
    Syntax,
)

__all__ = ["noise_term", "noises"]

_USUAL = frozenset(("\\epsilon", "\\varepsilon"))
# What is observed does not move with the model; what is computed, or made noisy, does.
_OBSERVED = re.compile(
    r"\b(?:observ\w+|measur\w+|responses?|targets?|labels?|regress\w+|likelihood|outcomes?|data|"
    r"dependent variables?)\b",
    re.I,
)
_COMPUTED = re.compile(
    r"\b(?:reparam\w+|re-param\w+|latent|encod\w+|sampl(?:e|ed|es|ing) from|we sample|nois[ey] "
    r"(?:inputs?|activations?|units?|neurons?|hidden|weights?|gradients?|layers?)|exploration|"
    r"perturb\w*|inject\w*|corrupt\w*|denois\w+|diffusion|dropout|"
    r"noise is added|add(?:s|ed|ing)? (?:\w+ ){0,2}noise)\b",
    re.I,
)
_SAID = re.compile(r"\bnois[ey]\b|\berror terms?\b|\brandom errors?\b", re.I)


def noises(formulas: Iterable[ParsedFormula], prose: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of noise: what is drawn at random, or a usual letter where the text has noise.

    Where what it is added to is differentiated, as the z of ``z = m + s e``, it is none.  The
    second are those with which something is observed: it stands beside the model, as in
    ``y_i - a x_i``, or words say so.  Else it may be computed.
    """
    formulas = tuple(formulas)
    observed = _OBSERVED.search(prose) is not None and _COMPUTED.search(prose) is None
    differences = {_parts(node) for f in formulas for node in walk(f) if isinstance(node, Signed)}
    left_over: set[str] = set()
    drawn: set[str] = set()
    sloped: set[str] = set()
    added: dict[str, set[str]] = {}
    for node in (part for formula in formulas for part in walk(formula)):
        match node:
            case Chain(_, Name() | Scripts() as left, ((sign, _), *_)) if sign.text == "sim":
                drawn.add(_base(left))
            case Differentiation(_, body, variables):
                sloped.update(_base(n) for n in (body, *variables) if isinstance(n, Name | Scripts))
            case Chain(_, Name() | Scripts() as left, ((sign, Signed(_, terms)),)):
                if sign.text == "=":
                    for term in (t for s, t in terms if s > 0 and isinstance(t, Name | Scripts)):
                        added.setdefault(_base(term), set()).add(_base(left))
                        others = tuple((-s, t) for s, t in terms if t is not term)
                        if _parts(Signed(left.span, ((1, left), *others))) in differences:
                            left_over.add(_base(term))
    usual = _USUAL if _SAID.search(prose) is not None else frozenset()
    found = frozenset(
        name
        for name, wholes in added.items()
        if name in drawn | usual and wholes.isdisjoint(sloped) and name not in sloped
    )
    return found, found if observed else found & left_over


def _parts(node: Signed) -> frozenset[tuple[int, str]]:
    """The summands of a difference as they are spelled, the same for its opposite."""
    found = sorted((spelling(term), sign) for sign, term in node.terms)
    turn = found[0][1] if found else 1
    return frozenset((sign * turn, text) for text, sign in found)


def noise_term(right: Syntax, known: frozenset[str]) -> tuple[Syntax, Signed] | None:
    """The noise of a sum, and the other summands, taken from what they are to be taken from."""
    if not isinstance(right, Signed) or len(right.terms) < 2:
        return None
    found = [
        n
        for n, (sign, term) in enumerate(right.terms)
        if sign > 0 and isinstance(term, Name | Scripts) and _base(term) in known
    ]
    if len(found) != 1:
        return None
    others = tuple((-s, t) for n, (s, t) in enumerate(right.terms) if n != found[0])
    return right.terms[found[0]][1], Signed(right.span, others)


def _base(node: Node) -> str:
    while isinstance(node, Scripts):
        node = node.base
    return base_name(node) if isinstance(node, Name) else ""

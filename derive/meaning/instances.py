"""``f_3(x)`` after ``f_w(x) = w x^2``: what is said of every w is said of 3.

The letter is no index, and f_3 a name of its own; whoever writes both means one family.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction

from derive.meaning.names import PARAMETERS
from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader import syntax as s
from derive.reader.source import Span

__all__ = ["instance"]


def instance(left: s.Syntax, right: s.Syntax, new: s.Syntax) -> s.Syntax | None:
    """What ``left = right`` says of ``new``; None where ``new`` is no other case of ``left``.

    A case has numbers in the place of letters in the scripts of the name, or what is made of these
    letters (``f_{b,w}`` and ``f_{2w}`` after ``f_{w,b}`` and ``f_w``).  All of them stand on the
    right side, and are bound nowhere.
    """
    found: dict[str, s.Syntax] = {}
    if not _matches(left, new, False, found):
        return None
    changed = found.keys()
    written = [node.text for node in walk(right) if isinstance(node, s.Name)]
    bound = {n.text for letter in _bound(right) for n in walk(letter) if isinstance(n, s.Name)}
    if not changed or not changed <= set(written) or changed & bound:
        return None
    made_of = {n.text for one in found.values() for n in walk(one) if isinstance(n, s.Name)}
    usual = changed | PARAMETERS if changed <= PARAMETERS else changed
    if not made_of <= usual:
        return None

    def put(node: s.Node) -> s.Node:
        match node:
            case s.Signed(span, terms) if all(isinstance(term, s.Numeral) for _, term in terms):
                total = sum(sign * Fraction(spelling(term)) for sign, term in terms)
                return s.Numeral(span, str(total)) if total >= 0 else node  # a^{(2 - 1)}
        plain = isinstance(node, s.Name) and not node.word and node.text in changed
        if not (plain and isinstance(node, s.Name)):
            return node
        one = found[node.text]
        return one if isinstance(one, s.Numeral | s.Name) else s.Group(one.span, one, "()")

    return rewritten(right, put)


def _bound(node: s.Syntax) -> Iterator[s.Syntax]:
    """The places where letters are bound."""
    for part in walk(node):
        if isinstance(part, s.Operator) and part.lower is not None:
            yield part.lower


def _matches(old: object, new: object, script: bool, found: dict[str, s.Syntax]) -> bool:
    """Whether the one is the other, with something else for letters in scripts."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(
            _matches(a, b, script, found) for a, b in zip(old, new, strict=True)
        )
    if script and isinstance(old, s.Name):
        if isinstance(new, s.Numeral | s.Name | s.Product | s.Signed):
            if spelling(old) != spelling(new):
                kept = found.setdefault(old.text, new)
                return not old.word and spelling(kept) == spelling(new)
    if not isinstance(old, s.Node):
        return isinstance(old, Span) or old == new
    if type(old) is not type(new):
        return False
    return all(
        _matches(
            getattr(old, part.name),
            getattr(new, part.name),
            script or (isinstance(old, s.Scripts) and part.name != "base"),
            found,
        )
        for part in fields(old)
    )

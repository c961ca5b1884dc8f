"""Sentences that all formats share: a statement in Unicode, a counterexample, hypotheses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.logic.problem import Hypothesis
from derive.meaning.notation import readable
from derive.meaning.statement import Statement
from derive.prover.verdict import Verdict
from derive.refuter.counterexample import Counterexample

_PIECES = re.compile("([^0-9]*)([0-9]*)")
_OUTSIDE = re.compile(r"_(\d+(?:,\d+)+)\Z")
_SLOPE = re.compile(r"\\partial (.+)/\\partial (.+)")

__all__ = [
    "clipped", "difference", "formula", "hypothesis", "joined", "once", "point", "why_not",
]  # fmt: skip


def formula(statement: Statement) -> str:
    """The statement as its author wrote it, in Unicode."""
    if statement.kind == "unread":
        return clipped(statement.left, 400)
    written = statement.shown or (statement.left, statement.relation, statement.right)
    if written[1].isalpha():  # a word of the text, which is no part of the formulas
        return f"{readable(written[0])} {written[1]} {readable(written[2])}"
    text = readable(" ".join(piece for piece in written if piece))
    if not text and statement.hypothesis is not None:
        return readable(statement.hypothesis.source)
    return text


def hypothesis(fact: Hypothesis) -> str:
    """A hypothesis and where it stands."""
    text = readable(fact.source)
    return f"{text} (line {fact.line})" if fact.line else text


def joined(items: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + f" {last} " + listed[-1]


def once(items: Iterable[str]) -> list[str]:
    """Each item once, in order of its first use."""
    return list(dict.fromkeys(items))


def point(found: Counterexample, most: int = 8) -> str:
    """Where a claim fails: ``N = 2, i = 1, z = (1/2, -3)``; of long data the first entries."""
    parts = [f"{_name(name)} = {size}" for name, size in found.sizes.items()]
    parts += [f"{_name(name)} = {position}" for name, position in found.indices.items()]
    for name in _in_order(found.values):
        values = found.values[name]
        shape = found.shapes.get(name, ())
        short = _name(_of_any_layer(name))
        alike = sum(_name(_of_any_layer(other)) == short for other in found.values) > 1
        parts.append(f"{_name(name) if alike else short} = {_array(values, shape, most)}")
    return ", ".join(parts)


def _in_order(names: Iterable[str]) -> list[str]:
    """The names as they come, but a_2 before a_10."""
    pieces = {name: _PIECES.findall(name) for name in names}
    first = {found[0][0]: n for n, found in reversed(list(enumerate(pieces.values())))}

    def key(name: str) -> tuple[int, list[tuple[str, int]]]:
        found = pieces[name]
        return first[found[0][0]], [(letters, int(digits or -1)) for letters, digits in found]

    return sorted(pieces, key=key)


def _of_any_layer(name: str) -> str:
    """``\\partial {C}/\\partial z^{()}`` as the author writes it, but for the layer: dC/dz."""
    plain = _OUTSIDE.sub(r"_{\1}", name.replace("^{()}", ""))
    slope = _SLOPE.fullmatch(plain)
    if slope is None:
        return plain
    return rf"\frac{{\partial {slope[1].strip('{}')}}}{{\partial {slope[2]}}}"


def _name(name: str) -> str:
    """A name in Unicode; a word such as ``true_class`` is no LaTeX, and stays as it is."""
    return name if name.replace("_", "").isalnum() else readable(name)


def _array(values: tuple[str, ...], shape: tuple[int, ...], most: int) -> str:
    """Row by row in brackets, as a column vector's entries are read."""
    if not shape:
        return values[0]
    if len(shape) == 1:
        shown = [*values[:most], "..."] if len(values) > most else values
        return "(" + ", ".join(shown) + ")"
    step = max(len(values) // shape[0], 1) if shape[0] else 1
    rows = [values[start : start + step] for start in range(0, len(values), step)]
    shown = [_array(row, shape[1:], most) for row in rows[:most]]
    return "(" + ", ".join(shown + ["..."] * (len(rows) > most)) + ")"


def difference(found: Counterexample) -> str:
    """Both sides as numbers."""
    return f"the left side is {found.left} and the right side {found.right}"


def why_not(verdict: Verdict) -> str:
    """What keeps a claim from being proved, in one sentence without a full stop."""
    found = verdict.counterexample
    match verdict.outcome:
        case "refuted" if found is not None:
            more = f"; {verdict.message}" if verdict.message else ""
            return f"refuted: for {point(found)} {difference(found)}{more}"
        case "conditional":
            needed = joined(once(readable(fact.source) for fact in verdict.missing))
            text = f"true only if {needed}, which the document does not say"
            if found is not None:
                text += f"; without it, for {point(found)} {difference(found)}"
            return text
    text = "refuted" if verdict.outcome == "refuted" else "not proved"
    return f"{text}: {verdict.message}" if verdict.message else text


def clipped(text: str, most: int = 60) -> str:
    """The text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"

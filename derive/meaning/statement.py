"""Statements: what the reader's formulas mean, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from derive.logic.problem import Claim, Definition, Hypothesis
from derive.meaning.choices import Choice
from derive.reader.source import Place

Kind: TypeAlias = Literal["definition", "hypothesis", "claim", "unread"]


@dataclass(frozen=True)
class Reading:
    """One way to take a claim.  A claim about vectors has one ``Claim`` for each component.

    ``partial``: why the claims are only a special case of what is written, so that a
    counterexample to them counts and a proof does not; "" where they are all of it.
    ``doubtful``: why a proof counts and a counterexample does not.
    """

    claims: tuple[Claim, ...]
    description: str = ""
    partial: str = ""
    doubtful: str = ""


@dataclass(frozen=True)
class Statement:
    """A definition, hypothesis, claim or unread stretch, at its place.

    ``left``, ``relation``, ``right``: LaTeX as written.  ``section``: the headings above it,
    outermost first.  ``readings``: for a claim, one or more; the first is the usual one.  For a
    claim without readings, ``message`` says what of its meaning is out of reach (it is unproved).
    ``shown``: the same three for people, the document's own commands replaced.
    ``definitions``, ``hypothesis``: what the statement introduces.  ``guesses``: what the reader
    assumed ("sigma is a function of one argument"); ``note``: where a reader may be misled.
    ``reasons``: the author's own words beside the step ("quotient rule").  ``inference``: of
    ``a = c`` after ``a = b \\implies``, that b = c.  ``earlier``: the claim with names that are
    defined further down only as data, which they are to a reader who has come so far.
    ``example``: the claim for the values of an example that were given before it.
    """

    kind: Kind
    place: Place
    left: str
    relation: str
    right: str
    section: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    definitions: tuple[Definition, ...] = ()
    hypothesis: Hypothesis | None = None
    guesses: tuple[str, ...] = ()
    note: str = ""
    reasons: tuple[str, ...] = ()
    message: str = ""
    shown: tuple[str, str, str] | None = None
    inference: Claim | None = None
    earlier: Reading | None = None
    example: Reading | None = None


@dataclass(frozen=True)
class Meaning:
    """A whole document, understood: its statements, and the guesses that hold for all of it.

    ``choices``: what can be read in two ways; ``reread``: the document with one of them taken
    the other way, which takes as long as the first reading.
    """

    path: str
    title: str
    statements: tuple[Statement, ...]
    guesses: tuple[str, ...] = ()
    front_matter: str = ""
    choices: tuple[Choice, ...] = ()
    reread: Callable[[Choice], Meaning] | None = None

"""What is to be proved: a claim, with the definitions and hypotheses in force where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from derive.logic.terms import Index, IndexTerm, Node, Term

Relation: TypeAlias = Literal["=", "!=", "<", ">", "<=", ">="]


@dataclass(frozen=True)
class Definition:
    """``name_{indices}(arguments) = body`` for every position of the indices.

    ``arguments`` names the formal real arguments, plain variables in ``body``.  ``source`` is
    the definition as its author wrote it, in LaTeX; ``line`` its line.
    """

    name: str
    indices: tuple[Index, ...]
    arguments: tuple[str, ...]
    body: Term
    source: str = ""
    line: int = 0


@dataclass(frozen=True)
class Unknown:
    """A quantity without a definition that depends on others: an arbitrary loss L(y).

    ``depends_on``: names of the variables, all of whose components it depends on, smoothly.
    """

    name: str
    indices: tuple[Index, ...]
    depends_on: tuple[str, ...]


@dataclass(frozen=True)
class Equation(Node):
    """``left = right`` wherever the letters in ``every`` differ as ``different`` says.

    Letters that are not in ``every`` are those of the claim: the hypothesis is about them alone.
    """

    left: Term
    right: Term
    every: tuple[Index, ...] = ()
    different: tuple[tuple[IndexTerm, IndexTerm], ...] = ()


@dataclass(frozen=True)
class Sign(Node):
    """``term relation 0`` for all positions of the letters in ``every``."""

    term: Term
    relation: Literal[">", ">=", "!=", "<", "<="]
    every: tuple[Index, ...] = ()


@dataclass(frozen=True)
class Pair(Node):
    """A fact about two indices."""

    left: IndexTerm
    right: IndexTerm


class Same(Pair):
    """Two indices have the same position (Case j = k)."""


class Different(Pair):
    """Two indices have different positions (for i != j)."""


@dataclass(frozen=True)
class AtLeast(Node):
    """The size of an index range is at least ``minimum``."""

    range: str
    minimum: int


Fact: TypeAlias = Equation | Sign | Same | Different | AtLeast


@dataclass(frozen=True)
class Hypothesis(Node):
    """Facts that the text introduces together, with the text's own words.

    ``source`` is LaTeX for people ("\\sum_i t_i = 1", "t one-hot"); ``line`` is where it stands
    (0: the program's own, such as one that it found missing).
    """

    facts: tuple[Fact, ...]
    source: str
    line: int = 0


@dataclass(frozen=True)
class Context(Node):
    """All that is in force at a claim.

    ``unclear``: names whose definition the reader could not take in.  A proof holds whatever
    they are; a counterexample that chooses their values shows nothing.
    """

    definitions: tuple[Definition, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    unclear: tuple[str, ...] = ()

    def definition(self, name: str) -> Definition | None:
        """The definition of ``name``, or None for data."""
        return next((d for d in self.definitions if d.name == name), None)


@dataclass(frozen=True)
class Claim(Node):
    """``left relation right`` in a context, for all positions of the free letters.

    ``rounding``: for a rounded decimal, half a unit of its last digit, by which the sides may
    differ; None where they are equal exactly.
    """

    left: Term
    relation: Relation
    right: Term
    context: Context
    rounding: Fraction | None = None

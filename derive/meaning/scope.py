"""What names mean at one place of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derive.logic.problem import Definition
from derive.logic.terms import Index, Term
from derive.meaning.choices import Choice
from derive.meaning.inverses import Inverse
from derive.meaning.vectors import Value
from derive.reader.syntax import Syntax

__all__ = ["Entry", "Restated", "Scope"]


@dataclass(frozen=True)
class Entry:
    """A defined name.

    ``indices``: the letters of its definition; the last ``hidden`` of them are not written where
    it is used ("Here u = e^{z_j}": u means u_j).  ``formals``: names of its arguments as written.
    ``real``: it is a function of numbers, applied to any; otherwise its arguments only say what
    it depends on, and ``value`` is what it is applied to others by replacing them.
    ``given``: the arguments as they stand in the head, where the hidden indices stand there
    ("f(x_i) = w x_i + b": f(x_j) is that of j).
    ``section``: the number of the section that it stands in.  ``alike``: the text defines its
    first component only, and the others are read alike.  ``line``: of the document's text, from 0.
    ``said``: the case or place that its sentence begins with.
    """

    name: str
    indices: tuple[Index, ...]
    value: Value
    hidden: int = 0
    formals: tuple[str, ...] = ()
    real: bool = False
    given: tuple[Term, ...] = ()
    local: bool = False
    fleeting: bool = False
    level: int = 0
    section: int = 0
    alike: bool = False
    line: int = -1
    said: str = ""


@dataclass(frozen=True)
class Restated:
    """A name that may have been given another meaning, and which; None: it was not understood.

    ``at``: the number of the statement that does; ``apart``: it stands apart from the definition
    that was in force, so that it is no step of the same calculation.  ``value``: it says another
    number, where the name was a number before.
    """

    name: str
    at: int
    line: int
    apart: bool
    entry: Entry | None = None
    definition: Definition | None = None
    case: bool = False
    value: bool = False


@dataclass
class Scope:
    """The definitions in force, and what the document says of its notation.

    ``applied``: the arguments that a function of vectors was last applied to, other than its own.
    ``without``: a name that is about to be defined, and has no meaning meanwhile.
    ``forward``: definitions of the main text that come later; ``opaque``: names whose definition
    could not be taken in, with the names of its summands, which may have any value; ``bare``:
    names that stand without brackets somewhere; ``opened``: those that were applied to numbers
    while nothing said which functions they are.  ``arguments``: what open names of several
    components are applied to.  ``dependents``: what names without a definition
    are differentiated by.  ``offered``: what can be read in two ways, by key; ``offered_at``: the
    lines where it was; ``line``: the one at hand.  ``counting``: letters such as N that stand as
    numbers, and may be those of positions.  ``normal``: which letters are the distribution
    function and the density of a standard normal.  ``inverses``: those that the text
    speaks of, by their names.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    forward: dict[str, Entry] = field(default_factory=dict)
    applied: dict[str, tuple[Syntax, ...]] = field(default_factory=dict)
    looked_forward: bool = False
    without: str = ""
    opaque: dict[str, frozenset[str]] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    opened: set[str] = field(default_factory=set)
    activations: frozenset[str] = frozenset()
    sigmoid: frozenset[str] = frozenset()
    inverses: dict[str, Inverse] = field(default_factory=dict)
    normal: Mapping[str, str] = field(default_factory=dict)
    euler: bool = True
    summation_convention: bool = False
    offered: dict[str, Choice] = field(default_factory=dict)
    offered_at: dict[str, set[int]] = field(default_factory=dict)
    counting: set[str] = field(default_factory=set)
    line: int = 0
    arguments: dict[str, set[str]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)  # ``k!`` and ``\\binom{n}{k}``
    dependents: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def entry(self, name: str) -> Entry | None:
        """What ``name`` is defined as, here or further down, or None."""
        if name == self.without:
            return None
        return self.entries.get(name) or self.forward.get(name)

    def defined(self, name: str) -> bool:
        """Whether the name has a definition, here or further down."""
        return name != self.without and (name in self.entries or name in self.forward)

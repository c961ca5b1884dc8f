"""Loop form: what a kernel does, as data, before any language is chosen.

A kernel is a list of statements over scalars and arrays.  Scalars within it are terms without
sums: ``Variable(name, indices)`` is an array's entry or, without indices, a scalar; a ``Label`` is
integer data (an argument, or the position of the largest) used as an index.  Two functions exist
here that the document does not have: ``log1p`` and ``expm1``, which spell ``log(1 + x)`` and
``exp(x) - 1``, and ``exp_from(x, m)``, which is ``exp(x - m)`` for a ``Reference`` m.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from derive.logic.problem import Context, Hypothesis
from derive.logic.terms import (
    Index,
    IndexTerm,
    Label,
    Position,
    Term,
    Variable,
    own_indices,
    subterms,
)
from derive.meaning.rounding import given_sizes

__all__ = [
    "Array",
    "Keep",
    "Kernel",
    "Let",
    "Loop",
    "Operation",
    "Quotation",
    "Reduce",
    "Reference",
    "Statement",
    "Store",
    "labels_of",
]

Operation: TypeAlias = Literal["sum", "product", "maximum", "position"]


@dataclass(frozen=True)
class Let:
    """``name = value``: a scalar, computed once where it stands."""

    name: str
    value: Term


@dataclass(frozen=True)
class Reference:
    """``name``: a constant at most a few units from ``value``, to take from exponents.

    The statements hold for every constant, so a target may choose one that it subtracts exactly.
    """

    name: str
    value: Term


@dataclass(frozen=True)
class Keep:
    """``array[indices] = value``: an entry that a later loop needs again."""

    array: str
    indices: tuple[IndexTerm, ...]
    value: Term


@dataclass(frozen=True)
class Reduce:
    """Within a loop: take ``value`` into ``name``, unless the index is one of ``excluded``.

    ``position``: the index of the largest value, the first of several (1 where none is larger
    than minus infinity).
    """

    name: str
    operation: Operation
    excluded: tuple[IndexTerm, ...]
    value: Term


@dataclass(frozen=True)
class Store:
    """``array[indices] = value``, an output, unless the loop's index is one of ``excluded``."""

    array: str
    indices: tuple[IndexTerm, ...]
    value: Term
    excluded: tuple[tuple[Index, IndexTerm], ...] = ()


@dataclass(frozen=True)
class Loop:
    """All values of an index, in any order; names that it reduces exist after it."""

    index: Index
    body: tuple[Statement, ...]

    @property
    def is_pass(self) -> bool:
        """No loop within it."""
        return not any(isinstance(statement, Loop) for statement in self.body)


Statement: TypeAlias = Let | Reference | Keep | Reduce | Store | Loop


@dataclass(frozen=True)
class Array:
    """An argument, or (``kept``) an array that lives within the kernel.

    ``ranges``: its axes, without the batch.  ``batched``: there is one for each row of the batch.
    """

    name: str
    ranges: tuple[str, ...]
    role: Literal["input", "labels", "output", "kept"]
    batched: bool = True
    optional: bool = False


@dataclass(frozen=True)
class Quotation:
    """A statement that a kernel rests on, as its author wrote it."""

    line: int
    latex: str
    verdict: str


@dataclass(frozen=True)
class Computed:
    """What an output is: a quantity of the document, and the letters that are its axes."""

    name: str
    quantity: Term
    context: Context
    axes: tuple[Index, ...]


@dataclass(frozen=True)
class Kernel:
    """One function in loop form.

    ``order``: names of arguments and sizes as the caller gives them.  ``sizes``: a name for each
    index range.  ``without``: the same function for callers that leave the optional outputs out.
    ``assumes``: hypotheses that its statements used.  ``choices``: what was chosen freely.
    ``computes`` and ``documents``: what the outputs are and what the inputs are called there.
    """

    name: str
    batch: str | None
    sizes: tuple[tuple[str, str], ...]
    arguments: tuple[Array, ...]
    order: tuple[str, ...]
    body: tuple[Statement, ...]
    kept: tuple[Array, ...] = ()
    rests_on: tuple[Quotation, ...] = ()
    assumes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    without: Kernel | None = None
    computes: tuple[Computed, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()

    def size(self, range_: str) -> str:
        """The argument that holds the size of an index range."""
        return dict(self.sizes)[range_]

    @property
    def bounds(self) -> list[tuple[str, str, int]]:
        """What no size may be: (N, "==", 0); (N, "<", 3) where x_3 is read; (N, "!=", 3)."""
        fixed = given_sizes(self.hypotheses)
        least: dict[str, int] = {}
        for range_, number in _places(self.body):
            least[range_] = max(number, least.get(range_, 1))
        return [
            (name, "!=", fixed[range_])
            if range_ in fixed
            else (name, "<", least[range_])
            if least.get(range_, 1) > 1
            else (name, "==", 0)
            for range_, name in self.sizes
        ]

    def array(self, name: str) -> Array | None:
        """The array of that name, or None for a scalar."""
        return next((a for a in (*self.arguments, *self.kept) if a.name == name), None)


def _places(statements: tuple[Statement, ...]) -> Iterator[tuple[str, int]]:
    """How many positions each read of a fixed one needs: three for x_3, and for x_{N-2}."""
    for statement in statements:
        if isinstance(statement, Loop):
            yield from _places(statement.body)
            continue
        indices = list(statement.indices) if isinstance(statement, Store) else []
        for part in subterms(statement.value):
            indices.extend(own_indices(part) if isinstance(part, Variable) else ())
        for at in indices:
            if isinstance(at, Position):
                yield at.range, at.value if at.value > 0 else 1 - at.value


def labels_of(statements: tuple[Statement, ...]) -> Iterator[Label]:
    """Every label that is an index somewhere in the statements."""
    for statement in statements:
        if isinstance(statement, Loop):
            yield from labels_of(statement.body)
            continue
        if isinstance(statement, Store | Reduce):
            indices = statement.indices if isinstance(statement, Store) else statement.excluded
            yield from (i for i in indices if isinstance(i, Label))
        for part in subterms(statement.value):
            yield from (i for i in own_indices(part) if isinstance(i, Label))

"""Index letters, positions and deltas: what stands below a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.logic.problem import Equation
from derive.logic.terms import (
    Add,
    Delta,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Shift,
    Term,
    Variable,
    substitute,
)
from derive.meaning.choices import Choice
from derive.meaning.names import Names
from derive.meaning.ranges import Ranges
from derive.meaning.scope import Scope
from derive.meaning.spelling import is_letter, spelling
from derive.meaning.trouble import Misfit, OutOfReach, WrongShape
from derive.meaning.vectors import Tensors, Value
from derive.reader import syntax as s
from derive.reader.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["Indexing"]

ONE, MINUS = Number(Fraction(1)), Number(Fraction(-1))


@dataclass
class Indexing:
    """Elaborates indices at one place of a document.

    ``place`` tells its free letters from those of other places; ``bound`` holds the letters of
    the sums around; ``prime`` is the variable that a bare prime differentiates by,
    ``last_prime`` that of the formula before.
    ``implicit``: a defined name without its indices means the letters of its definition rather
    than a vector.  ``indices_here``: letters that are indices in the formula at hand.
    ``within``: names with a letter: they stand in the step only below sums over it.
    ``unsummed``: under the summation convention the free letters, else None.
    ``unbound``: letters that stand below names in the first member of the chain at hand.
    ``pairs``: sums that are over all pairs, it seems, and the letter that they do not name.
    ``supposed``: what quantities that a derivative is taken by are equal to.
    ``doubts``: guesses on which a counterexample would rest.
    ``labels``: quantities whose only values are 0 and 1, as cases say.
    ``open_functions``: names with arguments of which nothing says what they are.
    ``flat``: names that are transposed although they are read as numbers.
    ``facts``: what underbraces state, with the syntax they are read from.
    ``beside_matrix``: a matrix is a summand of the sum at hand.
    """

    names: Names
    ranges: Ranges
    scope: Scope
    place: str
    bound: dict[str, Index] = field(default_factory=dict)
    bound_keys: dict[str, str] = field(default_factory=dict)
    prime: Variable | None = None
    last_prime: Variable | None = None
    implicit: bool = False
    dots: bool = False
    indices_here: frozenset[str] = frozenset()
    unsummed: frozenset[str] | None = None
    within: frozenset[tuple[str, str]] = frozenset()
    unbound: frozenset[str] = frozenset()
    pairs: Mapping[Span, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    facts: list[tuple[s.Underbrace, Value, Value]] = field(default_factory=list)
    supposed: list[Equation] = field(default_factory=list)
    open_functions: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)
    labels: set[Variable] = field(default_factory=set)
    flat: set[str] = field(default_factory=set)
    depth: int = 0
    beside_matrix: bool = False
    tensors: Tensors = field(init=False)

    def __post_init__(self) -> None:
        self.tensors = Tensors.over(self.ranges)
        self.tensors.dots, self.tensors.notes = self.dots, self.notes

    def letter(self, text: str) -> Index:
        """An index letter: bound by a sum around, or free at this place."""
        if text in self.bound:
            return self.bound[text]
        return Index(text, self.ranges.name(self.key(text)))

    def key(self, text: str) -> str:
        """The place of a letter's range."""
        return self.bound_keys.get(text, f"free:{self.place}:{text}")

    def _join(self, text: str, key: str) -> None:
        self.ranges.join(self.key(text), key)

    def index(self, node: s.Syntax, key: str) -> IndexTerm:
        """An index in the place ``key`` (a slot of a variable, or another letter)."""
        range_ = self.ranges.name(key)
        if isinstance(node, s.Name) and node.text not in self.bound and self.ranges.mixed(key):
            raise OutOfReach(f"whether {node.text} begins at 0 or at 1 is not said", node.span)
        match node:
            case s.Name(_, text) if (
                text in self.names.sizes
                and text not in self.bound
                and text not in self.names.letters
            ):
                self.ranges.join(key, f"size:{text}")
                if self._before(key) and self.ranges.name(key) == text:
                    raise OutOfReach("a position behind the last")  # from 0 to N - 1
                return Position(0, self.ranges.name(key))
            case s.Name(_, text):
                self._join(text, key)
                return self.letter(text)
            case s.Numeral(_, text) if text.isdigit() and len(text) < 10:
                if int(text) == 0 and key.startswith("slot:"):
                    self.ranges.zeros.add(key)
                value = int(text) + self._before(key)
                if value < 1 and self.ranges.final is not None:
                    raise Misfit(f"the position {text} is not in the range", node.span)
                value = max(value, 1)
                return Position(value, range_)
            case s.Signed(_, terms):
                return self._shift(terms, key)
            case s.Group(_, body, _):
                return self.index(body, key)
            case s.Scripts(_, s.Name(_, text), subscript, None, 0) if subscript is not None:
                from derive.meaning.names import split

                if text in self.bound:
                    raise OutOfReach(f"{text} is an index, and has indices itself", node.span)
                inner = tuple(
                    self.index(part, f"slot:{text}:{n}") for n, part in enumerate(split(subscript))
                )
                self.ranges.join(f"values:{text}", key)
                return Label(text, inner, self.ranges.name(key))
            case s.Text(_, text):
                self._join(text.strip(), key)
                return self.letter(text.strip())
        raise OutOfReach(f"{spelling(node)} stands as an index", node.span)

    def _before(self, key: str) -> int:
        """How many positions stand before the one that is called 1."""
        return 1 if self.names.zero_based or self.ranges.origin(key) == 0 else 0

    def _shift(self, terms: Sequence[tuple[int, s.Syntax]], key: str) -> IndexTerm:
        letters = [t for sign, t in terms if isinstance(t, s.Name) and sign == 1]
        offsets = [
            sign * int(t.text)
            for sign, t in terms
            if isinstance(t, s.Numeral) and t.text.isdigit() and len(t.text) < 6
        ]
        if len(letters) != 1 or len(offsets) != 1 or len(terms) != 2:
            raise OutOfReach("an index that is computed")
        text = letters[0].text
        if text in self.names.sizes and text not in self.names.letters and text not in self.bound:
            self.ranges.join(key, f"size:{text}")
            if offsets[0] > 0:
                raise OutOfReach("a position behind the last")
            range_ = self.ranges.name(key)
            last = self._before(key) if self.names.zero_based or range_ == text else 0
            return Position(offsets[0] + last, range_)
        self._join(text, key)
        self.ranges.shifted.add(key)
        return Shift(self.letter(text), offsets[0]) if offsets[0] else self.letter(text)

    def delta(self, left: s.Syntax, right: s.Syntax) -> Term:
        """1 where both indices have the same position."""
        key = self._letter_key(left) or self._letter_key(right)
        if key is None:
            raise OutOfReach("a delta of two fixed positions")
        return Delta(self.index(left, key), self.index(right, key))

    def _letter_key(self, node: s.Syntax) -> str | None:
        match node:
            case s.Name(_, text) if text in self.bound:
                return self.key(text)
            case s.Name(_, text) if text not in self.names.sizes:
                return self.key(text)
            case s.Scripts(_, s.Name(_, text), _, None, 0):
                return f"values:{text}"
            case s.Signed(_, terms):
                for _, term in terms:
                    if (key := self._letter_key(term)) is not None:
                        return key
            case s.Text(_, text):
                return self.key(text.strip())
        return None

    def indicator(self, condition: s.Syntax) -> Term:
        """1 where the condition on indices holds, else 0."""
        if isinstance(condition, s.Group):
            return self.indicator(condition.body)
        if not isinstance(condition, s.Chain) or len(condition.rest) != 1:
            raise OutOfReach("an indicator of something that is not a comparison", condition.span)
        first, (sign, second) = condition.first, condition.rest[0]
        if first is None or second is None or sign.text not in ("=", "!=", "equiv"):
            raise OutOfReach("an indicator that compares numbers", condition.span)
        if not (self.is_index(first) and self.is_index(second)):
            first, second = self._as_position(first, second), self._as_position(second, first)
        delta = self.delta(first, second)
        return delta if sign.text != "!=" else Add((ONE, Mul((MINUS, delta))))

    def _as_position(self, node: s.Syntax, beside: s.Syntax) -> s.Syntax:
        """The y of ``1\\{y = k\\}`` beside an index k: the class, which is one of the positions."""
        if self.runs(node):
            return node
        match node:
            case s.Name() if self.runs(beside) and is_letter(node) and self._unexplained(node.text):
                return node
            case s.Scripts(_, s.Name(_, text) as base, below, above, 0) if self.runs(beside):
                if isinstance(above, s.Group) and above.delimiters == "()" and below is None:
                    below, above = above.body, None
                if above is None and below is not None and self._unexplained(text):
                    return replace(node, base=base, subscript=below, superscript=None)
        raise OutOfReach("an indicator that compares numbers", node.span)

    def _unexplained(self, name: str) -> bool:
        """Whether no equation says what the name stands for."""
        return self.scope.entry(name) is None and self.scope.entry(f"{{{name}}}") is None

    def runs(self, node: s.Syntax) -> bool:
        """Whether the syntax is an index letter that stands for no number."""
        return (
            is_letter(node)
            and isinstance(node, s.Name)
            and (node.text in self.bound or node.text in self.indices_here)
        )

    def is_index(self, node: s.Syntax) -> bool:
        """Whether the syntax is a position rather than a number."""
        match node:
            case s.Name(_, text):
                if text in self.bound:
                    return True
                slots = self.names.slots.get(text, 0)
                letter = text in self.names.letters
                if letter and slots > 1:  # the k of "i = k", where k_{ij} is something else
                    return True
                if self.scope.entry(text) is not None or (slots > 0 and not letter):
                    return False
                return text in self.names.letters or text in self.names.below
            case s.Numeral(_, text):
                return text.isdigit()
            case s.Scripts(_, s.Name(_, text), subscript, None, 0):
                return subscript is not None and spelling(node) in self.names.below
            case s.Text(_, text):
                return spelling(node) in self.names.below
            case s.Signed(_, terms):
                return any(isinstance(t, s.Name) and self.is_index(t) for _, t in terms)
        return False

    def offer(self, choice: Choice) -> bool:
        """Keeps that something can be read in two ways; whether the other way is taken."""
        self.scope.offered.setdefault(choice.key, choice)
        self.scope.offered_at.setdefault(choice.key, set()).add(self.scope.line)
        return choice.key in self.names.taken

    def guess(self, sentence: str) -> None:
        """Keeps what was assumed, once."""
        if sentence not in self.guesses:
            self.guesses.append(sentence)

    def note(self, sentence: str) -> None:
        """Keeps what may mislead a reader, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    @contextmanager
    def _binding(self, letter: str, index: Index, key: str) -> Iterator[None]:
        bound, keys = self.bound, self.bound_keys
        if letter in bound:
            self.note(f"{letter} is bound twice, one sum within the other")
        self.bound, self.bound_keys = {**bound, letter: index}, {**keys, letter: key}
        try:
            yield
        finally:
            self.bound, self.bound_keys = bound, keys

    def component(self, value: Value, subscript: s.Syntax) -> Value:
        """``(W x)_i``: the component of a vector or matrix."""
        from derive.meaning.names import split

        pieces = split(subscript)
        if len(pieces) > len(value.axes):
            raise WrongShape(f"a component {spelling(subscript)} of a {value.shape}")
        new: dict[Index, IndexTerm] = {}
        for axis, piece in zip(value.axes, pieces, strict=False):
            at = self.index(piece, self.tensors.key(axis))
            new[axis] = at
        return Value(substitute(value.term, new), value.axes[len(pieces) :])

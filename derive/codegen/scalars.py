"""Scalar expressions in C.

The brackets of the document stay: ``(1 - t) - q`` and ``1 - (t + q)`` are equal for real numbers
and not in floating point, and the author (or the rule that chose this form) meant the one that is
written.  SymPy's printers do not serve for that reason: SymPy orders and flattens sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derive.codegen.loopform import Kernel, Let, Loop, Reduce, Statement
from derive.codegen.precision import Precision
from derive.logic.terms import (
    Add,
    Delta,
    Function,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Size,
    Term,
    Variable,
)

__all__ = ["CScalars", "Place", "flat_index", "scalars_of"]

# Where an expression stands: once a row, in double; in a loop over entries, in the type of the
# data; in a loop over rows side by side (see derive.codegen.tiles).
Place = Literal["row", "entry", "lane"]

SUM, PRODUCT, ATOM = 1, 2, 4

_LIBRARY = frozenset(
    [
        "exp",
        "log",
        "log1p",
        "expm1",
        "sin",
        "cos",
        "tan",
        "arctan",
        "arcsin",
        "sinh",
        "cosh",
        "tanh",
        "erf",
        "sqrt",
    ]
)
_C_NAME = {"arctan": "atan", "arcsin": "asin"}
_OURS = frozenset(("exp", "log", "log1p", "sigmoid", "softplus"))


def flat_index(sizes: tuple[str, ...], indices: tuple[str, ...]) -> str:
    """The place of an entry in row-major order."""
    text = indices[0]
    for size, index in zip(sizes[1:], indices[1:], strict=True):
        text = f"({text}) * {size} + {index}" if " " in text else f"{text} * {size} + {index}"
    return text


@dataclass(frozen=True)
class CScalars:
    """Prints the scalars of one kernel in one precision.

    ``scaled``: shifted exponentials may carry the common factor of the reference.
    ``local``: scalars of one entry, which live within a pass.  ``means``: sums over entries and
    what is made of them by arithmetic, such as a mean.  ``owner``: what stands before the names of
    arrays and scalars, where they are members of a structure.
    """

    kernel: Kernel
    precision: Precision
    scaled: bool
    local: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    owner: str = ""

    def text(self, term: Term, place: Place) -> str:
        """The term as a C expression."""
        return self._text(term, place)[0]

    def index(self, index: IndexTerm, place: Place) -> str:
        """An index, counted from 0."""
        match index:
            case Index(name, _):
                return name
            case Label(name, (), _):
                return f"{name}[lane]" if place == "lane" else self._label(name)
            case Label(name, indices, _):
                return self.entry(name, indices, place)
            case Position(value, range_):
                size = self.kernel.size(range_)
                return str(value - 1) if value >= 1 else f"{size} - {1 - value}"
        raise ValueError(f"no index in C: {index}")

    def _label(self, name: str) -> str:
        array = self.kernel.array(name)
        return f"(size_t){self.owner}{name}" if array is not None else f"{self.owner}{name}"

    def entry(self, name: str, indices: tuple[IndexTerm, ...], place: Place) -> str:
        """An array's entry, or a scalar."""
        array = self.kernel.array(name)
        texts = tuple(self.index(i, place) for i in indices)
        if place == "lane":
            if name in self.local:
                return f"{name}_here"
            if array is not None and not array.batched and array.role == "input":
                return f"{name}[{texts[0]}]" if texts else name
            return f"{name}[{_lane(texts, self.precision.integer)}]"
        if array is None or (not indices and array.role != "output"):
            return name if name in self.local else f"{self.owner}{name}"
        if not indices:
            return f"{self.owner}{name}[0]"
        sizes = tuple(self.kernel.size(r) for r in array.ranges)
        return f"{self.owner}{name}[{flat_index(sizes, texts)}]"

    # -------------------------------------------------------------- terms

    def _number(self, value: Fraction, place: Place) -> tuple[str, int]:
        letter = "" if place == "row" else self.precision.letter
        if value.denominator == 1 and abs(value) < 10**15:
            return f"{value.numerator}.0{letter}", ATOM if value >= 0 else SUM
        try:
            nearest = repr(float(value))
        except OverflowError:
            raise ValueError("a number is too large for the target") from None
        if "e" not in nearest and "." not in nearest:
            nearest += ".0"
        return nearest + letter, ATOM if value >= 0 else SUM

    def _at(self, term: Term, place: Place, holds: int) -> str:
        text, own = self._text(term, place)
        return text if own >= holds else f"({text})"

    def _text(self, term: Term, place: Place) -> tuple[str, int]:
        wide = "double" if place == "row" else self.precision.real
        match term:
            case Number(value):
                return self._number(value, place)
            case Size(range_):
                return f"({wide}){self.kernel.size(range_)}", ATOM
            case Variable(name, indices):
                return self._variable(name, indices, place), ATOM
            case Delta(left, right):
                one, zero = self._number(Fraction(1), place)[0], self._number(Fraction(0), place)[0]
                a, b = self.index(left, place), self.index(right, place)
                return f"({a} == {b} ? {one} : {zero})", ATOM
            case Add(terms):
                if place == "entry" and self._takes_a_mean(terms):
                    return f"({self.precision.real})({self._sum(terms, 'row')})", ATOM
                return self._sum(terms, place), SUM
            case Mul(factors):
                return self._product(factors, place)
            case Pow(base, exponent):
                return self._power(base, exponent, place)
            case Function(name, arguments):
                return self._function(name, arguments, place), ATOM
        raise ValueError(f"no expression in C: {type(term).__name__}")

    def _variable(self, name: str, indices: tuple[IndexTerm, ...], place: Place) -> str:
        entry = self.entry(name, indices, place)
        is_array = self.kernel.array(name) is not None
        if place == "row" and is_array and self.precision.real != "double":
            return f"(double){entry}"
        if place == "entry" and not is_array and self.precision.real != "double":
            return entry if name in self.local else f"({self.precision.real}){entry}"
        return entry

    def _takes_a_mean(self, terms: tuple[Term, ...]) -> bool:
        """Whether a sum has a mean among its terms, which the entries may cancel.

        It is then done in double: rounding the mean first would be the larger error.
        """
        if self.precision.real == "double":
            return False
        return any(
            isinstance(scalar := _negated(term) or term, Variable) and scalar.name in self.means
            for term in terms
        )

    def _sum(self, terms: tuple[Term, ...], place: Place) -> str:
        text = self._at(terms[0], place, SUM)
        for term in terms[1:]:
            inner = _negated(term)
            if inner is None:
                text += f" + {self._at(term, place, PRODUCT)}"
            else:
                text += f" - {self._at(inner, place, PRODUCT)}"
        return text

    def _product(self, factors: tuple[Term, ...], place: Place) -> tuple[str, int]:
        if isinstance(factors[0], Number) and factors[0].value == -1 and len(factors) > 1:
            rest = factors[1] if len(factors) == 2 else Mul(factors[1:])
            return f"-{self._at(rest, place, PRODUCT + 1)}", PRODUCT
        above = [f for f in factors if _reciprocal(f) is None]
        below = [b for f in factors if (b := _reciprocal(f)) is not None]
        text = " * ".join(self._at(f, place, PRODUCT) for f in above[:1])
        text += "".join(f" * {self._at(f, place, PRODUCT + 1)}" for f in above[1:])
        if not text:
            text = self._number(Fraction(1), place)[0]
        for divisor in below:
            text += f" / {self._at(divisor, place, PRODUCT + 1)}"
        return text, PRODUCT

    def _power(self, base: Term, exponent: Term, place: Place) -> tuple[str, int]:
        one = self._number(Fraction(1), place)[0]
        match exponent:
            case Number(value) if value.denominator == 1 and 1 <= abs(value) <= 4:
                once = self._at(base, place, PRODUCT + 1)
                product = " * ".join([once] * abs(int(value)))
                if value > 0:
                    return product, PRODUCT
                return (f"{one} / ({product})" if value < -1 else f"{one} / {once}"), PRODUCT
            case Number(value) if abs(value) == Fraction(1, 2):
                root = f"{self._library('sqrt', place)}({self.text(base, place)})"
                return (root, ATOM) if value > 0 else (f"{one} / {root}", PRODUCT)
        power = self._library("pow", place)
        return f"{power}({self.text(base, place)}, {self.text(exponent, place)})", ATOM

    def _library(self, name: str, place: Place) -> str:
        letter = "" if place == "row" else self.precision.letter
        return _C_NAME.get(name, name) + letter

    def _function(self, name: str, arguments: tuple[Term, ...], place: Place) -> str:
        p = self.precision
        if name == "exp_from":
            value, reference = arguments
            assert isinstance(reference, Variable)
            function = "exp_from" if self.scaled else "exp_below"
            inner: Place = "lane" if place == "lane" else "entry"
            lane = "[lane]" if place == "lane" else ""
            parts = ", ".join(
                f"{self.owner}{reference.name}{'_' if lane else '.'}{part}{lane}"
                for part in ("offset", "low", "magic")
            )
            call = f"{function}_{p.suffix}({self.text(value, inner)}, {parts})"
            return f"(double){call}" if place == "row" and p.real != "double" else call
        if name == "pi":
            return "3.14159265358979324" + ("" if place == "row" else p.letter)
        text = ", ".join(self.text(argument, place) for argument in arguments)
        if name in _OURS and (place != "row" or name in ("log1p", "sigmoid", "softplus")):
            return f"{name}_{'f64' if place == 'row' else p.suffix}({text})"
        if name in _LIBRARY:
            return f"{self._library(name, place)}({text})"
        letter = "" if place == "row" else p.letter
        match name:
            case "abs":
                return f"fabs{letter}({text})"
            case "relu":
                return f"(({text}) > 0 ? ({text}) : 0)"
            case "sign":
                return f"(({text}) > 0 ? 1.0{letter} : ({text}) < 0 ? -1.0{letter} : 0.0{letter})"
            case "step":
                return f"(({text}) > 0 ? 1.0{letter} : 0.0{letter})"
        raise ValueError(f"{name} has no spelling in C")


def _entry_names(statements: tuple[Statement, ...]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for statement in statements:
        if isinstance(statement, Loop):
            found |= _entry_names(statement.body)
            if statement.is_pass:
                found |= {inside.name for inside in statement.body if isinstance(inside, Let)}
    return found


def _means(statements: tuple[Statement, ...]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for statement in statements:
        match statement:
            case Loop(_, body):
                found |= _means(body) if not statement.is_pass else frozenset()
                found |= {r.name for r in body if isinstance(r, Reduce) and r.operation == "sum"}
            case Let(name, Add() | Mul()):
                found |= {name}
    return found


def scalars_of(kernel: Kernel, precision: Precision, scaled: bool) -> CScalars:
    """The printer of a kernel's scalars."""
    return CScalars(kernel, precision, scaled, _entry_names(kernel.body), _means(kernel.body))


def _lane(texts: tuple[str, ...], integer: str) -> str:
    if not texts:
        return "lane"
    (text,) = texts
    # A label's entry: gathers are fastest by integers as wide as what they gather.
    return f"{text} * LANES + ({integer})lane" if "[" in text else f"{text} * LANES + lane"


def _negated(term: Term) -> Term | None:
    match term:
        case Mul((Number(value), *rest)) if value == -1 and rest:
            return rest[0] if len(rest) == 1 else Mul(tuple(rest))
    return None


def _reciprocal(factor: Term) -> Term | None:
    match factor:
        case Pow(base, Number(value)) if value == -1:
            return base
    return None

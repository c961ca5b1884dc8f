"""Terms for people: a term as LaTeX with as few brackets as its meaning allows, and as Unicode.

Bound letters that the prover invented are given plain letters that nothing else in the term
uses, so that what is printed can be read, and means the same, on its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.logic.terms import (
    Add,
    Application,
    Binder,
    Delta,
    Derivative,
    Function,
    Index,
    IndexTerm,
    Label,
    Maximum,
    Mul,
    Number,
    Position,
    Pow,
    Product,
    Shift,
    Size,
    Sum,
    Term,
    Variable,
    children,
    free_indices,
    names,
    rebuild,
    substitute,
    subterms,
)
from derive.meaning.spelling import OWN
from derive.memory import kept

__all__ = ["index_latex", "latex", "readable", "shown", "unicode"]

# How tightly a piece of LaTeX holds together.  Where less stands than is asked for, brackets do.
SUM, PRODUCT, UNARY, POWER, ATOM = range(5)

LETTERS = "jklmnpqrsuvwabcdgh"

COMMANDS = {
    "log": r"\log",
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "arctan": r"\arctan",
    "arcsin": r"\arcsin",
    "sinh": r"\sinh",
    "cosh": r"\cosh",
    "tanh": r"\tanh",
    "exp": r"\exp",
}
OPERATORS: dict[type[Binder], str] = {Sum: r"\sum", Product: r"\prod", Maximum: r"\max"}


def latex(term: Term) -> str:
    """The term as LaTeX."""
    return _write(_with_plain_letters(term))[0].replace(OWN, "'")


def unicode(term: Term) -> str:
    """The term in one line of Unicode, as a terminal shows it."""
    return readable(latex(term))


@kept
def readable(source: str) -> str:
    """LaTeX as an author wrote it, in Unicode; as it stands where no rendering is to be had."""
    try:
        from derive.reader.render import unicode_text
    except ImportError:
        return source
    return unicode_text(source.replace(OWN, "'"))


def shown(name: str) -> str:
    """A name in Unicode, without the place that it keeps for the index of a layer."""
    return readable(name.replace("^{()}", ""))


def index_latex(index: IndexTerm) -> str:
    """An index as LaTeX: a letter, a position (1, N, N-1), a label, a neighbour (t-1)."""
    match index:
        case Index(name, _):
            return name
        case Position(value, range_):
            return str(value) if value > 0 else range_ + (str(value) if value else "")
        case Label(name, indices, _):
            return _indexed(name, indices)
        case Shift(base, offset):
            return f"{base.name}{offset:+d}"


def _indexed(name: str, indices: tuple[IndexTerm, ...]) -> str:
    """``{W_{2}}_{ij}``: a name with a subscript of its own is put in braces."""
    return (f"{{{name}}}" if indices and "_" in name else name) + _subscript(indices)


def _subscript(indices: tuple[IndexTerm, ...]) -> str:
    if not indices:
        return ""
    written = [index_latex(index) for index in indices]
    plain = all(isinstance(index, Index) for index in indices)
    return "_{" + ("" if plain and len(written) > 1 else ", ").join(written) + "}"


def _brackets(source: str) -> str:
    return rf"\left( {source} \right)"


def _at_least(term: Term, holds: int) -> str:
    written, binding = _write(term)
    return written if binding >= holds else _brackets(written)


def _write(term: Term) -> tuple[str, int]:
    """LaTeX of the term and how tightly it holds together."""
    match term:
        case Number(value):
            return _number(value)
        case Size(range_):
            return range_, ATOM
        case Variable(name, indices):
            return _indexed(name, indices), POWER if "^" in name else ATOM
        case Application(name, indices, arguments, orders):
            return _application(name, indices, arguments, orders)
        case Function(name, arguments):
            return _function(name, arguments)
        case Delta(left, right):
            return rf"\delta_{{{index_latex(left)} {index_latex(right)}}}", ATOM
        case Add(terms):
            return _sum_of(terms)
        case Mul((Number(-1), Maximum(index, excluded, Mul((Number(-1), *rest))))) if rest:
            body = rest[0] if len(rest) == 1 else Mul(tuple(rest))
            return _over(r"\min", index, excluded, body)
        case Mul(factors):
            return _product_of(factors)
        case Pow(base, exponent):
            return _power(base, exponent)
        case Binder(index, excluded, body):
            return _over(OPERATORS[type(term)], index, excluded, body)
        case Derivative(body, variable):
            by = rf"\partial {_write(variable)[0]}"
            if isinstance(body, Variable):
                return rf"\frac{{\partial {_write(body)[0]}}}{{{by}}}", POWER
            return rf"\frac{{\partial}}{{{by}}} {_at_least(body, POWER)}", UNARY
    raise AssertionError(f"no LaTeX for {type(term).__name__}")


def _over(
    operator: str, index: Index, excluded: tuple[IndexTerm, ...], body: Term
) -> tuple[str, int]:
    below = index.name
    if excluded:
        below += r" \neq " + ", ".join(map(index_latex, excluded))
    return rf"{operator}_{{{below}}} {_at_least(body, PRODUCT)}", UNARY


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else SUM
    sign = "-" if value < 0 else ""
    return (
        rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}",
        POWER if value >= 0 else SUM,
    )


def _application(
    name: str, indices: tuple[IndexTerm, ...], arguments: tuple[Term, ...], orders: tuple[int, ...]
) -> tuple[str, int]:
    inside = ", ".join(_write(argument)[0] for argument in arguments)
    if len(orders) == 1:
        mark = "'" * orders[0]
    elif any(orders):
        mark = "^{(" + ", ".join(map(str, orders)) + ")}"
    else:
        mark = ""
    return f"{name}{mark}{_subscript(indices)}({inside})", ATOM


def _function(name: str, arguments: tuple[Term, ...]) -> tuple[str, int]:
    if not arguments:
        return rf"\{name}", ATOM
    if name == "exp":
        return f"e^{{{_write(arguments[0])[0]}}}", POWER
    if name == "abs":
        return rf"\left| {_write(arguments[0])[0]} \right|", ATOM
    inside = ", ".join(_write(argument)[0] for argument in arguments)
    return COMMANDS.get(name, rf"\operatorname{{{name}}}") + _brackets(inside), ATOM


def _negated(term: Term) -> Term | None:
    """The term without its leading minus sign, or None where it has none."""
    match term:
        case Number(value) if value < 0:
            return Number(-value)
        case Mul((Number(value), *rest)) if value < 0:
            if value == -1 and rest:
                return rest[0] if len(rest) == 1 else Mul(tuple(rest))
            return Mul((Number(-value), *rest))
    return None


def _sum_of(terms: tuple[Term, ...]) -> tuple[str, int]:
    pieces: list[str] = []
    for place, term in enumerate(terms):
        positive = _negated(term)
        if positive is not None:
            pieces.append("- " if place else "-")
            pieces.append(_at_least(positive, PRODUCT) + " ")
        else:
            pieces.append("+ " if place else "")
            pieces.append(_at_least(term, PRODUCT) + " ")
    return "".join(pieces).rstrip(), SUM


def _reciprocal(factor: Term) -> Term | None:
    """What the factor is 1 over, or None."""
    match factor:
        case Pow(base, Number(value)) if value < 0:
            return base if value == -1 else Pow(base, Number(-value))
        case Number(value) if value.numerator == 1 and value.denominator != 1:
            return Number(Fraction(value.denominator))
    return None


def _product_of(factors: tuple[Term, ...]) -> tuple[str, int]:
    positive = _negated(Mul(factors)) if len(factors) > 1 else None
    if positive is not None:
        return "-" + _at_least(positive, PRODUCT), SUM
    above = [factor for factor in factors if _reciprocal(factor) is None]
    below = [under for factor in factors if (under := _reciprocal(factor)) is not None]
    if below:
        numerator = _factors(above) if above else "1"
        return rf"\frac{{{numerator}}}{{{_factors(below)}}}", POWER
    return _factors(above), PRODUCT


def _factors(factors: Iterable[Term]) -> str:
    """Factors side by side.  One that reaches to the right (Σ, ∂) is bracketed unless last."""
    all_factors = list(factors)
    if len(all_factors) == 1:
        return _write(all_factors[0])[0]
    written = [_at_least(factor, POWER) for factor in all_factors[:-1]]
    written.append(_at_least(all_factors[-1], UNARY))
    text = written[0]
    for after in written[1:]:
        text += (r" \cdot " if after[0].isdigit() else " ") + after
    return text


def _power(base: Term, exponent: Term) -> tuple[str, int]:
    match exponent:
        case Number(value) if value == Fraction(1, 2):
            return rf"\sqrt{{{_write(base)[0]}}}", ATOM
        case Number(value) if value < 0:
            over = Pow(base, Number(-value)) if value != -1 else base
            return rf"\frac{{1}}{{{_write(over)[0]}}}", POWER
    return f"{_at_least(base, ATOM)}^{{{_write(exponent)[0]}}}", POWER


def _with_plain_letters(term: Term) -> Term:
    """The same term with every bound letter that is not a plain one renamed."""
    bound = {t.index for t in subterms(term) if isinstance(t, Binder)}
    if all(_plain(index) for index in bound):
        return term
    taken = names(term) | {index.name for index in bound | free_indices(term)}

    def rename(term: Term, used: frozenset[str]) -> Term:
        if isinstance(term, Binder):
            index, body = term.index, term.body
            if not _plain(index):
                letter = next((c for c in LETTERS if c not in used and c not in taken), None)
                if letter is not None:
                    new = Index(letter, index.range)
                    body, index = substitute(body, {index: new}), new
            made: Term = type(term)(index, term.excluded, rename(body, used | {index.name}))
            return made
        return rebuild(term, tuple(rename(child, used) for child in children(term)))

    return rename(term, frozenset())


def _plain(index: Index) -> bool:
    return index.name.isalpha() or index.name.startswith("\\")

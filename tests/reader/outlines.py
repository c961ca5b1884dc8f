"""Formulas out of a string, and syntax as a line of text that a test can state."""

from __future__ import annotations

from derive.reader.document import Document, Formula
from derive.reader.latex import Macros, parse
from derive.reader.source import Place, Span
from derive.reader.syntax import (
    Cases,
    Chain,
    Differentiation,
    Ellipsis,
    Evaluated,
    Fraction,
    FunctionCall,
    Group,
    Indicator,
    List,
    Matrix,
    Name,
    Numeral,
    Operator,
    ParsedFormula,
    Product,
    Root,
    Row,
    Scripts,
    Sequence,
    Signed,
    Syntax,
    Text,
    Underbrace,
    Unreadable,
)

_SIGNS = {1: "+", -1: "-", 0: "±"}
_DIFFERENTIALS = {"partial": "∂", "d": "d", "delta": "δ", "nabla": "∇", "D": "D"}


def formula(content: str, environment: str = "", start: int = 0) -> Formula:
    """A displayed formula whose source stands at ``start`` in some document."""
    end = start + len(content)
    return Formula(Span(start, end), content, tuple(range(start, end + 1)), True, environment)


def document(*macros: str, formulas: tuple[str, ...] = ()) -> Document:
    """A document that defines macros and holds formulas."""
    items = tuple(formula(content) for content in formulas)
    return Document("test", "", items, lambda span: Place(1, 1, 1, 1), macros=macros)


def parsed(content: str, environment: str = "", macros: Macros | None = None) -> ParsedFormula:
    return parse(formula(content, environment), macros or Macros())


def rows(content: str, environment: str = "", macros: Macros | None = None) -> list[str]:
    """Each row: its body, ``| condition``, ``# note``."""
    return [row_outline(row) for row in parsed(content, environment, macros).rows]


def row(content: str) -> str:
    """The only row of a formula."""
    found = rows(content)
    assert len(found) == 1, found
    return found[0]


def row_outline(found: Row) -> str:
    text = outline(found.body)
    if found.condition is not None:
        text += " | " + outline(found.condition)
    return text + "".join(f" # {note.text}" for note in found.notes)


def outline(node: Syntax | None) -> str:
    """Syntax as text: ``(a b)`` is a product, ``(a over b)`` a fraction, ``_`` a missing member."""
    match node:
        case None:
            return "_"
        case Numeral(_, text):
            return text
        case Name(_, text, font, word):
            shown = f"'{text}'" if word else text
            return f"{font}:{shown}" if font else shown
        case Ellipsis():
            return "..."
        case Scripts(_, base, subscript, superscript, primes):
            below = "" if subscript is None else f" sub {outline(subscript)}"
            above = "" if superscript is None else f" sup {outline(superscript)}"
            return f"({outline(base)}{below}{above}{chr(39) * primes})"
        case Fraction(_, above_, below_, inline):
            return f"({outline(above_)} {'/' if inline else 'over'} {outline(below_)})"
        case Root(_, radicand, degree):
            return f"(root {'' if degree is None else outline(degree) + ' '}{outline(radicand)})"
        case Signed(_, terms):
            return "(" + " ".join(f"{_SIGNS[sign]} {outline(term)}" for sign, term in terms) + ")"
        case Product(_, factors, operators):
            text = outline(factors[0])
            for operator, factor in zip(operators, factors[1:], strict=True):
                text += f" {operator} {outline(factor)}" if operator else f" {outline(factor)}"
            return f"({text})"
        case Group(_, body, delimiters):
            return f"{delimiters[0]}{outline(body)}{delimiters[-1]}"
        case List(_, items):
            return "[" + ", ".join(outline(item) for item in items) + "]"
        case Operator(_, kind, lower, upper, body):
            below = "" if lower is None else f" below {outline(lower)}"
            above = "" if upper is None else f" above {outline(upper)}"
            return f"({kind}{below}{above} of {outline(body)})"
        case FunctionCall(_, function, argument, subscript, superscript):
            below = "" if subscript is None else f"_{outline(subscript)}"
            above = "" if superscript is None else f"^{outline(superscript)}"
            return f"({function}{below}{above} {outline(argument)})"
        case Differentiation(_, body, variables, sign, abuse):
            mark = _DIFFERENTIALS[sign] + ("!" if abuse else "")
            by = " ".join(outline(variable) for variable in variables)
            return f"({mark} {outline(body)} by {by or '_'})"
        case Indicator(_, condition):
            return f"(1 if {outline(condition)})"
        case Underbrace(_, body, label):
            return f"({outline(body)} brace {outline(label)})"
        case Evaluated(_, body, at):
            return f"({outline(body)} at {outline(at)})"
        case Text(_, text):
            return f'"{text}"'
        case Cases(_, cases):
            shown = (f"{outline(case.value)} if {outline(case.condition)}" for case in cases)
            return "{" + "; ".join(shown) + "}"
        case Matrix(_, entries):
            return "|" + "; ".join(", ".join(map(outline, line)) for line in entries) + "|"
        case Sequence(_, items):
            return "(" + " ".join(outline(item) for item in items) + ")"
        case Chain(_, first, rest):
            text = outline(first)
            for sign, member in rest:
                over = f"^{sign.over}" if sign.over else ""
                text += f" {sign.text}{over} {outline(member)}"
            return text
        case Unreadable(_, reason):
            return f"unread: {reason}"
    raise AssertionError(node)

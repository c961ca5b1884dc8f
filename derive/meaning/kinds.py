"""What prose calls a matrix or a vector: ``matrices $A$ and $B$``, ``$u$ is a vector``.

Where the formulas do not show how many indices such a name has it is read as a number, and what
holds for numbers need not hold for it: products of matrices do not commute.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import combinations, product

from derive.logic.terms import (
    Add,
    Derivative,
    Function,
    Mul,
    Number,
    Pow,
    Term,
    Variable,
    children,
    names,
)
from derive.meaning.spelling import OWN, spelling, walk
from derive.meaning.within import subterms
from derive.reader.document import Formula, Heading, Item, Prose
from derive.reader.syntax import (
    Chain,
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Numeral,
    ParsedFormula,
    Product,
    Scripts,
    Sequence,
)

__all__ = [
    "Said",
    "commuted",
    "exchanged",
    "feature_maps",
    "moved_power",
    "multiplies",
    "said_to_be_arrays",
    "stands_between",
]

_MARK = "\N{REPLACEMENT CHARACTER}"
_LIST = rf"{_MARK}(?:\s*(?:,|and|or|,\s*and|,\s*or)\s*(?:the\s+|an?\s+)?(?:\w+\s+)?{_MARK})*"
_KIND = r"(?:matri(?:x|ces)|vectors?|operators?|jacobians?|hessians?|tensors?)\b"
# "N is the number of vectors", "x and the matrix W", "x times the matrix W": no array itself.
_OTHER = re.compile(
    r"\b(?:number|length|size|dimension|components?|entr(?:y|ies)|scalars?|of|per|and|or|with|by|in|"
    r"to|for|from|into|times|whose|that|which|such|not|no)\b",
    re.I,
)
# "in a network they are typically vectors": elsewhere, and not on this page.
_ELSEWHERE = re.compile(
    r"\b(?:typically|usually|often|generally|normally|sometimes|may|might|can|could|would)\b", re.I
)
_SAYS_SO = re.compile(r"[\s,]*(?:is|are|be|being|denotes?|as|both|an?|the|two|any)\b", re.I)
_ROW = re.compile(r"\brow[- ]vectors?\b", re.I)
_BEFORE = re.compile(rf"\b{_KIND}\s+({_LIST})", re.I)
_AFTER = re.compile(
    rf"({_LIST})\s*,?\s+(?:(?:is|are|be|being|denotes?|both|as)\s+)?(?:both\s+)?(?:an?\s+|the\s+|two\s+|"
    rf"any\s+)?(?:{_MARK}\s+)?(?:[\w-]+\s+){{0,4}}?{_KIND}",
    re.I,
)


@dataclass(frozen=True)
class Said:
    """The names that the prose calls matrices or vectors, and those in a determinant.

    ``kinds``: of those that stand without an index where it does, the number of their indices;
    ``vectors``: for each section, those that it calls vectors there; ``rows``: row vectors.
    """

    arrays: frozenset[str] = frozenset()
    kinds: Mapping[str, int] = field(default_factory=dict)
    vectors: Mapping[int, frozenset[str]] = field(default_factory=dict)
    rows: frozenset[str] = frozenset()


def said_to_be_arrays(items: Iterable[Item], formulas: Mapping[int, ParsedFormula]) -> Said:
    """What the prose says of the shapes of names."""
    found = {name for formula in formulas.values() for name in _within_determinants(formula)}
    kinds: dict[str, set[int]] = {}
    rows: set[str] = set()
    vectors: dict[int, frozenset[str]] = {}
    section, text = 0, ""
    inline: list[Formula] = []
    for item in (*items, None):
        if isinstance(item, Prose):
            text += item.text
        elif isinstance(item, Formula) and not item.display:
            text += _MARK
            inline.append(item)
        else:
            said = re.search(_KIND, text, re.I) is not None  # looked for first: the lists take long
            for match in (*_BEFORE.finditer(text), *_AFTER.finditer(text)) if said else ():
                first = text.count(_MARK, 0, match.start(1))
                before, after = (
                    text[match.start() : match.start(1)],
                    text[match.end(1) : match.end()],
                )
                words = before or after
                if _ELSEWHERE.search(words):
                    continue
                shaped = re.search(r"matri|vector", words, re.I) is not None
                certain = (
                    shaped
                    and _OTHER.search(words) is None
                    and (bool(before) or _SAYS_SO.match(after))
                )
                rank = 2 if "matri" in words.lower() else 1
                for formula in inline[first : first + match.group(1).count(_MARK)]:
                    found.update(_named(formulas[id(formula)]))
                    for name in _bare(formulas[id(formula)]) if certain else ():
                        kinds.setdefault(name, set()).add(rank)
                        if rank == 1:
                            vectors[section] = vectors.get(section, frozenset()) | {name}
                        rows.update({name} if _is_row(text, match, words) else ())
            text, inline = "", []
            section += isinstance(item, Heading)
    several = _with_several_meanings(formulas)
    kinds = {name: ranks for name, ranks in kinds.items() if name not in several}
    vectors = {number: said - several for number, said in vectors.items()}
    plain = {name: min(ranks) for name, ranks in kinds.items() if len(ranks) == 1}
    return Said(frozenset(found), plain, vectors, frozenset(rows & plain.keys()))


def _with_several_meanings(formulas: Mapping[int, ParsedFormula]) -> frozenset[str]:
    """The names that several formulas begin with as what they equal, or that equal a number.

    Not all that they stand for need be vectors.
    """
    heads = Counter(
        row.body.first.text
        for formula in formulas.values()
        for row in formula.rows[:1]
        if isinstance(row.body, Chain) and isinstance(row.body.first, Name)
    )
    return frozenset(name for name, count in heads.items() if count > 1) | {
        row.body.first.text
        for formula in formulas.values()
        for row in formula.rows
        if isinstance(row.body, Chain)
        and isinstance(row.body.first, Name)
        and isinstance(row.body.rest[0][1], Numeral)
        and row.body.rest[0][1].text != "0"  # the vector 0
    }


def _is_row(text: str, match: re.Match[str], words: str) -> bool:
    """Whether the vector is a row: "the row vector x", "x is a row vector"."""
    return _ROW.search(text[max(match.start() - 5, 0) : match.start()] + words) is not None


def feature_maps(formula: ParsedFormula) -> Iterator[str]:
    """The h of ``h(x)^T h(y)``: a function with a vector for its value, of any number of parts."""
    for node in walk(formula):
        if not isinstance(node, Product):
            continue
        for at in range(len(node.factors) - 3):
            match node.factors[at : at + 4]:
                case (
                    Name(_, one),
                    Scripts(_, Group(_, here), None, Name(_, "T" | "\\top")),
                    Name(_, other),
                    Group(_, there),
                ) if one == other and spelling(here) != spelling(there):
                    yield one


def _within_determinants(formula: ParsedFormula) -> Iterator[str]:
    for node in walk(formula):
        if isinstance(node, FunctionCall) and node.function in ("det", "tr"):
            yield from (n.text for n in walk(node.argument) if isinstance(n, Name) and not n.word)


def _bare(formula: ParsedFormula) -> Iterator[str]:
    """The names without scripts of a formula that is nothing but names."""
    yield from (part.text for part in _parts(formula) if isinstance(part, Name) and not part.word)


def _parts(formula: ParsedFormula) -> Iterator[Node]:
    for row in formula.rows:
        body = row.body
        yield from body.items if isinstance(body, List | Sequence) else (body,)


def _named(formula: ParsedFormula) -> Iterator[str]:
    """The names of a formula that is nothing but names."""
    for part in _parts(formula):
        if isinstance(part, Name) and not part.word:
            yield part.text
        elif isinstance(part, Scripts) and not part.primes and part.superscript is None:
            yield from (n.text for n in walk(part.base) if isinstance(n, Name))


def multiplies(term: Term, arrays: frozenset[str]) -> bool:
    """Whether arrays are multiplied with each other, divided by, or given to a function."""
    for part in subterms(term):
        match part:
            case Mul(factors) if sum(bool(names(f) & arrays) for f in factors) > 1:
                return True
            case Pow(base, exponent) if (names(base) | names(exponent)) & arrays:
                return True
            case Function(_, arguments) if any(names(a) & arrays for a in arguments):
                return True
    return False


def stands_between(term: Term, arrays: Set[str], matrices: Set[str]) -> bool:
    """Whether one of the arrays is multiplied with a matrix: ``\\operatorname{tr}(A B X)``."""
    for part in subterms(term):
        if isinstance(part, Mul):
            own = [f for f in part.factors if names(f) & arrays]
            if own and any(names(f) & matrices for f in part.factors if f not in own):
                return True
    return False


# Letters for matrices, and not for losses, numbers of things, times or temperatures.
_MATRICES = frozenset("ABCDGHMPQRSUVWXY")
_DEEPEST = 6


def commuted(terms: Iterable[Term], bodies: Mapping[str, Term]) -> tuple[str, ...]:
    """The A and the B of ``A B`` and ``B A``, with definitions put in; () for none.

    Of numbers nobody minds the order of the factors, but of matrices it counts.
    """
    pairs: set[tuple[str, str]] = set()
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Mul):
                pairs.update(combinations(_in_order(part, bodies, _DEEPEST), 2))
    return min(((a, b) for a, b in pairs if a < b and (b, a) in pairs), default=())


def _in_order(term: Term, bodies: Mapping[str, Term], deepest: int) -> tuple[str, ...]:
    """The letters for matrices that are multiplied, as they stand."""
    match term:
        case Variable(name, ()) if name in bodies and deepest:
            return _in_order(bodies[name], bodies, deepest - 1)
        case Variable(name, ()) | Pow(Variable(name, ()), Number()):
            return (name,) if name.rstrip(OWN) in _MATRICES else ()
        case Mul(factors):
            return tuple(x for f in factors for x in _in_order(f, bodies, deepest))
    return ()


def exchanged(terms: Iterable[Term], bodies: Mapping[str, Term]) -> tuple[str, ...]:
    """The A and the B that meet in both orders once ``(A + B)(A - B)`` is expanded; () for none."""
    pairs = {pair for term in terms for pair in _meeting(term, bodies, _DEEPEST)}
    return min(((a, b) for a, b in pairs if a < b and (b, a) in pairs), default=())


def moved_power(terms: Iterable[Term]) -> str:
    """The A of ``d A^{-1} / dt``: it meets its own slope on both sides; "" for none."""
    for part in (part for term in terms for part in subterms(term)):
        if isinstance(part, Derivative):
            for inner in subterms(part.body):
                match inner:
                    case Pow(Variable(name, ()), Number(power)) if power != 1:
                        if name.rstrip(OWN) in _MATRICES and name != part.variable.name:
                            return name
    return ""


def _meeting(term: Term, bodies: Mapping[str, Term], deepest: int) -> frozenset[tuple[str, str]]:
    """Pairs of letters for matrices that are multiplied in this order, sums expanded."""
    match term:
        case Variable(name, ()) if name in bodies and deepest:
            return _meeting(bodies[name], bodies, deepest - 1)
        case Pow(base, Number(exponent)):
            inner = _meeting(base, bodies, deepest)
            letters = _letters_of(base, bodies, deepest)
            if exponent < 0:
                inner = frozenset((b, a) for a, b in inner)
            return inner | (frozenset(product(letters, letters)) if abs(exponent) > 1 else set())
        case Mul(factors):
            letters_of = [_letters_of(f, bodies, deepest) for f in factors]
            found = {
                pair for one, other in combinations(letters_of, 2) for pair in product(one, other)
            }
            return frozenset(found).union(*(_meeting(f, bodies, deepest) for f in factors))
    return frozenset().union(*(_meeting(part, bodies, deepest) for part in children(term)))


def _letters_of(term: Term, bodies: Mapping[str, Term], deepest: int) -> frozenset[str]:
    match term:
        case Variable(name, ()) if name in bodies and deepest:
            return _letters_of(bodies[name], bodies, deepest - 1)
        case Variable(name, ()):
            return frozenset((name,) if name.rstrip(OWN) in _MATRICES else ())
        case Add() | Mul() | Pow():
            return frozenset().union(*(_letters_of(x, bodies, deepest) for x in children(term)))
    return frozenset()

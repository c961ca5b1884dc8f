r"""Expected values as sums over the outcomes of an experiment, of which there are finitely many.

``E[X]`` is ``\sum_\omega P_\omega X_\omega`` with weights P that sum to 1, and a random variable
that stands alone is X_\omega: what is said of it holds for each outcome.  So ``E[a X + b] =
a E[X] + b`` is proved for any number of outcomes and all their weights.  That says nothing of
distributions with infinitely many, which is why each proof names it.

Which names are random variables is seen from where they stand: ``E[X]``, ``\mathrm{Var}(Y)``, or
what is made of such.  Nothing is read where that does not tell all names below an E apart, where
the weights depend on what is differentiated by, or where the E say what they are taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from derive.logic.problem import Equation, Hypothesis, Sign
from derive.logic.terms import Index, Number, Sum, Term, Variable
from derive.meaning.names import base_name, flatten, split
from derive.meaning.shapes import transposed
from derive.meaning.spelling import over_parts, parts, rewritten, walk
from derive.meaning.within import subterms
from derive.reader.source import Span
from derive.reader.syntax import (
    Chain,
    Differentiation,
    FunctionCall,
    Group,
    List,
    Name,
    Node,
    Operator,
    ParsedFormula,
    Product,
    RelationSign,
    Row,
    Scripts,
    Signed,
    Syntax,
)

__all__ = [
    "FINITELY_MANY",
    "MOVING_LAWS",
    "OF_LAWS",
    "WEIGHT",
    "finitely_many",
    "says_laws",
    "with_outcomes",
]

WEIGHT = "probability"
FINITELY_MANY = "\\text{finitely many outcomes}"
ONE = Number(Fraction(1))
# The letter of the outcome that a claim is about, and those that E within E sum over.
_FREE, *_BOUND = ("\\omega", "\\upsilon", "\\varsigma", "\\varkappa")
MOVING_LAWS = "the probabilities may depend on what is differentiated by"
OF_LAWS = "the text says more of the distributions than was read"

_LAWS = re.compile(
    r"independen|\bi\.?i\.?d\b|uncorrelated|zero[- ]mean|mean zero|mean[- ]?0|cent(?:er|re)d|"
    r"orthogonal|normal|gaussian|uniform|poisson|bernoulli|binomial|exponential|symmetric|"
    r"martingale|sufficient|unbiased|distribut|standard|constant|determin|linear|affine|"
    r"\\sim|∼|\bnoise\b|\bwhite\b|\bstationary\b",
    re.I,
)
_EXPECTS = re.compile(
    r"\\(?:mathbb|mathrm|operatorname|mathsf|Bbb)\s*\{?\s*E\b|\\E\b|𝔼|"
    r"\bexpect(?:ation|ed value)s?\b|\brandom variables?\b|\bvariances?\b|\bVar\b|\bCov\b",
    re.I,
)
_OF_ARRAYS = re.compile(r"\brandom (?:vectors?|matri(?:x|ces)|permutations?|sets?)\b", re.I)
_RANDOM = re.compile(r"\bexpect(?:ation|ed value)s?\b|\brandom variables?\b|\bvariances?\b", re.I)
_CALLS = {"Var": 1, "var": 1, "Cov": 2, "cov": 2}
_CONSTANT = re.compile(r"[a-eijkmnptN]|\\(?:alpha|beta|gamma|delta|theta|kappa|lambda|mu|nu|pi|rho|"
                       r"sigma|tau|phi|psi|Sigma|Lambda|Theta)")  # fmt: skip
_LAW_NAMES = ("p", "P", "f", "q", "\\Pr", "Pr")


def says_laws(text: str) -> bool:
    """Whether the text says of random variables what no formula says: that they are independent."""
    return _LAWS.search(text) is not None


def finitely_many(terms: Iterable[Term]) -> Iterator[Hypothesis]:
    """What is known of the weights in the terms: they are positive, and sum to 1."""
    found = {
        part.indices[0].range: part
        for term in terms
        for part in subterms(term)
        if isinstance(part, Variable) and part.name == WEIGHT and len(part.indices) == 1
    }
    for range_ in sorted(found):
        letter = Index("i", range_)
        weight = Variable(WEIGHT, (letter,))
        whole = Equation(Sum(letter, (), weight), ONE)
        yield Hypothesis((whole, Sign(weight, ">", (letter,))), FINITELY_MANY)


def with_outcomes(formulas: Mapping[int, ParsedFormula], text: str) -> dict[int, ParsedFormula]:
    """The formulas with sums over outcomes for expected values, variances and covariances.

    ``text``: that of the document, which tells whether E may be an expected value, and no error.
    """
    if _EXPECTS.search(text) is None or _OF_ARRAYS.search(text) is not None:
        return dict(formulas)
    plain = _RANDOM.search(text) is not None

    def spread(node: Node) -> Node:
        return _spread(node, plain) if isinstance(node, Product) else node

    written = {key: rewritten(formula, spread) for key, formula in formulas.items()}
    nodes = [node for formula in written.values() for node in walk(formula)]
    random = _random(nodes)
    if not random or _is_unlike(nodes, random):
        return dict(formulas)
    constants = _constants(nodes, random)
    turning = _Turning(random, constants, _vague(nodes, random, constants))
    return {
        key: replace(formula, rows=tuple(map(turning.row, formula.rows)))
        for key, formula in written.items()
    }


def _spread(node: Product, plain: bool) -> Syntax:
    """``E(X) E(Y)``, ``\\mathbb{V}(X)`` as operators with what they are taken of."""
    factors: list[Syntax] = []
    operators: list[str] = []
    for factor, operator in zip(node.factors, ("", *node.operators), strict=True):
        scripts, group = (factor, factor.base) if isinstance(factor, Scripts) else (None, factor)
        head = factors[-1] if factors else None
        if isinstance(group, Group) and not operator and isinstance(head, Name):
            made = _operator(head, group, plain)
            if made is not None:
                factors[-1] = replace(scripts, base=made) if scripts is not None else made
                continue
        if factors:
            operators.append(operator)
        factors.append(factor)
    return (
        factors[0]
        if len(factors) == 1
        else replace(node, factors=tuple(factors), operators=tuple(operators))
    )


def _operator(head: Name, group: Group, plain: bool) -> Syntax | None:
    if group.delimiters not in ("()", "[]", "{}"):
        return None
    if head.text == "E" and (plain or head.font in ("blackboard", "roman")):
        return Operator(_both(head, group), "expectation", None, None, group)
    if head.text == "V" and head.font == "blackboard":
        return FunctionCall(_both(head, group), "Var", group, None, None)
    return None


def _both(one: Node, other: Node) -> Span:
    return Span(one.span.start, other.span.end)


def _taken(node: Node) -> tuple[Syntax, ...]:
    """What an expected value, a variance or a covariance is taken of; () for anything else."""
    match node:
        case Operator(_, "expectation", None, None, body):
            return (body.body if isinstance(body, Group) else body,)
        case FunctionCall(_, name, Group(_, inner), None, None) if name in _CALLS:
            items = inner.items if isinstance(inner, List) else (inner,)
            return items if len(items) == _CALLS[name] else ()
    return ()


def _names(node: Node | None, within: bool = True) -> Iterator[str]:
    """The names of quantities, without indices; ``within``: also those that an E is taken of."""
    match node:
        case None:
            return
        case Name():
            yield base_name(node)
        case Scripts(_, base, _, above):
            yield from _names(base, within)
            if not isinstance(above, Name):
                yield from _names(above, within)
        case Operator(_, _, _, _, body):
            if within or not _taken(node):
                yield from _names(body, within)
        case FunctionCall() if not within and _taken(node):
            return
        case _:
            for part in parts(node):
                yield from _names(part, within)


def _is_capital(name: str) -> bool:
    return len(name) == 1 and name.isupper()


def _random(nodes: Iterable[Node]) -> frozenset[str]:
    """The names of random variables."""
    taken = [body for node in nodes for body in _taken(node)]
    direct = {
        base_name(flat[0])
        for body in taken
        if isinstance(body, Name | Scripts) and (flat := flatten(body)) is not None
    }
    capitals = {name for body in taken for name in _names(body) if _is_capital(name)}
    capitals -= {name for body in taken for node in walk(body) for name in _applied(node)}
    latin = {name for name in direct if len(name) == 1 and name.isalpha()}
    found = direct | (capitals if not latin or any(map(_is_capital, latin)) else set())
    chains = [node for node in nodes if isinstance(node, Chain)]
    while True:
        new = {
            name
            for chain in chains
            for name in (_head(chain),)
            if name and not found.isdisjoint(_names(_value(chain), within=False))
        }
        if new <= found:
            return frozenset(found)
        found |= new


def _applied(node: Node) -> Iterator[str]:
    """The T of ``T(y)``: a function of what is random."""
    if isinstance(node, Product):
        for (head, group), sign in zip(pairwise(node.factors), node.operators, strict=True):
            if isinstance(head, Name) and isinstance(group, Group) and not sign:
                yield base_name(head)


def _head(chain: Chain) -> str:
    """The name that a chain may define; "" for none."""
    flat = flatten(chain.first) if isinstance(chain.first, Name | Scripts) else None
    defines = chain.rest[0][0].text in ("=", "assign", "equiv")
    return base_name(flat[0]) if flat is not None and not flat[2] and defines else ""


def _value(chain: Chain) -> Syntax | None:
    return chain.rest[0][1]


def _constants(nodes: Iterable[Node], random: frozenset[str]) -> frozenset[str]:
    """Names of expected values, and the f of an estimate \\hat{f}."""
    found = {name[name.index("{") + 1 : -1] for name in random if name.startswith("\\hat{")}
    for node in nodes:
        if isinstance(node, Chain) and (name := _head(node)) and name not in random:
            value = _value(node)
            if value is not None and any(map(_taken, walk(value))):
                found.add(name)
    return frozenset(found - random)


def _is_known(name: str, random: frozenset[str], constants: frozenset[str]) -> bool:
    """Whether it is clear that a name is random, or that it is not.

    Where random variables have capital letters, the small ones are numbers.
    """
    small = len(name) == 1 and name.islower() and any(map(_is_capital, random))
    return name in random | constants or small or _CONSTANT.fullmatch(name) is not None


def _vague(
    nodes: Iterable[Node], random: frozenset[str], constants: frozenset[str]
) -> frozenset[str]:
    """Names that are made of random variables and of what may be random: y = w x + \\epsilon."""
    return frozenset(
        name
        for node in nodes
        if isinstance(node, Chain)
        and (name := _head(node)) in random
        and not all(_is_known(n, random, constants) for n in _names(_value(node)))
    )


def _is_unlike(nodes: Iterable[Node], random: frozenset[str]) -> bool:
    """Whether the document has expected values of another kind, or what would be confused."""
    for node in nodes:
        match node:
            case Operator(_, "expectation", lower) if lower is not None:
                return True
            case Operator(_, _, lower, upper) if not random.isdisjoint(
                (*_names(lower), *_names(upper))
            ):
                return True  # sum_x x p(x), sum_{i=1}^N X_i of a random number N
            case Scripts(_, Name() as base) if transposed(node) and base_name(base) in random:
                return True  # a random vector
            case Differentiation(_, body, variables):
                by = {name for variable in variables for name in _names(variable)}
                if by & random or (body is not None and any(map(_taken, walk(body)))):
                    return True
            case Name(text=text) if text in (WEIGHT, _FREE, *_BOUND):
                return True
    return False


class _Unknown(Exception):
    """A name below an E of which it is open whether it is random."""


@dataclass(frozen=True)
class _Turning:
    random: frozenset[str]
    constants: frozenset[str]
    vague: frozenset[str]

    def row(self, row: Row) -> Row:
        if any(map(_says_law, walk(row.body))):
            return row
        try:
            return replace(row, body=self.of(row.body, 0))
        except _Unknown:
            return row

    def of(self, node: Syntax, depth: int) -> Syntax:
        """The syntax with outcomes below the random variables, at so many E within each other."""
        span, taken = node.span, _taken(node)
        letter = Name(span, (_FREE, *_BOUND)[depth])
        match node:
            case Operator(_, "expectation") if taken:
                return self._mean(span, taken[0], depth)
            case FunctionCall() if taken:
                one, other = (_apart(body) for body in (taken[0], taken[-1]))
                square = Product(span, (one, other), ("",))
                return self._mean(span, square, depth)
            case Name() if base_name(node) in self.random:
                return Scripts(span, node, letter, None)
            case Scripts(_, base, below, above, primes):
                kept = above is None or transposed(node)  # the T of w^T, where T is random, too
                power = above if kept or above is None else self.of(above, depth)
                if isinstance(base, Name) and base_name(base) in self.random:
                    if not self.random.isdisjoint(_names(below)):
                        raise _Unknown  # X_I of a random index I
                    places = (*split(below), letter) if below is not None else (letter,)
                    below = List(span, places) if len(places) > 1 else letter
                    return Scripts(span, base, below, power, primes)
                return Scripts(span, self.of(base, depth), below, power, primes)
            case Operator(_, _, _, _, body):
                return replace(node, body=self.of(body, depth))
        return over_parts(node, lambda part: self.of(part, depth))

    def _mean(self, span: Span, body: Syntax, depth: int) -> Syntax:
        if depth == len(_BOUND):
            raise _Unknown
        for name in _names(body):
            if name in self.vague or not _is_known(name, self.random, self.constants):
                raise _Unknown
        if any(isinstance(n, RelationSign) and n.text == "given" for n in walk(body)):
            raise _Unknown
        letter = Name(span, _BOUND[depth])
        weight = Scripts(span, Name(span, WEIGHT, word=True), letter, None)
        inner = Group(span, self.of(body, depth + 1), "()")
        whole = Product(span, (weight, inner), ("",))
        return Group(span, Operator(span, "sum", letter, None, whole), "()")


def _apart(body: Syntax) -> Syntax:
    """``(X - E[X])``."""
    mean = Operator(body.span, "expectation", None, None, Group(body.span, body, "[]"))
    whole = Group(body.span, body, "()")
    return Group(body.span, Signed(body.span, ((1, whole), (-1, mean))), "()")


def _says_law(node: Node) -> bool:
    """``X \\sim p``, an integral, ``\\sum_x x p(x)``, ``P(X = x)``."""
    match node:
        case RelationSign(text="sim") | Operator(kind="int"):
            return True
        case Product(_, (*_, Name(_, name), Group())) | Product(_, (Name(_, name), Group(), *_)):
            return name in _LAW_NAMES
    return False

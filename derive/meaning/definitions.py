"""Which left sides can be defined, and what the definition then is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.logic.problem import Definition
from derive.logic.terms import (
    Index,
    IndexTerm,
    Label,
    Term,
    Variable,
    free_indices,
    mapped,
    names,
    substitute,
    subterms,
)
from derive.meaning.application import FUNCTIONS, SOFTMAX, WHOLE
from derive.meaning.deltas import PREFIXES
from derive.meaning.elaborate import Elaborator
from derive.meaning.names import (
    Names,
    Reference,
    arguments,
    as_function,
    base_name,
    flatten,
    reference,
    signature,
)
from derive.meaning.scope import Entry
from derive.meaning.spelling import fresh_letters, is_letter, spelling
from derive.meaning.sums import own_positions
from derive.meaning.trouble import Misfit, OutOfReach, WrongShape
from derive.meaning.vectors import Value, as_given
from derive.reader import syntax as s

__all__ = ["Head", "define", "head", "of_the_next"]


# Words that mean something without a definition, although it is out of reach.
FIXED = {"max", "min", "argmax", "argmin", "sup", "inf", "lim", "det", "rank", "gcd", "lcm", "dim"}


@dataclass(frozen=True)
class Head:
    """The left side of a definition: a name, its index letters, its formal arguments."""

    reference: Reference
    formals: tuple[s.Syntax, ...] = ()
    applied: bool = False

    @property
    def name(self) -> str:
        """The name that is defined."""
        return self.reference.name


def head(node: s.Syntax | None, known: Names) -> Head | None:
    """The head if the syntax is a name with different index letters, or such a name applied."""
    match node:
        case s.Name() | s.Scripts():
            found = reference(node, known)
            if found is None or not _plain(found, known):
                return _component(node, known)
            return Head(found)
        case s.Product(_, (s.Name(_, mark), (s.Name() | s.Scripts()) as quantity), ("",)) if (
            mark in PREFIXES
        ):
            inner = head(quantity, known)
            if inner is None or inner.applied or inner.reference.primes:
                return None
            return Head(replace(inner.reference, name=f"{mark} {inner.name}"))
        case s.Product(_, (function, s.Group() as group), ("",)):
            return _applied(function, group, (), known)
        case s.Product(_, (function, s.Scripts(_, s.Group() as group, below, None, 0)), ("",)) if (
            below is not None
        ):
            return _applied(function, group, (below,), known)
        case s.FunctionCall(_, function, s.Group() as group, None, None):
            if function in FUNCTIONS | dict.fromkeys(SOFTMAX | WHOLE | FIXED):
                return None
            return _applied(s.Name(node.span, function, word=True), group, (), known)
    return None


def _component(node: s.Syntax, known: Names) -> Head | None:
    """``[f(a)]_i``: a component of an applied name."""
    if isinstance(node, s.Scripts) and isinstance(node.base, s.Group) and node.superscript is None:
        inner = head(node.base.body, known)
        if inner is not None and inner.applied and node.subscript is not None and not node.primes:
            return _with_letters(inner, (node.subscript,), known)
    return None


def _with_letters(inner: Head, below: tuple[s.Syntax, ...], known: Names) -> Head | None:
    from derive.meaning.names import split

    letters = tuple(part for sub in below for part in split(sub))
    found = replace(inner.reference, indices=(*inner.reference.indices, *letters))
    return Head(found, inner.formals, True) if _plain(found, known) else None


def _applied(
    function: s.Syntax, group: s.Group, below: tuple[s.Syntax, ...], known: Names
) -> Head | None:
    flat = flatten(function)
    found = reference(function, known)
    bar = flat is not None and (
        (base_name(flat[0]) + ("_" if flat[1] else ""), signature(group.body)) in known.conditioned
    )
    if found is not None and isinstance(group.body, s.Chain | s.Sequence) and not (below or bar):
        return Head(replace(found, name=f"{found.name}({spelling(group.body)})"))
    if flat is None or found is None or group.delimiters not in ("()", "[]"):
        return None
    if found.primes or found.power is not None or found.transposed:
        return None
    if known.expects and found.name == "E" and not isinstance(group.body, s.List):
        return None  # E(a) = a holds of constants
    key = base_name(flat[0]) + ("_" if flat[1] else "")
    law = found.name in known.laws or (not found.indices and base_name(flat[0]) in known.laws)
    if law and not below and is_letter(group.body):
        if isinstance(group.body, s.Name) and group.body.text in known.letters:
            family = replace(found, indices=(*found.indices, group.body))
            return Head(family) if _plain(family, known) else None
    if key not in known.functions:
        return None
    listed = group.body.items if isinstance(group.body, s.List) else (group.body,)
    listed = arguments(group.body) or listed
    found = as_function(found, known, group.body) if not below else found
    texts = [spelling(a) for a in listed]
    if len(set(texts)) != len(texts):
        return None
    if not all(isinstance(a, s.Name) or _simple(a, known) or _is_call(a, known) for a in listed):
        return None
    inner = Head(found, tuple(listed), True)
    return _with_letters(inner, below, known) if below else inner if _plain(found, known) else None


def _simple(node: s.Syntax, known: Names) -> bool:
    """A name with scripts that belong to the name, such as ``\\mathbf{y}^{*}``."""
    found = reference(node, known)
    return found is not None and found.power is None and not found.primes


def _is_call(node: s.Syntax, known: Names) -> bool:
    """The ``f(x_i)`` of ``L(f(x_i), y_i)``: a function of names alone."""
    match node:
        case s.Product(_, (function, s.Group(delimiters="()", body=body)), ("",)):
            flat = flatten(function)
            listed = body.items if isinstance(body, s.List) else (body,)
            key = "" if flat is None else base_name(flat[0]) + ("_" if flat[1] else "")
            return key in known.functions and all(_simple(one, known) for one in listed)
    return False


def _plain(found: Reference, known: Names) -> bool:
    if found.power is not None or found.transposed:
        return False
    circle = (
        found.name == "\\pi"
        and not found.indices
        and "\\pi" not in known.functions | known.quantities
    )
    kronecker = found.name == "\\delta" and len(found.indices) == 2
    if circle or kronecker or found.name == "\\infty" or (found.word and found.name in FUNCTIONS):
        return False
    letters = [i.text for i in found.indices if is_letter(i) and isinstance(i, s.Name)]
    if len(letters) != len(found.indices) or len(set(letters)) != len(letters):
        return False
    return all(text not in known.sizes or text in known.letters for text in letters)


def define(
    found: Head, right: Value, elaborator: Elaborator, source: str, line: int, local: bool
) -> tuple[Entry, Definition]:
    """The definition of ``found`` as ``right``.

    Index letters that are free on the right and not on the left are hidden ones: the name is
    used without them.  Raises WrongShape or OutOfReach.
    """
    name = found.name
    letters: list[Index] = []
    for n, node in enumerate(found.reference.indices):
        index = elaborator.index(node, f"slot:{name}:{n}")
        assert isinstance(index, Index)
        letters.append(index)
    own = {spelling(node) for node in (*found.reference.indices, *found.formals)}
    labels = {i.name for i in own_positions(right.term) if isinstance(i, Label)}
    if own & labels:
        raise OutOfReach(f"{min(own & labels)} is an argument, and has indices itself")
    spoken = sorted({i.name for i in letters} & names(right.term))
    if spoken:  # g_a(x) = a + x is another function for each a
        raise Misfit(f"the index {spoken[0]} stands where a number is expected")
    term, written = right.term, len(letters)
    if name.startswith("{") and right.axes:
        raise WrongShape(f"shape: a number is defined as a {right.shape}")
    taken = {i.name for i in free_indices(term)} | {i.name for i in letters}
    new: dict[Index, IndexTerm] = {}
    fresh = fresh_letters(taken)
    for axis in right.axes:
        key = f"slot:{name}:{len(letters)}"
        elaborator.ranges.join(key, elaborator.tensors.key(axis))
        letter = Index(next(fresh), elaborator.ranges.name(key))
        new[axis] = letter
        letters.append(letter)
    term = substitute(term, new)
    expected = elaborator.names.slots.get(name, 0)
    given = written + len(right.axes)
    too_many = written < expected < given
    if (given < expected or too_many) and not found.applied:
        raise WrongShape(
            f"{name} has {expected} indices elsewhere, and the right side is a {right.shape}"
        )
    alone = _argument_alone(found, term, elaborator)
    if alone is not None:
        (term, name_alone), letters = alone, letters[:written]
    hidden = sorted(free_indices(term) - frozenset(letters), key=lambda i: i.name)
    for index in hidden:
        elaborator.ranges.join(f"slot:{name}:{len(letters)}", elaborator.key(index.name))
        letters.append(index)
    real, formals = (True, (name_alone,)) if alone else _formals(found, elaborator)
    # A formal argument whose components stand in the body is a vector, and no number.
    real = real and not any(
        isinstance(part, Variable) and part.indices and part.name in formals
        for part in subterms(term)
    )
    # J(w) = (h(x) - y)^2 with h(x) = w x: what h is made of belongs to J.
    real = real and not any(
        elaborator.by_way_of_others(term, formal, formals) for formal in formals
    )
    if real and hidden:
        raise OutOfReach(f"{name} depends on the index {hidden[0].name}, which is not written")
    if real and name in names(term):
        raise OutOfReach(f"{name} is defined by itself")
    for formal in formals if real else ():
        # f(i) = x_i, where i is no index anywhere else: f(j) is x_j, and not x_i.
        stands = formal in elaborator.names.below | elaborator.names.letters
        marked = [other for other in names(term) if stands and formal in _letters_below(other)]
        if marked:
            raise OutOfReach(f"the argument {formal} of {name} is an index in {min(marked)}")
    for formal in formals:
        within = [other for other in names(term) if stands_within(formal, other)]
        if within:  # F(x) = P(X \\leq x): F(a) is P(X \\leq a)
            raise OutOfReach(f"the argument {formal} of {name} stands within {min(within)}")
    entry = Entry(
        name,
        tuple(letters),
        Value(term, (), right.row),
        len(hidden),
        formals,
        real,
        _given(found, hidden, elaborator),
        local,
    )
    definition = Definition(name, tuple(letters), formals if real else (), term, source, line)
    return entry, definition


def stands_within(formal: str, name: str) -> bool:
    """Whether a quantity that is known by its name alone, ``P(X \\leq x)``, speaks of an x."""
    _, bracket, inside = name.partition("(")
    if not bracket:
        return False
    return (
        re.search(rf"(?<![A-Za-z\\\\]){re.escape(formal.strip('{}'))}(?![A-Za-z])", inside)
        is not None
    )


def _letters_below(name: str) -> list[str]:
    """The letters in the subscript of a name, but not those of its words."""
    subscript = name.partition("_")[2]
    return [
        letter
        for word in re.findall(r"\\?[^\W\d_]+", subscript)
        for letter in ((word,) if len(word) != 2 else word)
    ]


def _formals(found: Head, elaborator: Elaborator) -> tuple[bool, tuple[str, ...]]:
    """Whether the arguments are numbers in their own right, and their names."""
    if not found.applied:
        return False, ()
    values = [elaborator.value(a) for a in found.formals]
    names_ = tuple(
        v.term.name if isinstance(v.term, Variable) else spelling(a)
        for v, a in zip(values, found.formals, strict=True)
    )
    numbers = all(isinstance(v.term, Variable) and not v.term.indices for v in values)
    varied = found.name.strip("{}") in elaborator.names.varied
    data = not any(elaborator.scope.defined(name) for name in names_)
    bare = found.name in elaborator.scope.bare
    # p = g(z), of a g that was open there, and z = w^T x: g is a function of numbers all the same
    data = (data and not bare) or found.name in elaborator.scope.opened
    real = numbers and not found.reference.indices and (varied or data)
    return real, names_


def _argument_alone(found: Head, term: Term, elaborator: Elaborator) -> tuple[Term, str] | None:
    """``s(z) = 1 / (1 + e^{-z})`` where z is the z_i of an example: s is a function of a number.

    Gives what it is of a z without indices, where nothing else in it belongs to an example, and
    the name of that z.
    """
    bare = found.name.strip("{}")
    each = bare in elaborator.names.varied or bare in elaborator.scope.activations
    if not each or len(found.formals) != 1 or found.reference.indices:
        return None
    formal = found.formals[0]
    if not isinstance(formal, s.Name):
        return None
    argument = elaborator.value(formal).term
    name = argument.name if isinstance(argument, Variable) else ""
    here = {part for part in subterms(term) if isinstance(part, Variable) and part.name == name}
    if len(here) != 1:
        return None
    (variable,) = here
    if not free_indices(term).issuperset(variable.indices):
        return None  # the x_j of |x|^2 is no single one of many
    plain = _without(term, variable)
    if not variable.indices or not free_indices(plain).isdisjoint(variable.indices):
        return None
    return (plain, name) if not elaborator.by_way_of_others(plain, name, (name,)) else None


def _without(term: Term, variable: Variable) -> Term:
    """The term with a variable in the place of one with indices."""
    if term == variable:
        return Variable(variable.name, ())
    return mapped(term, lambda part: _without(part, variable) if isinstance(part, Term) else part)


def _given(found: Head, hidden: Sequence[Index], elaborator: Elaborator) -> tuple[Term, ...]:
    """The arguments as they stand in the head, if each hidden index is one of theirs."""
    if not hidden or not found.applied:
        return ()
    terms = tuple(as_given(elaborator.value(a)) for a in found.formals)
    shown = {i for t in terms if isinstance(t, Variable) for i in t.indices}
    return terms if shown.issuperset(hidden) else ()


def of_the_next(node: s.Syntax, raised: frozenset[str]) -> tuple[s.Scripts, s.Name, int] | None:
    """``z_l``, the l and the 1 of ``z_{l+1}``, ``z^{(l+1)}`` and ``z_i^{(l+1)}``; -1 of l - 1."""
    if not isinstance(node, s.Scripts) or node.primes or not isinstance(node.base, s.Name):
        return None
    below = node.subscript
    match below.body if isinstance(below, s.Group) else below, node.superscript:
        case s.Signed(_, ((1, s.Name() as letter), (way, s.Numeral(_, "1")))), None:
            return replace(node, subscript=letter), letter, way
        case _, s.Group(_, s.Signed(_, ((1, s.Name() as letter), (way, s.Numeral(_, "1"))))) as up:
            return replace(node, superscript=replace(up, body=letter)), letter, way
        case _, s.Signed(_, ((1, s.Name() as letter), (way, s.Numeral(_, "1")))) if (
            letter.text in raised
        ):
            return replace(node, superscript=letter), letter, way
    return None

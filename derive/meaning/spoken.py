"""Equations that are said in words: ``$a$ equals $b$`` is read as ``$a = b$``.

So is "the derivative of $x^2$ with respect to $x$ is $2 x$", and "$\\partial L/\\partial y$,
denoted $d$" says what d is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from derive.meaning import prose
from derive.reader.document import Formula, Item, Prose
from derive.reader.source import Span

__all__ = ["equalities_in_words"]

# What is written as a derivative *is* what the words say; of other things "is" says what they are.
DERIVATIVE = re.compile(
    r"\\partial|\\nabla|[A-Za-z]'|\\prime|"
    r"\\[dt]?frac\s*\{\s*(?:d|\\mathrm\s*\{\s*d\s*\})[^{}]*\}\s*\{\s*(?:d|\\mathrm\s*\{\s*d\s*\})"
)
# Nothing, a relation, or a shape.
NO_VALUE = re.compile(
    r"\s*(?:$|[=<>]|\\(?:[gl]eq?|neq?|in|approx|propto|equiv|to)\b|\(?\s*\w+\s*\\times\s*\w+\s*\)?\s*$)"
)
# A number or a name alone: "where f' is 0", "is delta in our notation".
ALONE = re.compile(
    r"\s*-?(?:[\d./\s]+|\\[dt]?frac\s*\{?\d+\}?\s*\{?\d+\}?|\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*"
)
# "□ (denoted as □": the second is a name for the first.
NAMED = re.compile(
    r"\s*[,(]?\s*(?:which (?:is|we)\s+|that (?:is|we)\s+)?(?:denoted?|written|abbreviated)"
    r"(?:\s+(?:here|below|simply))?(?:\s+(?:as|by))?\s*:?\s*",
    re.I,
)
A_NAME = re.compile(r"\s*\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?\s*")
RECENT = 200  # characters before a formula that may say what it is a part of


# An f(x), or a formula with one letter only: what it is differentiated by goes without saying.
APPLIED = re.compile(r"\s*\\?[A-Za-z]+\s*\(\s*([A-Za-z])\s*\)\s*")
# ``p = ``, ``p(z) = ``, ``p := ``.
DEFINED = re.compile(
    r"\s*([A-Za-z])\s*(?:\(\s*([A-Za-z])\s*\)\s*)?(?:=|:=|\\equiv\b|\\triangleq\b|\\coloneqq\b)(?!=)"
)
# ``f(x) = ``, ``\\sigma(z) := ``, and what may stand behind such an equation.
FUNCTION = re.compile(r"\s*(\\?[A-Za-z]+)\s*\(\s*([A-Za-z])\s*\)\s*(?::?=|\\coloneqq\b)(?!=)")
WHOSE_DERIVATIVE = re.compile(
    r"\W*(?:(?:and|so|then|with|has|have|whose|its|the|a|where)\s+)+(?:first\s+)?derivative"
    r"(?:\s+(?:is|equals|equal to|being|given by|then|simply|just|thus|therefore))*\s*:?\s*",
    re.I,
)
# "the derivative of the logistic function "
DERIVATIVE_OF = re.compile(
    r"[^.;:□]*\bderivative\s+of\s+()(?:(?:the|our|this)\s+)?"
    r"(?:(?!of\b|to\b|by\b|with\b|and\b|in\b)[\w-]+\s+){0,3}$",
    re.I,
)
VERB = re.compile(r"derivative\b|\b(?:is|equals|equal to|being)\b", re.I)
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
EQUATION = re.compile(r"[=<>]|\\(?:[gl]eq?|neq?|in|approx|propto|equiv|to)\b")


def equalities_in_words(items: Sequence[Item]) -> Iterator[Item]:
    """The items, with two formulas that the words between them equate as one."""
    before = ""
    n = 0
    made_of = _definitions(items)
    while n < len(items):
        item = items[n]
        if isinstance(item, Formula):
            joined, used = _differentiated(items[n : n + 7], before[-RECENT:], made_of)
            if joined is None and n + 2 < len(items) and not _restricted(items[n + 3 : n + 5]):
                joined, used = _joined(item, items[n + 1], items[n + 2], before[-RECENT:]), 3
            if joined is not None:
                yield joined
                n += used
                before += "□"
                continue
            named = _named(items[n : n + 3])
            if named is not None:
                yield from (item, items[n + 1], named)
                n += 3
                before += "□"
                continue
            value = _whose_derivative(items[n : n + 5], before[-RECENT:])
            if value is not None:
                yield from (item, items[n + 1], value)
                n += 3
                before += "□"
                continue
            before += "□"
        elif isinstance(item, Prose):
            before += item.text
        else:
            before = ""
        yield item
        n += 1


def _named(items: Sequence[Item]) -> Formula | None:
    """``d = \\partial L / \\partial y`` for "the gradient □ (denoted as □)"."""
    match items:
        case [Formula() as whole, Prose(text=words), Formula() as name]:
            pass
        case _:
            return None
    if whole.display or name.display or not NAMED.fullmatch(words):
        return None
    if not DERIVATIVE.search(whole.content) or EQUATION.search(whole.content):
        return None
    if not A_NAME.fullmatch(name.content):
        return None
    behind = f" = {whole.content}"
    offsets = (*name.offsets[:-1], *([name.offsets[-1]] * (len(behind) + 1)))
    return replace(name, content=name.content + behind, offsets=offsets, said=name.content.strip())


def _restricted(after: Sequence[Item]) -> bool:
    """Whether words say where it holds ("for the true class"), and no formula ("if $i = j$")."""
    match after:
        case [Prose(text=words), Formula()] if prose.only_conjunction(words):
            return False
        case [Prose(text=words), *_]:  # "is n-dimensional", "is W's"
            return words[:1] in ("-", "'", "’") or prose.starts_restriction(words)
    return False


def _definitions(items: Sequence[Item]) -> dict[str, set[str]]:
    """For each letter that equations begin with, the only letters of what follows; "" for more."""
    found: dict[str, set[str]] = {}
    for item in items:
        given = DEFINED.match(item.content) if isinstance(item, Formula) else None
        if given is not None:
            right = item.content[given.end() :] if isinstance(item, Formula) else ""
            found.setdefault(given[1], set()).add(given[2] or _only_letter(right))
    return found


def _differentiated(
    items: Sequence[Item], before: str, made_of: Mapping[str, set[str]]
) -> tuple[Formula | None, int]:
    """An equation for "the derivative of □ (by □) is □", and how many items it takes."""
    if not prose.names_derivative(before):
        return None, 0
    match items:
        case [Formula() as body, Prose(text=by), Formula() as given, Prose() as verb, *rest] if (
            prose.says_by_what(by)
        ):
            variable, used = given.content, 5
        case [Formula() as body, Prose() as verb, *rest]:
            variable, used = _only_letter(body.content), 3
            if variable in made_of:  # that of p = 1 / (1 + e^{-z}) is by z
                variable = min(made_of[variable]) if len(made_of[variable]) == 1 else ""
        case _:
            return None, 0
    if not rest or not isinstance(rest[0], Formula) or not prose.says_what_it_is(verb.text):
        return None, 0
    value = rest[0]
    certain = _is_whole(body) and not body.display and not value.problem and not value.environment
    parts = (body.content, variable)
    plain = variable.strip() and not any(EQUATION.search(p) or DERIVATIVE.search(p) for p in parts)
    if not certain or not plain or NO_VALUE.match(value.content) or _restricted(rest[1:3]):
        return None, 0
    head, tail = rf"\frac{{\partial}}{{\partial {variable}}}\left(", r"\right)"
    said = f"{head}{body.content}{tail}"
    joined = replace(
        value,
        span=Span(body.span.start, value.span.end),
        content=f"{said} = {value.content}",
        offsets=(
            *([body.offsets[0]] * len(head)),
            *body.offsets,
            *([body.offsets[-1]] * len(tail)),
            verb.span.start,
            verb.span.end,
            *value.offsets,
        ),
        said=said,
    )
    return joined, used


def _whose_derivative(items: Sequence[Item], before: str) -> Formula | None:
    """``f'(x) = 2 x`` for the last formula of "$f(x) = x^2$, whose derivative is $2 x$".

    And for that of "the derivative of the square $f(x) = x^2$ is $2 x$".
    """
    match items:
        case [Formula() as body, Prose(text=words) as verb, Formula() as value, *rest]:
            pass
        case _:
            return None
    given = FUNCTION.match(body.content)
    if given is None or _restricted(rest[:2]):
        return None
    of = DERIVATIVE_OF.search(before)
    said_before = of is not None and prose.names_derivative(of[0][: of.end(1) - of.start()])
    if not (WHOSE_DERIVATIVE.fullmatch(words) or (said_before and prose.says_what_it_is(words))):
        return None
    whole = _is_whole(value) and not value.environment
    if not whole or any(p.search(value.content) for p in (EQUATION, DERIVATIVE)):
        return None
    if NO_VALUE.match(value.content):
        return None
    said = f"{given[1]}'({given[2]})"
    verbs = [match.start() for match in VERB.finditer(words)]
    start, end = verb.span.start + (verbs[-1] if verbs else 0), verb.span.end
    return replace(
        value,
        content=f"{said} = {value.content}",
        offsets=(*([start] * (len(said) + 2)), end, *value.offsets),
        said=said,
    )


def _only_letter(content: str) -> str:
    """The x of f(x), or the only letter of a formula; "" where there are others."""
    applied = APPLIED.fullmatch(content)
    if applied is not None:
        return applied[1]
    letters = set(re.findall(r"[A-Za-z]", COMMAND.sub(" ", content))) - {"e"}
    return letters.pop() if len(letters) == 1 else ""


def _is_whole(formula: Formula) -> bool:
    """Whether all of a formula has its place in the file."""
    whole = len(formula.offsets) == len(formula.content) + 1
    return whole and bool(formula.content.strip()) and not formula.problem


def _joined(first: Formula, words: Item, last: Item, before: str) -> Formula | None:
    if not (isinstance(words, Prose) and isinstance(last, Formula)):
        return None
    if first.display or last.problem or last.environment or not _is_whole(first):
        return None
    named = DERIVATIVE.search(first.content) is not None and not (
        ALONE.fullmatch(last.content) or EQUATION.search(first.content)
    )
    if not prose.says_equal(words.text, before, named) or NO_VALUE.match(last.content):
        return None
    sign = words.span
    return replace(
        last,
        span=Span(first.span.start, last.span.end),
        content=f"{first.content} = {last.content}",
        offsets=(*first.offsets, sign.start, sign.end, *last.offsets),
    )

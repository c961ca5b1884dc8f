"""Conditions in the titles of sections: "Case 1: j = k", "$i = k$, $l \\neq j$"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from derive.meaning.elsewhere import speaks_of_another_place

_CONDITION = re.compile(
    r"(?<![\w\\])(?:\$|\\\()?([A-Za-z])\s*(=|==|≠|!=|\\neq|\\ne|\\not=|<>)\s*([A-Za-z])(?![\w(])"
)
_DENIED = re.compile(r"\b(?:not|unless|except|all but|other than|without|never|nor)\b|\?|？")
_FORMULA = re.compile(r"\$[^$]{0,200}\$|\\\(.{0,200}?\\\)")
_GOES_ON = re.compile(
    r"\b(?:steps?|substitut|plug|insert|solv|solution|optimal|optimum|optimality|dual\b|"
    r"closed[- ]form|results?\b|conclusion|final|simplif|rearrang|therefore|normal equations?|"
    r"stationary (?:points?|conditions?)|stationarity|set(?:s|ting)?\b.*(?:\bzero\b|\b0\b|equal))",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:lemma|theorem|claim|propositions?|corollary|proof|prove|show|why|check|verify|positivity|"
    r"bounds?|inequality)\b|\?",
    re.IGNORECASE,
)
_SETTING = (
    r"(?:set[- ]?ups?|settings?|assumptions?|hypothes[ei]s|notations?|conventions?|preliminaries|"
    r"problem(?: statement)?|definitions?|model|background)"
)
_SETS_UP = re.compile(
    rf"[\W\d]*(?:(?:the|our|problem|basic|model|key|main|mathematical|standing)\s+)*{_SETTING}"
    rf"(?:\s*(?:,|&|and)\s*(?:and\s+)?{_SETTING})*\W*",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:cases?|when|if|for|where|regime|region|branch|otherwise)\b", re.IGNORECASE
)
_OPENS_CASE = re.compile(
    r"\W*(?:case(?:\s+\w+)?\W+)?(?:when|if|where|whenever|for|at)\s+(?:the\s+)?\W*", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[^$]*[\w*]\s*\((?:i\.e\.,?\s*)?\$[^$]*\$\)\W*")
_AND_OR = re.compile(r"(?:\s|[,;&:]|\band\b|\bor\b|和|或|且)*", re.IGNORECASE)
_OR = re.compile(r"\bor\b|\\lor\b|\\vee\b|或", re.IGNORECASE)


# What is supposed in one of these is its own affair, and that of its proof or solution.
_ITS_OWN = re.compile(
    r"\W*(?:(?:a|an|the|another|second|next|worked|simple|toy|numerical|practice)\s+)*"
    r"(?:exercises?|problem|question|examples?|lemma|theorem|propositions?|corollary|claim|quiz|task|"
    r"special cases?|(?:sanity )?checks?|(?:common )?(?:mistakes?|errors?|pitfalls?)|tip|aside)"
    r"\b(?!\s+(?:statement|set))",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\W*(?:common )?(?:mistakes?|errors?|pitfalls?|tip|aside)\b", re.IGNORECASE)
_EXERCISE = re.compile(r"(?:exercises?|problem|question|quiz|task)$", re.IGNORECASE)
_EXERCISES = re.compile(
    r"[\W\d]*(?:\w+\s+)?(?:exercises|problems|questions|tasks)\W*", re.IGNORECASE
)
_LETTERED = re.compile(r"\n*\**\(?[a-h]\)")
_NUMBERED = re.compile(r"\n*\**\(?(?:\d+[.)]|[a-h]\))")
# What an item of a list asks for: "Show that □", "Compute □."
_ASKS = re.compile(
    r"\b(?:show|prove|verify)\s+that\b|"
    r"(?:^|[.)*]\s+)(?:compute|find|calculate|determine|evaluate)\s+(?:\w+\s+){0,3}□\s*\.?\s*$",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:above|previous|earlier|preceding|last)\b|"
    r"\b(?:of|from|in|to)\s+(?:the\s+\w+\s+)?(?:exercise|problem|question|task)\b",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    r"\W*(?:(?:the|a)\s+)?(?:proof|solution|answer|hint|remark|discussion|explanation|derivation)\b",
    re.IGNORECASE,
)


# What opens a paragraph in bold, or in italics with a stop: "**Combined:** ...".
_RUNS_IN = re.compile(
    r"[-+>\s]*(?:(?:\*\*|__|\\textbf\{|<b>|<strong>)([^*_$<{}]{1,60}?)([.:]?)\s*(?:\*\*|__|\}|</)\s*([.:]?)|"
    r"(?:\*|_|\\(?:emph|textit)\{)([^*_$<{}]{1,60}[.:])\s*(?:\*|_|\}))"
)
_WITHIN_A_CASE = re.compile(
    r"\W*(?:case|steps?|proof|notes?|remark|hint|recall|numerator|denominator|derivation|where|here|"
    r"if|when|for|since|because|using|by)\b",
    re.IGNORECASE,
)


def label(paragraph: str) -> str:
    """What a paragraph begins with in bold or in italics, and a stop: "**Result.**"; or ""."""
    found = _RUNS_IN.match(paragraph)
    if found is None:
        return ""
    bold, stop, behind, slanted = found.groups()
    return str(slanted or (bold if stop or behind else ""))


def leaves_a_case(paragraph: str) -> bool:
    """Whether a label at the beginning of a paragraph may be the end of a case: "**Result.**"."""
    said = label(paragraph)
    return bool(said) and _WITHIN_A_CASE.match(said) is None


def opens_part(paragraph: str) -> bool:
    """Whether a paragraph is a part beside others: "(b) Show that", "**Inference:** here"."""
    return leaves_a_case(paragraph) or _LETTERED.match(paragraph) is not None


def is_of_its_own(title: str) -> bool:
    """Whether a section is an exercise, an example or a theorem."""
    return _ITS_OWN.match(title) is not None


def is_aside(title: str) -> bool:
    """Whether what a labelled paragraph supposes is no more than a mistake, or a hint."""
    return _ASIDE.match(title) is not None


def is_exercise(title: str) -> bool:
    """Whether it is an exercise: what it defines is its own, unlike what a theorem does."""
    found = _ITS_OWN.match(title)
    return found is not None and _EXERCISE.search(found.group()) is not None


def refers_back(text: str) -> bool:
    """Whether an exercise speaks of one before it: "for the function of exercise 1"."""
    return _REFERS.search(text) is not None


def opens_its_own(text: str, title: str) -> str:
    """What a paragraph opens: "**Exercise 2.** Show that", "2. Show that" under "Exercises".

    ``text``: the whole paragraph, with a □ for each formula.
    """
    found = _ITS_OWN.match(text)
    if found is not None and re.match(r"\s*\(?\d", text[found.end() :]):
        return text
    if is_of_its_own(said := label(text)):  # "**Example.**"
        return said
    if _NUMBERED.match(text) is None:
        return ""
    if _EXERCISES.fullmatch(title) is not None:
        return f"Exercise {text}"
    return f"Example {text}" if _ASKS.search(text) else ""


def belongs(title: str) -> bool:
    """Whether a section goes on with the one before: its proof, or its solution."""
    return _BELONGS.match(title) is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left = right`` or ``left != right``, of two letters, from ``start`` to ``end``."""

    left: str
    sign: str
    right: str
    start: int
    end: int


def introduces(title: str) -> bool:
    """Whether a condition in the title is one of its section: "Case 1: j = k", "For $i = j$"."""
    lowered = title.lower()
    return (
        any(word in lowered for word in ("case", "when", "if ", "for "))
        or len(title) < 24
        or _AND_OR.fullmatch(_FORMULA.sub("", title)) is not None
    )


def sets_up(title: str) -> bool:
    """Whether the section says what holds in those after it: "Setup", "Notation, assumptions"."""
    return _SETS_UP.fullmatch(title) is not None


def opens_case(before: str) -> bool:
    """Whether the words of a title up to a formula say that it is a case: "When □", "If □"."""
    return _OPENS_CASE.fullmatch(before) is not None


def tells_case(title: str) -> bool:
    """Whether a comparison of data in the title is a case: "Case 1: $x > 0$", "Large ($x > d$)"."""
    if _CLAIMS.search(title) or _DENIED.search(title.lower()) or _OR.search(title):
        return False
    alone = _AND_OR.fullmatch(_FORMULA.sub("", title).strip(" .:*")) is not None
    return alone or _TELLS.search(title) is not None or _IN_BRACKETS.fullmatch(title) is not None


def goes_on(title: str) -> bool:
    """Whether the section goes on where the one before was: "Step 3: substitute back"."""
    return _GOES_ON.search(title) is not None and not speaks_of_another_place(title)


def case_conditions(title: str) -> tuple[Comparison, ...]:
    """The comparisons of two letters in a title."""
    return tuple(
        Comparison(
            match.group(1),
            "=" if match.group(2) in ("=", "==") else "!=",
            match.group(3),
            match.start(1),
            match.end(3),
        )
        for match in _CONDITION.finditer(title)
    )


def alternatives(title: str, found: tuple[Comparison, ...]) -> bool:
    """Whether only one of the conditions need hold, or none: "i != k or l != j", "unless i = k"."""
    denied = bool(found) and _DENIED.search(title.lower()) is not None
    return denied or any(_OR.search(title, one.end, other.start) for one, other in pairwise(found))

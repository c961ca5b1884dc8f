"""Words that leave the place where derivatives are 0: "for an arbitrary w", "gradient descent"."""

from __future__ import annotations

import re

from derive.regex import regex

__all__ = ["goes_on", "quantified", "speaks_of_another_place", "speaks_of_the_place"]

_ANYWHERE = regex(
    r"\b(?:arbitrary|in general|generally|everywhere|elsewhere|identically|regardless|away from|"
    r"off the (?:optimum|minimum|maximum)|before (?:convergence|training|the (?:optimum|minimum))|"
    r"(?:during|in) training|whatever|wherever|no longer|"
    r"(?:gradient|steepest|coordinate|stochastic) (?:descent|ascent|flow|steps?|methods?)|"
    r"(?:descent|ascent) (?:steps?|updates?|directions?|methods?)|SGD|learning rates?|"
    r"(?:initial|random|current|previous|next|suboptimal|any other|every other|all other) "
    r"(?:\w+ )?(?:weights?|points?|values?|parameters?|guess\w*|iterates?|vectors?|solutions?)|"
    r"(?:is|are|be|was|were|need)(?: not|n['’]t)(?: yet| necessarily| in general)?(?: be)?"
    r"(?: at)?(?: an?| the| its)? (?:optim\w+|minim\w+|maxim\w+|stationary|zero|0)|"
    r"let us (?:check|verify|test|expand|look)|"
    r"alternativ\w+|iterat\w+|Newton\w*|numerically|exercises?|(?:next|another|other|new) "
    r"(?:example|function|loss|objective|model|problem)s?|(?:now|next),? (?:we )?consider|"
    r"(?:any|every|all|each) (?:possible |other )?"
    r"(?:weights?|points?|parameters?|vectors?|choices?|values?)(?! of\b))\b",
    re.I,
)
_THERE = regex(
    r"\b(?:minim\w+|least|smallest|optim(?:al\w*|um|a)|maxim\w+|largest|solutions?|stationar\w+|"
    r"normal equations?|duals?|closed[- ]form|eigen\w+|estimat\w+|at this|at that|there)\b",
    re.I,
)
_ON = regex(
    r"\b(?:hence|thus|therefore|so|then|giv(?:es?|en|ing)|get|obtain\w*|yields?|find|found|"
    r"becomes?|follows?|implies|imply|means|i\.\s?e|that is|equivalent\w*|rearrang\w*|"
    r"multipl\w*|divid\w*|simplif\w*|factor\w*|collect\w*|solv\w*|finally|conclu\w*|leads?|"
    r"results?|rewrit\w+|writ(?:e|es|ten|ing)|matrix form|vector form|this|these|both|tells?|"
    r"says?|shows?|(?:first|second|third|last) (?:condition|equation|one)s?|conditions?|reads?|"
    r"summ?(?:ing|ed)|plug\w*|insert\w*|substitut\w*|us(?:e|ing)|constraints?|appl(?:y|ying)|"
    r"recall\w*|normali[sz]\w+|sides?|terms|brings?|bringing|mov(?:e|es|ing)|reorder\w*)\b|"
    r"^\W*(?:let(?!\s+us)|the (?:first|second)|where|here|denot\w+|defin\w+|write|with|and|or|"
    r"but|if|for|in|as)\b",
    re.I,
)
_QUANTIFIED = regex(
    r"(?:\b(?:any|every|all|each|arbitrary|general|other|fixed|given)\s+(?:[\w-]+\s+){0,2}|∀\s*)"
    r"⟦(\d+)⟧",
    re.I,
)


def speaks_of_another_place(text: str) -> bool:
    """Whether a sentence speaks of other values than those where a derivative is 0."""
    return _ANYWHERE.search(text) is not None


def speaks_of_the_place(text: str) -> bool:
    """Whether a sentence speaks of where a derivative is 0: "the least value is □"."""
    return _THERE.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether a sentence draws on the one before it, or has no words that say anything else."""
    return _ON.search(text) is not None or not re.search("[A-Za-z]{2,}", text)


def quantified(words: str) -> list[int]:
    """The numbers of the formulas that words like "for every ⟦2⟧" are said of."""
    return [int(match[1]) for match in _QUANTIFIED.finditer(words)]

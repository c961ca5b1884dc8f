"""Words that call an equation wrong, or leave it to others: whoever wrote them does not claim it.

Each only raises a doubt.  A right equation is proved all the same; what is false is not counted
against an author who may say so himself.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["called_wrong"]

_FALSE = r"(?:wrong|false|incorrect|erroneous|untrue|mistaken|nonsense)"
_WHAT = (
    r"(?:formulas?|equations?|results?|claims?|statements?|identit(?:y|ies)|derivatives?|gradients?|"
    r"expressions?|signs?|answers?|conclusions?|versions?|proofs?|derivations?|ways?)"
)
_BEFORE = re.compile(
    r"\b(?:misconceptions?|fallac(?:y|ies)|mistakes?|typos?|misprints?|errat(?:um|a)|bugs?|buggy)\b|"
    r"\b(?:falsely|wrongly|incorrectly|erroneously|mistakenly|naively)\b|"
    rf"\b{_FALSE}(?:\s+{_WHAT}\b|\s+(?:to|that)\b|\W*$)|"
    r"\b(?:common|frequent|usual|typical|classic(?:al)?)\s+(?:\w+\s+)?errors?\b|"
    r"\b(?:mak(?:e|es|ing)|made)\s+the\s+(?:\w+\s+)?error\b|"
    r"\b(?:an?|the)\s+(?:earlier|previous|older|first|original)\s+(?:version|edition|draft)\b|"
    r"\b(?:cannot|can['’]t|never|(?:must|should|could|do|does|did|is|are|was|would)(?:\s+not|n['’]t))"
    r"\s+(?:\w+\s+){0,2}$|"
    r"\b(?:neither|nor|nobody|no one)\b|"
    r"\b(?:refus|reject|disprov|refut|den(?=y|ied|ies))\w*\b|"
    r"\b(?:someone|somebody|some|students?|people|others|beginners?|chatgpt|llms?)\b[^.;:□]{0,30}"
    r"\b(?:writ|claim|argu|think|believ|say|conclud)\w*(?:\s+that)?\W*$|"
    r"\bexpect\w*\s*(?:that)?\s*$|\bwere\b[^.;]*\bwould\b|~~\s*$",
    re.I,
)
_BEHIND = re.compile(
    r"[^.;□]{0,60}\b(?:contains?|has|have|with)\s+an?\s+(?:\w+\s+)?(?:error|mistake|typo)\b|"
    r"[^.□]{0,40}[;,(]\s*it\s+(?:should|must)\s+(?:be|read)\b",
    re.I,
)


# "It is wrong to say □; in fact □": what is said of the first is not said of the second.
_INSTEAD = re.compile(
    r"[;,:.]\s*(?:(?:but|and)\s+)?(?:in fact|actually|in reality|instead|rather|the correct|"
    r"correctly|in truth|the right)\b",
    re.I,
)


@lru_cache(4096)
def called_wrong(before: str, behind: str) -> bool:
    """Whether the words around an equation may call it wrong.

    ``before``: its sentence so far; ``behind``: the words that come next.
    """
    turns = max((found.end() for found in _INSTEAD.finditer(before)), default=0)
    return (
        _BEFORE.search(before, max(turns, len(before) - 200)) is not None
        or _BEHIND.match(behind[:200]) is not None
    )

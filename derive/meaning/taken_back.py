"""Words that may take back what an earlier sentence supposed: "we do without this assumption".

An author who supposes something for a while says in many ways that the while is over.  What only
may be meant so is enough for a doubt: a proof that rests on the supposition does not count then.
"""

from __future__ import annotations

import re
from functools import lru_cache

from derive.meaning.mentioned import speaks_of_later

__all__ = ["announces", "looks_back", "may_be_no_zero", "takes_back", "takes_back_formulas"]

_UNDO = (
    r"(?:drop(?!\s?out)|relax|lift|remov|abandon|discard|loosen|weaken|withdr|undo|restor|reintroduc|"
    r"includ|allow|generali[sz]|dispens)\w*|giv(?:e|es|ing|en) up|let(?:ting)? go of|"
    r"do(?:ing)? without"
)
_NOT = r"\b(?:not|never|no longer|cannot|hardly|rarely)\b|n['’]t\b"
_NO_MORE = (
    rf"{_NOT}|\b(?:only|wrong|false|incorrect|unrealistic|unnecessary|superfluous|restrictive|"
    r"violated|fails?|failed|too)\b"
)
_THIS_ASSUMPTION = re.compile(
    r"\b(?:this|that|these|those|the|our|both)\s+(?:\w+\s+){0,2}?"
    r"(?:assumptions?|restrictions?|simplifications?|hypothes[ei]s|suppositions?|premises?|"
    r"constraints?|requirements?)\b",
    re.I,
)
_THIS = re.compile(
    r"\b(?:this|it)\s+(?=(?:is|was|does|fails?|holds?|can|will)\b)|"
    rf"\b(?:{_UNDO})\s+(?:this|it)(?=\W*$|\s+(?:later|soon|in)\b)",
    re.I,
)
_UNDONE = re.compile(rf"\b(?:{_UNDO})\b|{_NO_MORE}", re.I)
_NOT_UNDONE = re.compile(rf"(?:{_NOT}|\bwithout)\s+(?:\w+\s+)?(?:{_UNDO})\b", re.I)
_ONLY_THOUGHT = re.compile(r"\b(?:if|were|could|would|might)\b", re.I)
_FREE = (
    r"(?:non-?\s?(?:zero|vanishing)|arbitrary|general|free|differ\w*|dropped|relaxed|lifted|restored|"
    r"included|present|back|kept|learned|trained)\b"
)
_BEHIND = re.compile(
    r"⟦(\d+)⟧\s+(?:(?:which|that|this)\s+)?(?:(?:is|are|was|were|be|to|may|might|can|could|need|does|do|"
    rf"did|will|would|has|have|holds?|becomes?)\b[^.;:,⟦]{{0,30}}?)?(?:{_NO_MORE}|\b{_FREE})",
    re.I,
)
_BEFORE = re.compile(
    rf"\b(?:{_FREE}|(?:{_UNDO})\b|(?:keep|add)\w*\b|without(?:\s+\w+ing)?\b|no longer\s+\w+|"
    r"(?:not|never)\s+(?:\w+\s+)?(?:assum|need|requir|suppos)\w*|"
    r"only\s+(?:\w+\s+){0,2}(?:for|if|when|under)\b|unless\b)\s+"
    r"(?:(?:for|the|an?|that|on|of|our|case|terms?|bias|values?|assumptions?|restrictions?|"
    r"constraints?|conditions?|back|again|now)\s+){0,4}⟦(\d+)⟧",
    re.I,
)
_NO_ZERO = re.compile(
    rf"(?:{_NOT})[^.;:,⟦]{{0,25}}\b(?:zero|vanish\w*)\b|\bnon-?\s?(?:zero|vanishing)\b|"
    r"\b(?:is|are|comes?|put|bring|add)\b[^.;:,⟦]{0,30}\bback\b|\b(?:restor|reintroduc)\w+\b",
    re.I,
)
# "So far we assumed □"; "until now, x was positive".
_SO_FAR = re.compile(
    r"\b(?:so far|until now|till now|up to (?:now|this point|here)|hitherto)\b[^.;]{0,60}?"
    r"\b(?:assum|suppos|restrict)\w*|\b(?:until now|till now|up to now|hitherto)\b[^.;]{0,60}?"
    r"(?:\b(?:was|were|had|took|set)\b|⟦)",
    re.I,
)
# "This is no longer the case."
_THIS_IS_OVER = re.compile(
    r"^\W*(?:(?:but|now|however|below|henceforth|hereafter|next|then|from (?:here|now) on|"
    r"in (?:what follows|the following|general))\W+)*(?:this|that|it|these|they)\s+"
    r"(?:(?:is|are|was|were|does|do|will)\b[^.;:⟦]{0,20}?\bno longer\b|no longer\b|"
    r"(?:is|are|was|were|will)(?:\s+(?:not|n['’]t)|n['’]t)(?:\s+be)?\s+(?:so|the case)\b|"
    r"(?:need|may|might)\s+not\s+(?:be|hold)(?:\s+(?:so|true|the case))?(?:\s+any\s?more)?\W*$)",
    re.I,
)


@lru_cache(4096)
def looks_back(sentence: str) -> bool:
    """Whether it speaks of what was supposed until there: "so far we assumed □"."""
    return _SO_FAR.search(sentence) is not None


@lru_cache(4096)
def takes_back(sentence: str) -> bool:
    """Whether it speaks of an assumption as of one that holds no more, or never did."""
    if looks_back(sentence) or _THIS_IS_OVER.search(sentence):
        return not _keeps(sentence)
    said = _THIS_ASSUMPTION.search(sentence) and _UNDONE.search(sentence)
    return said is not None and not _keeps(sentence) and _ONLY_THOUGHT.search(sentence) is None


@lru_cache(4096)
def announces(sentence: str) -> bool:
    """Whether it says that what was supposed will not do: "we will see later that this fails"."""
    about = _THIS_ASSUMPTION.search(sentence) or _THIS.search(sentence)
    return about is not None and _UNDONE.search(sentence, about.end()) is not None


@lru_cache(4096)
def takes_back_formulas(words: str) -> frozenset[int]:
    """The numbers of the formulas that a sentence speaks of so: "when ⟦0⟧ is not zero"."""
    if _keeps(words):
        return frozenset()
    found = (*_BEHIND.finditer(words), *_BEFORE.finditer(words))
    return frozenset(int(match[1]) for match in found)


@lru_cache(4096)
def may_be_no_zero(sentence: str) -> bool:
    """Whether it speaks of something that is not zero, or that comes back."""
    return _NO_ZERO.search(sentence) is not None and not _keeps(sentence)


def _keeps(sentence: str) -> bool:
    """ "We will not drop this assumption", "it will be dropped later"."""
    return _NOT_UNDONE.search(sentence) is not None or speaks_of_later(sentence)

"""Words that leave what was supposed: "in general", "off the line", "without normalization"."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "adds",
    "concludes",
    "given_up",
    "is_without",
    "leaves",
    "resumes",
    "takes_another",
    "turns",
]

_BEGIN = r"^\W*(?:(?:but|and|now|so|however|more|yet|then|finally|clearly|of course)\W+){0,2}"
_LEAVES = re.compile(
    _BEGIN
    + r"(?:in (?:general|the (?:general|opposite|other|remaining) cases?|contrast)|generally|"
    r"for (?:an? )?(?:arbitrary|general|generic|other|different|any other|all other|the other)|"
    r"for (?:the )?(?:soft|smooth\w*|real-valued|continuous|unnormali[sz]ed|test|unseen|negative|"
    r"wrong|incorrect|remaining|second|third) \w+|"
    r"elsewhere|everywhere else|otherwise|away from|off (?:the|this|that)|outside|beyond|"
    r"by contrast|on the (?:other hand|contrary)|conversely|(?:if|when|where) not|"
    r"(?:if|when|where|once|as soon as) (?:this|that|it|they|we|these) (?:\w+ )?"
    r"(?:is|are|do|does|fails?)(?: not|n['’]t)?|"
    r"without (?:this|that|it|these|those|any|such)|"
    r"(?:returning|(?:going |coming )?back|return|let us (?:return|go back|come back)) to|"
    r"(?:at|on|in) (?:another|other|a different|the opposite|the other)\b)",
    re.I,
)
# "The same holds regardless of b", "for nonzero b".
_LEAVES_SOMEWHERE = re.compile(
    r"\b(?:even with|(?:full|general) (?:model|formula|case|result|setting|"
    r"problem|situation)|"
    r"(?:case|choice) of (?:an? )?(?:arbitrary|general|non\w*))\b|"
    r"\b(?:arbitrary|general|non-?zero|(?:regardless|irrespective) of)\s*(?:$|\$)",
    re.I,
)
# "We relax the assumption that", "now add the bias back"; not "we will not drop it", "if we do".
_TAKES_BACK = re.compile(
    r"\b(?:(?:drop|relax|lift|remov)\w* (?:this|that|the|our|these|those) (?:\w+ )?"
    r"(?:assumptions?|restrictions?|simplifications?|hypothes[ei]s|suppositions?)|"
    r"(?:add|bring|put)\w* (?:\w+ ){1,3}back)\b",
    re.I,
)
_DENIES = re.compile(r"\b(?:not|never|if|unless|without)\b|n['’]t\b", re.I)
# "Without normalization", "for unnormalized inputs", "where inputs are not centered".
_GIVEN_UP = re.compile(
    r"\b(?:without|(?:is|are|were|was) (?:not|no longer)|(?:is|are)n['’]t|not|lacking|non)\W+"
    r"(?:(?:any|the|a|an|being|yet|necessarily|having|such|this|that|our|been)\W+){0,2}(\w+)|"
    r"\bun(\w{5,})",
    re.I,
)
_ADDS = re.compile(
    r"\b(?:also|further(?:more)?|moreover|additional(?:ly)?|in addition|as well|too|again|both|"
    r"besides|together|simultaneously|at the same time|second|another (?:assumption|constraint))\b",
    re.I,
)
# "Now take another □", "consider instead □", "a second function □".
_TAKES_ANOTHER = re.compile(
    r"\b(?:consider|take|choose|pick|try|use|look at)\s*(?:now|instead|also|next|,)?\s*$|"
    r"\b(?:another|(?:an?|the) (?:new|different|second|third|other|further|modified))\s+"
    r"(?:[\w-]+\s+){0,3}$",
    re.I,
)
_RESUMES = re.compile(
    r"\b(?:under|with|by|using|from|given|because of|due to) "
    r"(?:(?:this|that|these|those|the|our|same|above|such) ){0,2}"
    r"(?:assumptions?|constraints?|conditions?|hypothes[ei]s|suppositions?|normali[sz]ation)\b|"
    r"\bas (?:assumed|supposed|before|above)\b",
    re.I,
)
_TURNS = re.compile(
    _BEGIN + r"(?:next|then|instead|on|at|along|in|for|finally)\b|\b(?:now|instead|next)\b", re.I
)
_CONCLUDES = re.compile(
    _BEGIN + r"(?:therefore|hence|thus|so|consequently|accordingly|we conclude|it follows)\b", re.I
)
_STEM = 5


@lru_cache(4096)
def concludes(sentence: str) -> bool:
    """Whether the sentence draws a conclusion from all that was said before it ("therefore")."""
    return _CONCLUDES.search(sentence) is not None


@lru_cache(4096)
def leaves(sentence: str) -> bool:
    """Whether what was supposed for a while may not hold from this sentence on."""
    if _LEAVES.search(sentence) is not None or _LEAVES_SOMEWHERE.search(sentence) is not None:
        return True
    back = _TAKES_BACK.search(sentence)
    return back is not None and _DENIES.search(sentence[: back.start()]) is None


@lru_cache(4096)
def given_up(sentence: str) -> frozenset[str]:
    """The beginnings of the words that the sentence says something to be without."""
    found = (match[1] or match[2] for match in _GIVEN_UP.finditer(sentence))
    return frozenset(word[:_STEM].lower() for word in found if len(word) >= _STEM)


def is_without(sentence: str) -> bool:
    """Whether a sentence says how it would be: "Without activations, a network is just"."""
    return re.match(r"\W*without\s+(?!loss\b|further\b)[^,.]{1,40},", sentence, re.I) is not None


@lru_cache(4096)
def resumes(sentence: str) -> bool:
    """Whether what was supposed before holds again, or still ("under this assumption")."""
    return _RESUMES.search(sentence) is not None


def takes_another(tail: str) -> bool:
    """Whether the formula behind the words says what a name is from there on."""
    return _TAKES_ANOTHER.search(tail) is not None


@lru_cache(4096)
def adds(sentence: str) -> bool:
    """Whether the sentence supposes something besides what was supposed before."""
    return _ADDS.search(sentence) is not None


@lru_cache(4096)
def turns(sentence: str) -> bool:
    """Whether the sentence goes on to something else: "now suppose", "on the line"."""
    return _TURNS.search(sentence) is not None

"""Who is spoken of where prose asserts something, and whether the author asserts it.

The words are those of a sentence in which ``⟦n⟧`` stands for its formula number n.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ADVERBS", "ARTICLE", "ENTRIES", "KIND", "PARTS", "THING", "THINGS", "WHICH",
           "asserted", "numbers_in"]  # fmt: skip

ENTRIES = r"(?:numbers?|entr(?:y|ies)|components?|elements?|values?|coordinates?)"
PARTS = (
    rf"(?:{ENTRIES}|coefficients?|weights?|probabilit(?:y|ies)|targets?|labels?|vectors?|"
    r"distributions?|rows?|matri(?:x|ces))"
)
KIND = (
    r"(?:(?:real|non-?\s?negative|positive|strictly|soft|one-hot|normali[sz]ed|row|column|given|"
    r"discrete|true|target|label|proper|valid|fixed|some|two|three|both|different|arbitrary|"
    r"categorical|class)\s+)*"
)
ARTICLE = r"(?:(?:an?|the|our|some|two|both|all|each)\s+)*"
_BEFORE = rf"(?:(?:the|all|both|each|every|that|these|those|its|our|{PARTS}(?:\s+of)?)\s+)*"
THING = rf"{_BEFORE}⟦\d+⟧(?:['’]?s\b)?"
THINGS = rf"{THING}(?:(?:\s*,\s*{THING})*\s*,?\s*(?:and|as well as)\s+(?:of\s+)?{THING})?"
ADVERBS = (
    r"(?:\s+(?:all|each|both|always|also|together|indeed|then|must|should|will|thus|so|in turn|"
    r"again|necessarily))*"
)
WHICH = r"\s*(?:,\s*|\s|\(\s*)(?:that|which)"
# "The squares of the $t_i$", "the first two $t_i$", "does $t$": something else, or a question.
_OTHER = re.compile(
    r"(?:\b(?:no|not|none|neither|nor|never|only|first|last|some|two|three|most|few|half|"
    r"does|do|did|can|could|would|were|if not|unless|whether|un\w+ed|squared|log|other|minus|plus|"
    r"times|than|except|any)|\b\w+\s+(?:of|between|in|per|for|to|at|on|over|along|under|from)|^\W*(?:is|are))\s*$|"
    r"⟦\d+⟧\s*(?:[-+*/]|minus|plus)\s*$",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:no|not|nobody|none|nothing|no one|never|neither|nor|without(?! loss)|"
    r"unless|whether|rather than|instead of|wrong|"
    r"false|incorrect|untrue|\w+n['’]t|cannot|hardly|rarely|seldom|were|might|may|could|would|"
    r"some (?:authors?|people|texts?|books?|papers?)|others|normally|usually|often|sometimes|"
    r"typically|previously|earlier|before|unlike|contrast|traditionally|ideally|generally|almost|"
    r"nearly|approximately|close to|similar to)\b|\?",
    re.I,
)


def asserted(before: str, of: bool = True) -> bool:
    """Whether what follows the words is asserted, and of what follows itself.

    Not where it is denied or hedged, said by others, asked, or said of something else that is
    made of it.  ``of``: what follows begins with whom it is said of.
    """
    return not (_DENIED.search(before) or (of and _OTHER.search(before)))


def numbers_in(words: str) -> Iterator[int]:
    """The numbers of the formulas in the words."""
    return (int(number) for number in re.findall(r"⟦(\d+)⟧", words))

"""What prose mentions without claiming or supposing it: questions, goals, what others assume."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "asks",
    "assumes",
    "called_false",
    "contradicts",
    "contrasts",
    "denies_what_follows",
    "doubts",
    "drops",
    "drops_what_follows",
    "frees",
    "gives_up",
    "has_solutions",
    "leaves_open",
    "may_drop",
    "names_event",
    "not_supposed",
    "passing",
    "refuses",
    "speaks_of_later",
    "taken_back",
    "to_be_refuted",
    "to_be_shown",
    "tries",
]

_FILLED = (
    r"(?:\s+(?:to|have|having|need|be|is|we|you|the|any|it|us|simply|just|necessarily|really|even|"
    r"often|also|usually|sometimes|first|here)){0,4}\s*$"
)
_OTHERS = (
    r"(?:some|other|several|certain|older|different)\s+(?:\w+\s+){0,2}"
    r"(?:authors?|people|texts?|textbooks?|books?|papers?|sources?|tutorials?|implementations?|"
    r"libraries|frameworks|posts?|blogs?|students)"
)
# "we cannot assume", "without having to suppose", "it is wrong to set", "some authors define".
_NOT_SUPPOSED = re.compile(
    r"(?:\b(?:(?<!why )not|never|cannot|without|wrong|incorrect|mistakes?|errors?|contrary|"
    r"tempt\w+|no (?:need|reason|longer)|rather than|instead of|as opposed to|"
    rf"(?:one|you) (?:might|could naively)|others|{_OTHERS})|n['’]t){_FILLED}",
    re.I,
)
# "it is not true that □": nobody says that it holds.
_DENIES = re.compile(
    r"(?:\b(?:only if|not (?:all|every|each|any)(?: (?:of )?the)?|"
    r"not only(?:\s+(?:for|if|when))?|rather than|instead of|as opposed to|"
    r"contrary to|"
    r"(?:not|never)(?:\s+\w+)?\s+(?:true|correct|right|case|mean|imply|follow)(?:\s+that)?|"
    r"(?:false|wrong|incorrect|untrue|tempting|a mistake)\s+(?:that|to\s+\w+)(?:\s+that)?|"
    r"(?:one|you|we|i|students?|people|beginners?)\s+(?:might|may|could|would|often)\s+(?:\w+ly\s+)?"
    r"(?:think|expect|guess|believe|hope|suspect|be\s+tempted\s+to\s+\w+)(?:\s+that)?)|"
    r"n['’]t\s+(?:true|mean|imply|follow)(?:\s+that)?)\s*$",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\s*(?:(?:does|do|did|would|will)\s+not\s+(?:hold|follow)|(?:does|do)n['’]t\s+hold|"
    r"fails?\b(?!\s+to\b)|"
    r"(?:is|are|were|was|be)\s+(?:false|wrong|violated|incorrect|not\s+(?:true|satisfied|the\s+case)|"
    r"untrue|ruled\s+out|excluded|forbidden|impossible|prohibited|(?:not\s+)?possible)|"
    r"cannot\s+(?:be|happen|occur|hold|arise)\b|never\s+(?:happens|occurs|holds|arises)\b|"
    r"(?:is|are)n['’]t\s+(?:true|satisfied)|(?:need|may|might)\s+not\s+(?:hold|be\s+true)|"
    r"no\s+longer\s+holds?|or\s+not\b|"
    r"(?:is|are|be|being|was|were|would\s+be)\s+(?:violated|dropped|relaxed|unnecessary|superfluous|"
    r"unrealistic|too\s+\w+|not\s+(?:needed|required|necessary|assumed|imposed|used)))",
    re.I,
)
# "□ refers to the second class"; "the points of □" (□ 的点): an event is named, of which nothing
# is said.
_NAMES_EVENT = re.compile(
    r"\s*(?:(?:would |will |then )?(?:refers? to|means?|indicates?|signif(?:y|ies)|"
    r"corresponds? to|stands? for|represents?|encodes?)\b|"
    r"的(?!时候|情况|情形|条件|時候|情況|條件|\s*(?:if|case|when)\b|时|時|话|話))",
    re.I,
)
_TO_BE_SHOWN = re.compile(
    r"\b(?:(?:want|wants|wish|need|like|aim|aims|goal|task|remains|going|try|trying|left|intend|hope|"
    r"asked|exercise)\s*(?:is|are|us|you|:)*\s*(?:now\s+|only\s+|still\s+)?(?:to\s+)?"
    r"(?:show|prove|verify|check|establish|derive|see|demonstrate|arrive at|end up with)"
    r"(?:\s+that)?|(?:goal|aim|claim to prove)\s+is)\W*$",
    re.I,
)
# "such models are built so that □": what they are made for is no statement about what is here.
_WHETHER = re.compile(
    r"\b(?:(?:whether|even if)(?:\s+or\s+not)?\s*|either\s*(?:□\s*,?\s*or\s*)?|"
    r"(?:constructed|designed|built|engineered|trained)\s+(?:so|such)\s+that\s*)$",
    re.I,
)
_ASKS = re.compile(
    r"\W*(?:(?:but|and|so|now|then|yet)\W+)?(?:is|are|do we(?: \w+)? have|does|is it true that|"
    r"can we say that|is it the case that)\s*",
    re.I,
)
_ASKED = re.compile(r"\s*(?:true|correct|right|valid|possible|hold|always|really|then|so|here|\W)*")
_ASSUMPTION = r"(?:assumptions?|constraints?|conditions?|restrictions?|hypothes[ei]s|requirements?)"
_TAKING_BACK = (
    r"(?:drop(?:ping)?|(?:relax|abandon|lift|discard|undo)(?:ing)?|remov(?:e|ing)|"
    r"giv(?:e|ing) up|let go of|do(?:ing)? without)"
)
_DROPS = re.compile(
    r"(?<!not )(?<!n't )(?<!cannot )(?<!without )\b"
    rf"{_TAKING_BACK}\s+"
    rf"(?:this|that|the|our|these|those|all)\s+(?:\w+\s+){{0,2}}{_ASSUMPTION}\b"
    r"(?!\s+(?:that|of|on)\b)|"
    r"\bno longer\s+(?:assum|suppos|requir|impos|demand|insist)\w*(?:\s+on)?\s+"
    rf"(?:this|that|it|these|those|any of (?:this|that|these))(?:\s+{_ASSUMPTION})?\s*(?:[.;:,]|$)|"
    r"\b(?:(?:do|does|did|need)\s+not|(?:do|does|did|need)n['’]t)\s+(?:necessarily\s+)?"
    r"(?:sum|add)\s+(?:up\s+)?to\s+(?:one|1|unity)\b",
    re.I,
)
# "We drop this.", and not "so we drop it", which may be said of a term.
_DROPS_IT = re.compile(
    r"(?:^|[.;:,]\s*)\W*(?:(?:now|we|us|let|next|then|later|again|also|can|may|finally)\s+)*"
    r"(?:drop|relax|abandon|lift|discard|give\s+up|forget|undo)\s+(?:this|that|it|these|those|both)"
    r"(?:\s+(?:now|again|here|below|in\s+what\s+follows|from\s+(?:now|here)\s+on))*\s*[.;:,]",
    re.I,
)
_DROPS_WHAT_FOLLOWS = re.compile(
    r"\b(?:(?:no longer|(?:do|does|will|shall|need)\s+not|(?:do|does|wo)n['’]t)\s+(?:\w+\s+)?"
    r"(?:assum|suppos|requir|impos|demand|insist)\w*|"
    rf"{_TAKING_BACK}(?:\s+(?:the|this|our)\s+(?:\w+\s+){{0,2}}{_ASSUMPTION})?)"
    r"(?:\s+(?:that|on|of))?\s*$",
    re.I,
)
_NEGATES = re.compile(
    r"\b(?:not?|non|never|nor|neither|without)\b|n['’]t\b|\b(?:a|un|non)[a-z]{5}", re.I
)
_QUALITY = re.compile(r"\\text\{ (\w[\w-]*)\}$")
_SUPPOSED_ONLY = re.compile(r"\b(?:if|when|were|suppose|can|could|may|might|cannot)\b", re.I)
_FREES = re.compile(
    r"⟦(\d+)⟧\s+(?:be|is|are|as)\s+(?:again\s+|now\s+)?(?:an?\s+)?"
    r"(?:arbitrary|free|general|any|unconstrained|unrestricted|non-?\s?zero|variable)\b|"
    r"\b(?:now\s+)?(?:an?|any)\s+(?:arbitrary|general|generic)\s+(?:\w+\s+)?⟦(\d+)⟧|"
    r"\bfor\s+(?:an?\s+)?(?:arbitrary|general|generic|any|every|all|other|different|larger|smaller)\s+"
    r"(?:(?:real|other|values?|choices?|of)\s+)*⟦(\d+)⟧",
    re.I,
)
_GIVES_UP = re.compile(
    r"\b(?:no longer|(?:do|does|did|will|shall|need|must)(?:\s+not|n['’]t)|cannot|never|without|"
    r"(?:dropp?|relax|remov|abandon|lift|discard)(?:e|s|ed|ing)?|give up|given up)\s+"
    r"(?:\w+\s+){0,2}(?:assum|suppos|requir|impos|demand|insist|constrain|condition|hypothes|restrict)"
    r"[^.;:!?]*$",
    re.I,
)
_TO_BE_REFUTED = re.compile(
    r"\b(?:for (?:the sake of )?(?:a )?contradiction|by (?:way of )?contradiction|"
    r"(?:to|on) the contrary|towards? (?:a )?contradiction|aiming (?:for|at) a contradiction|"
    r"(?:to|and) (?:get|reach|derive|obtain|find|arrive at) (?:a|the) contradiction)\b",
    re.I,
)
_CONTRADICTS = re.compile(
    r"(?<!no )(?<!without )(?<!not a )\bcontradict(?:ion|ions|s|ed|ory)\b|\babsurd\b|"
    r"\b(?:this|that|which|it)(?:\s+is|['’]s)\s+(?:clearly\s+)?(?:impossible|false|a falsehood)\b",
    re.I,
)
_PASSING = re.compile(
    r"\b(?:for (?:the )?(?:moment|now|time being)|momentarily|temporarily|at first|to begin with|"
    r"to start with)\b",
    re.I,
)


def not_supposed(words: str) -> bool:
    """Whether "assume" or "define" behind the words is not what the author does."""
    return _NOT_SUPPOSED.search(words) is not None


_TRIES = re.compile(
    r"\b(?:let\s*['’]?\s*(?:s|us|me)|we|one|you|i|could|might|would)\s+"
    r"(?:(?:[\w'’]+\s+){0,6}?(?:and|,)\s+)?(?:\w+ly\s+|first\s+|now\s+|again\s+|simply\s+)*"
    r"try(?:ing)?\b(?!\s+(?:to|out|it|this|that|an?)\b)"
    r"(?:(?!example|case|values?\b|number|comput|calculat|deriv|differentiat|plug|substitut)"
    r"[^.;?!]){0,80}[.:]?\s*$",
    re.I,
)


@lru_cache(4096)
def tries(words: str) -> bool:
    """Whether the formula behind the words is an attempt: "let's be naive and try: □"."""
    return _TRIES.search(words) is not None


_LATER = re.compile(
    r"\b(?:later|soon|eventually|shortly|in a (?:moment|minute)|"
    r"(?:in|until) (?:the )?(?:next )?(?:section|chapter|part))\b",
    re.I,
)


def speaks_of_later(sentence: str) -> bool:
    """Whether the sentence is about another part: "we will remove this restriction later"."""
    return _LATER.search(sentence) is not None


def denies_what_follows(tail: str) -> bool:
    """Whether the formula behind the words is only spoken of ("it is not true that □")."""
    return _DENIES.search(tail) is not None


def taken_back(words: str) -> bool:
    """Whether the formula before the words is only spoken of ("□ does not hold")."""
    return _TAKEN_BACK.match(words) is not None


_CALLED_FALSE = re.compile(
    r"[\s.,;:!)*_]*(?:(?:but|and|yet|however|of course)\W+)?(?:which|this|that|it)(?:\s+(?:\w+ly|of"
    r" course))?\s+(?:is|would\s+be)\s+(?:(?:\w+ly|of course|just|plain|just plain)\s+)?"
    r"(?:wrong|false|incorrect|invalid|untrue|an?\s+(?:mistake|error)|"
    r"not\s+(?:true|correct|right|so|valid|the\s+case))\b(?!\s+(?:to|that|if|when|unless|only)\b)",
    re.I,
)


def called_false(behind: str) -> bool:
    """Whether the text goes on with saying that the formula is false: "□. This is wrong"."""
    return _CALLED_FALSE.match(behind) is not None


_EQUATION = re.compile(r"\b(?:equations?|conditions?)\s*$", re.I)
_HAS_SOLUTIONS = re.compile(
    r"\s*,?\s*(?:(?:then|thus|therefore|now|clearly|always|has|have|having|admits?|no|exactly|only|at|"
    r"most|least|a|an|the|one|two|three|several|many|infinitely|unique|single|real|positive|closed|"
    r"form|distinct|following|non-?\s?trivial)[\s-]+)*(?:solutions?|roots?|zeros?)\b",
    re.I,
)


@lru_cache(4096)
def has_solutions(before: str, behind: str) -> bool:
    """Whether an equation is spoken of by its solutions: "The equation □ has the solutions"."""
    return _EQUATION.search(before) is not None and _HAS_SOLUTIONS.match(behind) is not None


def names_event(words: str) -> bool:
    """Whether the equation before the words is what may happen: "$t_2 = 1$ refers to ..."."""
    return _NAMES_EVENT.match(words) is not None


def to_be_shown(tail: str) -> bool:
    """Whether the formula behind the words is a goal ("we want to show that □")."""
    return _TO_BE_SHOWN.search(tail) is not None


_CONTRARY = re.compile(
    r"\b(?:if|suppose)\s+(?:only\s+)?(?:we|one|it|this|there|someone)\s+(?:had|were|was)\b[^.;□]*$|"
    r"\bwere\s+(?:it\s+true\s+that|it\s+that)\s*$",
    re.I,
)


@lru_cache(4096)
def leaves_open(sentence: str) -> bool:
    """Whether the formula behind the words may hold or not ("whether □", "either □ or □")."""
    return _WHETHER.search(sentence.rstrip()[-60:]) is not None


@lru_cache(4096)
def supposes_contrary(sentence: str) -> bool:
    """Whether the formula behind the words does not hold: "if we had □"."""
    return _CONTRARY.search(sentence) is not None


_CONTRASTS = re.compile(
    r"\b(?:unlike|in contrast to|as opposed to|(?:in )?compar(?:ed|ison) (?:to|with)|"
    r"differ(?:s|ent) from)\b[^.;:,□]{0,60}$",
    re.I,
)


@lru_cache(4096)
def contrasts(before: str) -> bool:
    """Whether the formula behind the words is that of another model ("unlike linear ones, □")."""
    return _CONTRASTS.search(before, max(0, len(before) - 100)) is not None


# "The slope is 2x, and not □", "not □, □ or □"; "if not □" supposes something.  Behind an article
# "pas", the French "not", is a step.
_REFUSES = re.compile(
    r"(?:^|\W)(?<!\bif )(?<!\bor )(?<!\bwhen )(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\b(?:le|un) )"
    r"not\s+(?:□\s*(?:,\s*)?(?:n?or\s+)?)*$",
    re.I,
)


@lru_cache(4096)
def refuses(before: str) -> bool:
    """Whether the words say of the equation behind them that another one holds ("not □")."""
    return _REFUSES.search(before, max(0, len(before) - 40)) is not None


def asks(before: str, behind: str) -> bool:
    """Whether the sentence asks if the formula between the words holds ("is □?")."""
    asked = behind.rstrip(" \n)*_").endswith("?") and _ASKED.fullmatch(behind) is not None
    return asked and _ASKS.fullmatch(before) is not None


@lru_cache(4096)
def denies(text: str) -> bool:
    """Whether a sentence has a word or a syllable that denies something."""
    return _NEGATES.search(text) is not None


def denies_quality(text: str, source: str) -> bool:
    """Whether a sentence speaks of what has not the quality that was supposed in words.

    "If $A$ is not symmetric", "for asymmetric $A$", where ``A \\text{ symmetric}`` was supposed.
    """
    quality = _QUALITY.search(source)
    if quality is None:
        return False
    word = re.escape(quality[1])
    negated = (
        rf"(?:\b(?:not|non|never|nor|neither|no longer|without|isn['’]t|aren['’]t)[\s-]+"
        rf"(?:(?:\w+ly|an?|be|being)\s+)*|\b(?:a|un|non)){word}\b"
    )
    return re.search(negated, text, re.I) is not None


@lru_cache(4096)
def drops(sentence: str) -> bool:
    """Whether the sentence drops the assumption that was made last ("now drop this assumption")."""
    found = _DROPS.search(sentence)
    if found is None or speaks_of_later(sentence):
        return False
    return not _SUPPOSED_ONLY.search(sentence[: found.start()])


# "This is only true at the boundary."
_DOUBTS_IT = re.compile(
    r"\W*(?:\w+\s+){0,2}(?:this|that|it)\s+(?:never\b|"
    r"(?:is|was|holds?|happens|occurs|does|may|can|fails?)\b[^.;:,□]*?\s(?:only|never|not|"
    r"no longer|rarely|hardly|seldom|wrong|false|bad|absurd|impossible|unrealistic|until|except|"
    r"cannot)\b)",
    re.I,
)


@lru_cache(4096)
def may_drop(sentence: str) -> bool:
    """Whether the sentence may take back what was supposed last, by a pronoun: "we drop this"."""
    return _DROPS_IT.search(sentence) is not None and not speaks_of_later(sentence)


@lru_cache(4096)
def doubts(sentence: str) -> bool:
    """Whether the sentence says of what was supposed in the last one that it hardly holds."""
    return _DOUBTS_IT.match(sentence) is not None


@lru_cache(4096)
def would_drop(sentence: str) -> bool:
    """Whether the sentence says what holds without it: "if we drop this assumption, □"."""
    found = _DROPS.search(sentence)
    return found is not None and _SUPPOSED_ONLY.search(sentence[: found.start()]) is not None


_ASSUMES = re.compile(r"\b(?:suppos(?:e|ing)|assum(?:e|ing|ed))\b", re.I)


def assumes(words: str) -> bool:
    """Whether what is said behind the words is assumed, perhaps for a while."""
    return _ASSUMES.search(words) is not None


def gives_up(words: str) -> bool:
    """Whether what is said behind the words is not assumed: "we no longer assume that t is"."""
    return _GIVES_UP.search(words) is not None


def drops_what_follows(tail: str) -> bool:
    """Whether what follows was assumed until now ("we no longer assume □")."""
    return _DROPS_WHAT_FOLLOWS.search(tail) is not None


def would_drop_what_follows(tail: str) -> bool:
    """Whether the sentence only speaks of what holds without it ("if we give up □")."""
    found = _DROPS_WHAT_FOLLOWS.search(tail)
    return found is not None and _SUPPOSED_ONLY.search(tail[: found.start()]) is not None


def to_be_refuted(sentence: str) -> bool:
    """Whether what the sentence supposes is supposed to be false ("for contradiction")."""
    return _TO_BE_REFUTED.search(sentence) is not None


@lru_cache(4096)
def contradicts(sentence: str) -> bool:
    """Whether the sentence says that what was supposed last does not hold ("a contradiction")."""
    rest = _TO_BE_REFUTED.sub(" ", sentence)
    found = _CONTRADICTS.search(rest)
    return found is not None and not _SUPPOSED_ONLY.search(rest[: found.start()])


@lru_cache(4096)
def frees(words: str) -> tuple[int, ...]:
    """The numbers of the formulas of which the sentence says that they may have any value."""
    return tuple(int(next(filter(None, match.groups()))) for match in _FREES.finditer(words))


@lru_cache(4096)
def passing(sentence: str) -> bool:
    """Whether what the sentence sets holds for a while only ("for now set b = 0")."""
    return _PASSING.search(sentence) is not None

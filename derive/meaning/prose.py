"""The cue words of prose: what introduces a hypothesis, a definition, a case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

from derive.meaning import mentioned

__all__ = [
    "Cue",
    "Sentence",
    "cue",
    "puts_back",
    "says_one_hot",
    "says_sum_one",
    "sentences",
    "vanishes",
]

Cue: TypeAlias = Literal["", "since", "assume", "if", "define", "case", "denied"]

_CUES: tuple[tuple[Cue, re.Pattern[str]], ...] = (
    # "Case 1: j = k" and "in the case j = k", but not "In this case, L = 0", "the scalar case: ..."
    (
        "case",
        re.compile(
            r"(?<!this )(?<!that )(?<!which )\bcase\b(?!\s*[:,]|\s+(?:that|when|where)\b)"
            r"[^.;]{0,40}$",
            re.I,
        ),
    ),
    (
        "since",
        re.compile(
            r"\b(since|because|given(?! by\b)|provided|using|as long as|due to|remember|"
            r"recall(?:ing)?|forget|in mind|knowing|fact that|we know)\b"
            r"[^.;:]{0,70}$|"
            r"\b(?:we|i|have|['’]ve|is|was|been)\s+used(?:\s+(?:that|the\s+(?:fact|observation|"
            r"property|identity|constraint|condition)(?:\s+that)?))?[\s:,]*$|"
            r"(?:^|[,;:]\s*)\W*(?:and\s+)?as\s*$|"
            r"\b(?:satisf(?:y|ies)|obeys?|fulfill?s?)\s*$",
            re.I,
        ),
    ),
    (
        "assume",
        re.compile(
            r"\b(assum\w+|suppos\w+|constraints?|subject to|condition)\b[^.;]{0,70}$|"
            r"^\s*,?\s*(?:under|such that|s\.\s?t\.)\s*$|"
            r"\b(?:without\s+(?:any\s+)?loss\s+of\s+generality|w\.?\s?l\.?\s?o\.?\s?g)\b\W*"
            r"(?:(?:that|we\s+(?:may|can)\s+(?:take|say|think of))\s*)?$|"
            r"\brestrict\w*\s+(?:(?:our|attention|ourselves)\s+)*to\s*$|"
            r"\b(?:chosen|selected|picked|scaled|normali[sz]ed|arranged)\s+(?:so|such)\s+that\s*$|"
            r"\bon (?:the|a) (?:\w+ ){0,2}(?:circle|sphere|ellipse|curve|line|plane|simplex|"
            r"surface|boundary|hyperplane|manifold)\W*$",
            re.I,
        ),
    ),
    (
        "define",
        re.compile(
            r"\b(let|where|here|denot\w+|defin\w+|set|put|call|write|introduce|abbreviat\w+|"
            r"choose|choosing|choice|with|say|notation|shorthand)\b[^.;]{0,90}$",
            re.I,
        ),
    ),
    (
        "if",
        re.compile(
            r"\b(if|when|whenever|wherever|unless|only\s+(?:if|when|where|for|at|one)|"
            r"case\s+(?:that|when|where))\b[^,.;:]{0,40}$|"
            r"\b(?:if|when|whenever)\b[^.;:□]{0,80}\b(?:so|such) that\s*$|"
            r"\buntil\s+(?:we\s+)?(?:reach\w*|arriv\w+ at|get to)\s*$|"
            r"\b(?:if|when|whenever|case of)\b[^.;:□]{0,80}[(,]\s*(?:i\.\s?e\.|that is),?\s*$|"
            r"(?<!looking )(?<!look )(?<!solve )(?<!solving )(?<!search )(?<!searching )"
            r"\bfor(?: (?:all|any|every|each|some))?\s*$|"
            r"\bfor (?:the|an?) (?:\w+ ){0,3}(?:distribution|case|choice|prediction|model)\s*$|"
            r"(?:^|[.;,:]|\b(?:evaluat\w+|derivatives?|slopes?|gradients?|values?|tangents?|"
            r"expan\w+|Jacobian|Hessian|taken|computed))\s*at(?: the points?| points?)?\s*$",
            re.I,
        ),
    ),
)
_CASE_WHERE = re.compile(
    r"\bcases?\s+(?:of\s+(?:\w+\s+){1,4})?(?:when|where|in which)\b[^,.;:]{0,40}$", re.I
)
_NEGATED = re.compile(r"\b(?:not|neither)\W*$", re.I)
_NEARER = re.compile(
    r"\b(then|hence|thus|therefore|so|gives?|get|obtain|have|yields?|becomes?|is|are)\b[^.;]*$",
    re.I,
)
_THAT_IS = re.compile(r"\b(?:i\.\s?e\.|that is|meaning)[,:]?\s*$", re.I)
_THEN = re.compile(
    r"\W*(?:then\b\W*)?(?:clearly |simply )?"
    r"(?:we (?:get|have|obtain|find)\b|it follows that|(?<=then )|(?<=then))\W*",
    re.I,
)
# "If the data are centered, so that □": what being centered means is supposed as well.
_SO_THAT = re.compile(r"\b(?:so|such) that\W*$", re.I)
_REASON_IN_WORDS = re.compile(r"\b(?:since|because|as)\s+(?:[\w'’-]+\s+){2,}[\w'’-]+,\W*$", re.I)
_AND = re.compile(r"^\W*(?:\([^()]*\)\W*)?(and|but|&)\W*$", re.I)
# "We may start with the cost, in that case": the sentence itself says which case.
_IN_THAT_CASE = re.compile(r"\w[,;]\s*in (?:this|that|which) case\W*$", re.I)
_IF_SAY = re.compile(
    r"\bif\s*,\s*(?:let['’]?s say|say|for (?:example|instance))\s*,[^.;:]{0,40}$|"
    r",\s*(?:let['’]?s\s+)?say,?\s*$",
    re.I,
)
_LOCUS = re.compile(
    r"\b(?:boundar(?:y|ies)|hyperplanes?|planes?|lines?|curves?|contours?|surfaces?)\b"
    r"[^.;:,□]{0,30}$",
    re.I,
)
_EITHER = re.compile(r"\s*(or|and|versus|vs\.?|/)\s*", re.I)
_VALUES = re.compile(r"\b(?:class(?:es)?|labels?|targets?|outcomes?|categor\w+)\b[^.;,]*$", re.I)
_WHEN_COLON = re.compile(r"\b(?:if|when|whenever)\s*:\s*$", re.I)
_BRANCH = re.compile(
    # "Else if the sign stays the same: □"
    r"^\W*(?:else\s+|otherwise\s+)?if\s(?:(?!\b(?:then|we|have|gets?|gives?|obtain|becomes?|use|"
    r"comput\w+|set|is|are|reads?|follows?|hence|so)\b)[^,.;:□]){8,100}:\s*$",
    re.I,
)
_COMMA = re.compile(r"^\s*,?\s*$")
_AS = re.compile(r"\W*(?:as|by|to be|is|with|where)\W*", re.I)
# "with this", "by definition", "the constraint implies": what follows is claimed.
_GOES_BACK = re.compile(
    r"\W*(?:(?:with|using|given|knowing|recalling|as|from|because of|due to|assumptions?|"
    r"conditions?|constraints?)\s+"
    r"(?:it|this|that|these|those|them|which|all|both|everything|the above|what)\b"
    r"(?!\s+(?:is|are|we)\b)|"
    r"(?:assumptions?|conditions?|constraints?)\s+(?:then\s+|now\s+)?"
    r"(?:gives?|implies|imply|yields?|means?|becomes?|leads?|reads?)\b|"
    r"(?:notation|definitions?)\W*$|"
    r"let(?:['’]s|\s+us)\s+(?!(?:now\s+|also\s+|again\s+)?(?:assume|suppose|denote|define|set|put|"
    r"call|write|introduce|choose|say|take)\b))",
    re.I,
)
_NAMES = re.compile(r"\W*(?:denot|defin|call|writ|introduc|abbreviat|say|notation|shorthand)", re.I)
_UNDER_THIS = re.compile(
    r"\b(?:this|that|these|those|our|such)\s+(?:assumptions?|conditions?|constraints?)"
    r"(?:\s+for\s[^,.;□]{1,30},)?\W*$",
    re.I,
)
_THE_CASE = re.compile(
    r"(?:^\W*|\b(?:the|special)\s+)case\s*(?:\(?(?:\d+|[a-zA-Z]|[ivx]+)\)?)?\W*"
    r"(?:of|that|where|when)?\s*$",
    re.I,
)
_OF_THE_FORMULA = re.compile(
    r"\W*(?:(?:that|we|you|instead|have|know|knows|assume|suppose|require|set|choose|the|a|an|our|this|"
    r"following|further|furthermore|moreover|also|now|again|additional|additionally|normali[sz]ation|"
    r"constraints?|conditions?|assumptions?|facts?|equations?|requirements?|is|are|be|both|it|holds|"
    r"true|of|to|such|so|subject|data|labels?|targets?|weights?|probabilities|probability|vectors?|"
    r"parameters?|satisf\w+|obey\w*|fulfil\w*|for|example|instance|simplicity|some|any|all|given)"
    r"[\s:(]*)*|"
    r"[^,;]*\b(?:satisf(?:y|ies|ying)|obeys?|fulfil\w*|such that|so that|constraint that|"
    r"condition that|assumption that|fact that|subject to|under)[\s:(]*|"
    r"[^;□]*,\s*(?:so|such) that[\s:(]*",
    re.I,
)
_TURNS = re.compile(r"\b(?:but|instead|rather|however|while|whereas)\b|;", re.I)
_EQUALS = re.compile(r"\s+(?:also\s+|then\s+)?(?:equals?|(?:is|are|be)\s+equal\s+to)\s+", re.I)
_IS = re.compile(
    r"\s+(?:is|becomes|evaluates\s+to|simplifies\s+to|reduces\s+to)"
    r"(?:\s+(?:simply|just|then|thus|therefore|now|exactly|also|always|again|given\s+by|nothing\s+but))*"
    r"\s*:?\s*",
    re.I,
)
_GIVES_IT = re.compile(r"\s*,?\s+(?:gives(?:\s+us)?|yields|we\s+(?:get|obtain|have))\s*:?\s*", re.I)
_DERIVATIVE_OF = re.compile(
    r"(^|[^\w\s-]|\b(?:the|its|a|that|and|so|then|hence|partial|first|simple|whose|by|of))\s*"
    r"(?:\b(?:derivative|gradient|slope)\s+of|\bdifferentiating)\s+(?:the\s+(?:function|term|"
    r"expression|loss|factor)\s+)?$",
    re.I,
)
_BY_WHAT = re.compile(r"\s*,?\s*(?:with respect to|w\.?\s?r\.?\s?t\.?|by)\s+", re.I)
_EXTREME = re.compile(
    r"\b(?:largest|smallest|biggest|highest|lowest|max\w*|min\w*|mean|average|expected|typical)\b",
    re.I,
)
_ASPECT = re.compile(
    r"\b(?:of|by|to|at|for|in|on|over|under|from|between|with|w\.?r\.?t|as|than|that|whether|number|"
    r"which|until|unless|not|no)\b|□|\w+['’]s\b",
    re.I,
)
_WHERE_IT_HOLDS = re.compile(
    r"[\s,(]*(?:for|if|only|when|whenever|unless|otherwise|at|on|in)\b", re.I
)
_CLAUSE = re.compile(
    r"[,;:.]|\b(?:so|then|hence|thus|therefore|have|since|because|where|if|when|and)\b|"
    r"\b(?:not(?:e|ice)|see|shows?|know|find|obtain|follows|means?|conclude|observe|recall|such|"
    r"implies|assume|suppose)\s+that\b",
    re.I,
)
_OPENS_WITH = re.compile(
    r"\W*(?:(?:for (?:example|instance)|e\.g\.|now|then|so|in particular|indeed)\b\W*)?"
    r"(?:with|given|for|when|under)\b[^,;]*□\s*,\s*$",
    re.I,
)
_GIVES = re.compile(r"\W*(?:with|given|assum\w+|suppos\w+)\b", re.I)
# "With □ we have □ and □": the last two are claimed.
_HAS = re.compile(
    r"\b(?:have|get|obtain|find|gives|gets?|yields?|follows?|then|hence|thus|therefore|so that)\b",
    re.I,
)
# Words between two statements of one formula ("L = ..., with sum t = 1") that introduce the second.
_INTRODUCES = re.compile(
    r"\W*(?:and\s+)?(?:with|where|since|because|given|provided|assuming|supposing|as|such that|"
    r"subject to)"
    r"(?:\s+that)?\W*",
    re.I,
)
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bEq)(?<!\beq)(?<!\bw\.r\.t)(?<!\bresp)(?<!\d)[.!?](?=[\s)*\]]|$)"
)
_ONE_HOT = re.compile(r"one[\s-]?hot", re.I)
_SUM_ONE = re.compile(
    r"probability\s+(?:distribution|vector)|\bsums?\s+(?:up\s+)?to\s+(?:1\b|one\b|unity\b|$)|"
    r"\badds?\s+up\s+to\s+(?:1\b|one\b|$)",
    re.I,
)
# "if you recall that t is one-hot" supposes nothing.
_IF = re.compile(
    r"\b(?:if(?!\s+(?:you|we)(?:\W?ll|\s+will)?\s+(?:recall|remember|note|look|think))|"
    r"whenever|unless|only when)\b[^.;:]*$",
    re.I,
)
_ANY_TARGETS = re.compile(
    r"\bin general\b\W*$|\bsoft(?:ened)?\s+(?:labels?|targets?)|"
    r"\b(?:not|no longer|need not be|non)[\s-]+one[\s-]?hot|"
    r"\b(?:arbitrary|general)\s+(?:labels?|targets?)",
    re.I,
)
_ALTERNATIVE = re.compile(r"\b(otherwise|either|predict\w*|case|whether|when|if)\b", re.I)
_NOUN = re.compile(
    r"one[\s-]?hot(?:[\s-]+(?:en|re)?coded|[\s-]+encoding)?"
    r"(?:\s+(?:target|label|class|ground[\s-]truth|vector|row|matrix|tensor)s?)*(?:\s+(?:of|in))?"
    r"[^\w,;]{0,4}$",
    re.I,
)
_NOT = re.compile(
    r"\b(no|not|never|neither|without|rather than|instead of|need not|\w+n't)\b", re.I
)
_OTHERS = re.compile(
    r"\b(?:other|others|remaining|rest)\b(?:\s+(?:the\s+)?(?:entries|components|elements|labels|"
    r"classes|values|are|have|of))*\W*$",
    re.I,
)
_UPDATE = re.compile(r"\b(updat\w+|iterat\w+|gradient descent|descent|new value)\b", re.I)
_EXAMPLE = re.compile(r"\b(ex\w?mples?|instance|e\.g\.|concret\w+|numbers|values)\b", re.I)
_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-*+•]|\\item)\s")
_ITEM_OPENS = re.compile(r"(?:^|\n)\s*(?:\(?(?:\d{1,2}|[a-z])[.)]|[-*+•]|\\item)\s*$")
_SEEKS = re.compile(
    r"\b(?:minimi[sz]\w*|maximi[sz]\w*|minimum|maximum(?! likelihood estimat)|least[- ]squares|"
    r"optim(?:um|al)|stationary point|best fit)\b",
    re.I,
)
_NEXT_CASE = re.compile(
    r"\W*(?:now|next|second(?:ly)?|then|finally|conversely|instead|on the other hand)\W", re.I
)
_LABELLED = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[a-z])[.)]|[-*+•]|\\item)?\s*\**[A-Z][\w ,'’-]{0,50}\**\s*"
    r"\((?:i\.e\.,?\s*)?"
)
_LABEL_CLOSES = re.compile(r"\s*\)\s*\**\s*(?:[:.,—–-]|=>|→|⇒)")
_LABEL_ENDS = re.compile(r"\s*\**\s*(?:[:—–]|=>|→|⇒)")
_EXAMPLE_OPENS = re.compile(
    r"(?:^|[\n.:!?])\W*(?:(?:as|an?|another|one|more|here|is|are|some|first|second|third|simple|easy|"
    r"worked|concrete|numerical|further|the|following|consider)\s+){0,4}examples?\b"
    r"(?:\W{0,3}[\w.()]{1,5})?\W{0,6}$",
    re.I,
)
_FOR_EXAMPLE = re.compile(r"\bfor (?:ex\w?mple|instance)\b|\be\.g\.", re.I)
_LET = re.compile(r"\blet\b[^.;]*$", re.I)
_MATRIX_FORM = re.compile(
    r"\b(?:in|into|as|using|with|the)\s+(?:\w+\s+){0,2}?(?:matri(?:x|ces)|vectori[sz]ed)(?:[-\s]vector)?\s+"
    r"(?:form|notation|version)\b|"
    r"\bMatri(?:x|zen)(?:form|notation|schreibweise)\b|\b(?:forme|notation) matricielle\b|"
    r"\b(?:forma|notación|notação) matricial\b|\b(?:forma|notazione) matriciale\b|"
    r"\bматричн\w+ (?:форм|вид|запис)|矩阵形式|矩陣形式|行列形式|行列表記",
    re.I,
)
_GENERAL = re.compile(
    r"\bin (?:general|(?:both|all|either) cases?)\b|\bgenerally\b|"
    r"\b(?:combin\w+|put\w*|tak\w+|merg\w+|collect\w+) (?:(?:the|these|this|both|all|two|three|"
    r"cases|it|them|everything|pieces|parts|results|branches)\s+)+(?:together|cases)\b|"
    r"\b(?:combin\w+|putting) (?:the (?:two|three) )?(?:both|them|these|cases)\b|"
    r"\b(?:both|all|the (?:two|three)|these (?:two|three)) cases\b|\bkronecker\b",
    re.I,
)
_MAY_BE_GENERAL = re.compile(
    r"\bcombin(?:e|ed|ing)\b|\bsumm(?:ary|arize|arizing|arise|ing up)\b|\boverall\b|"
    r"\btogether\b|\ball in all\b|"
    r"\bunif(?:y|ied|ying)\b|\bcompact(?:ly)?\b|\b(?:in|as) (?:one|a single)\b|"
    r"\bthe (?:full|whole|complete|entire)\b",
    re.I,
)
_WITH = re.compile(r"\bwith\b[^.;]*$", re.I)
_CONJUNCTION = re.compile(r"[\s,(]*(?:only\s+)?(?:if|when|whenever|for|where|in case)\s+")
_JOINS = re.compile(r"\s*,?\s*(?:and|,)\s+(?:if\s+|when\s+)?|\s*,\s*")
_RESTRICTS = re.compile(
    r"[\s,(]*(?:if|only\s+(?:if|when)|unless|whenever|except|other\s+than|apart\s+from)\b"
)
# "Except for □", "unless □", "if not □": what is said holds where the formula does not.
_EXCEPTS = re.compile(
    r"(?:\b(?:except|other than|apart from|aside from|excluding)"
    r"(?:\s+(?:for|when|if|where|in|the|case))*|"
    r"\bunless|\b(?:if|when|where)\s+not)\s*$",
    re.I,
)
_ONLY = re.compile(
    r"[\s,(]*(?:only\s+(?:if|when)|iff|if,?\s+and\s+only\s+if|(?:exactly|precisely)\s+(?:if|when))\b"
)
_REMARK = re.compile(
    r"\b(in other words|that is to say|could|would|might|for instance|one can|one may|"
    r"instead of|for example)\b",
    re.I,
)
_REASON = re.compile(r"\b(since|because|as|using|given|recall)\b", re.I)
_AT_ONCE = re.compile(
    r"[\s,.;()]*(?:since|because|as|given|provided|using|where(?:\s+we(?:\s+have)?\s+used?)?)\b",
    re.I,
)
_EXPLAINS_STEP = re.compile(
    r"^(?:[^.;□]{0,40}\b(?:in|for|at|to\s+(?:get|obtain|reach))\s+(?:the|this|that)\s+"
    r"(?:\w+\s+){0,2}(?:step|line|equality|equation|row|transition|simplification|derivation)\b|"
    r"\W*here\b)[^.;□]{0,30}\bused\b",
    re.I,
)
_WHERE = re.compile(r"\bwhere\b", re.I)
_WITH_THESE = re.compile(r"□\W*with\s*□\s*(?:,\s*□\s*)*(?:,|,?\s*and)\s*$", re.I)
_WITH_THIS = re.compile(r"\W*with\s*", re.I)
_REDEFINED = re.compile(
    r"\b(redefin\w+|define\w* anew|"
    r"(?:is|are) added to the (?:\w+ ){0,2}(?:loss|cost|objective|error))",
    re.I,
)
_MODEL = re.compile(r"\b(?:fit|fits|fitting|fitted|regress\w*|straight line)\b[^.]*$", re.I)
_CONCLUDES = re.compile(
    r"\b(?:thus|hence|therefore|so|(?<!\bis )(?<!\bare )then|gives?|yields?|impl(?:y|ies)|leads?|"
    r"obtain\w*|get|means|(?<!\bas )follows|rearrang\w+|solv\w+|conclude)\b",
    re.I,
)
_OF_ONE = re.compile(
    r"\b(?:single|one|individual|each|a given)[ -](?:(?:training|data|input)[ -])?"
    r"(?:samples?|examples?|observations?|instances?|points?|records?)\b|"
    r"\bper[ -](?:sample|example|observation|instance)\b",
    re.I,
)
_PUTS_VALUES = re.compile(
    r"\b(?:substitut\w+|plug\w*|insert\w*|put(?:ting)?|with|using|for)\b(?:\s+in)?[^.;]{0,40}"
    r"\b(?:values|numbers|numerical)\b|\bnumerically\b",
    re.I,
)
# Words of a calculation: what stands behind them is its next line.
_DRAWS = re.compile(
    r"\b(?:deriv(?:e[sd]?|ing|ation)|substitut\w+|plug\w*|insert\w*|collect\w*|combin\w+|cancel\w*|factor\w*|"
    r"reduc\w+|using the|use the|appl(?:y|ies|ying)|show\w*|prov\w+|this is|"
    r"by (?:the |an? )?(?:\w+[ -]){0,2}(?:rule|formula|law|identity|definition|theorem|property)|"
    r"verif\w+|since|because|algebra|turns? out|amounts?|recall\w*|remember|as before)\b",
    re.I,
)
# Each x_i is a column vector, whatever it is of X.
_LINES = re.compile(r"\b(row|column)s?\b(?![\s-]*vectors?\b)", re.I)
_SUMS_UP = re.compile(r"^\W*(?:summary|recap|conclusions?|(?:final )?results?)\b", re.I)
_DRAWS_TITLE = re.compile(
    r"^\W*(?:step|proof|derivation|simplif\w+|expand\w*|solution)\b",
    re.I,
)
# "From the simplified loss □, we get": what is meant is not yet what is got.
_PREMISE = re.compile(r"^\W*(?:from|given)\b[^.□]*$", re.I)
_ALSO = re.compile(r"\b(?:and|or)\b", re.I)
_AT_LAST = re.compile(
    r"\b(?:so|thus|hence|therefore|it follows that|we conclude(?: that)?)\b"
    r"(?:[\s,]+(?:that|we|must|have|get|obtain|find|finally|the solution is))*\W*$",
    re.I,
)
_CONCLUDING = (
    r"\b(?:so|thus|hence|therefore|then|gives?|giving|yields?|yielding|implies|implying|"
    r"(?:it )?follows|we (?:must )?(?:get|obtain|have|find|conclude|see|deduce)|leads? to|"
    r"results? in|means|clear(?:ly)?|obvious(?:ly)?|evident(?:ly)?|we conclude|"
    r"by (?:the )?(?:theorem|lemma|proposition|corollary|claim)(?:[\s~]+[\dA-Z][\w.]*)?)(?!\w)"
)
_FOLLOWS_SOMEWHERE = re.compile(_CONCLUDING, re.I)
_FOLLOWS = re.compile(
    _CONCLUDING + r"(?:[\s,]+(?:that|we|must|have|get|obtain|find|finally|also|simply))*\W*$", re.I
)
_DECIDES = re.compile(
    r"\b(?:predict\w*|classif\w+|outputs?|returns?|assign\w*|decid\w+|labels?|choos\w+|guess\w*|"
    r"fires?|say)\b",
    re.I,
)
# "when the same constant □ is taken from every score" is no condition on what is named.
_SUPPOSES_IN_WORDS = re.compile(
    r"\b(?:if|whenever|provided|assuming)\b[^;]*□[^;]*\b(?:is|are|equals?|vanish\w*|"
    r"coincides?|agrees?|has|have|satisf\w+|lies?|belongs?)\b[^;]*(?:,|\bthen\b)|"
    r"\bwhen\b[^;,]*□[^;,]*\b(?:(?:is|are)\b(?!\s+(?:\w+ed|taken|given|known|written|put)\b)|"
    r"(?:equals?|vanish\w*|coincides?|agrees?|has|have|satisf\w+|lies?|belongs?)\b)"
    r"[^;,]*(?:,|\bthen\b)",
    re.I,
)
_ZERO = re.compile(
    r"\b(?:set|sets|setting|equat(?:e|es|ing)|put|putting|requir\w+)\b[^.]{0,90}"
    r"(?:\bzero\b|\b0\b|\bequal\b|□)|"
    r"\b(?:stationar\w+|critical point|at the (?:optimum|minimum|maximum)|first[- ]order|"
    r"optimality|normal equations?|vanish(?:es|ing)?|(?:is|equals) zero|to zero)\b",
    re.I,
)
_AT_OPTIMUM = re.compile(
    r"\bat (?:the|an?|its|this|that|such an?) (?:\w+ )?(?:optimum|minimum|maximum|minimi[sz]er|"
    r"maximi[sz]er|equilibrium|fixed point|saddle point|stationary point|critical point)\b|"
    r"\bat (?:convergence|equilibrium)\b",
    re.I,
)
_TO_BE_SHOWN = re.compile(
    r"(?:^\W*|\b(?:we|us|will|shall|to|can|now)\s+)(?:show|prove|verify|check|demonstrate)\b", re.I
)
_LEAST_AT = re.compile(
    r"\b(?:(?:maximal|minimal|largest|smallest|least|optimal|maximi[sz]ed|minimi[sz]ed|attain\w*|"
    r"reach\w*|solved)\b[^.;]{0,30}\b(?:at|by|when|for|where)|"
    r"(?:minimum|maximum|optimum|minimi[sz]ers?|maximi[sz]ers?|estimat(?:e|es|or|ors)|mle|solutions?|"
    r"roots?|zeros|(?:critical|stationary|fixed|saddle)\s+points?|mode)\b"
    r"[^.;]{0,30}\b(?:is|are|at)(?:\s+(?:at|given by))?|"
    r"\b(?:has|have|having|admits?)\s+(?:\w+\s+){0,3}(?:solutions?|roots?|zeros))\W*$",
    re.I,
)
_SETS = re.compile(
    r"\b(?:(?:set|setting|equating|putting|requir\w+|solv\w+)|"
    r"(?:that|which)\s+(?:achieves?|satisf(?:y|ies)|solves?|makes?|yields?)|"
    r"conditions?(?:\s+(?:for (?:an?|the) \w+ )?(?:is|are|reads?|that|of))?)\W*$",
    re.I,
)
_RESTRICTION_BEHIND = re.compile(
    r"[\s,(]*((?:except|unless|but not|apart from)\b[\w\s-]{0,30}|"
    r"(?:on|off|outside)(?: the)?(?: main)? diagonals?\b|"
    r"for (?:(?:all )?(?:odd|even|(?:the )?(?:others?|first|last|remaining|correct|true|wrong|"
    r"target|incorrect))\b)[\w\s-]{0,30})",
    re.I,
)
_RESTRICTION_BEFORE = re.compile(
    r"(?:^|[;,.]|\band\b)\s*((?:(?:on|off|outside)\s+the\s+(?:main\s+)?diagonal|"
    r"(?:for|at|in|during)\s+(?:all\s+)?(?:the\s+)?(?:others?|first|last|remaining|"
    r"correct|true|wrong|incorrect|target|training|tests?|inference|odd|even))\b"
    r"(?!\s+(?:words|hand|glance|sight|place|time|instance|steps?|lines?|equality|equation|parts?|"
    r"sections?|paragraphs?|chapters?|posts?|articles?|lectures?|examples?)\b)[\w\s-]{0,30}),?\s*"
    r"(?:we (?:have|set|get)\s*|let\s*)?$",
    re.I,
)
# "Otherwise it outputs □"; "When □ is positive, □".
_OTHERWISE_BEFORE = re.compile(
    r"(?:^|[;,.]|\b(?:and|but|or)\b)\s*((?:otherwise|else(?!where)|if not|"
    r"in (?:all |the |any )?other cases?|(?:in|for) all others?)\b)[\w\s]{0,24},?[\w\s]{0,24}$",
    re.I,
)
_WORDED_BEFORE = re.compile(
    r"(?:^|[;,.]|\band\b)\s*(?:if|when|whenever|unless|as long as|in case)\s+"
    r"(?:(?:the )?(?:\w+ )?□|it|this|the \w+)\s+((?:is|are|lies)\s+[\w\s-]{2,30}),?"
    r"\s*(?:then\b)?[\w\s]{0,24}$",
    re.I,
)
# "in saturation, □"; "□ for negative inputs": of two values of one name, both are said of a part.
_OF_A_PART = (
    r"(?:for|in|on|off|at|if|when|whenever|unless|outside|inside|during|under|with|without|above|"
    r"below|between)\b"
)
_PART_BEFORE = re.compile(
    rf"(?:^|[;,.□]|\b(?:and|or|but|while|whereas)\b)\s*{_OF_A_PART}[^.;□]{{2,60}}$", re.I
)
_PART_BEHIND = re.compile(rf"[\s,(]*{_OF_A_PART}\s+(?!all\b|any\b|each\b|every\b)", re.I)
_ONE_OR_OTHER = re.compile(r"\b(?:either|depend\w*|respectively)\b", re.I)
_WHERE_IT_IS = re.compile(r"[\s,]*(?:if|when|whenever|provided|unless)\b", re.I)
_IS_SOMETHING = re.compile(r"\s+(?:is|are|lies|belongs|equals|differs)\b", re.I)
_VANISHES = re.compile(
    r"\b(?:vanish\w*|stationar\w+|critical points?|first[- ]order|optimality|KKT|optimum|"
    r"minim(?:um|i[sz]er|a)|maxim(?:um|i[sz]er|a))\b",
    re.I,
)
_PUTS_BACK = re.compile(
    r"\b(?:substitut|plug|insert)\w*\b[^.;:]{0,60}\b(?:back|in|into|these|this|them|both|those)\b|"
    r"\bback[- ]?substitut|^\W*(?:substitut|plugg)ing\b|\beliminat\w+\b",
    re.I,
)
_SOLVES = re.compile(
    r"\W*(?:(?:and|we|one|solving|this|that|which|so|hence|thus|therefore|then|from)\b[\s,]*){0,4}"
    r"(?:giv\w+|yield\w*|impl\w+|lead\w* to|get|find|obtain|have|so|hence|thus|therefore|"
    r"solv\w+|for|that|at)\b",
    re.I,
)
_MAP = re.compile(r"\b(transform\w*|maps?|mapping|mapped|embed\w*|function)\b[^.;:]{0,60}$", re.I)
_PROPERTY = re.compile(
    r"^\W*An?\s[^.]{1,60}\bis\s(?:called\s|said\sto\sbe\s)?\W*[\w-]+(?:\s[\w-]+)?\W*\s"
    r"(?:if|when|iff)\b[^.]*\b(?:have|holds|that|then|satisfies)\W*$",
    re.I,
)
_CHANGED = re.compile(
    r"\b(now|instead|this time|from here on|from now on|abuse\w* (?:of )?notation|anew)\b", re.I
)
_LET_BE = re.compile(
    r"\blet(?!['’]s\b|\s+us\b)\b[^.;]{0,60}$|"
    r"(?:^\W*|\b(?:we|let us|let['’]s|now)\s+)(?:(?:now|instead|again)\s+)*"
    r"(?:(?:re)?(?:define|denote|set)|call)\b[^.;]{0,60}$|"
    r"(?:(?<=\bthen )|(?<=\bnext )|(?<=\blater ))(?:we )?(?:set|put|choose|pick)\s*$|"
    r"\bintroduce\s+(?:\w+\s+){0,3}(?:shorthand|notation|abbreviation|symbol)\b[^.;]{0,40}$|"
    r"\b(?:can|could|may|might)\s+(?:also|alternatively)\s+(?:be\s+)?defined?\b[^.;]{0,60}$|"
    r"\b(?:instead|this time|from (?:here|now) on|anew|redefin\w+|overload\w*|"
    r"abus\w+ (?:of )?(?:the )?notation)\b",
    re.I,
)
# "Let □, □ and": one of several that are given a meaning.
_ONE_OF_SEVERAL = re.compile(r"^\W*\w+(?:\s+\w+)?[\s,□]*□\s*(?:,|and|,\s*and)\s*$", re.I)
# "the values are identical", "rewrite the loss", "in terms of w": what follows is claimed.
_SAME = re.compile(
    r"\b(?:same|identical\w*|equals?|equivalent\w*|unchanged|invarian\w+|(?:re)?writ\w+|expand\w*|"
    r"expansion|expanded|simplif\w+|in terms of|in other words|that is|stable)\b",
    re.I,
)
_VARIANT = re.compile(
    r"\b(?:another|other|different|alternativ\w+|variants?|versions?|generali[sz]\w+|more general|"
    r"modif\w+|penal\w+|regulari[sz]\w+|extend\w*|smooth\w*|multi-?\s?class|"
    r"(?:several|many|multiple|more)\s+(?:classes|outputs|categories))\b",
    re.I,
)
# These announce a variant where new data come with them; otherwise they go with any step.
_VARIED = re.compile(
    r"\b(?:becomes?|consider|we use|is used|add|adds|added)\b|"
    r"^\W*with (?!(?:an? )?(?:little|bit|few|simple|short|quick|lot|change|some|this|that|these|"
    r"the)\b)|"
    r"\bwith an?\b(?! (?:little|bit|few|simple|short|quick|lot|change))",
    re.I,
)
# What losses, activations and distributions are called, each in a section of its own.
_KINDS = re.compile(
    r"\b(?:mse|mae|mean[- ]squared|mean[- ]absolute|squared|absolute|huber|hinge|log[- ]?cosh|"
    r"cross[- ]entropy|logistic|exponential|poisson|gaussian|normal|bernoulli|binomial|quantile|"
    r"pinball|focal|ridge|lasso|elastic|sigmoid|tanh|relu|softmax|softplus|elu|gelu|swish|silu|"
    r"laplace|gamma|beta|uniform|geometric|pareto|weibull|cauchy|student|t-distribution|contrastive|triplet|perceptron|l1|l2)\b",
    re.I,
)
_IF_USED = re.compile(
    r"\bif\s+(?:we|you|one)\s+(?:(?:instead|now|also)\s+)*"
    r"(?:use|used|choose|chose|pick|picked|take|took|add|added|had)\b"
    r"(?![^,.;]*\b(?:rules?|facts?|identit\w+|theorems?|tricks?|definitions?|formulas?|propert\w+|"
    r"lemmas?|equations?|results?|expressions?|derivatives?|logarithms?|logs?|sides?|sums?|"
    r"expectations?|gradients?|notation|symmetry|this|that|these|it)\b)",
    re.I,
)
_CHOSEN = re.compile(
    r"\b(?:we|you|one|people)\s+(?:(?:can|could|may|will|now|often|usually|typically|also|commonly)\s+)*"
    r"(?:use|consider|choose|take|minimi[sz]e|maximi[sz]e|employ|prefer)\s+(?:an?|the)\s[^.;:]{0,40}"
    r"\b(?:loss|cost|error|objective|function|activation|entropy|likelihood|model|kernel|penalty|"
    r"distribution|divergence)\b",
    re.I,
)
_DEPENDS = re.compile(
    r"(⟦\d+⟧(?:\s*(?:,|and|,\s*and)\s*⟦\d+⟧)*)"
    r"([^⟦]{0,40}?\b(?:functions? of|depend\w*[^⟦]{0,24}? on)\s+(?:the )?(?:\w+ )?)"
    r"(?=(⟦\d+⟧(?:\s*(?:,|and|,\s*and)\s*⟦\d+⟧)*))",
    re.I,
)
_WHICH = re.compile(r"\W*(?:which|that|who|both of which|all of which)\b", re.I)
_OF_DEPENDENCE = re.compile(r"functions? of|depend", re.I)
_OF_SEVERAL = re.compile(r"\b(?:depend|functions|are|both|all)\b", re.I)
_LIST = r"⟦\d+⟧(?:\s*(?:,|and|or|,\s*(?:and|or))\s*⟦\d+⟧)*"
# "constants a and b", "c is fixed", "R does not depend on w"
_IS_CONSTANT = re.compile(
    rf"(?:\bconstants?|\bfixed)\s+(?:\w+\s+){{0,2}}?({_LIST})|"
    rf"({_LIST})\s*,?\s*(?:that |which )?(?:is|are|be|being|as|denotes?|stays?|remains?)\s+"
    r"(?:an?\s+|all\s+|both\s+|some\s+|held\s+|kept\s+|arbitrary\s+|positive\s+|real\s+|given\s+)*"
    rf"(?:constants?|fixed)\b(?!\s*⟦)|"
    rf"({_LIST})\s+(?:(?:does|do)\s+not\s+depend\s+on|(?:is|are)\s+independent\s+of)\s+"
    rf"(?:the\s+)?(?:\w+\s+)?({_LIST})",
    re.I,
)
# One of these words is in each such sentence: looked for first, for the lists take long.
_OF_CONSTANTS = re.compile(r"constant|fixed|depend", re.I)
_OF_RESULTS = re.compile(
    r"predict|output|activation|hidden|regulari|penalt|potential|kinetic|loss", re.I
)
_NOUN_OF_RESULT = (
    r"(?:predictions?|predicted (?:value|probability|output|label)s?|(?:network|model)(?:['’]s)? "
    r"(?:output|prediction)s?|activations?|hidden (?:state|unit|layer)s?|regulari[sz]ers?|"
    r"regulari[sz]ation terms?|penalty(?: terms?)?|potential(?: energy)?|kinetic energy|"
    r"loss(?:es)?)"
)
_RESULT = re.compile(
    rf"\b{_NOUN_OF_RESULT}\s+({_LIST})|"
    rf"({_LIST})\s+(?:is|are|be|denotes?)\s+(?:the|an?|our|its|some)\s+(?:\w+\s+){{0,2}}?"
    rf"{_NOUN_OF_RESULT}\b",
    re.I,
)
_COUNTED = re.compile(
    r"(?:\$|\\\()\s*([A-Za-z])\s*(?:\$|\\\))\s+(?:\w+\s+)?"
    r"(?:outcomes|classes|categories|components|states|labels|symbols|words|tokens|actions|arms|"
    r"samples|examples|observations|data points|points|features|clusters|topics|units|neurons|"
    r"elements|values|events|bins|experts|terms|possibilities|alternatives)\b"
)
# "K = 2 classes", which says of a sum over classes how far it goes, and of no other sum.
_NUMBER_OF = re.compile(
    r"(?:\$|\\\()\s*([A-Za-z])\s*=\s*\d+\s*(?:\$|\\\))\s+(?:\w+\s+)?"
    r"(?:outcomes|classes|categories|logits|scores)\b"
)
_OTHER_SUMS = re.compile(
    r"\b(?:samples?|examples?|observations?|points?|batch\w*|data ?sets?|features?|inputs?|pixels?|"
    r"steps?|layers?|neurons?|units?|tokens?|words?|dimension\w*)\b",
    re.I,
)
_DISTRIBUTION = re.compile(
    r"\b(?:distributions?|probabilit(?:y|ies)|weights|normali[sz]ed|mixtures?|teacher)\b", re.I
)
_ASKS = re.compile(r"\W*(?:is|are|does|do|why|when|show|prove|check|verify)\b", re.I)
_SCALAR = re.compile(r"\b(?:scalars?|one[- ]dimensional|numbers?)\b", re.I)
_BATCHED = re.compile(r"\b(?:mini-?)?batch(?:es|ed)?\b", re.I)
_DIRECTLY = re.compile(
    r"\b(?:direct|explicit)(?:ly)?\b[^.]{0,60}\b(?:through|via|indirect\w*|implicit\w*)\b|"
    r"\b(?:through|via|indirect\w*|implicit\w*)\b[^.]{0,60}\b(?:direct|explicit)(?:ly)?\b",
    re.I,
)
_OPEN = re.compile(r"\b(whether|except|unless|either|both|distinguish\w*|not necessarily)\b", re.I)
_WRAPPED = re.compile(r"(?<=[\w,;])[ \t]*\n[ \t]*(?=[a-z]\w)")
_LONGEST = 1_000
"""Characters of a sentence that are remembered: those that it opens with, and the last ones."""
_OPENING = 400


def _remembered(text: str) -> str:
    """A sentence as it is remembered: how it opens ("By way of contradiction, ...") and its end."""
    if len(text) <= _LONGEST:
        return text
    return text[:_OPENING] + text[_OPENING - _LONGEST :]


_TYPED_DEFINITION = re.compile(
    r"(?<![\w\\$&?./`])([A-Za-z])\s?=\s?(?:exp|log|ln|sum|sqrt|tanh|max|softmax|sigmoid)\s?\("
)
_OF_A_CURVE = re.compile(
    r"\b(?:curves?|lines?|circles?|ellipses?|parabolas?|hyperbolas?|lemniscates?|courbes?|droites?|"
    r"cercles?|paraboles?|hyperboles?|sets?|union)\b[^.;□]{0,60}"
    r"\b(?:(?:of|with|has|have|by|having)\s+(?:the\s+|an\s+|as\s+)?equations?)\s*:?\W*$|"
    r"\b(?:a\s+(?:\w+\s+){0,2}line|hyper-?planes?|boundar(?:y|ies))\b[^.;□]{0,60}:\s*$",
    re.I,
)
_OF_POINTS = re.compile(
    r"\b(?:points?|places?|those|regions?|areas?|zones?|inputs?)\b[^.;]{0,60}"
    r"\b(?:for which|where|with|satisfying|such that)\W*$",
    re.I,
)
# "the examples for which □", "pairs obeying □"
_OF_SUCH = re.compile(
    r"\b[a-z]+[a-rt-z]s\s+(?:that\s+)?"
    r"(?:for which|such that|(?:satisfy|obey|fulfil|fulfill|meet)(?:ing)?)[\s:(]*$",
    re.I,
)
_WISHED = re.compile(
    r"\b(?:wish|want|like|hope)(?:e?[sd]|ed)?\s+to\s+(?:have|get|obtain|see)\b[^.;]{0,60}$|"
    r"\bto\s+(?:ensure|guarantee|enforce|maintain|make\s+sure)(?:\s+that)?\W*$",
    re.I,
)
_NEEDS = re.compile(r"\bneed(?:\s+that)?\W*$", re.I)
_TAKES_UP = re.compile(
    r"\W*(?:(?:let us|we|now|next|first|then|so)\s+)*(?:consider|take)"
    r"(?:\s+(?:now|next|first|some|any|an?|the))*\W*",
    re.I,
)
_WITH_AT_ITS_END = re.compile(r"[\w□]\W+with\W*$", re.I)


@dataclass(frozen=True)
class Sentence:
    """What stands before a formula in its sentence.

    ``text``: all of it, with a ``□`` for each formula; ``tail``: what follows the last formula;
    ``cue``: what introduced the formula before.
    """

    text: str = ""
    tail: str = ""
    cue: Cue = ""

    @lru_cache(4096)  # noqa: B019
    def read(self, prose: str) -> Sentence:
        """The sentence that is open after some more prose; a line may end between two words."""
        prose = _WRAPPED.sub(" ", prose)
        ends = list(_END.finditer(prose))
        if ends:
            rest = prose[ends[-1].end() :]
            return Sentence(rest, rest)
        return Sentence(
            _remembered(self.text + prose),
            _remembered(self.tail + prose),
            self.cue,
        )

    def ended(self, prose: str) -> bool:
        """Whether more prose ends the sentence."""
        return len(sentences(prose)) > 1

    def formula(self, found: Cue) -> Sentence:
        """The sentence after a formula that ``found`` introduced.

        "Since the data are centred, □, and □": the words are the reason, and the second formula
        follows from them as the first does.
        """
        words = found == "since" and _REASON_IN_WORDS.search(self.tail) is not None
        return Sentence(_remembered(self.text + "□"), "", "" if words else found)


@lru_cache(4096)
def sentences(prose: str) -> tuple[tuple[int, str], ...]:
    """The pieces of prose that belong to different sentences, each with its place.

    The first goes on with the sentence before, the last is open.
    """
    starts = [0, *(match.end() for match in _END.finditer(prose))]
    ends = [*starts[1:], len(prose)]
    return tuple((a, prose[a:b]) for a, b in zip(starts, ends, strict=True))


@lru_cache(4096)
def cue(sentence: Sentence) -> Cue:
    """What introduces the formula that follows the sentence so far."""
    tail = sentence.tail
    also = _AND.match(tail) if sentence.cue else None
    if also is not None and (sentence.cue, also[1].lower()) != ("denied", "but"):
        return sentence.cue
    if mentioned.denies_what_follows(tail) or mentioned.drops_what_follows(tail):
        return "denied"
    if sentence.cue == "denied" and _AS.fullmatch(tail):
        return "denied"
    if sentence.cue == "define" and _COMMA.match(tail):
        return "define"
    if _IN_THAT_CASE.search(tail):
        return "case"
    if _IF_SAY.search(tail):
        return "if"
    found, at = _cue_word(tail)
    if found == "if" and tail[at:].lower().startswith("unless"):
        return "denied" if governs(sentence) else ""
    if found in ("assume", "define") and (
        mentioned.not_supposed(tail[:at]) or _NEGATED.search(tail)
    ):
        return "denied" if leads_to(sentence) else ""
    if _GOES_BACK.match(tail[at:]) or _UNDER_THIS.search(tail):
        return ""
    if found in ("since", "if", "assume", "case"):
        consequence = _NEARER.search(tail)
        if (
            consequence is not None
            and consequence.start() > at
            and re.match(r"(then|hence|thus|therefore|so|we)\b", consequence.group(1), re.I)
            and not _SO_THAT.search(tail)
        ):
            return ""
    return found


def _cue_word(tail: str) -> tuple[Cue, int]:
    """The cue that begins last, and where."""
    found: Cue = ""
    at = -1
    for name, pattern in _CUES:
        match = _last(pattern, tail)
        if match is not None and match.start() > at:
            found, at = name, match.start()
    case = _CASE_WHERE.search(tail) if found == "define" else None
    return ("if", case.start()) if case is not None else (found, at)


@lru_cache(4096)
def typed_definitions(text: str) -> frozenset[str]:
    """The letters of which words, and no formula, say what they are: ``u = exp(a) + ...``."""
    return frozenset(_TYPED_DEFINITION.findall(text))


def takes_up(sentence: Sentence) -> bool:
    """ "Now consider □.", "Take first □.": said of the numbers that are spoken of from here on."""
    begun = sentence.tail.strip()[:1].isupper()  # behind a formula with the full stop, "x = m.$"
    said = sentence.tail if begun else sentence.text
    return _TAKES_UP.fullmatch(said) is not None


def speaks_of_points(text: str, equation: bool) -> bool:
    """Whether the words give the formula behind them to points alone.

    "an ellipse with the equation □", "the examples for which □"; and of a comparison "the points
    where □".
    """
    if equation:
        return _OF_A_CURVE.search(text) is not None or _OF_SUCH.search(text) is not None
    return _OF_POINTS.search(text) is not None


def speaks_of_a_wish(text: str, equation: bool) -> bool:
    """ "We wished to have □ for all red points": so it should be, and so it may not be.

    Of no equation where it is only needed: "we only need □" goes on with a calculation.
    """
    needed = not equation and _NEEDS.search(text) is not None
    return needed or _WISHED.search(text) is not None


def is_beside(sentence: Sentence) -> bool:
    """ "The graph of f, with □": said of what the words before it speak of."""
    return _WITH_AT_ITS_END.search(sentence.text) is not None


def governs(sentence: Sentence) -> bool:
    """Whether the cue is said of the formula that follows itself, and not of words in between.

    "Assume that □", "where the labels satisfy □", but not "Since the sine is odd, □".
    """
    tail = sentence.tail
    if sentence.cue and (_AND.match(tail) or _COMMA.match(tail)):
        return True
    found, at = _cue_word(tail)
    if at < 0:
        return False
    if found == "case":
        return _THE_CASE.search(tail) is not None
    words = re.match(r"\W*[\w'’]+", tail[at:])
    rest = tail[at + words.end() :] if words is not None else ""
    return not _NAMES.match(tail[at:]) and _OF_THE_FORMULA.fullmatch(rest) is not None


def follows_then(tail: str) -> bool:
    """Whether the formula behind the words is what follows in a case: "if □, then □"."""
    return _THEN.fullmatch(tail) is not None


def leads_to(sentence: Sentence) -> bool:
    """Whether the clause of the cue goes on to the formula, without a comma or a verb."""
    if _IF_SAY.search(sentence.tail) or _THAT_IS.search(sentence.tail):
        return True
    _, at = _cue_word(sentence.tail)
    behind = re.sub(r"^\W*\w+ing\b", "", sentence.tail[at:])  # "assuming"
    return at >= 0 and not re.search(r"[,:]|\bwe\b|ing\b", behind)


def says_equal(between: str, before: str, derivative: bool = False) -> bool:
    """Whether the words between two formulas say that they are equal, and of nothing else.

    ``before``: the words in front of the first: "the derivative of f equals 2x" is not of f.
    ``derivative``: whether the first is one, of which "is" says no more than "equals".
    """
    clause = _CLAUSE.split(before)[-1]
    if not _EQUALS.fullmatch(between):
        if not derivative or not _IS.fullmatch(between) or _EXTREME.search(clause):
            return False
    return _ASPECT.search(clause) is None


def names_derivative(before: str) -> bool:
    """Whether the words end with "the derivative of", or "differentiating", and leave it so."""
    found = _DERIVATIVE_OF.search(before, max(0, len(before) - 200))
    said = re.sub(r"\b(?:the|its|a)\s*$", "", before[: found.end(1)]) if found else ""
    return found is not None and not (
        mentioned.denies_what_follows(said)
        or mentioned.leaves_open(said)
        or mentioned.to_be_shown(said)
    )


def says_by_what(words: str) -> bool:
    """Whether the words between two formulas are "with respect to"."""
    return _BY_WHAT.fullmatch(words) is not None


def says_what_it_is(words: str) -> bool:
    """Whether the words behind "the derivative of □" lead to what it is."""
    return any(pattern.fullmatch(words) for pattern in (_IS, _EQUALS, _GIVES_IT))


def starts_restriction(words: str) -> bool:
    """Whether the words behind a formula say where it holds ("for the true class")."""
    return _WHERE_IT_HOLDS.match(words) is not None


def turns(tail: str) -> bool:
    """Whether the sentence turns from what it denies to what it claims ("but", "instead")."""
    return _TURNS.search(tail) is not None


# "We exclude □", "with probability one half □", "if □, then □": nobody gives a value there.
_GIVES_NONE_BEFORE = re.compile(
    r"\b(?:exclud\w+|avoid\w*|except(?:ing)?|away from|unless|without|were|had|ideally|wants?|"
    r"would|like|wish\w*|hop(?:e|es|ing)|our target|goal|aim\w*|conjectur\w*|mistakes?|relax\w*|"
    r"compar\w+|replac\w+|chang\w+|instead of|rather than|plot\w*|curve|never|nobody|not|cannot|"
    r"contradict\w*|impossib\w*|even if|whether|only|if|when|whenever|provided|as long as|in case|"
    r"condition\w*|guess\w*|with (?:probability|odds) \S.*)\b|n['’]t\b|"
    r"\bin the (?:previous|last) (?:example|case|section)\b",
    re.I,
)
_GIVES_NONE_BEHIND = re.compile(
    r"\W*(?:if|when|whenever|provided|unless|only)\b|"
    r"\W*(?:is|are|was|were)\s+(?:vertical|horizontal|simple|a (?:root|solution|line|guess)|"
    r"not|never|dropped|wrong)\b|\W*(?:fails?|cannot|never|with probability|for (?:half|most|part)|"
    r"most of|half of|part of|in some|sometimes|,\s*not\b)",
    re.I,
)


def tells_odds(text: str) -> bool:
    """Whether a sentence tells how probable it is what it says: "With probability 1/2, □"."""
    return re.search(r"\bwith (?:probability|odds) \S", text, re.I) is not None


def gives_no_value(before: str, behind: str) -> bool:
    """Whether a sentence mentions ``x = 1`` without giving x this value."""
    return (
        _GIVES_NONE_BEFORE.search(before) is not None
        or _GIVES_NONE_BEHIND.match(behind) is not None
    )


_HOW_MANY = re.compile(
    r"\b(?:there (?:are|is|were)|(?:ha(?:s|ve|d)|with|us(?:e|es|ing)|tak(?:e|es|ing)|consider\w*|"
    r"of|into|among|between|contain\w*|comprises?|consists? of|say|put|set|fix|choose)"
    r"(?: (?:only|just|exactly|a total of|the|simply))?)\s*$|"
    r"\b(?:classif\w+|class(?:es)?|problem|case|setting|network|model|labels?|dimensions?)"
    r"\s*[,(:]?\s*(?:(?:i\.e\.|that is|so|hence|namely|where|thus),?\s*)?$",
    re.I,
)
_OTHER_NUMBER = re.compile(r"\b(?:if|when|whenever|unless|for|not|than|why|whether|e\.g\.)\b", re.I)


def says_how_many(sentence: Sentence) -> bool:
    """Whether ``N = 3`` behind it tells how many there are ("There are □ classes")."""
    told = _HOW_MANY.search(sentence.tail) is not None
    return told and _OTHER_NUMBER.search(sentence.tail) is None


def goes_on_giving(sentence: Sentence) -> bool:
    """Whether a formula is one more of those that the sentence gives ("With □, i.e. □, and ")."""
    gives = _GIVES.match(sentence.text) is not None and not _HAS.search(sentence.text)
    return gives and _AND.match(sentence.tail) is not None


def opens_with(sentence: Sentence) -> bool:
    """Whether the sentence begins with what is given ("With □, ")."""
    return _OPENS_WITH.match(sentence.text) is not None


def introduces(words: str, before: Cue) -> Cue:
    """What introduces a statement that follows another in one formula, with words between them."""
    if _INTRODUCES.fullmatch(words):
        return cue(Sentence(words, words))
    return before


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match that begins last."""
    found = pattern.search(text)
    while found is not None:
        later = pattern.search(text, found.start() + 1)
        if later is None:
            return found
        found = later
    return None


def says_batched(text: str) -> bool:
    """Whether the text speaks of a batch: what was said of one input is said of each row."""
    return _BATCHED.search(text) is not None


def says_update(*texts: str) -> bool:
    """Whether the text speaks of iterations, in which a name is given a new value."""
    return any(_UPDATE.search(text) for text in texts)


def says_example(text: str) -> bool:
    """Whether the text gives an example in numbers."""
    return _EXAMPLE.search(text) is not None


def opens_item(text: str) -> bool:
    """Whether an item of a list begins behind the text."""
    return _ITEM_OPENS.search(text) is not None


_SUPPOSITIONS = re.compile(
    r"\W*(?:(?:the|our|we|make|key|main|standing|basic|model(?:ling)?|following|these)\s+)*"
    r"(?:assumptions?|hypothes[ei]s|suppositions?)\W*",
    re.I,
)
_ITEM_CLAIMS = re.compile(
    r"\b(?:so|then|thus|hence|therefore|gives?|yields?|impl(?:y|ies)|follows|conclude|prove|show|"
    r"have|get|not?|never|nor|without|unless)\b|□",
    re.I,
)


_ONLY_HERE = re.compile(
    r"\bthis (?:sub)?(?:section|part|paragraph|example|derivation)\b|\bhere\b", re.I
)


def says_only_here(text: str) -> bool:
    """Whether what is supposed is supposed in this section only."""
    return _ONLY_HERE.search(text) is not None


def opens_suppositions(title: str) -> Cue:
    """What introduces each item of a list with the title: "Assumptions"."""
    return "assume" if _SUPPOSITIONS.fullmatch(title) else ""


@lru_cache(4096)
def opens_list(sentence: Sentence) -> Cue:
    """What introduces each item of a list behind the words: "We assume:", "Let □ satisfy"."""
    found = cue(sentence)
    asked = leaves_open(sentence) or _ASKS.match(sentence.text) is not None
    if found in ("assume", "since") and governs(sentence) and not asked:
        return found
    return opens_suppositions(sentence.text)


def supposes_in_item(sentence: Sentence) -> bool:
    """Whether the formula behind the words is the item: "2. (Sign) □", and no consequence."""
    return _ITEM_CLAIMS.search(sentence.text) is None


def opens_example(text: str) -> bool:
    """Whether an example begins behind the text: "Example 2."."""
    return _EXAMPLE_OPENS.search(text) is not None


_BEGINS_WITH_EXAMPLE = re.compile(r"[\s>*_]*examples?\b[\s*_]*[:.]", re.I)


def begins_with_example(text: str) -> bool:
    """Whether a paragraph is an example by its first word: "**Example**: Let"."""
    return _BEGINS_WITH_EXAMPLE.match(text) is not None


def says_for_example(text: str) -> bool:
    """Whether the sentence is an example of what was said before."""
    return _FOR_EXAMPLE.search(text) is not None


def lets(sentence: Sentence) -> bool:
    """Whether "let" introduces what follows."""
    return _LET.search(sentence.text) is not None


def ends_case(sentence: Sentence) -> bool:
    """Whether the sentence speaks of all cases again."""
    return speaks_of_all(sentence.text)


@lru_cache(4096)
def speaks_of_all(text: str) -> bool:
    """Whether the words speak of all cases."""
    return _GENERAL.search(text) is not None


@lru_cache(4096)
def may_speak_of_all(text: str) -> bool:
    """Whether the words may go beyond the case that was spoken of: "in summary", "compactly"."""
    return _MAY_BE_GENERAL.search(text) is not None


def supposes_for_example(sentence: Sentence) -> bool:
    """Whether it is only in this sentence that a name has a value ("For example, with x = 0:")."""
    return says_for_example(sentence.text) and _WITH.search(sentence.tail) is not None


def either(words: str, before: str) -> bool:
    """Whether two formulas are alternatives: "□ or □", "the classes □ and □"."""
    found = _EITHER.fullmatch(words)
    return found is not None and (found[1].lower() != "and" or _VALUES.search(before) is not None)


def names_locus(tail: str) -> bool:
    """Whether the formula behind the words says where a line or plane is: "the boundary □"."""
    return _LOCUS.search(tail) is not None


@lru_cache(4096)
def labels_case(before: str, behind: str) -> bool:
    """Whether a comparison between the words is a label: "Small residuals (□):", "- □:"."""
    if _LABELLED.fullmatch(before) is not None:
        return _LABEL_CLOSES.match(behind) is not None
    return _ITEM_OPENS.fullmatch(before) is not None and _LABEL_ENDS.match(behind) is not None


def turns_to_case(text: str) -> bool:
    """Whether the sentence turns to another case: "Now suppose that □"."""
    return _NEXT_CASE.match(text) is not None


def seeks_extreme(text: str) -> bool:
    """Whether the words are about where something is least or largest."""
    return _SEEKS.search(text) is not None


def only_conjunction(words: str) -> bool:
    """Whether the words between two formulas are no more than "if" or "for"."""
    return _CONJUNCTION.fullmatch(words) is not None


def joins_conditions(words: str) -> bool:
    """Whether a condition goes on behind the words: "and", "," or "and if"."""
    return _JOINS.fullmatch(words) is not None


@lru_cache(4096)
def excepts(words: str) -> bool:
    """Whether the formula behind the words is where something is not said to hold."""
    return _EXCEPTS.search(words) is not None


_DENIES_CONDITION = re.compile(
    r"\b(?:unless|except|excluding|other than|apart from|not|even (?:if|for|when))\b", re.I
)


def denies_condition(*texts: str) -> bool:
    """Whether the words before a condition say that it does not hold, or need not."""
    return any(_DENIES_CONDITION.search(text) for text in texts)


_OPENS_CASE = re.compile(r"\W*(?:(?:and|but|so|now)\W+)?(?:for|when|whenever|if|in case)\b", re.I)


def names_case(sentence: str) -> bool:
    """Whether the sentence up to a formula is no more than "Case 2:"."""
    return re.fullmatch(r"\W*case\s+\w{1,5}\W*", sentence, re.I) is not None


def opens_case(sentence: str) -> bool:
    """Whether the sentence begins with a case that it speaks of: "For □"."""
    return _OPENS_CASE.match(sentence) is not None


_OF_ALL = re.compile(r"\b(?:all|every|each)(?:\s+(?:the|of the|our))?\s*$", re.I)
_FOR_ALL = re.compile(r"[\s,(]*(?:for|over)\s+(?:all|every|each|any)(?:\s+\w+)?\s*", re.I)


def says_of_all(tail: str) -> bool:
    """Whether the formula behind the words is said of all positions: "if all □"."""
    return _OF_ALL.search(tail) is not None


_CONDITION_FOLLOWS = re.compile(
    r"[\s,(\[]*(?:for|if|when|whenever|where|with|provided(?: that)?|(?:as|so) long as|over)"
    r"(?:\s+\w+){0,3}\s*",
    re.I,
)
_KEPT_APART = re.compile(r"\b(?:distinct|different|unequal|differing)\b", re.I)
_LEFT_OUT = re.compile(
    r"\b(?:other than|apart from|but not|most|even|odd|neighbou?ring|adjacent|except|at least one|"
    r"at most|almost all|nearly all)\b",
    re.I,
)
_FEW_OF = re.compile(
    r"\b(?:at (?:least|most) \w+|almost all|nearly all|most|some|many|several|a few|half|"
    r"all but \w+|(?:exactly|only) \w+)(?: of(?: the| these| those)?)?\s*$",
    re.I,
)
_FOR_SOME = re.compile(r"\W*(?:for|of|at) (?:some|one|a certain)\b[^□]*$", re.I)
_NOT_SIMPLY = re.compile(
    r"\W*(?:unless\b|only (?:if|when|for|where|at|in)\b|in expectation\b|on average\b|"
    r"in (?:probability|distribution|law)\b|approximately\b|asymptotically\b|"
    r"(?:up )?to (?:first|second|leading|lowest|higher) order\b|initially\b|at first\b|for now\b|"
    r"(?:at|on) the (?:start|beginning|outset|boundar\w+|edges?|ends?|origin|surface|border)\b|"
    r"there\b|"
    r"for the (?:first|last|second|third) (?:example|sample|point|term|layer|step|class)\b)",
    re.I,
)
_SUCH_THAT = re.compile(
    r"\b(?:let|there (?:is|are|exists?)|exists?|choose|pick|take|fix|for some)\b[^□]*□[^□]*"
    r"\b(?:such that|with|so that|for which|where)\s*$",
    re.I,
)


def only_where(words: str) -> bool:
    """Whether the words between a formula and its condition are no more than "for all pairs"."""
    return _CONDITION_FOLLOWS.fullmatch(words) is not None or not words.strip(" \n\t(,[")


def says_distinct(behind: str) -> bool:
    """Whether what is said behind a formula keeps its letters apart ("for distinct □ and □")."""
    return _KEPT_APART.search(behind) is not None


def says_of_few(before: str, behind: str) -> bool:
    """Whether what is said around a formula leaves out positions ("at least one", "for even □")."""
    return _FEW_OF.search(before) is not None or _LEFT_OUT.search(behind) is not None


def only_for_some(words: str) -> bool:
    """Whether the words between a formula and a letter are no more than "for some"."""
    return _FOR_SOME.fullmatch(words) is not None


_FIXED = re.compile(
    r"\bfix(?:ed)?\b|\bfor (?:one|some|an? (?:fixed|single|certain|particular))\b", re.I
)


def fixes(text: str) -> bool:
    """Whether a sentence speaks of one position that it does not change ("Fix □ and assume")."""
    return _FIXED.search(text) is not None


_AT = re.compile(  # in the same clause
    r"[\s,(]*(?:at|(?:only )?(?:if|when|whenever)|unless|provided(?: that)?|as long as)\s*"
)
_NOT_AT = re.compile(
    r"\b(?:exclud\w+|avoid\w*|except(?:ing)?(?: (?:at|for|where|when))?|away from|without|relaxing|"
    r"ruling out|other than|apart from|outside(?: of)?)\s*$",
    re.I,
)


def leaves_out(tail: str) -> bool:
    """Whether the value behind the words is the one that is not meant ("away from □")."""
    return _NOT_AT.search(tail) is not None


def only_at(words: str) -> bool:
    """Whether the words between two formulas are no more than "at" or "if"."""
    return _AT.fullmatch(words) is not None


def restricts(behind: str) -> bool:
    """Whether the words behind a formula say that it is not simply so: "unless", "on average"."""
    return _NOT_SIMPLY.match(behind) is not None


def names_one_position(text: str) -> bool:
    """Whether a formula is said of the letter before it only: "there is an □ with"."""
    return _SUCH_THAT.search(text) is not None


def only_for_all(words: str) -> bool:
    """Whether the words between two formulas are no more than "for all"."""
    return _FOR_ALL.fullmatch(words) is not None


def only_excepts(words: str) -> bool:
    """Whether the words between two formulas are no more than "except for" or "unless"."""
    return _EXCEPTS.fullmatch(words.strip(" ,(\n")) is not None


def starts_condition(words: str) -> bool:
    """Whether the words behind a formula restrict it."""
    return _RESTRICTS.match(words) is not None


_HEDGES = re.compile(
    r"\b(?:sometimes|often|occasionally|ideally|rarely|perhaps|maybe|(?:it\s+is|be)\s+possible|"
    r"(?:can|may|might|could)\s+happen|on\s+average|in\s+expectation|"
    r"in\s+(?:the|an?)\s+(?:best|ideal|perfect|worst|extreme|lucky|degenerate|optimal)\s+cases?|"
    r"(?:is|are|be|were|was)\s+perfect|perfect\s+\w+\s+(?:has|have|would|gives?|predicts?))\b[^□]*$",
    re.I,
)


def hedges(text: str) -> bool:
    """Whether the formula behind the words holds in some cases only: "ideally □"."""
    return _HEDGES.search(text) is not None


_SPECIAL = re.compile(
    r"^\W*(?:in\s+(?:the|an?)\s+(?!general\b|usual\b|common\b|following\b|present\b|current\b|"
    r"same\b|standard\b|typical\b)(?:\w+[\s-]+){1,2}(?:case|setting|situation)|"
    r"for\s+an?\s+(?:[\w-]+\s+){1,2}(?:model|case|classifier|network|loss|prior)|"
    r"without\s+(?!loss|any\s+loss)\w+|initially|at\s+first|during\s+\w+)\b[^□]*$",
    re.I,
)


def is_special(text: str) -> bool:
    """Whether a sentence begins with a special case: "in the noiseless case, □"."""
    return _SPECIAL.match(text) is not None


_CUSTOM = re.compile(
    r"\b(?:usual|typical|common|popular|customary|natural|standard|special)\s+"
    r"(?:choices?|values?|settings?|conventions?|cases?)\b",
    re.I,
)


def tells_custom(sentence: Sentence) -> bool:
    """Whether the sentence says what is often chosen: "the usual choice is □"."""
    return _CUSTOM.search(sentence.text) is not None


def is_remark(sentence: Sentence) -> bool:
    """Whether the sentence only restates or supposes something, for a moment."""
    return _REMARK.search(sentence.text) is not None


def gives_reason(*texts: str) -> bool:
    """Whether words beside a row give a reason for it."""
    return any(_REASON.search(text) for text in texts)


def is_reason(words: str) -> bool:
    """Whether words before a formula are no more than that it is the reason for another."""
    return words.strip(" ,:").lower() in ("since", "because")


def follows_at_once(tail: str) -> bool:
    """Whether what comes next gives the reason for the formula just before."""
    return _AT_ONCE.match(tail) is not None


_WITH_BEHIND = re.compile(
    r"[\s,(]*(?:with|assuming|supposing|subject to|under)"
    r"(?:\s+that|\s+the\s+(?:constraint|condition|assumption|normali[sz]ation)(?:\s+that)?)?\W*",
    re.I,
)


def adds_condition(tail: str) -> bool:
    """Whether the formula before is said under what comes next: "□ with □"."""
    return _WITH_BEHIND.fullmatch(tail) is not None


def explains_step(text: str) -> bool:
    """Whether the sentence says what a step before it used: "in the last step we used that □"."""
    return _EXPLAINS_STEP.search(text) is not None


_FOR_WHAT = re.compile(r"□\s*,?\s*(?:for|when|if)(?:\s+the\s+(?:function|choice))?\s*$", re.I)


def says_for_what(text: str) -> bool:
    """Whether the formula is what the one right before is said of: "f' = 2x for f(x) = x^2"."""
    return _FOR_WHAT.search(text) is not None


def says_where(sentence: Sentence) -> bool:
    """Whether what follows explains the formula before."""
    return bool(
        _WHERE.search(sentence.text)
        or _WITH_THIS.fullmatch(sentence.tail)
        or _WITH_THESE.search(sentence.text)
    )


def vanishes(text: str) -> bool:
    """Whether the sentence speaks of where a derivative is 0."""
    return _VANISHES.search(text) is not None


def restriction_behind(words: str) -> str:
    """The words behind a formula that take it back for some: "except for", "for odd"."""
    found = _RESTRICTION_BEHIND.match(words)
    return " ".join(found[1].lower().split()) if found is not None else ""


def first_words(words: str) -> str:
    """The first words, up to a mark: "is even"."""
    found = re.match(r"[\w\s-]{0,30}", words)
    return " " + " ".join(found[0].lower().split()) if found is not None else ""


def restriction_before(words: str) -> str:
    """The words before a formula that say it of some: "for the other classes,"."""
    found = _RESTRICTION_BEFORE.search(words) or _OTHERWISE_BEFORE.search(words)
    return " ".join(found[1].lower().split()) if found is not None else ""


def said_of_a_part(text: str, behind: str) -> bool:
    """Whether what stands between the words is said in one case: "in saturation", "if not"."""
    return bool(
        _PART_BEFORE.search(text)
        or _OTHERWISE_BEFORE.search(text)
        or _PART_BEHIND.match(behind)
        or _ONE_OR_OTHER.search(text)
    )


def worded_before(text: str) -> str:
    """What words before a formula suppose of another: "when □ is positive,"."""
    found = _WORDED_BEFORE.search(text)
    return " ".join(found[1].lower().split()) if found is not None else ""


def tells_of(words: str, behind: str) -> bool:
    """Whether "if □ is even" stands there: the words before the letter, and those behind it."""
    return bool(_WHERE_IT_IS.match(words) and _IS_SOMETHING.match(behind))


def puts_back(text: str) -> bool:
    """Whether the sentence puts in what was found before: "substituting back"."""
    return _PUTS_BACK.search(text) is not None


@lru_cache(4096)
def sets_to_zero(text: str) -> bool:
    """Whether the sentence sets a derivative to zero, or speaks of where it vanishes."""
    return _ZERO.search(text) is not None


_CONSTRAINT = re.compile(r"\bconstrain(?:ts?|ed)\b|\bsubject to\b|\bs\.\s?t\.", re.I)


def says_constraint(text: str) -> bool:
    """Whether the sentence puts a constraint on what is sought: "subject to □"."""
    return _CONSTRAINT.search(text) is not None


_SEEKS_LEAST = re.compile(r"\\text\s*\{\s*(?:minimi[sz]e|maximi[sz]e)\b", re.I)


def asks_for_extreme(formula: str) -> bool:
    """Whether the rows of a display say what is sought: ``\\text{Minimize: } f(w) ...``."""
    return _SEEKS_LEAST.search(formula) is not None


_SUBJECT_TO = re.compile(
    r"\b(?:subject to|s\.\s?t\.)(?:\s+(?:the|an?|all|these|those)\b)?"
    r"(?:\s+(?:\w+\s+)?(?:constraints?|conditions?))?(?:\s+that)?\W*$",
    re.I,
)


def subjects_to(tail: str) -> bool:
    """Whether the formula behind the words is a constraint on what is sought."""
    return _SUBJECT_TO.search(tail) is not None


def says_at_optimum(text: str) -> bool:
    """Whether the sentence speaks of where a function is least or largest ("at the optimum")."""
    return _AT_OPTIMUM.search(text) is not None


def is_to_be_shown(text: str) -> bool:
    """ "We show that □", "it remains to prove □": the sentence says what is shown only now."""
    return _TO_BE_SHOWN.search(text) is not None


def is_least_at(tail: str) -> bool:
    """Whether the formula behind the words is where a function is least or largest, or zero."""
    return any(map(_LEAST_AT.search, _before_list(tail)))


_VANISHES_AT = re.compile(
    r"\b(?:derivative|gradient|slope|score)s?\b[^.;]*"
    r"\b(?:vanish(?:es)?|(?:is|are|equals?|becomes?)\s+(?:equal\s+to\s+)?(?:zero|0))\s+"
    r"(?:exactly\s+|precisely\s+|only\s+|just\s+)?(?:for|when|if|iff|at|where|whenever)\W*$",
    re.I,
)


def vanishes_at(text: str) -> bool:
    """Whether the formula behind the words is where a slope is zero: "which vanishes for □"."""
    return _VANISHES_AT.search(text) is not None


def sets(text: str) -> bool:
    """Whether the equation that follows is one that the text sets up ("Setting dL/db = 0")."""
    return _SETS.search(text) is not None


_RENAMES = re.compile(
    r"\b(?:(?:re)?naming|setting|putting|letting|calling|writing|denoting|abbreviating|"
    r"substituting)\W*$",
    re.I,
)


def renames(tail: str) -> bool:
    """Whether the formula behind the words gives a new name to what is known."""
    return _RENAMES.search(tail) is not None


def solves(words: str) -> bool:
    """Whether the words between an equation and another say that it was solved ("which gives")."""
    return len(words) < 60 and _SOLVES.match(words) is not None


_LETS_BE = re.compile(r"\blet(?:ting)?\W*$", re.I)


def lets_be(sentence: Sentence) -> bool:
    """Whether the formula that follows is set up by "let" itself: "Let □, then"."""
    return _LETS_BE.search(sentence.tail) is not None


def gives_model(text: str) -> bool:
    """Whether the sentence says what data are fitted by, which they need not obey."""
    return _MODEL.search(text) is not None


def concludes(text: str) -> bool:
    """Whether the sentence draws a conclusion."""
    return _CONCLUDES.search(text) is not None


def speaks_of_one(text: str) -> bool:
    """Whether what is said is said of one example alone: "for a single sample i"."""
    return _OF_ONE.search(text) is not None


def puts_values(text: str) -> bool:
    """Whether the sentence puts numbers in the place of names: "substituting the values"."""
    return _PUTS_VALUES.search(text) is not None


def draws(sentence: Sentence) -> bool:
    """Whether the formula behind the sentence is said to follow, or to be the same as before.

    Behind "and" it is what the formula before is; else the words right before it count.
    """
    if _PREMISE.search(sentence.tail) is not None:
        return False
    near = re.split(r"[;|]", sentence.tail)[-1]
    words = re.search(r"[^\W\d_]{2,}", _ALSO.sub("", near)) is not None
    text = near if words else re.split(r"[;|]", sentence.text)[-1]
    return concludes(text) or says_same(text) or _DRAWS.search(text) is not None


def draws_title(title: str, silent: bool) -> bool:
    """Whether a section draws a conclusion, by its title: "Summary"; "Step 2" without words."""
    return _SUMS_UP.search(title) is not None or (silent and _DRAWS_TITLE.search(title) is not None)


def concludes_at_once(tail: str) -> bool:
    """Whether the formula behind the words is what follows: "so", "hence we get"."""
    return _AT_LAST.search(tail) is not None


_SUPPOSES_SEVERAL = re.compile(
    r"\b(?:assume|suppose)\b[^.;:,□]{0,60}□(?:\s*,\s*□)*\s*,\s*(?:and\s*)?$", re.I
)


def goes_on_supposing(sentence: Sentence) -> bool:
    """Whether a list of suppositions goes on: "Suppose that □, □", but not "Assuming □, □"."""
    return _SUPPOSES_SEVERAL.search(sentence.text) is not None


_THEOREM_OPENS = re.compile(
    r"(?:^|\n)\W*(?:theorem|lemma|proposition|corollary|claim)\b(?:[\s~]+[\dA-Z][\w.]*)?"
    r"(?:\s*\([^()]*\))?\W*$",
    re.I,
)


def opens_theorem(text: str) -> bool:
    """Whether what follows is what a theorem states: "**Theorem 2.** □"."""
    return _THEOREM_OPENS.search(text) is not None


def follows_from(tail: str) -> bool:
    """Whether the formula behind the words is said to follow from the one before them."""
    return _FOLLOWS.search(tail) is not None


_LISTED = re.compile(r"□[\s,]*(?:and)?\s*$")
_LAST = 300
_MOST_LISTED = 8  # formulas in one list, of which the words before it are asked


def _before_list(text: str) -> Iterator[str]:
    """The words, and those before each of the formulas that they list at their end."""
    text = text[-_LAST:]  # what introduces a list stands near to it
    for _ in range(_MOST_LISTED):
        yield text
        before = _LISTED.sub("", text)
        if before == text:
            return
        text = before


def concluded(sentence: Sentence) -> bool:
    """Whether the formula is said to follow, also as one of several: "Then □ and □"."""
    if _FOLLOWS_SOMEWHERE.search(sentence.text, max(0, len(sentence.text) - _LAST)) is None:
        return False  # the list need not be taken apart
    return any(map(follows_from, _before_list(sentence.text)))


_UP_TO = re.compile(
    r"\bup\s+to\s+(?:(?:an?|the|some|one|additive|multiplicative|irrelevant|unimportant|global|overall|"
    r"normali[sz]ing|normali[sz]ation)\s+)*(?:constants?|factors?|terms?|scale|scaling|shift)\b|"
    r"\b(?:ignor|dropp|drops?|omit|neglect|discard|disregard|suppress|leav\w+\s+out|modulo)\w*\b"
    r"[^.;□]{0,40}\b(?:constants?|terms?|factors?)\b",
    re.I,
)
_ORDER = r"(?:first|second|third|fourth|leading|lowest|next|linear|quadratic|zeroth)"
_EXPANDED = re.compile(
    rf"\b(?:to|in|at|up\s+to)\s+(?:the\s+)?{_ORDER}(?:[\s-]+(?:and|to)\s+\w+)?\s+order\b|"
    rf"\b(?:{_ORDER}(?:[- ]order)?|Taylor|local)\s+(?:Taylor\s+)?"
    r"(?:approximation|expansion|polynomial|series)\b|"
    r"\blineari[sz](?:e|es|ed|ing|ation)\b|\basymptotic(?:ally)?\b|\bTaylor[- ]expan\w+|"
    r"\b(?:near|close\s+to)\s+(?:zero|the\s+(?:origin|optimum|minimum|fixed\s+point)|0\b|□)|"
    r"\bexpand\w*\s+(?:(?:it|this|□)\s+)?(?:in|around|about|to)\b",
    re.I,
)


def expands(text: str) -> bool:
    """Whether a sentence speaks of the first terms of an expansion: "to first order, □"."""
    return _EXPANDED.search(text) is not None


_NEARLY = re.compile(
    r"\b(?:approximately|roughly|loosely|nearly|almost|more\s+or\s+less)(?:\s+speaking)?[\s,:]*$|"
    r"^\W*(?:approximately|roughly|loosely)\b[^.;□]*$",
    re.I,
)


def says_nearly(before: str) -> bool:
    """Whether the equation behind the words need not hold exactly: "approximately, □"."""
    return _NEARLY.search(before, max(0, len(before) - 200)) is not None


_WITH_CONSTANT = re.compile(
    r"□[\s,]*(?:where|with|for|and|in which)\s+(?:(?:an?|some|the|additive|suitable|arbitrary)\s+)*"
    r"(?:constants?\s+□|□\s+(?:is|are|denotes?|collects?|stands?\s+for|being)\s+(?:(?:an?|some|the|"
    r"all|any|additive|arbitrary|normali[sz]ing|normali[sz]ation|integration)\s+)*constants?\b|"
    r"□\s+(?:does\s+not\s+depend|is\s+independent)\b)",
    re.I,
)


_BEGINS_TO_NAME = re.compile(r"\b(?:then|have|means?)(?:[\s,]+(?:that|we|have))*\W*$", re.I)


def begins_to_name(text: str) -> bool:
    """Whether the words of a conclusion may as well begin to name things: "Then a = s(z)"."""
    return any(map(_BEGINS_TO_NAME.search, _before_list(text)))


_OPENS_WHERE = re.compile(r"^\W*Where\s*(?:□.*\bwhere\s*)?$", re.S)


def opens_where(text: str) -> bool:
    """Whether a sentence begins with a condition: "Where □, □, and where □, □"."""
    return _OPENS_WHERE.match(text) is not None


def leaves_terms_out(before: str, behind: str) -> bool:
    """Whether a formula is said up to terms: "Up to a constant, □"."""
    return bool(_UP_TO.search(before) or _UP_TO.search(behind))


def has_constant(behind: str) -> bool:
    """Whether the formula that follows is a constant in this one: "□, where C is a constant"."""
    return _WITH_CONSTANT.match(behind) is not None


def decides(text: str) -> bool:
    """Whether the sentence says what is decided for, and not what follows: "we predict □"."""
    return _DECIDES.search(text) is not None


_SUPPOSES_WITHOUT_NAMES = re.compile(
    r"\b(?:if|when|whenever|provided|as long as|where|while)\s+(?:that\s+)?"
    r"(?:the|an?|this|that|its|our|both|no)\b"
    r"[^,;.:□]{2,50}\b(?:is|are|lies|has|have)\s+(?:\w+\s+){0,2}?"
    r"(?:positive|negative|active|inactive|(?:non-?\s?)?zero|violated|satisfied|correct\w*|wrong\w*|"
    r"misclassified|inside|outside|greater|less|larger|smaller|above|below|saturated)\b[^;.□]{0,80}$",
    re.I,
)


def supposes_in_words(text: str) -> bool:
    """Whether the sentence supposes something of what it names: "if □ and □ are equal, then".

    Or of what it names in words: "If the loss is positive, □ and □".
    """
    bare = text.replace("□", "").rstrip(" ,\n")
    return (
        _SUPPOSES_IN_WORDS.search(text) is not None
        or _SUPPOSES_WITHOUT_NAMES.search(bare) is not None
    )


_IN_TURN = re.compile(
    r"\b(?:then|later|next|now|first|instead|or|either|otherwise|else|respectively|again|redefin\w+|"
    r"updat\w+|while|whereas|if|when|for|in (?:the )?(?:first|second|case|other))\b",
    re.I,
)


def gives_in_turn(text: str) -> bool:
    """Whether a sentence may give a name one meaning after the other: "first □, then □"."""
    return _IN_TURN.search(text) is not None


def says_redefined(text: str) -> bool:
    """Whether the sentence says that a name gets another meaning."""
    return _REDEFINED.search(text) is not None


_USES = re.compile(r"\b(?:use|using|let|write|take)\s*$", re.I)
_FOR_SOMETHING = re.compile(
    r"□\s+(?:(?:to|will|shall)\s+)?(?:refers? to|denotes?|means?|stands? for|represents?)\b", re.I
)
_UNLIKE_BEFORE = re.compile(
    r"\b(?:as opposed to|rather than|instead of|in contrast to|unlike|from (?:now|here) on|"
    r"no longer|(?:in|for|throughout) (?:this|the (?:next|rest|remainder)))\b",
    re.I,
)


def gives_other_meaning(before: str, behind: str) -> bool:
    """ "For this section, we use □ to refer to the cost of one example": no more what it was."""
    used = _USES.search(before) is not None and _FOR_SOMETHING.match(behind) is not None
    return used and _UNLIKE_BEFORE.search(before + behind) is not None


def defines_property(sentence: Sentence) -> bool:
    """Whether the sentence says what a word means: "a function is convex if ... we have"."""
    return _PROPERTY.search(sentence.text) is not None


def starts_consequence(words: str) -> bool:
    """Whether the formula before the words is only supposed: "... only if"."""
    return _ONLY.match(words) is not None


def says_changed(text: str) -> bool:
    """Whether a section says that it speaks of something new, for which names are used again."""
    return _CHANGED.search(text) is not None


_OF_SCALARS = re.compile(
    r"\b(?:scalar (?:derivative|case|form|version|input|function|activation)|for (?:a )?scalars?|"
    r"one[- ]dimensional|single number)\b",
    re.I,
)


def speaks_of_scalars(text: str) -> bool:
    """Whether a section speaks of numbers: "the scalar derivative of tanh"."""
    return _OF_SCALARS.search(text) is not None


_AGAIN = re.compile(
    r"\b(?:re-?writ\w+|rewrote|simplif\w+|expand\w*|expansion|equals?|equivalent\w*|becomes?|"
    r"reduces?|identical\w*|in (?:other words|terms of)|that is|same as)\b",
    re.I,
)


def says_again(text: str) -> bool:
    """Whether what follows is another form of what was said before: "this can be rewritten"."""
    return _AGAIN.search(text) is not None


def says_anew(sentence: Sentence) -> bool:
    """Whether the formula that follows gives a name its meaning, whatever it meant before."""
    found = _LET_BE.search(sentence.tail)
    if found is not None:
        return not concludes(sentence.tail[found.start() :])
    listed = _LET_BE.search(sentence.text)
    return (
        listed is not None and _ONE_OF_SEVERAL.search(sentence.text[listed.start() :]) is not None
    )


_GIVES_FUNCTION = re.compile(
    r"\W*(?:given|let|suppose|consider|take)(?:\s+(?:that|now|a|the|another))*"
    r"(?:\s+\w+)?(?:\s+function)?\W*|"
    r"\W*suppose(?:\s+that)?\s+we\s+have\s+an?\s+(?:\w+\s+)?function(?:\s+of\s+the\s+form)?\W*",
    re.I,
)


_TAKES = re.compile(r"(?:^|[.;:,]|\b(?:and|so|thus))\s*(?:for|with|take|consider)\s*$", re.I)


_PUTS_IN = re.compile(r"^\W*with\s*(?:□\s*(?:,|and|,\s*and)\s*)*$", re.I)


def puts_in(sentence: Sentence) -> bool:
    """Whether the sentence begins with values of an example: "With □ and □ we get □"."""
    return _PUTS_IN.search(sentence.text) is not None


def takes_function(tail: str) -> bool:
    """Whether a function is taken to speak of it: "For □ we have □", and no "if □"."""
    return _TAKES.search(tail) is not None


def gives_function(sentence: Sentence) -> bool:
    """Whether the sentence begins with a function that is given: "Given □", "Let □ be"."""
    return sentence.text == sentence.tail and _GIVES_FUNCTION.fullmatch(sentence.text) is not None


_OF_THE_SAME = re.compile(r"\b(?:formulas?|forms?|expressions?|derivations?|proofs?)\b", re.I)


def is_titled_as_same(title: str) -> bool:
    """Whether a section is about what was there before, by its title: "Alternative formula"."""
    return says_same(title) or _OF_THE_SAME.search(title) is not None


def says_same(text: str) -> bool:
    """Whether the sentence says that what follows is the same as before, written otherwise."""
    return _SAME.search(text) is not None


_ANOTHER_WAY = re.compile(
    r"\b(?:another|alternative|different|second|other)\s+(?:\w+\s+)?"
    r"(?:way|approach|option|choice|possibility|scheme|method|strategy|variant|version)\b",
    re.I,
)


def says_another_way(text: str) -> bool:
    """Whether the sentence goes on to another way of doing what was done before."""
    return _ANOTHER_WAY.search(text) is not None


def says_variant(text: str) -> bool:
    """Whether the sentence speaks of a variant: a generalisation, another choice."""
    return _VARIANT.search(text) is not None


def says_varied(text: str) -> bool:
    """Whether the sentence may speak of a variant, such as an addition."""
    return says_variant(text) or _VARIED.search(text) is not None


def kinds(title: str) -> frozenset[str]:
    """The kinds of losses, activations or distributions that a title names."""
    return frozenset(match.group().lower() for match in _KINDS.finditer(title))


_FOR_A_KIND = re.compile(r"\b(?:for|with|under|using) (?:the|an?) ([^.,;:□]{1,40})", re.I)


def kinds_in_words(text: str) -> frozenset[str]:
    """The kinds that a sentence says something for: "the gradient for the Laplace kernel is"."""
    return frozenset[str]().union(*(kinds(found[1]) for found in _FOR_A_KIND.finditer(text)))


def is_item(line: str) -> bool:
    """Whether a line of the document begins an item of a list."""
    return _ITEM.match(line) is not None


def says_if_used(text: str) -> bool:
    """Whether the sentence supposes that another function were used: "if we use a square"."""
    return _IF_USED.search(text) is not None


def told_lines(text: str) -> frozenset[str]:
    """What vectors may be of a matrix that is made of them "in matrix form": "row", "column".

    Where the text speaks of rows, they are no columns, and the other way round.
    """
    if _MATRIX_FORM.search(text) is None:
        return frozenset()
    said = {match[1].lower() for match in _LINES.finditer(text)}
    return frozenset({"row", "column"} if not said else said if len(said) == 1 else ())


def says_chosen(text: str) -> bool:
    """Whether the sentence says which of several functions is used from here on."""
    return _CHOSEN.search(text) is not None


@lru_cache(4096)
def dependences(words: str) -> list[tuple[int, int]]:
    """Pairs of formulas of a sentence of which the first is said to be a function of the second.

    Where what the one is a function of is listed just before the next, "of x and y, and u and v
    are functions of t", these are told apart.
    """
    found: list[tuple[int, int]] = []
    if not _OF_DEPENDENCE.search(words):  # the lists take long
        return found
    matches = list(_DEPENDS.finditer(words))
    listed_before = [False, *(a.end() == b.start() for a, b in pairwise(matches))]
    which = list(map(_said_to_depend, matches, listed_before))
    for n, match in enumerate(matches):
        if _NOT.search(match.group(2)):
            continue
        of = _numbers(match.group(3))
        if n + 1 < len(matches) and listed_before[n + 1] and not _WHICH.match(matches[n + 1][2]):
            of = [number for number in of if number not in which[n + 1]]
        found.extend((one, number) for one in which[n] for number in of)
    return found


def _said_to_depend(match: re.Match[str], listed_before: bool) -> list[int]:
    """The formulas that are functions of others: all of a list, or the last one.

    Where the list begins with what the one before is a function of, what follows ", and".
    """
    listed = _numbers(match.group(1))
    if not _OF_SEVERAL.search(match.group(2)):
        return listed[-1:]
    behind = re.split(r",\s*and\b", match.group(1))[-1] if listed_before else ""
    return _numbers(behind) or listed


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"⟦(\d+)⟧", text)]


@lru_cache(4096)
def constants(words: str) -> list[tuple[int, int | None]]:
    """Formulas that a sentence calls constant, each with what it does not depend on (None: any)."""
    found: list[tuple[int, int | None]] = []
    if not _OF_CONSTANTS.search(words):
        return found
    for match in _IS_CONSTANT.finditer(words):
        named, also, independent, of = (
            [int(number) for number in re.findall(r"⟦(\d+)⟧", group or "")]
            for group in match.groups()
        )
        if not _NOT.search(words[max(0, match.start() - 20) : match.start()]):
            found.extend((number, None) for number in (*named, *also))
            found.extend((number, other) for number in independent for other in of)
    return found


@lru_cache(4096)
def results(words: str) -> list[int]:
    """Formulas that a sentence calls predictions, penalties and the like."""
    if not _OF_RESULTS.search(words):
        return []
    return [
        int(number)
        for match in _RESULT.finditer(words)
        for number in re.findall(r"⟦(\d+)⟧", match.group(1) or match.group(2))
    ]


_TOLD = re.compile(
    r"⟦(\d+)⟧\s+(?:now\s+)?(?:is|be|being|denotes|represents)\s+(?:now\s+|simply\s+|just\s+)?"
    r"(?:the|a|an|its)\s+(?:\w+[ -]){0,2}?"
    r"(?:sum|total|partition function|normali[sz](?:er|ation|ing)|product|difference|ratio|"
    r"quotient|inverse|determinant|concatenation)\b",
    re.I,
)


@lru_cache(4096)
def told(words: str) -> list[int]:
    """Formulas of which a sentence says what they are: "where Z is the sum of the weights"."""
    return [int(match.group(1)) for match in _TOLD.finditer(words)]


@lru_cache(4096)
def says_distribution(text: str) -> bool:
    """Whether the sentence speaks of distributions or weights, and concludes and asks nothing."""
    return _DISTRIBUTION.search(text) is not None and not (
        concludes(text) or leaves_open(Sentence(text)) or _ASKS.match(text)
    )


_MATRIX = re.compile(
    r"\bmatri(?:x|ces)\b|\b(?:non-?)?(?:invertible|singular)\b|\beigen\w+|\bdeterminants?\b|"
    r"\bpositive[- ](?:semi-?)?definite\b|\bidempotent\b|\btranspose\w*",
    re.I,
)


def says_matrix(text: str) -> bool:
    """Whether the text speaks of a matrix."""
    return _MATRIX.search(text) is not None


_SHAPES = re.compile(r"\b(?:sizes?|shapes?|dimensions?)\b", re.IGNORECASE)


def speaks_of_shapes(text: str) -> bool:
    """Whether ``N \\times M`` may be a number of rows and one of columns."""
    return _SHAPES.search(text) is not None


def says_scalar(text: str) -> bool:
    """Whether the text says that its quantities are numbers."""
    return _SCALAR.search(text) is not None


def says_directly(text: str) -> tuple[int, int] | None:
    """Where something is said to depend on a quantity directly as well as through another."""
    found = _DIRECTLY.search(text)
    return None if found is None else found.span()


_IN_THE_LIMIT = re.compile(
    r"\b(?:where|when|as|for|if|since|because|with|provided)\b[^.;:]{0,30}\b"
    r"(?:is|are|gets?|becomes?|grows?|goes|tends)\s+(?:to\s+)?"
    r"(?:(?:very|sufficiently|arbitrarily|infinitely|so)\s+)?(?:large|small|infinit(?:e|y))\b|"
    r"\bfor (?:very |sufficiently |all )?(?:large|small)\s+(?:enough\s+)?□|"
    r"\bin the limit\b|\basymptotic",
    re.I,
)


def says_in_the_limit(text: str) -> bool:
    """Whether what is said is said of something large or small: "where n is very large"."""
    return _IN_THE_LIMIT.search(text) is not None


_SMALL = re.compile(
    r"\bsmall\s+(?:enough\s+|values? of\s+)?⟦(\d+)⟧|⟦(\d+)⟧\s+(?:is|are|being)\s+(?:\w+\s+)?small\b"
)


def said_small(words: str) -> int | None:
    """The number of the formula of which the words say that it is small: "for small ⟦0⟧"."""
    found = _SMALL.search(words)
    return None if found is None else int(found.group(1) or found.group(2))


_OPENS_LIMIT = re.compile(
    r"(?:^|\W)(?:when|whenever|if|as|for|let|letting|where|limit)\b[^.;]*$", re.I
)


def opens_limit(before: str) -> bool:
    """Whether the formula behind the words, that something tends to a value, says when."""
    return _OPENS_LIMIT.search(before) is not None


_OF_SOME = re.compile(
    r"\bfor (?:some|at least one)\b[^.;:]*[,:]?\s*$|某些[^。；：]*[,，]?\s*$|"
    r"\b(?:find|finds|seeks?|search(?:es)? for|looks? for|looking for)\b[^.;:]*"
    r"\b(?:such that|so that|for which|satisfying|where)\s*$|"
    r"(?:\bthere (?:is|are|exists?|must be)\b|\bexists?\b|存在)[^.;:。]*"
    r"(?:\b(?:with|such that|so that|for which|satisfying|where)\b|使得?)\s*$",
    re.I,
)


_ONE_TERM = re.compile(
    r"\b(?:only|just|single|sole|except|other|remaining|rest)\b[^.;:]*"
    r"\b(?:depends?|matters?|relevant|contributes?|involves?|contains?|constants?|survives?|"
    r"remains?|counts?|drops?|nonzero|non-zero|vanish\w*|disappears?)\b",
    re.I,
)


def speaks_of_one_term(words: str) -> bool:
    """Whether the words say that only one term of a sum matters."""
    return _ONE_TERM.search(words) is not None


def speaks_of_some(words: str) -> bool:
    """Whether the words say that what follows holds of something, and not of everything."""
    return _OF_SOME.search(words) is not None


_OF_A_CASE = re.compile(
    r"\b(?:if|when|whenever|where)\b[^\n]*(?:[.;]\s+|\b)"
    r"(?:therefore|hence|thus|so|then|consequently)\b[^\n.;]*[(,]?\s*$",
    re.I,
)


def speaks_of_a_case(words: str) -> bool:
    """Whether a paragraph has spoken of a case, and goes on to what follows in it."""
    return _OF_A_CASE.search(words.rpartition("\n")[2]) is not None


_OF_A_WORDED_CASE = re.compile(
    r"\b(?:if|when|whenever|unless|in case)\s+(?!(?:we|you|one|i|the reader|\w+ing)\b)"
    r"[^□,;.:]{2,80}(?:,|\bthen\b)\s*(?:then\s+)?$",
    re.I,
)


def speaks_of_a_worded_case(text: str) -> bool:
    """Whether the clause before a formula is a condition in words: "If it is spam, □"."""
    return _OF_A_WORDED_CASE.search(text) is not None


def says_changes(text: str) -> bool:
    """Whether the text says that something is otherwise than before."""
    return re.search(r"\bchang(?:e|es|ed)\b", text, re.I) is not None


def counted(text: str) -> frozenset[str]:
    """The letters of which a text says how many there are of something: "K outcomes"."""
    found = frozenset(match.group(1) for match in _COUNTED.finditer(text))
    return found | told_counts(text)


def told_counts(text: str) -> frozenset[str]:
    """The letters of which a text says how many classes there are, where it counts no more."""
    if _OTHER_SUMS.search(text):
        return frozenset()
    return frozenset(match.group(1) for match in _NUMBER_OF.finditer(text))


def takes_one(sentence: Sentence) -> bool:
    """Whether the sentence takes one of many to speak of: "consider z_1"."""
    return re.search(r"\b(consider|take|look at|for example)\b", sentence.text, re.I) is not None


def says_map(tail: str) -> bool:
    """Whether the words speak of a map, which an arrow then shows."""
    return _MAP.search(tail) is not None


def leaves_open(sentence: Sentence) -> bool:
    """Whether the sentence asks whether something holds, rather than to suppose it."""
    return _OPEN.search(sentence.text) is not None


# "when we sample from our one-hot distribution": one that has been spoken of.
_SPOKEN_OF = re.compile(r"\b(?:from|towards?|into|than|like)\s+(?:(?:our|the|an?|its)\s+)?$", re.I)


@lru_cache(4096)
def says_one_hot(prose: str) -> int | None:
    """Where prose says that something is one-hot."""
    match = _ONE_HOT.search(prose)
    return (
        None
        if match is None
        or _NOT.search(prose[max(0, match.start() - 40) : match.start()])
        or (
            _SPOKEN_OF.search(prose[max(0, match.start() - 20) : match.start()])
            and len(sentences(prose[: match.start()])) > 1
        )
        else match.start()
    )


_REMINDS = re.compile(
    r"\b(?:note|recall|remember|use|used|using|know|observe|(?:by|from) the fact)"
    r"(?:\s+(?:also|here|again|now|the fact))*\s+that\s*$",
    re.I,
)


def reminds(tail: str) -> bool:
    """Whether the formula behind the words is something that the reader knows."""
    return _REMINDS.search(tail) is not None


@lru_cache(4096)
def says_sum_one(prose: str) -> int | None:
    """Where prose says that something sums to 1, or is a probability distribution."""
    match = _SUM_ONE.search(prose)
    return None if match is None or _NOT.search(prose[: match.start()]) else match.start()


def says_if(text: str) -> bool:
    """Whether what is said at the end of the text is a case that the sentence speaks of."""
    return _IF.search(text) is not None


@lru_cache(4096)
def says_any_targets(text: str) -> bool:
    """Whether the text goes on to targets that need not be one-hot."""
    return _ANY_TARGETS.search(text) is not None


def says_for_some(text: str) -> bool:
    """Whether what is said at the end of the text is only supposed in this sentence."""
    return re.search(r"\b(?:if|when|whenever|for|unless|only)\b", text, re.I) is not None


def asked(words: str) -> bool:
    """Whether the sentence that goes on with the words is a question."""
    return re.match(r"[^.!?]*\?", words) is not None


_AS_REASON = re.compile(
    r"\b(?:since|because|as|given|provided|using|due to|where|by)\b[^.;]*$", re.I
)


def gives_reason_at(words: str) -> bool:
    """Whether what follows the words behind a formula is the reason for it."""
    return _AS_REASON.search(words) is not None


_SETS_APART = re.compile(
    r"\b(?:set|sets|setting|define[sd]?|defining|let|put|take|convention|by definition|assume|"
    r"choose|fix|where|with)\b",
    re.I,
)


def sets_apart(text: str) -> bool:
    """Whether the sentence says what something is, by a convention: "we set □"."""
    return _SETS_APART.search(text) is not None and not concludes(text)


_OTHERWISE = re.compile(r"(?:^|[,;.(:]|\b(?:and|or|but)\b)\s*(?:otherwise|else)\b[^.;:□]*$", re.I)


@lru_cache(4096)
def says_otherwise(tail: str) -> bool:
    """Whether the words behind a formula go on to where what was supposed does not hold."""
    return _OTHERWISE.search(tail) is not None


_ANOTHER_SUBJECT = re.compile(r"\b(?:if|when|where|whether|cases?|both|all|each|either)\b", re.I)


def speaks_of_another(words: str) -> bool:
    """Whether a relation without a left side goes on with the words, and not with a display.

    "In cases where both eigenvalues are □", but not "which is □".
    """
    return _ANOTHER_SUBJECT.search(words) is not None


_SAME_SUBJECT = re.compile(r"^\W*$|□|\b(?:which|this|it|and|or|hence|thus|so|therefore)\b", re.I)


def speaks_of_the_same(words: str) -> bool:
    """Whether "□" that begins with ``<`` goes on with what was displayed: "which is □"."""
    return _SAME_SUBJECT.search(words) is not None


_OF_SYMMETRY = re.compile(r"\bsymmetric(?:al)?\b|\bsymmetry\b", re.I)


def speaks_of_symmetry(text: str) -> bool:
    """Whether the sentence says of something that it is symmetric, and neither denies nor asks."""
    found = _OF_SYMMETRY.search(text)
    return found is not None and not _NOT.search(text) and not leaves_open(Sentence(text))


def gives_alternatives(sentence: Sentence) -> bool:
    """Whether the sentence speaks of one case among others ("otherwise we predict 0")."""
    return _ALTERNATIVE.search(sentence.text) is not None


def names_what_follows(phrase: str) -> bool:
    """Whether the phrase is part of the name of what comes next ("a one-hot label y")."""
    return _NOUN.match(phrase) is not None


def says_others(tail: str) -> bool:
    """Whether what follows is said of all others than was spoken of ("and all other □")."""
    return _OTHERS.search(tail) is not None


_TWO_CLASSES = re.compile(
    r"\b(?:for|in|with|if|when)\b[^.;:]{0,40}\b(?:(?:2|two)[- ]class(?:es)?|binary)\b", re.I
)


def supposes_two_classes(text: str) -> bool:
    """ "for a 2 class system", "with two classes": what a sentence supposes of what it claims."""
    return _TWO_CLASSES.search(text) is not None


def asks_when(sentence: Sentence) -> bool:
    """Whether the words end in "... is least when:", before the condition that is displayed."""
    return _WHEN_COLON.search(sentence.tail) is not None


def opens_branch(sentence: Sentence) -> bool:
    """Whether the words are those of a branch: "Else if the sign stays the same:"."""
    return _BRANCH.search(sentence.tail) is not None

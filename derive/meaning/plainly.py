"""Suppositions that are said plainly hold on; others, as "at the pole, □", for their sentence.

What a text supposes holds until it is taken back, where nothing else is said with it.  Words that
are not known here may bound it to a place, a time or a person ("at the north pole", "for the
training set", "beginners assume"), so that a proof cannot rest on it in another sentence.
"""

from __future__ import annotations

import re

__all__ = ["said_elsewhere", "said_in_passing", "said_plainly", "said_somewhere"]

_PIECE = re.compile(r"[,;:()—–*_]|\s-\s|□|⟦\d+⟧|[.!?](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_PLACE = re.compile(
    r"\b(?:at|in|on|for|during|under|near|within|inside|outside|throughout|among|after|before|until|"
    r"upon|over|without|by|across)\b",
    re.I,
)
_SOMEWHERE = re.compile(
    r"\W*(?:(?:and|but|so|now|then|thus|here|however|also|next|only)\s+)*" + _PLACE.pattern, re.I
)
_HERE = re.compile(
    _SOMEWHERE.pattern + r"\s+(?:this|that|these|those|our|what follows|"
    r"the (?:given|same|following|rest|remainder|sequel))\b",
    re.I,
)
_ANOTHER = re.compile(r"\b(?:an)?other\s(?!words\b|hand\b)", re.I)
_GOES_ON = re.compile(
    r"\W*(?:and|so|then|hence|thus|therefore|where|with|which|that|because|since|as|to|but|while|or|"
    r"we|it|this|implies|gives|yields|means|makes)\b",
    re.I,
)
# "A distribution is a vector with □": what a word means is said of no certain vector.
_OF_ANY = re.compile(r"\W*An?\s[^.;:□⟦]{1,60}?\b(?:is|are|has|means|satisfies)\b[^□⟦]*$")
_WITH = re.compile(r"\W*(?:(?:now|then|so|again|next)\W+)?with\s*", re.I)
_PARTICIPLE = re.compile(r"\s*(?:\w+\s+){0,2}[A-Za-z]+ing(?:\s+\w+){0,3}\s*")
# "the mass □", "its speed is □", "two jobs with costs □"; not "at the pole", "an author assumes □".
# "Let □ in the first example."
_IN_ONE_PART = re.compile(
    r"\s*(?:in|for|during|within)\s+(?:the|an?)\s+(?:first|second|third|last|next|previous|other|"
    r"simplest|special|left|right)\b"
)
_CALLED = re.compile(
    r"(?<!\bat )(?<!\bin )(?<!\bon )(?<!\bfor )(?<!\bunder )(?<!\bduring )(?<!\bnear )"
    r"(?<!\bwithin )\b(?:the|an?|our|its)"
    r"(?:(?:\s+\w+){1,3}?\s+(?:is|are|be|equals?|of|with|has|have)\b|\s+\w+\s*$)|"
    r"\b(?:two|three|four|five)\s+(?-i:[a-z]+s)\b|\bwith\s+(?-i:[a-z]+s)\s*$",
    re.I,
)
# Words that bound nothing: those of grammar, and what mathematics is usually about.
_PLAIN_WORDS = """
a an the this that these those its it it's is are be being been has have having was were we i us
you they them our your let lets there here and or but so then thus hence therefore now next also
again further furthermore moreover additionally besides too both all each every any such same only
just first second other others different distinct most even odd certain particular general
following above below
about add adds always as assume assumed assuming assumption assumptions attention backpropagation
backward because begin beginning between bias biases brevity by call can centered centred chance
chapter choice choose choosing claim class classes clearly coefficient coefficients column columns
component components concreteness condition conditions consider constant constants constraint
constraints contradiction contrary convenience convention correct cost current data datum define
defining definiteness demand denote derive dimension distribution distributions do e element
elements encoded entries entry equal equality equals equation error evaluating everywhere exactly
example examples exercise fact facts feature features final find fixed for forget formula forward
from fulfil fulfils function functions g generality get give given gives hand hold holding holds hot
hypotheses hypothesis identity if impose in index indices initial input inputs inserting instance
into introduce iteration keep know known label labels last layer learning lemma length lengths line
logit logits loss margin matrices matrix maximise maximize may mind minimise minimize model moment
multiplier multipliers must negative network new nonnegative nonvanishing nonzero normalisation
normalised normalization normalized normed not notation note number numbers obey obeys observation
obviously of old on one one-hot orthogonal orthonormal ourselves outcome outcomes output outputs
over pair pairs parameter parameters part pass plugging point points position positions positive
prediction predictions probabilities probability problem proof property proposition provided put
putting quantities quantity random rate reached real recall recalling remember require requirement
restrict restricting row rows s sake sample samples satisfies satisfy satisfying say scalar scalars
score scores section set setting shall should sigmoid simple simplicity simplify simply since size
softmax start starting starts state states step subject substituting sum summing sums suppose
supposed supposing symmetric t take taking target targets term terms theorem think throughout to
true trying two under unit unless up update use used using usual usually valid value values variable
variables vector vectors way weight weights well when whenever where which whose will with without
wlog words work working write zero
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())


def said_plainly(before: str, behind: str) -> bool:
    """Whether a supposition between the words holds on behind its sentence.

    ``before``: its sentence up to it; ``behind``: the rest of it; formulas are ``□`` or ``⟦n⟧``.
    """
    if said_elsewhere(before) or _OF_ANY.match(before):
        return False
    last = _PIECE.split(before)[-1]
    first = _PIECE.split(behind.removeprefix("□"), maxsplit=1)[0]
    if _IN_ONE_PART.match(first):
        return False
    return _plain(last) and (_GOES_ON.match(first) is not None or _plain(first))


def said_in_passing(before: str, behind: str) -> bool:
    """Whether what follows is supposed for what its sentence goes on to: "Setting □", "With □"."""
    if behind.lstrip().startswith((":", ".")):
        return False
    last = _PIECE.split(before)[-1]
    return _PARTICIPLE.fullmatch(last) is not None or _WITH.fullmatch(before) is not None


def said_elsewhere(before: str) -> bool:
    """Whether a sentence begins with where it is so: "at the other pole, □"."""
    if _PLACE.search(before) is None:
        return False
    earlier = _PIECE.split(before)[:-1]
    return any(
        _SOMEWHERE.match(piece)
        and not _HERE.match(piece)
        and (not _plain(piece) or _ANOTHER.search(piece))
        for piece in earlier
    )


def said_somewhere(behind: str) -> bool:
    """Whether what is said of a name goes on with where it is so: "is one-hot in training"."""
    first = _PIECE.split(behind, maxsplit=1)[0]
    found = _PLACE.search(first)
    return found is not None and not _plain(first[found.start() :])


def _plain(piece: str) -> bool:
    """Whether its words are known, but for what something is called: "the mass is □"."""
    words = _WORD.findall(_CALLED.sub("", piece).lower())
    return all(word in _PLAIN or not word.isascii() for word in words)

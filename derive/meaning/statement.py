"""Statements: what the reader's formulas mean, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from derive.logic.problem import Claim, Definition, Equation, Hypothesis
from derive.logic.terms import Size, names, subterms
from derive.meaning.choices import Choice
from derive.meaning.qualities import Quality
from derive.meaning.rounding import Loose
from derive.reader.source import Place

Kind: TypeAlias = Literal["definition", "hypothesis", "claim", "unread"]


# Cell, line and column, in the order of the document.
Position: TypeAlias = tuple[int, int, int]


def position(place: Place) -> Position:
    """Where a statement stands among the others."""
    return place.cell or 0, place.line, place.column


@dataclass(frozen=True)
class Reading:
    """One way to take a claim.  A claim about vectors has one ``Claim`` for each component.

    ``partial``: why the claims are only a special case of what is written, so that a
    counterexample to them counts and a proof does not; "" where they are all of it.
    ``doubtful``: why a proof counts and a counterexample does not.
    ``given``: claims that have to be proved before these say anything; ``otherwise``: what is
    said where they are not.  ``decimals``: those that may have been rounded.  ``left``: hypotheses
    that the text may have left before, so that a counterexample with them counts and a proof
    does not.  ``torn``: why the sides are no two matrices, whatever holds of their components.
    ``unsaid``: hypotheses that the text does not give, so that a proof with them is one under a
    condition; ``mentioned``: values that it speaks of, and may not give.
    """

    claims: tuple[Claim, ...]
    description: str = ""
    partial: str = ""
    doubtful: str = ""
    given: tuple[Claim, ...] = ()
    otherwise: str = ""
    decimals: tuple[Loose, ...] = ()
    left: tuple[Hypothesis, ...] = ()
    torn: str = ""
    unsaid: tuple[Hypothesis, ...] = ()
    mentioned: tuple[Hypothesis, ...] = ()


@dataclass(frozen=True)
class Restatement:
    """That a claim may be another definition of the name that its left side is.

    ``constant``: the name is a number there, and was one before.
    """

    name: str
    line: int
    constant: bool = False


@dataclass(frozen=True)
class Elsewise:
    """A claim with names as they were restated before it, if they were by the statements ``at``.

    ``reading``: None where one of these was not understood; ``names``: which these are; ``told``:
    what they mean; ``apart``: the equations stand apart from the definitions
    before them; ``cases``: each is said of one case, as the definition in its paragraph is;
    ``values``: each says another number of what was a number before.
    """

    reading: Reading | None
    at: tuple[Position, ...]
    names: tuple[str, ...]
    told: str
    apart: bool
    cases: bool = False
    values: bool = False


@dataclass(frozen=True)
class Statement:
    """A definition, hypothesis, claim or unread stretch, at its place.

    ``left``, ``relation``, ``right``: LaTeX as written.  ``section``: the headings above it,
    outermost first.  ``readings``: for a claim, one or more; the first is the usual one.  For a
    claim without readings, ``message`` says what of its meaning is out of reach (it is unproved).
    ``shown``: the same three for people, the document's own commands replaced.
    ``definitions``, ``hypothesis``: what the statement introduces.  ``guesses``: what the reader
    assumed ("sigma is a function of one argument"); ``note``: where a reader may be misled.
    ``reasons``: the author's own words beside the step ("quotient rule").  ``inference``: of
    ``a = c`` after ``a = b \\implies``, that b = c.  ``earlier``: the claim with names that are
    defined further down only as data, which they are to a reader who has come so far.
    ``valued``: the claim with the numbers that are given for its variables further down.
    ``example``: the claim for the values of an example that were given before it.
    ``wrong``: of a claim without readings: the shapes in it do not fit, as the text declares them;
    ``misfit``: a name in it stands otherwise than elsewhere in the document.
    ``restates``: what it would define, were it no claim; ``elsewise``: the claim, if others that
    stand before it are no claims.  ``unwritten``: of a definition, how many of its last indices
    stand on its right side only.  ``general``: the words speak of all cases.
    """

    kind: Kind
    place: Place
    left: str
    relation: str
    right: str
    section: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    definitions: tuple[Definition, ...] = ()
    hypothesis: Hypothesis | None = None
    guesses: tuple[str, ...] = ()
    note: str = ""
    reasons: tuple[str, ...] = ()
    message: str = ""
    shown: tuple[str, str, str] | None = None
    inference: Claim | None = None
    earlier: Reading | None = None
    valued: Reading | None = None
    example: Reading | None = None
    wrong: bool = False
    misfit: bool = False
    restates: Restatement | None = None
    elsewise: Elsewise | None = None
    unwritten: int = 0
    general: bool = False


def _numbers(claim: Claim) -> frozenset[str]:
    """The names and sizes that stand as numbers in a claim or in what it rests on."""
    context = claim.context
    terms = [claim.left, claim.right, *(d.body for d in context.definitions)]
    for fact in (fact for h in context.hypotheses for fact in h.facts):
        if isinstance(fact, Equation):
            terms.extend((fact.left, fact.right))
    sizes = {t.range for term in terms for t in subterms(term) if isinstance(t, Size)}
    return frozenset(sizes).union(*map(names, terms))


@dataclass(frozen=True)
class Alone:
    """The document with some sections or formulas (``kind``) read by themselves.

    ``places``: of the statements in these; ``read`` takes as long as the first reading.
    """

    kind: str
    places: frozenset[Position]
    read: Callable[[], Meaning]


@dataclass(frozen=True)
class Meaning:
    """A whole document, understood: its statements, and the guesses that hold for all of it.

    ``choices``: what can be read in two ways, and ``offered_at`` the lines where; ``reread``: the
    document with one of them taken the other way, which takes as long as the first reading.
    ``counts``: places, each with a number of things of which its prose speaks.
    ``unreal``: the names that may stand for complex numbers; ``qualities``: what prose calls names.
    ``elsewhere``: the lines between which another arithmetic may be meant; ``stochastic``: its
    differentials may be Ito's.  ``alone``: the document with
    stretches read by themselves, where shapes do not fit; ``own``: in such a reading, which names
    stand for which letters there.  ``summed``: an index that stands twice in a product is summed.
    """

    path: str
    title: str
    statements: tuple[Statement, ...]
    guesses: tuple[str, ...] = ()
    front_matter: str = ""
    choices: tuple[Choice, ...] = ()
    reread: Callable[[Choice], Meaning] | None = None
    offered_at: Mapping[str, frozenset[int]] = field(default_factory=dict)
    counts: tuple[tuple[Place, int], ...] = ()
    unreal: frozenset[str] = frozenset()
    qualities: tuple[Quality, ...] = ()
    elsewhere: tuple[tuple[int, int], ...] = ()
    stochastic: bool = False
    alone: tuple[Alone, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    summed: bool = False

    def concerns(self, choice: Choice, statement: Statement) -> bool:
        """Whether the statement could be another claim with the choice taken the other way.

        It could where what it says, or what defines or restricts a name in it, offers the choice
        or speaks of the name that the choice is about.
        """
        lines = self.offered_at.get(choice.key)
        if lines is None:
            return True
        claims = [claim for reading in statement.readings for claim in reading.claims]
        kind, _, rest = choice.key.partition(":")
        if kind == "size":  # N as the number of positions changes what holds N as a number
            return any(rest.partition(":")[0] in _numbers(claim) for claim in claims)
        contexts = [claim.context for claim in claims]
        given = {d.line for c in contexts for d in c.definitions}
        given.update(h.line for c in contexts for h in c.hypotheses)
        if not lines.isdisjoint({statement.place.line, *given}):
            return True
        name = rest.rpartition(":")[0] if kind == "anew" else rest
        return kind in ("anew", "function", "product") and any(
            name in names(side) for claim in claims for side in (claim.left, claim.right)
        )

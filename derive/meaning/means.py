r"""What is known of expected values, in the form in which proofs meet them.

``\mathrm{Var}(X_i) = \sigma^2`` says that ``E[X_i^2] = \sigma^2 + E[X_i]^2``, and what is said of
all i and j that differ, ``E[X_i X_j] = E[X_i] E[X_j]``, is said of all i and j once what it lacks
is added where they coincide.
"""

from __future__ import annotations

from derive.algebra.arithmetic import Arithmetic, Refused, product, total
from derive.logic.problem import Equation
from derive.logic.terms import (
    Add,
    Delta,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    canonical,
    free_indices,
    names,
    substitute,
)
from derive.meaning.outcomes import WEIGHT
from derive.meaning.splitting import split

__all__ = ["degree", "solved"]


def solved(fact: Equation, arithmetic: Arithmetic) -> Equation | None:
    """The fact, solved for the expected value of most factors in it; None where there is none."""
    if WEIGHT not in names(fact.left) | names(fact.right):
        return None
    try:
        whole = arithmetic.normal(canonical(split(fact.left - fact.right)))
        terms = whole.terms if isinstance(whole, Add) else (whole,)
        means = [term for term in terms if _mean(term) is not None]
        if not means:
            return None
        chosen = max(means, key=lambda term: (degree(term), repr(term)))
        mean = _mean(chosen)
        assert mean is not None
        factor = arithmetic.normal(canonical(chosen / mean))
        rest = total(*(term for term in terms if term is not chosen))
        value = arithmetic.normal(canonical(-rest / factor))
    except Refused:
        return None
    if not isinstance(factor, Number) or (value == fact.right and mean == fact.left):
        return None
    return _everywhere(Equation(mean, value, fact.every, fact.different), arithmetic)


def _everywhere(fact: Equation, arithmetic: Arithmetic) -> Equation:
    """What holds where two letters differ, with what it lacks where they do not."""
    match fact.different:
        case ((i, j),) if i in fact.every and j in fact.every:
            same = arithmetic.normal(canonical(substitute(fact.left - fact.right, {i: j})))
            right = total(fact.right, product(Delta(i, j), same))
            return Equation(fact.left, right, fact.every)
    return fact


def _mean(term: Term) -> Sum | None:
    """The expected value that a term is a multiple of."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    sums = [f for f in factors if isinstance(f, Sum) and WEIGHT in names(f.body)]
    others = [f for f in factors if f not in sums]
    single = len(sums) == 1 and all(isinstance(f, Number) for f in others)
    return sums[0] if single else None


def degree(term: Term) -> int:
    """How many random variables an expected value is the mean of the product of."""
    mean = _mean(term)
    if mean is None:
        return 0
    factors = mean.body.factors if isinstance(mean.body, Mul) else (mean.body,)
    return sum(
        int(f.exponent.value) if isinstance(f, Pow) and isinstance(f.exponent, Number) else 1
        for f in factors
        if mean.index in free_indices(f)
    )

"""Forms that hold for a part of the data only, which the function would not see.

``df/dx = 1`` "for x > 0" is no function of all x, and neither is ``L = -log p`` "if y = 1" a
function of y.  What all data satisfy, such as ``\\sum_i t_i = 1``, restricts nothing: it is named
in the function's comment.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.codegen.equalities import Equality, Form, Knowledge, depends_on
from derive.logic.problem import Context, Equation, Fact, Hypothesis, Sign
from derive.logic.terms import Number, Term, Variable, canonical, names

__all__ = ["restriction"]

_APART = {">": ("<", "<="), "<": (">", ">="), ">=": ("<",), "<=": (">",)}


def restriction(
    form: Form, term: Term, quantity: Term, context: Context, knowledge: Knowledge
) -> str:
    """The hypothesis that makes the form one of several cases, in LaTeX; "" where none does.

    ``term`` is the form with all definitions unfolded: what a function would compute.
    """
    lost = depends_on(quantity, context) - names(term)
    for equality in form.trail:
        for hypothesis in _used(equality):
            for fact in hypothesis.facts:
                if _is_pinned(fact, lost, context) or _has_a_counterpart(fact, equality, knowledge):
                    return hypothesis.source
    return ""


def _used(equality: Equality) -> Iterator[Hypothesis]:
    verdict = equality.judgement.verdict
    if verdict is not None:
        yield from verdict.hypotheses


def _is_pinned(fact: Fact, lost: set[str], context: Context) -> bool:
    """Whether it says where the data lie that the form no longer depends on."""
    match fact:
        case Sign(term, _, _):
            return not lost.isdisjoint(depends_on(term, context))
        case Equation(Variable(name, _), Number(), _) | Equation(Number(), Variable(name, _), _):
            return name in lost
    return False


def _has_a_counterpart(fact: Fact, equality: Equality, knowledge: Knowledge) -> bool:
    """Whether the document says another thing of the same quantity where the sign is another."""
    if not isinstance(fact, Sign):
        return False
    left = canonical(equality.left)
    return any(
        other is not equality
        and canonical(other.left) == left
        and any(
            isinstance(one, Sign)
            and one.term is fact.term
            and one.relation in _APART[fact.relation]
            for hypothesis in other.context.hypotheses
            for one in hypothesis.facts
        )
        for other in knowledge.equalities
        if fact.relation in _APART
    )

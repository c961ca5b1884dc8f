"""SymPy, which shares nothing with our sums, agrees with every proved step at N = 2 and 3.

Each step is written out without symbolic sums, differentiated by SymPy and simplified by SymPy.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import sympy

import derive
from derive.logic.problem import Claim, Fact, Same
from derive.pipeline import SHIPPED
from derive.prover.verdict import Verdict
from tests.conftest import DOCUMENTS
from tests.explicit import World, assignments, equations


def is_zero(expression: sympy.Expr) -> bool:
    """By SymPy alone: first as a rational function of the exponentials, else by ``simplify``."""
    if expression == 0:
        return True
    reals = [s for s in expression.free_symbols if s.is_real and not s.is_positive]
    logarithms = {s: sympy.log(sympy.Symbol(f"e_{s}", positive=True)) for s in reals}
    powers = expression.doit().subs(logarithms, simultaneous=True)
    product = sympy.exp(sympy.logcombine(sympy.expand(powers), force=True))
    plain = sympy.expand_log(powers)
    return any(
        form(candidate) == wanted
        for form, candidate, wanted in (
            (sympy.cancel, plain, 0),
            (sympy.cancel, product, 1),
            (sympy.simplify, plain, 0),
            (sympy.simplify, expression, 0),
        )
    )


def check_step(claim: Claim, verdict: Verdict, size: int) -> int:
    """Compare both sides at every position of the indices; how many positions there were."""
    world = World(claim.context, size)
    facts: list[Fact] = [fact for h in verdict.hypotheses + verdict.missing for fact in h.facts]
    facts += [f for h in claim.context.hypotheses for f in h.facts if isinstance(f, Same)]
    done = 0
    for at in assignments(world, claim, facts):
        left, right = world.write(claim.left, at), world.write(claim.right, at)
        if left.has(sympy.zoo, sympy.nan) or right.has(sympy.zoo, sympy.nan):
            continue
        zero = equations(world, facts, at)
        difference = left - right
        if zero and not is_zero(difference):
            unknowns = sorted(set().union(*(z.free_symbols for z in zero)), key=str)
            solutions = sympy.solve(zero, unknowns, dict=True)
            assert solutions, f"no data satisfies {zero}"
            assert all(is_zero(difference.subs(solution)) for solution in solutions), at
        else:
            assert is_zero(difference), (at, left, right)
        done += 1
    return done


def steps(path: Path) -> list[tuple[int, Claim, Verdict]]:
    return [
        (judgement.statement.place.line, claim, judgement.verdict)
        for judgement in derive.check_file(path).judgements
        if judgement.verdict is not None and judgement.verdict.outcome in ("proved", "conditional")
        for claim in judgement.statement.readings[0].claims
        if claim.relation == "="
    ]


def check_document(path: Path, size: int) -> None:
    compared = 0
    for line, claim, verdict in steps(path):
        try:
            compared += check_step(claim, verdict, size)
        except AssertionError as error:
            raise AssertionError(f"{path.name}:{line}: N = {size}: {error}") from error
    assert compared > 10


# Three queries, keys and classes at once take SymPy half a minute.
SLOW = {("attention_softmax.md", 3)}


@pytest.mark.parametrize(
    ("name", "size"),
    [
        (path.name, size)
        for path in sorted(DOCUMENTS.iterdir())
        for size in (2, 3)
        if (path.name, size) not in SLOW
    ],
)
def test_own_documents(name: str, size: int) -> None:
    check_document(DOCUMENTS / name, size)


@pytest.mark.parametrize("size", [2, 3])
def test_the_shipped_derivation(size: int) -> None:
    check_document(SHIPPED, size)


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_seeds(seeds: list[Path], number: int, size: int) -> None:
    check_document(seeds[number], size)

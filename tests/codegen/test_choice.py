"""Which form is computed: proved, safe from overflow, the author's last; and by cases."""

from __future__ import annotations

import pytest

from derive.codegen.assemble import NotProved, kernels_of
from derive.codegen.explain import explanation
from derive.codegen.loopform import Kernel, Loop, Reduce, Statement, Store
from derive.logic.terms import Function, Variable, subterms
from derive.pipeline import SHIPPED
from tests.codegen.statements import softmax_cross_entropy

MATTER = SHIPPED.read_text().split("---")[1]


def kernels() -> dict[str, Kernel]:
    return {kernel.name: kernel for kernel in kernels_of(softmax_cross_entropy(MATTER))}


def flat(statements: tuple[Statement, ...]) -> list[Statement]:
    found: list[Statement] = []
    for one in statements:
        found += [one, *flat(one.body)] if isinstance(one, Loop) else [one]
    return found


def functions(kernel: Kernel) -> set[str]:
    values = [s.value for s in flat(kernel.body) if not isinstance(s, Loop)]
    return {p.name for v in values for p in subterms(v) if isinstance(p, Function)}


def test_a_shifted_exponential_goes_before_one_that_overflows() -> None:
    kernel = kernels()["softmax"]
    assert functions(kernel) == {"exp_from"}
    assert [q.line for q in kernel.rests_on] == [1, 2]


def test_small_differences_have_their_own_function() -> None:
    """log(1 + x) is spelled log1p(x) wherever it stands."""
    assert functions(kernels()["cross_entropy_labels"]) == {"exp_from", "log1p"}


def test_a_gradient_by_cases() -> None:
    """For i != l one formula, at l another: the loop, and then the one entry."""
    kernel = kernels()["cross_entropy_labels"]
    stores = [s for s in flat(kernel.body) if isinstance(s, Store) and s.array == "gradient"]
    in_loop, single = stores
    assert [other.name for _, other in in_loop.excluded] == ["labels"]
    assert [index.name for index in single.indices] == ["labels"]
    assert 25 in [q.line for q in kernel.rests_on]


def test_any_class_as_the_reference_is_the_largest() -> None:
    """The r of a statement that holds for every r becomes the position of the largest logit."""
    kernel = kernels()["cross_entropy"]
    reductions = [s for s in flat(kernel.body) if isinstance(s, Reduce)]
    (position,) = [r for r in reductions if r.operation == "position"]
    assert position.name == "largest"
    assert isinstance(position.value, Variable)
    assert position.value.name == "logits"
    assert kernel.choices == ("largest: the position of maxⱼ logitsⱼ",)


def test_inputs_stop_the_unfolding() -> None:
    """Given probabilities, the Jacobian needs no logits."""
    kernel = kernels()["softmax_jacobian"]
    assert [a.name for a in kernel.arguments] == ["probabilities", "jacobian"]


def test_each_exponential_once() -> None:
    text = explanation(kernels()["cross_entropy_labels"]).split("without its optional")[0]
    assert text.count("exp(") == 1


def test_no_loop_within_a_loop_but_for_the_jacobian() -> None:
    """The cost is linear in the number of classes."""
    for name, kernel in kernels().items():
        for statement in kernel.body:
            if isinstance(statement, Loop):
                assert statement.is_pass == (name != "softmax_jacobian"), name


@pytest.mark.parametrize("line", [2, 5, 8, 10, 14, 16, 17, 18, 19, 22, 23, 25, 27])
def test_a_wrong_statement_is_never_computed(line: int) -> None:
    """Whichever statement is refuted, no kernel rests on it."""
    refusal, made = "", tuple[Kernel, ...]()
    try:
        made = kernels_of(softmax_cross_entropy(MATTER, wrong=line))
    except NotProved as reason:
        refusal = str(reason)
    assert made or f"line {line}" in refusal
    assert all(q.line != line for kernel in made for q in kernel.rests_on)


def test_without_front_matter_every_definition_and_result() -> None:
    found = {kernel.name for kernel in kernels_of(softmax_cross_entropy(""))}
    assert found == {"y", "log_y", "dy_dz", "v", "L", "dL_dz", "E", "dE_dz"}


def test_a_condition_is_never_dropped() -> None:
    """With the entry at l missing, the formula for i != l alone is not the gradient."""
    report = softmax_cross_entropy("")
    kept = tuple(j for j in report.judgements if j.statement.place.line not in (23, 25))
    from dataclasses import replace

    for kernel in kernels_of(replace(report, judgements=kept)):
        assert kernel.name != "dE_dz"

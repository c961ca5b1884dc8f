"""Wrong versions of claims: which are made, and that they are caught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derive
from derive.cli import main
from derive.logic.problem import Claim
from derive.logic.terms import Position, Term, canonical
from derive.meaning.understand import understand
from derive.prover.mutants import KINDS, mutants
from derive.prover.mutate import Original, Sharpness, Trial, mutate, tried
from derive.reader.formats import document_from_text
from derive.report import sharpness
from derive.report.layout import Style
from tests.conftest import DOCUMENTS
from tests.refuter.formulas import (
    MINUS,
    ONE,
    POSITIVE_X,
    SOFTMAX,
    TARGETS_SUM_TO_ONE,
    TWO,
    ZERO,
    N,
    apply,
    claim,
    d,
    delta,
    exp,
    given,
    i,
    j,
    k,
    log,
    minus,
    neg,
    num,
    over,
    plus,
    power,
    s,
    summed,
    t,
    times,
    var,
    x,
    y,
    z,
)

SOFTMAX_PAGE = r"""
# Softmax

$$ y_i = \frac{e^{z_i}}{\sum_j e^{z_j}} $$

$$ \frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} - y_k) $$

Since $\sum_i t_i = 1$:

$$ \sum_i t_i (z_i + 1) = \sum_i t_i z_i + 1 $$
"""


def versions(of: Claim, kind: str, side: str = "right") -> set[Term]:
    """The right (or left) sides after one edit of a kind."""
    other = "left" if side == "right" else "right"
    made = [m.claim for m in mutants(of) if m.kind == kind]
    return {canonical(getattr(c, side)) for c in made if getattr(c, other) is getattr(of, other)}


def edits(term: Term, kind: str) -> set[Term]:
    return versions(claim(x, term), kind)


def terms(*made: Term) -> set[Term]:
    return set(map(canonical, made))


# ------------------------------------------------------------------ which versions are made


def test_a_sign() -> None:
    assert edits(minus(x, y), "sign") == terms(neg(minus(x, y)), plus(neg(x), neg(y)), plus(x, y))
    assert edits(exp(x), "sign") == terms(neg(exp(x)), exp(neg(x)))
    assert edits(log(x), "sign") == terms(neg(log(x)))  # log(-x) is never defined where log x is


def test_a_factor_or_a_term() -> None:
    assert edits(times(x, y, z(i)), "factor dropped") == terms(
        times(y, z(i)), times(x, z(i)), times(x, y)
    )
    assert edits(plus(x, y), "term dropped") == terms(x, y)


def test_an_index() -> None:
    assert versions(claim(s(k), times(t(i), z(k))), "index") >= terms(
        times(t(k), z(k)), times(t(i), z(i)), times(t(k), z(i))
    )
    assert edits(summed(j, z(j)), "index") == terms(summed(j, z(Position(1, "N"))))
    weight = claim(x, var("w", i, j))
    assert canonical(var("w", j, i)) in versions(weight, "index")
    assert canonical(delta(i, i)) in versions(claim(x, delta(i, k)), "index")


def test_an_exponent_and_a_constant() -> None:
    assert edits(power(x, 2), "exponent") == terms(x, power(x, 3), power(x, -2))
    assert edits(power(x, "1/2"), "exponent") == terms(x, power(x, "3/2"), power(x, "-1/2"))
    assert edits(over(y, x), "exponent") == terms(times(y, x), times(y, power(x, -2)))
    assert edits(num(3), "constant") == terms(num(4), TWO)
    assert edits(times(TWO, x), "constant") == terms(times(num(3), x), times(ONE, x))
    assert edits(times(N, x), "constant") == terms(times(plus(N, MINUS), x))


def test_an_exclusion() -> None:
    both = claim(times(z(i), z(k)), summed(j, z(j), k))
    assert versions(both, "exclusion") == terms(
        summed(j, z(j)), summed(j, z(j), i), summed(j, z(j), k, i)
    )


def test_a_bound() -> None:
    first, second = Position(1, "N"), Position(2, "N")
    last = Position(0, "N")
    assert edits(summed(j, z(j)), "bound") == terms(summed(j, z(j), first), summed(j, z(j), last))
    assert edits(summed(j, z(j), first), "bound") == terms(
        summed(j, z(j)), summed(j, z(j), first, second), summed(j, z(j), first, last)
    )


def test_a_sum_dropped() -> None:
    assert versions(claim(z(k), summed(j, times(t(k), z(j)))), "sum dropped") == terms(
        times(t(k), z(j)), times(t(k), z(k))
    )


def test_a_delta_a_function_a_derivative() -> None:
    assert edits(times(delta(i, k), x), "delta dropped") == terms(times(ONE, x))
    assert edits(log(x), "function") == terms(x, exp(x))
    assert edits(apply("f", x), "function") == terms(apply("f", x, orders=(1,)))
    slope = claim(var("y", i), d(var("y", i), z(k)))
    assert versions(slope, "derivative's variable") == terms(d(var("y", i), var("y", k)))


def test_a_hypothesis_deleted() -> None:
    of = claim(summed(i, t(i)), ONE, TARGETS_SUM_TO_ONE, POSITIVE_X)
    (deleted,) = (m for m in mutants(of, (TARGETS_SUM_TO_ONE,)) if m.kind == KINDS[-1])
    assert deleted.claim.context.hypotheses == (POSITIVE_X,)


def test_every_version_is_made_once_and_none_is_the_claim() -> None:
    of = claim(d(var("s", i), z(k)), times(s(i), minus(delta(i, k), s(k))), definitions=(SOFTMAX,))
    made = [(canonical(m.claim.left), canonical(m.claim.right)) for m in mutants(of)]
    assert len(made) == len(set(made))
    assert (canonical(of.left), canonical(of.right)) not in made
    assert {m.kind for m in mutants(of)} >= {"sign", "index", "factor dropped", "delta dropped"}


# ------------------------------------------------------------------ what is said of them


def trials(of: Claim) -> tuple[Trial, ...]:
    return tried(Original(1, 1, of)).trials


def test_the_wrong_versions_of_a_step_are_refuted() -> None:
    of = claim(d(s(i), z(k)), times(s(i), minus(delta(i, k), s(k))), definitions=(SOFTMAX,))
    outcomes = {trial.outcome for trial in trials(of)}
    assert outcomes <= {"refuted", "conditional", "proved"}
    true = [trial for trial in trials(of) if trial.outcome == "proved"]
    # The Jacobian of softmax is symmetric: i and k may be swapped on one side.
    assert {trial.kind for trial in true} == {"index"}
    assert all(trial.points >= 10 for trial in true)


def test_without_its_hypothesis_a_step_is_conditional() -> None:
    of = claim(summed(i, times(t(i), plus(x, z(i)))), plus(x, summed(i, times(t(i), z(i)))),
               TARGETS_SUM_TO_ONE)  # fmt: skip
    (deleted,) = (trial for trial in trials(of) if trial.kind == "hypothesis deleted")
    assert deleted.outcome == "conditional"


def test_a_version_that_is_defined_nowhere_is_open() -> None:
    of = claim(log(minus(ONE, ZERO)), ZERO)
    outcomes = {(trial.kind, trial.left): trial.outcome for trial in trials(of)}
    assert outcomes["term dropped", r"\log\left( -0 \right)"] == "unproved"


def test_of_a_claim_that_is_not_proved_there_are_no_versions() -> None:
    wrong = tried(Original(1, 1, claim(x, y)))
    assert (wrong.outcome, wrong.trials) == ("refuted", ())


def test_hypotheses_about_data_are_kept_by_all_other_versions() -> None:
    of = claim(power(power(x, 2), "1/2"), x, given(*POSITIVE_X.facts))
    assert all(m.claim.context is of.context for m in mutants(of))


def page() -> Sharpness:
    return mutate(understand(document_from_text(SOFTMAX_PAGE, "page.md")))


def test_a_small_document_is_sharp() -> None:
    found = page()
    assert [mutation.line for mutation in found.mutations] == [6, 10]
    right, wrong = sharpness.caught(found.trials)
    assert right == wrong > 40
    text = sharpness.page(found, Style(80))
    assert f"Every one of the {wrong} wrong versions is caught" in text
    assert "line 6: index" in text  # the true one
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_open_is_listed() -> None:
    of = tried(Original(7, 1, claim(log(minus(ONE, ZERO)), ZERO)))
    text = sharpness.page(Sharpness("a.md", "", (of,)), Style(80))
    assert "Neither refuted nor shown to be true:" in text
    assert "line 7: term dropped" in text
    assert "Every one" not in text


# ------------------------------------------------------------------ the command


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.md"
    path.write_text(SOFTMAX_PAGE)
    assert main(["mutate", str(path), "--jobs", "1"]) == 0
    text = capsys.readouterr().out
    assert "2 claims, 2 of them proved" in text
    assert main(["mutate", str(path), "--output-format", "json", "--jobs", "2"]) == 0
    data = json.loads(capsys.readouterr().out)
    summary = data["summary"]
    assert summary["mutants"] == len(data["documents"][0]["mutants"])
    assert summary["refuted"] + summary["conditional"] + summary["proved"] == summary["mutants"]
    assert {"line", "column", "kind", "left", "right", "outcome"} <= set(
        data["documents"][0]["mutants"][0]
    )


def test_a_document_without_proved_claims(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.md"
    path.write_text("Let $f = x^2$. Then $\\frac{df}{dx} = 3x$.\n")
    assert main(["mutate", str(path)]) == 2
    assert "no proved claim" in capsys.readouterr().err
    assert main(["mutate", str(tmp_path / "none.md")]) == 2


def test_a_version_that_asks_for_the_value_before_the_first_is_no_crash() -> None:
    text = r"""
$$a_t = w h_{t-1}, \qquad h_t = \tanh(a_t)$$

$$\frac{\partial h_t}{\partial h_{t-1}} = (1 - h_t^2) w$$
"""
    found = mutate(understand(document_from_text(text, format="markdown")))
    outcomes = [trial.outcome for _, trial in found.trials]
    assert "refuted" in outcomes
    assert "proved" not in outcomes


# ------------------------------------------------------------------ the project's own documents


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_own_documents_are_proved_whole(path: Path) -> None:
    report = derive.check_file(path)
    assert len(report.claims) >= 8
    for judgement in report.claims:
        assert judgement.verdict is not None
        where = f"{path.name}:{judgement.statement.place.line}"
        assert judgement.verdict.outcome == "proved", f"{where}: {judgement.verdict.message}"
    assert not [
        judgement for judgement in report.judgements if judgement.statement.kind == "unread"
    ]

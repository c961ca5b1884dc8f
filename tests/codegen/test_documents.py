"""Documents of a user's own: from text to verified C and NumPy, by the same way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import derive
from derive.codegen.assemble import kernels_of
from derive.codegen.explain import explanation
from derive.codegen.generate import generate
from derive.codegen.verify import described, verify
from derive.prover.verdict import Report
from tests.codegen.compiled import compiler

FOLDER = Path(__file__).parent / "documents"
DOCUMENTS = sorted(FOLDER.glob("*.md"))


def report_of(name: str) -> Report:
    return derive.check_file(FOLDER / name)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_each_function_computes_its_statement(path: Path) -> None:
    """Interval arithmetic on the document's own definitions, against the generated code."""
    report = derive.check_file(path)
    files = generate(report, document=path.read_bytes())
    agreements, disagreements = verify(report, files)
    assert not disagreements, described(agreements, disagreements)
    assert len(agreements) >= 4
    for agreement in agreements:
        assert agreement.entries >= 5, agreement


def test_a_matrix_product_is_computed_once() -> None:
    """The predictions do not depend on the weight that the loss is differentiated by."""
    (kernel,) = [k for k in kernels_of(report_of("squared_error.md")) if k.name == "dJ_dw"]
    lines = explanation(kernel).splitlines()
    deepest = max(len(line) - len(line.lstrip()) for line in lines)
    assert deepest == 12  # two loops deep, never three


def test_the_names_of_arguments() -> None:
    kernels = {k.name: k for k in kernels_of(report_of("normalisation.md"))}
    assert kernels["x_hat"].order == ("N", "epsilon", "x", "x_hat_value")


SQUARES = "Let\n\n$$s = \\sum_{i=1}^N x_i^2$$\n\nThen $\\partial s / \\partial x_k = 2 x_k$.\n"


@pytest.mark.parametrize(
    ("target", "name", "right", "wrong"),
    [
        ("C", "squares.c", "x[i] * x[i]", "x[i] + x[i]"),
        ("NumPy", "squares.py", "np.square(x", "np.sin(x"),
    ],
)
def test_an_error_of_translation_is_found(target: str, name: str, right: str, wrong: str) -> None:
    report = derive.check(SQUARES, path="squares.md")
    files = generate(report, document=SQUARES.encode())
    assert right in files[name]
    broken = files | {name: files[name].replace(right, wrong)}
    agreements, disagreements = verify(report, broken)
    assert {d.function for d in disagreements} == {"s"}
    assert {d.target for d in disagreements} == {f"{target} float32", f"{target} float64"}
    assert "but the statement says" in described(agreements, disagreements)


SIGNS = {
    "np.subtract(": "np.add(",
    "np.add(": "np.subtract(",
    "np.multiply(": "np.divide(",
    "np.divide(": "np.multiply(",
    " - ": " + ",
    " + ": " - ",
    "= -": "= ",
    "= _softplus(": "= -_softplus(",
    "= _sigmoid(": "= -_sigmoid(",
}


# Softmax does not change with what is taken from all scores, whatever it is, and so do not lines
# that begin with "maximum".
STILL_TRUE = {
    "np.add(scores, maximum1, out=scratch1)",
    "np.add(scores, maximum1, out=scratch2)",
    "np.divide(z, c1, out=scratch1)",
}


def sabotaged(text: str) -> Iterator[str]:
    """The module with one operation of one function turned round, for each of them."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if not line.startswith(" " * 12):  # within the loop over blocks
            continue
        if any(name in line for name in ("_position", "_reference", "_dot", "_sum_without")):
            continue
        for old, new in SIGNS.items():
            if old in line:
                yield "".join([*lines[:number], line.replace(old, new, 1), *lines[number + 1 :]])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_wrong_sign_in_numpy_is_found(path: Path) -> None:
    """Each operation of each function, turned round in the printed text."""
    report = derive.check_file(path)
    (name, text), *_ = generate(report, ("numpy",), document=path.read_bytes()).items()
    start = text.index("def ", text.index("def _erf") + 4)
    found = [text[:start] + broken for broken in sabotaged(text[start:])]
    assert found
    for broken in found[:10]:
        _, disagreements = verify(report, {name: broken})
        pairs = zip(text.splitlines(), broken.splitlines(), strict=True)
        (wrong,) = [other.strip() for own, other in pairs if own != other]
        still_true = wrong in STILL_TRUE or wrong.startswith("maximum")
        assert disagreements or still_true, wrong


@pytest.mark.parametrize(
    ("stem", "right", "wrong"),
    [
        ("focal_loss", "1.0f - p[i]", "1.0f + p[i]"),
        ("gaussian", "x[i] - m", "x[i] + m"),
        ("temperature_softmax", "kept1[i] * c2", "kept1[i] + c2"),
    ],
)
def test_a_wrong_sign_in_c_is_found(stem: str, right: str, wrong: str) -> None:
    compiler()
    path = FOLDER / f"{stem}.md"
    report = derive.check_file(path)
    files = generate(report, ("c",), document=path.read_bytes())
    assert right in files[f"{stem}.c"]
    broken = files[f"{stem}.c"].replace(right, wrong, 1)
    _, disagreements = verify(report, files | {f"{stem}.c": broken})
    assert disagreements


def test_the_shipped_derivation(shipped: Report, files: dict[str, str]) -> None:
    agreements, disagreements = verify(shipped, {n: t for n, t in files.items() if n[-3:] == ".py"})
    assert not disagreements
    assert all(agreement.entries >= 15 for agreement in agreements)


def test_entries_less_a_mean_are_taken_in_double() -> None:
    """float values next to a large mean: rounding the mean first would lose the deviation."""
    files = generate(report_of("normalisation.md"), document=b"")
    assert "(float)((double)x[i] - c2)" in files["normalisation.c"]

"""Files: what they say of themselves, that they are reproducible, and what is refused."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

import derive
from derive.codegen.generate import NotProved, RequestError, explain, generate, write
from derive.pipeline import SHIPPED
from derive.prover.verdict import Report
from tests.codegen.conftest import ROOT
from tests.codegen.statements import softmax_cross_entropy

TEXT = SHIPPED.read_text()


def test_the_committed_files_are_what_the_program_writes(files: dict[str, str]) -> None:
    for name, text in files.items():
        assert (ROOT / "generated" / name).read_text() == text, f"{name}: run derive generate"


def test_the_same_report_gives_the_same_bytes(shipped: Report, files: dict[str, str]) -> None:
    assert generate(shipped, document=SHIPPED.read_bytes()) == files


def test_every_file_says_where_it_came_from(files: dict[str, str]) -> None:
    digest = hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    for name, text in files.items():
        assert "softmax_cross_entropy.md" in text
        assert digest in text
        if not name.endswith(".json"):
            assert "do not edit" in text
            assert "(proved): " in text


def test_the_manifest(files: dict[str, str]) -> None:
    manifest = json.loads(files["softmax_cross_entropy.json"])
    for name, digest in manifest["files"].items():
        assert hashlib.sha256(files[name].encode()).hexdigest() == digest
    lines = TEXT.splitlines()
    for function in manifest["functions"]:
        assert function["statements"]
        for statement in function["statements"]:
            assert statement["verdict"] in ("proved", "definition")
            first = statement["latex"].split()[0].lstrip("-(")
            assert any(first in line for line in lines[statement["line"] - 3 :])


def test_the_targets_can_be_chosen(shipped: Report) -> None:
    only = generate(shipped, ("numpy",), document=b"")
    assert sorted(only) == ["softmax_cross_entropy.json", "softmax_cross_entropy.py"]
    with pytest.raises(ValueError, match="fortran"):
        generate(shipped, ("fortran",), document=b"")


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        (r"= y_k - t_k", r"= y_k + t_k", "gradient"),
        (r"y_i (\delta_{ik} - y_k)" + "\n$$\n\n### The product", r"y_i (\delta_{ik} + y_k)"
         + "\n$$\n\n### The product", "jacobian"),
        (r"\frac{e^{z_i - m}}{\sum_j e^{z_j - m}}" + "\n$$\n\nThe logarithm",
         r"\frac{e^{z_i - m}}{\sum_j e^{z_j + m}}" + "\n$$\n\nThe logarithm", "probabilities"),
        (r"Since the targets are probabilities, $\sum_i t_i = 1$. ", "", "loss"),
    ],
)  # fmt: skip
def test_what_is_not_proved_is_refused_by_name(right: str, wrong: str, name: str) -> None:
    assert right in TEXT
    changed = TEXT.replace(right, wrong)
    with pytest.raises(NotProved, match=rf"{name} is not generated: line \d+") as refusal:
        generate(derive.check(changed, path="changed.md"), document=changed.encode())
    judgement = refusal.value.judgement
    assert judgement is not None
    assert judgement.verdict is not None
    assert judgement.verdict.outcome != "proved"


def test_nothing_is_written_on_refusal(tmp_path: Path) -> None:
    from derive.cli import main

    document = tmp_path / "wrong.md"
    document.write_text(TEXT.replace("= y_k - t_k", "= y_k + t_k"))
    assert main(["generate", str(document), "--output", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("matter", "reason"),
    [
        ("kernels: 3", "expected names with values"),
        ("kernels: {functions: {f: {}}}", "nothing to compute"),
        ("kernels: {functions: {f: {computes: {a: 'q_i'}}}}", "has q_i on its left side"),
        ("kernels: {functions: {while: {computes: {a: L}}}}", "cannot be a name"),
        ("kernels: {functions: {'f(); x': {computes: {a: L}}}}", "cannot be a name"),
        ("kernels: {functions: {f: {computes: {a: L}, color: red}}}", "unknown key 'color'"),
        ("kernels: {functions: {f: {computes: {a: L}, optional: [a]}}}", "must not be optional"),
        ("kernels: {functions: {f: {from: {a: z}, computes: {a: L}}}}", "the same name"),
        ("kernels: [", "is not YAML"),
    ],
)
def test_front_matter_that_makes_no_sense(matter: str, reason: str) -> None:
    with pytest.raises((RequestError, NotProved), match=reason):
        generate(softmax_cross_entropy(matter), document=b"")


def test_text_of_a_document_stays_a_comment(tmp_path: Path) -> None:
    """A formula cannot close the comment that quotes it."""
    text = 'Let $a = 2 \\text{*/ int x; /* """ ??/}$ and\n\n$$u = 3 x$$\n'
    files = generate(derive.check(text, path="hostile.md"), document=text.encode())
    source = files["hostile.c"]
    assert source.count("/*") == source.count("*/")
    compile(files["hostile.py"], "hostile.py", "exec")


# ------------------------------------------------------------------ writing


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "b.c").mkdir()
    with pytest.raises(IsADirectoryError):
        write({"a.c": "one", "b.c": "two"}, tmp_path)
    assert not list(tmp_path.glob(".*"))
    written = write({"a.c": "one\n"}, tmp_path / "new" / "folder")
    assert [path.read_text() for path in written] == ["one\n"]
    assert os.stat(written[0]).st_mode & 0o777 == 0o644


def test_loops_are_shown(shipped: Report) -> None:
    text = explain(shipped)
    assert "for i in 1..N:" in text
    assert "largest argmax= logits[i]" in text

"""The commands as a shell sees them: what is printed where, exit codes, and no traceback ever."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from derive.cli import main

RIGHT = "The square is $f = x^2$.\n\nIts slope is\n\n$$\\frac{df}{dx} = 2x$$\n"
WRONG = RIGHT.replace("2x", "3x")
COMMAND = [sys.executable, "-m", "derive"]


@pytest.fixture
def right(tmp_path: Path) -> str:
    path = tmp_path / "right.md"
    path.write_text(RIGHT)
    return str(path)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "wrong.md"
    path.write_text(WRONG)
    return str(path)


def run(*arguments: object, given: bytes = b"", **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=given,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# ------------------------------------------------------------------ verdicts and exit codes


def test_check_is_silent_about_what_is_proved(
    right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", right]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "1 claim: 1 proved\n"


def test_check_prints_a_wrong_step_at_its_line(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", wrong]) == 1
    printed = capsys.readouterr()
    (line,) = printed.out.splitlines()
    assert line.startswith(f"{wrong}:5:3: error: ")
    assert "refuted" in line
    assert printed.err == "1 claim: 1 refuted\n"


def test_prove_prints_each_step(right: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", right]) == 0
    printed = capsys.readouterr().out
    assert "definition     of f" in printed
    assert "✓ proved" in printed
    assert printed.endswith("1 claim: 1 proved\n")


def test_prove_without_a_document_takes_the_shipped_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["prove"]) == 0
    assert capsys.readouterr().out.startswith("Softmax with cross-entropy\n")


def test_prove_verbose_prints_intermediate_lines(
    right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["prove", right])
    short = capsys.readouterr().out
    main(["prove", "--verbose", right])
    long = capsys.readouterr().out
    assert len(long) > len(short)
    assert "[derivative of a power]" in long or "[power rule]" in long


def test_prove_axioms(right: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "--axioms", right]) == 0
    printed = capsys.readouterr().out
    assert "Definitions" in printed
    assert "Rules" in printed


def test_explain_reading(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--explain-reading", wrong])
    printed = capsys.readouterr().out
    assert f"{wrong}:1:16: definition: " in printed
    assert f"{wrong}:5:3: claim: " in printed
    assert "refuted" not in printed


def test_json_is_valid_and_complete(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "prove"):
        assert main([command, "--output-format", "json", wrong]) == 1
        found = json.loads(capsys.readouterr().out)
        assert found["version"] == 1
        (document,) = found["documents"]
        assert document["path"] == wrong
        kinds = [(s["kind"], s["line"], s["verdict"]) for s in document["statements"]]
        assert kinds == [("definition", 1, None), ("claim", 5, "refuted")]
        assert document["statements"][1]["lhs"] == r"\frac{df}{dx}"
        assert document["statements"][1]["rhs"] == "3x"
        assert found["summary"]["refuted"] == 1


def test_several_documents_in_the_order_of_the_arguments(
    right: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", wrong, right]) == 1
    printed = capsys.readouterr().out
    assert printed.index(wrong) < printed.index(right)
    assert printed.endswith("2 documents, 2 claims: 1 proved, 1 refuted\n")


def test_processes_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for number, text in enumerate((RIGHT, WRONG, RIGHT, WRONG)):
        path = tmp_path / f"{number}.md"
        path.write_text(text + "\nWords and more words." * 2000)
        paths.append(str(path))
    printed = []
    for jobs in ("1", "2"):
        assert main(["check", "--jobs", jobs, *paths]) == 1
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]


def test_standard_input(wrong: str) -> None:
    code, out, _ = run("check", "-", given=WRONG.encode())
    assert code == 1
    assert out.startswith("<stdin>:5:3: error: ")


def test_unread_mathematics_is_not_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unread.md"
    path.write_text(RIGHT + "\n$$ \\frac{a = b $$\n")
    assert main(["check", str(path)]) == 1
    assert "not read" in capsys.readouterr().out


# ------------------------------------------------------------------ kernels


def test_generate_writes_what_it_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--output", str(tmp_path / "new" / "kernels")]) == 0
    named = capsys.readouterr().out.splitlines()
    assert {Path(path).suffix for path in named} == {".c", ".h", ".py", ".json"}
    assert sorted(named) == sorted(str(path) for path in (tmp_path / "new" / "kernels").iterdir())


def test_generate_one_target(tmp_path: Path) -> None:
    assert main(["generate", "--target", "numpy", "--output", str(tmp_path)]) == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {".py", ".json"}


def test_generate_explain_prints_loops_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "--explain", "--output", str(tmp_path / "kernels")]) == 0
    assert "for i in 1..N:" in capsys.readouterr().out
    assert not (tmp_path / "kernels").exists()


def test_generate_refuses_what_is_not_proved(wrong: str, tmp_path: Path) -> None:
    code, out, err = run("generate", wrong, "--output", tmp_path / "kernels")
    assert (code, out) == (1, "")
    assert one_line(err)
    assert "line 5" in err
    assert not (tmp_path / "kernels").exists()


def test_generate_into_what_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, out, err = run("generate", "--output", tmp_path / "file")
    assert (code, out) == (2, "")
    assert one_line(err)
    assert "cannot write" in err


def test_generate_of_what_is_not_there(tmp_path: Path) -> None:
    code, out, err = run("generate", tmp_path / "missing.md")
    assert (code, out) == (2, "")
    assert one_line(err)


# ------------------------------------------------------------------ wrong usage


def one_line(err: str) -> bool:
    return err.startswith("derive: ") and err.count("\n") == 1


def test_nothing_to_check(tmp_path: Path) -> None:
    path = tmp_path / "words.md"
    path.write_text("Only words here.\n")
    code, _, err = run("check", path)
    assert code == 2
    assert "nothing to check" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ŷ ist schön".encode("latin-1", "replace") + b"\xe4"],
    ids=["binary", "not UTF-8"],
)
def test_a_document_that_is_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "document.md"
    path.write_bytes(data)
    code, out, err = run("check", path)
    assert (code, out) == (2, "")
    assert one_line(err)
    assert str(path) in err


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    code, out, err = run("prove", tmp_path / "missing.md")
    assert (code, out) == (2, "")
    assert one_line(err)
    assert "no such file" in err
    code, out, err = run("prove", tmp_path)
    assert code == 2
    assert one_line(err)


def test_the_other_documents_are_still_checked(tmp_path: Path, wrong: str) -> None:
    code, out, _ = run("check", tmp_path / "missing.md", wrong)
    assert code == 2
    assert "error: " in out


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--unknown"], ["frobnicate"], ["check"], ["check", "--unknown", "x.md"],
        ["check", "--jobs", "0", "x.md"], ["check", "--jobs", "many", "x.md"],
        ["prove", "--output-format", "xml"], ["generate", "--target", "cobol"],
        ["prove", "name\0with-nul.md"],
    ],
    ids=repr,
)  # fmt: skip
def test_wrong_usage_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as exit:
        code = exit.code  # type: ignore[assignment]
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    assert one_line(printed.err)


# ------------------------------------------------------------------ terminals, pipes, signals


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_small_encodings(encoding: str) -> None:
    done = subprocess.run(
        [*COMMAND, "prove"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"},
    )
    assert done.returncode == 0
    assert b"+ proved" in done.stdout
    assert done.stderr == b""


def test_a_reader_that_stops_early() -> None:
    process = subprocess.Popen(
        [*COMMAND, "prove", "--verbose"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(timeout=60)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMAND, "prove"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert one_line(done.stderr)


def heeds_interrupts() -> None:
    """A shell starts what it runs in the background with interrupts ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_is_no_traceback() -> None:
    process = subprocess.Popen(
        [*COMMAND, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, preexec_fn=heeds_interrupts,
    )  # fmt: skip
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == b"derive: interrupted\n"


def test_an_interrupt_while_the_modules_are_imported() -> None:
    script = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'derive.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from derive.__main__ import run\n"
        "sys.exit(run())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert (done.returncode, done.stderr) == (130, b"derive: interrupted\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", ["check", "prove", "generate --explain"])
def test_closed_streams(wrong: str, closed: str, command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{shlex.join(COMMAND)} {command} {shlex.quote(wrong)} {closed}"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "internal error" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_no_colour_and_no_progress_without_a_terminal(wrong: str, right: str) -> None:
    _, out, err = run("prove", wrong, right, FORCE_COLOR="1")
    assert "\x1b" not in out + err


# ------------------------------------------------------------------ macros of another file

PREAMBLE = {
    "macros.tex": "% notation\n\\newcommand{\\slope}[2]{\\frac{d #1}{d #2}}\n\\def\\area{A}\n",
    "mathjax.js": 'tex: {macros: {slope: ["\\\\frac{d #1}{d #2}", 2], area: "A"}}\n',
}


@pytest.mark.parametrize("name", sorted(PREAMBLE))
def test_macros_of_another_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, preamble = tmp_path / "page.md", tmp_path / name
    preamble.write_text(PREAMBLE[name])
    page.write_text("Let $\\area = r^2$. Then $\\slope{\\area}{r} = 2r$.\n")
    for command in ("check", "prove"):
        assert main([command, str(page), "--macros", str(preamble)]) == 0
        assert main([command, str(page)]) == 1
    page.write_text(page.read_text().replace("2r", "3r"))
    capsys.readouterr()
    assert main(["check", "--macros", str(preamble), str(page)]) == 1
    assert capsys.readouterr().out.startswith(f"{page}:1:26: error: dA/dr = 3r: refuted")


def test_a_file_of_macros_that_is_not_there(right: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "prove", "mutate", "generate"):
        assert main([command, right, "--macros", f"{right}.tex"]) == 2
        assert capsys.readouterr().err == f"derive: {right}.tex: no such file or directory\n"

"""An ordinary install works from any folder: templates and the shipped derivation are in it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def command(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=240,
    )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a wheel, built from a copy so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    copy.mkdir()
    listed = command("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT)
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    for name in names or [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]:
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    built = command(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", folder, copy, cwd=folder,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``derive`` command of a fresh environment that sees the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, system_site_packages=True)
    python = folder / "bin" / "python"
    site = next((folder / "lib").glob("python*/site-packages"))
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries_of_the_tests.pth").write_text("\n".join(libraries))
    done = command(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
        "--no-index", "--force-reinstall", "--prefix", folder, wheel, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "derive"


def test_the_wheel_holds_all_rooms_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "derive").rglob("*"):
        if path.is_file() and path.suffix in (".py", ".md", ".typed"):
            assert str(path.relative_to(ROOT)) in names
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"derive/templates/{path.relative_to(ROOT / 'templates')}" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"derive"}


def test_prove_and_generate_from_another_folder(installed: Path, tmp_path: Path) -> None:
    where = command(
        installed.parent / "python", "-c", "import derive; print(derive.__file__)", cwd=tmp_path
    )
    assert str(installed.parent.parent) in where.stdout, where.stdout + where.stderr
    proved = command(installed, "prove", cwd=tmp_path)
    assert proved.returncode == 0, proved.stdout + proved.stderr
    made = command(installed, "generate", "--output", tmp_path / "kernels", cwd=tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "kernels" / "softmax_cross_entropy.c").is_file()

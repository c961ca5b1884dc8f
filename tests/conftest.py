"""What all tests share: where the documents are that are not part of the project."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from derive import clock

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("DERIVE_SHARED", ROOT.parent / "shared"))
DOCUMENTS = Path(__file__).parent / "documents"

SLOWER = 10


@pytest.fixture(autouse=True)
def unhurried(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict depends on the machine's speed only in tests of time, which are ``hurried``."""
    if request.node.get_closest_marker("hurried") is None:
        monkeypatch.setattr(clock, "process_time", lambda: time.process_time() / SLOWER)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seeds and the corpus; the test is skipped where it is missing."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the documents beside the checkout are not here (DERIVE_SHARED names them)")
    return SHARED


@pytest.fixture(scope="session")
def seeds(shared: Path) -> list[Path]:
    """The three documents that the program was first made for."""
    found = sorted((shared / "seeds").iterdir())
    assert len(found) == 3
    return found

"""What all tests share: where the corpora are, and folders of their own."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# An example may take as long as a busy machine makes it take: no test watches the clock.
settings.register_profile("briefing", deadline=None)
settings.load_profile("briefing")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the shared corpora (``BRIEFING_SHARED``, ``../shared`` by default)."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("BRIEFING_SHARED", root.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the shared corpora are not at {folder} (set BRIEFING_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test: nothing touches the user's folders."""
    folder = tmp_path / "home"
    monkeypatch.setenv("BRIEFING_HOME", str(folder))
    return folder

"""What all tests share: where the corpora are, and folders of their own."""

import fcntl
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import settings

# The encoder has tests of its own; elsewhere it would cost each digest twenty times as much.
os.environ["BRIEFING_ENCODER"] = "off"

# Every process that the tests start would compile the whole program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# An example may take as long as a busy machine makes it take: no test watches the clock.
settings.register_profile("briefing", deadline=None)
settings.load_profile("briefing")


T = TypeVar("T")


class OnceForAll(Protocol):
    """Gives what ``make`` gives, which only one of the test processes calls."""

    def __call__(self, name: str, make: Callable[[], T]) -> T:
        """``name``: the same in all processes, and of nothing else."""


@pytest.fixture(scope="session")
def once_for_all(tmp_path_factory: pytest.TempPathFactory) -> OnceForAll:
    """What is dear to make is made by the first process that asks, and read by the others."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def given(name: str, make: Callable[[], Any]) -> Any:
        path = folder / f"{name}.pickle"
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                made = folder / f"{name}.unfinished"
                made.write_bytes(pickle.dumps(make()))
                made.rename(path)
        return pickle.loads(path.read_bytes())  # noqa: S301 - our own, of a moment ago

    return given


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

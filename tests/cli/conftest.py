"""What the tests of the command line share."""

from collections.abc import Callable, Iterator

import pytest

from briefing.__main__ import main
from tests.cli.ran import Ran
from tests.fake_web import Newsroom

Run = Callable[..., Ran]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """A newsroom of the test's own."""
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback is asked directly, and times are shown in UTC."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def ran(*argv: str) -> Ran:
        capsys.readouterr()
        code = main(list(argv))
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran

"""An address from outside is one argument of the browser's command, whatever it holds."""

import os
import sys
from pathlib import Path

import pytest

from briefing.ui.browser import open_page

TELL = "import sys; open(sys.argv[1], 'w').write('\\0'.join(sys.argv[2:]))"


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """Where the browser of these tests says what it was given; reading waits for that."""
    path = tmp_path / "said"
    os.mkfifo(path)
    return path


def browser(said: Path, arguments: str) -> str:
    return f'{sys.executable} -c "{TELL}" {said} {arguments}'


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example/$(id)`id`",
        "https://paper.example/a b;c|d&e>f",
        "https://paper.example/'\"\\",
        "https://-oProxyCommand=x/",
        "https://paper.example/%s%s",
        "http://paper.example/\u202e\x07",
    ],
)
@pytest.mark.parametrize("arguments", ["", "%s", "--new-window %s --", "--url=%s"])
def test_hostile_22_an_address_is_one_argument_and_never_a_command(
    said: Path, url: str, arguments: str
) -> None:
    assert open_page(url, browser(said, arguments)) is None
    expected = [word.replace("%s", url) for word in arguments.split()]
    expected = expected if "%s" in arguments else [*expected, url]
    assert said.read_text().split("\0") == expected


def test_hostile_22_the_environments_browser_may_have_arguments(
    said: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", browser(said, "--tab %s"))
    assert open_page("https://paper.example/") is None
    assert said.read_text().split("\0") == ["--tab", "https://paper.example/"]


@pytest.mark.parametrize(
    "url",
    [
        "-oProxyCommand=x",
        "--help",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[",
        "http:///x",
        "",
    ],
)
def test_hostile_22_only_web_addresses_are_opened(url: str) -> None:
    assert open_page(url, "/bin/false %s") is not None


def test_hostile_22_a_command_that_cannot_be_read_or_run_is_told() -> None:
    assert "cannot be read" in (open_page("https://paper.example/", "'open") or "")
    assert "failed" in (open_page("https://paper.example/", "/no/such/browser") or "")

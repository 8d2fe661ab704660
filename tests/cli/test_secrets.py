"""The name and password in a feed's address go to its server, and nowhere else."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import parse_feed
from briefing.model import without_credentials
from briefing.ui.browser import open_page
from tests.fake_web import BRIDGE, Newsroom, article_page

SECRET = "pass-w0rd"  # noqa: S105 - made up
FEED = """<rss version="2.0"><channel><title></title><link>/</link>
<item><title>Bridge open</title><link>/a/1</link><guid>1</guid><description>{}</description></item>
</channel></rss>"""


def briefing(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "briefing", *words],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """A feed without a name, whose links are relative: all it shows comes of its address."""
    with Newsroom() as newsroom:
        newsroom.feed("/feed.xml", FEED.format("The bridge at Marenza is open again. " * 9))
        newsroom.put("/a/1", article_page("Bridge open", BRIDGE))
        yield newsroom


def test_hostile_30_no_output_of_any_command_holds_a_feeds_password(
    room: Newsroom, tmp_path: Path
) -> None:
    url = f"http://user:{SECRET}@{room.host}/feed.xml"
    done = [briefing("feeds", "add", "-", given=url + "\n")]
    assert done[0].returncode == 0
    done += [briefing("refresh"), briefing("-vv", "refresh", "--force", "--events")]
    assert room.last("/feed.xml").headers["authorization"].startswith("Basic ")
    assert "authorization" not in room.last("/a/1").headers
    lines = [
        ("feeds", "list", "--format", "json"),
        ("feeds", "check"),
        ("feeds", "check", "--format", "json"),
        ("feeds", "export"),
        ("doctor", "--format", "json"),
        ("search", "bridge"),
        ("search", "bridge", "--format", "json"),
        *(
            ("print", "--since", "2020-01-01", "--format", name)
            for name in ("text", "markdown", "html", "json")
        ),
        ("digest", f"http://user:{SECRET}@{room.host}/a/1", "--format", "json"),
    ]
    done += [briefing(*words) for words in lines]
    room.fail("/feed.xml", 500, times=2)
    done += [briefing("refresh", "--force", "--format", "json"), briefing("feeds", "check")]
    for one in done:
        assert SECRET not in one.stdout + one.stderr, one.args
    assert "Bridge open" in done[4].stdout + done[8].stdout  # the search found it

    file = tmp_path / "feeds.opml"
    assert briefing("feeds", "export", str(file)).returncode == 0
    assert SECRET not in file.read_text()
    assert SECRET in briefing("feeds", "export", "--passwords").stdout


def test_hostile_30_links_of_a_feed_inherit_no_password() -> None:
    url = f"http://user:{SECRET}@paper.example/feed.xml"
    (entry,) = parse_feed(FEED.format("x").encode(), url).entries
    assert entry.url == "http://paper.example/a/1"
    text = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a/1"}]}
    )
    (entry,) = parse_feed(text.encode(), url).entries
    assert entry.url == "http://paper.example/a/1"


def test_hostile_30_a_browser_is_given_no_password(tmp_path: Path) -> None:
    target = tmp_path / "said"
    command = f"{sys.executable} -c \"import sys; open('{target}', 'w').write(sys.argv[1])\" %s"
    import os

    os.mkfifo(target)
    assert open_page(f"http://user:{SECRET}@paper.example/a?b=c@d", command) is None
    assert target.read_text() == "http://paper.example/a?b=c@d"


@given(st.text(alphabet="a@:/?#.\\", max_size=20))
def test_hostile_30_an_address_without_its_password_has_none(rest: str) -> None:
    shown = without_credentials(f"http://{rest}")
    authority = shown[7:].replace("\\", "/").replace("?", "/").replace("#", "/").split("/")[0]
    assert "@" not in authority
    assert shown.endswith(rest.rpartition("@")[2])

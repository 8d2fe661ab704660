"""No command writes what a terminal would obey, wherever it came from."""

import re

import pytest

from tests.cli.ran import briefing_here
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, Item, article_page, rss

ATTACK = "\x9b31m\x1b]52;c;eA==\x07\x1b]0;x\x1b\\\x1bP1$x\x1b\\\x1b_x\x1b\\\x1b[2J\x85\x90"
NUMBERS = "".join(f"&#{ord(c)};" for c in "\x9b\x85\x90")  # what XML 1.0 lets through
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@pytest.fixture
def attacked(room: Newsroom) -> str:
    """A followed feed with attacks in every field, and one that fails; gives the page's address."""
    page = room.put("/page", article_page(f"Bridge {ATTACK}", f"{BRIDGE} {ATTACK}"))
    item = Item(
        f"Bridge {ATTACK}",
        page,
        summary=f"<p>Closed {ATTACK}</p>",
        author=f"A {ATTACK}",
        categories=(f"Harbour {ATTACK}",),
    )
    feed = rss(f"Paper {ATTACK}", [item]).decode("utf-8", "replace")
    clean_xml = re.sub(r"[\x00-\x08\x0b-\x1f]", "", feed).replace("Paper ", f"Paper {NUMBERS}")
    room.feed("/feed.xml", clean_xml)
    room.fail("/broken", 500, body=ATTACK)
    assert briefing_here("feeds", "add", room.url("/feed.xml")).code == 0
    added = ("feeds", "add", "--unchecked", room.url("/broken"), "--title", f"Broken {ATTACK}")
    assert briefing_here(*added).code == 0
    return page


def test_hostile_01_no_command_writes_control_characters(attacked: str) -> None:
    done = [briefing_here("-vv", "refresh")]
    done += [
        briefing_here(*line)
        for line in (
            ("refresh", "--force", "--events"),
            ("feeds", "list"),
            ("feeds", "check"),
            ("feeds", "export"),
            ("search", "bridge"),
            ("doctor",),
            ("digest", attacked),
            ("print", "--since", "2020-01-01"),
            ("print", "--since", "2020-01-01", "--format", "markdown"),
            ("print", "--since", "2020-01-01", "--format", "html"),
            ("print", "--since", "2020-01-01", "--format", "json"),
            *(
                ("export", "edition", "--since", "2020-01-01", "--format", form)
                for form in ("text", "markdown", "html", "json", "jsonl", "atom", "eml")
            ),
            ("feeds", "remove", f"nothing {ATTACK}"),
            (f"no-command-{ATTACK}",),
        )
    ]
    assert "Bridge" in "".join(one.out for one in done)
    assert [OBEYED.findall(one.out + one.err) for one in done] == [[] for _ in done]

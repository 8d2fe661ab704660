"""Refresh, print and search on a store that has something in it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config import config_path, load_settings
from briefing.model import Ranking
from briefing.store import Store
from briefing.stories import snapshot
from tests.cli.conftest import Run
from tests.fake_web import Item, Newsroom, article_page, rss
from tests.store import builders

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def stories(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The user's store with three stories of one article each, the last of another category."""
    monkeypatch.setattr(builders, "NOW", NOW)
    with Store.open(load_settings().store_path) as store:
        ids = builders.filled(store, 3)
        told = []
        for number, article_id in enumerate(ids):
            brief = builders.brief(article_id, headline=f"Story {number}", hours=[number + 1])
            told.append(
                store.save_story(
                    None,
                    brief,
                    Ranking(3.0 - number),
                    category="Coast" if number < 2 else "Hills",
                )
            )
        return told


def marks(path: Path) -> list[tuple[object, ...]]:
    """What the reader knows of each story."""
    with Store.open(path, read_only=True) as store:
        rows = store.edition_rows(store.window(NOW, 24 * 7, 7))
        return [(r.id, r.state, r.starred, store.snapshot(r.id)) for r in rows]


def test_print_tells_the_stories_best_first_and_ends(run: Run, stories: list[str]) -> None:
    ran = run("print")
    assert (ran.code, ran.err) == (0, "")
    at = [ran.out.index(f"Story {n}") for n in range(3)]
    assert at == sorted(at)
    assert "! LIMITATION  Buses may still cross the bridge." in ran.out
    assert ran.out.endswith("You are up to date.\n")


def test_print_stops_at_the_line_unless_all_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "NOW", NOW)
    with Store.open(load_settings().store_path) as store:
        for number, article_id in enumerate(builders.filled(store, 5)):
            brief = builders.brief(article_id, headline=f"Story {number}", hours=[1])
            store.save_story(None, brief, Ranking(9.0 - number), category="Coast")
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text("[edition]\nminutes = 1\n", encoding="utf-8")  # three stories
    for argv in ((), ("--category", "Coast")):
        out = run("print", *argv).out
        assert "Story 2" in out
        assert "Story 3" not in out
        assert "2 more stories are not shown" in out
        assert len(run("print", "--format", "json", *argv).json["stories"]) == 3
        assert "Story 4" in run("print", "--all", *argv).out
        assert len(run("print", "--all", "--format", "json", *argv).json["stories"]) == 5
    assert "Story 3" in run("print", "--limit", "4").out


def test_print_narrow_tells_the_edition_for_a_braille_display(
    run: Run, stories: list[str], tmp_path: Path
) -> None:
    lines = run("print", "--narrow").out.splitlines()
    assert max(map(len, lines)) <= 40
    assert "Story 1 of 3: Story 0" in lines
    assert "- Limitation: Buses may still cross the" in lines
    assert max(len(line) for line in run("print", "--narrow", "25").out.splitlines()) <= 25
    ran = run("print", "--narrow", "30", "--output", str(tmp_path / "b.txt"))
    assert (ran.code, ran.out) == (0, "")
    assert "Story 1 of 3: Story 0\n" in (tmp_path / "b.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("argv", [("19",), ("201",), ("forty",), ("40", "--format", "json")])
def test_print_narrow_refuses_what_it_cannot_do(run: Run, argv: tuple[str, ...]) -> None:
    ran = run("print", "--narrow", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert "--narrow" in ran.err


def test_print_takes_since_limit_and_category(run: Run, stories: list[str]) -> None:
    def headlines(*argv: str) -> list[str]:
        return [s["headline"] for s in run("print", "--format", "json", *argv).json["stories"]]

    assert headlines() == ["Story 0", "Story 1", "Story 2"]
    assert headlines("--limit", "2") == ["Story 0", "Story 1"]
    assert headlines("--since", "90m") == ["Story 0"]
    assert headlines("--category", "Hills") == ["Story 2"]
    assert headlines("--since", "last") == ["Story 0", "Story 1", "Story 2"]
    assert headlines("--since", (NOW - timedelta(minutes=150)).isoformat()) == [
        "Story 0",
        "Story 1",
    ]
    assert "1 more story is not shown" in run("print", "--limit", "2").out


def test_print_tells_the_stories_by_category_where_it_is_set(run: Run, stories: list[str]) -> None:
    with Store.open(load_settings().store_path) as store:
        store._run("UPDATE story SET category = 'Hills' WHERE id = ?", (int(stories[0]),))
    assert "Section: Hills" not in run("print").out
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text("[edition]\nsections = true\n")
    text = run("print").out
    wanted = ["Section: Hills", "Story 0", "Story 2", "Section: Coast", "Story 1"]
    assert [text.index(part) for part in wanted] == sorted(text.index(part) for part in wanted)
    assert "## Hills" in run("print", "--format", "markdown").out
    assert '<h2 class="section">Hills</h2>' in run("print", "--format", "html").out
    found = run("print", "--format", "json").json["stories"]
    assert [s["headline"] for s in found] == ["Story 0", "Story 1", "Story 2"]


def test_print_tells_the_stories_of_a_saved_search_under_its_name(
    run: Run, stories: list[str]
) -> None:
    with Store.open(load_settings().store_path) as store:
        for story in (stories[1], stories[2]):
            store.set_starred(story, True)
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(
        '[[searches]]\nname = "Hills"\nquery = \'is:starred "report 1-1"\'\nsection = true\n'
        "[[searches]]\nname = 'Not asked'\nquery = 'bridge'\n"
        "[[searches]]\nname = 'Starred'\nquery = 'is:starred'\nsection = true\n"
        "[[searches]]\nname = 'None'\nquery = 'zebra'\nsection = true\n"
    )
    text = run("print").out
    wanted = ["Section: Hills", "Section: Starred", "Section: Other stories", "Story 0"]
    assert [text.index(part) for part in wanted] == sorted(text.index(part) for part in wanted)
    assert "Not asked" not in text
    assert "Section: None" not in text
    assert "## Starred" in run("print", "--format", "markdown").out
    assert '<h2 class="section">Starred</h2>' in run("print", "--format", "html").out


def test_print_says_which_article_was_changed_since_the_reader_looked(
    run: Run, stories: list[str]
) -> None:
    with Store.open(load_settings().store_path) as store:
        story = store.story(stories[0])
        store.mark_looked(story.id, NOW, json.dumps(snapshot(story.brief)))
        name = story.brief.lead
        store._keep_first(int(name), int(NOW.timestamp()) + 60)
        kept = store.article(name)
        store.save_article(name, replace(kept, text=kept.text.replace("lorries", "all")))
    (change,) = run("print", "--format", "json").json["stories"][0]["changed"]
    assert change["kind"] == "revision"
    assert change["text"].endswith("silently changed its article: 1 sentence reworded")
    assert change["place"] == {"article": name, "evidence": [[0, 34]]}
    assert change["text"] in " ".join(run("print").out.split())


def test_printing_in_any_format_changes_no_mark(run: Run, stories: list[str]) -> None:
    path = load_settings().store_path
    before = marks(path)
    for form in ("text", "markdown", "html", "json"):
        assert run("print", "--format", form).code == 0
    run("search", "bridge")
    assert marks(path) == before


def test_print_says_what_changed_since_the_reader_looked(run: Run, stories: list[str]) -> None:
    with Store.open(load_settings().store_path) as store:
        before = snapshot(store.brief(stories[0])) | {"bullets": []}
        store.mark_looked(stories[0], NOW, json.dumps(before))
    changed = run("print", "--format", "json").json["stories"][0]["changed"]
    assert {c["kind"] for c in changed} == {"bullet"}


def test_an_edition_without_stories_says_so_on_standard_error(run: Run, stories: list[str]) -> None:
    ran = run("print", "--since", "1m", "--format", "json")
    assert (ran.code, ran.json["stories"]) == (0, [])
    assert "empty" in ran.err


def test_search_finds_words_and_shows_where(run: Run, stories: list[str]) -> None:
    ran = run("search", "lorries", "--format", "json", "--limit", "2")
    assert ran.code == 0
    assert len(ran.json["results"]) == 2
    assert "lorries" in ran.json["results"][0]["snippet"]
    shown = run("search", "lorries").out
    assert "Coast Courier" in shown
    assert "\x1b" not in shown
    none = run("search", "zebra")
    assert (none.code, none.out, "Nothing found" in none.err) == (0, "", True)


# ── Refresh ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(room: Newsroom, run: Run) -> Newsroom:
    """A newsroom whose one feed with two articles is followed."""
    paragraphs = [
        "The port authority closed the Marenza bridge to lorries on Monday morning.",
        "The limit of 44 tonnes does not apply to buses, which may still cross the bridge.",
        "Ada Brun, the port director, said that the repairs would take 12 to 15 weeks.",
        "The hauliers' union disputed the figure and asked for a second inspection.",
    ]
    items = []
    for number in (1, 2):
        page = article_page(f"Bridge closed, part {number}", paragraphs, published=NOW)
        link = room.put(f"/{number}", page)
        items.append(Item(f"Bridge closed, part {number}", link, "Short.", published=NOW))
    url = room.feed("/feed.xml", rss("Coast Courier", items))
    assert run("feeds", "add", url).code == 0
    return room


def test_a_refresh_fetches_stores_digests_and_links(run: Run, desk: Newsroom) -> None:
    ran = run("refresh", "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.json["version"] == 1
    assert (ran.json["feeds"], ran.json["new_articles"], ran.json["digested"]) == (1, 2, 2)
    assert "Coast Courier: 2 new" in ran.err
    assert run("print", "--format", "json").json["stories"]
    again = run("refresh", "--force", "--format", "json").json
    assert (again["new_articles"], again["digested"]) == (0, 0)


def test_feeds_that_fail_are_each_named_and_the_rest_is_stored(run: Run, desk: Newsroom) -> None:
    run("feeds", "add", desk.url("/gone.xml"), "--unchecked", "--title", "Gone Gazette")
    ran = run("refresh")
    assert (ran.code, ran.out) == (1, "")
    (line,) = [x for x in ran.err.splitlines() if x.startswith("briefing:")]
    assert "Gone Gazette" in line
    assert "404" in line
    assert run("search", "lorries", "--format", "json").json["results"]


def test_the_one_feed_asked_for_that_is_not_there_is_code_3(run: Run, desk: Newsroom) -> None:
    run("feeds", "add", desk.url("/gone.xml"), "--unchecked", "--title", "Gone Gazette")
    assert run("refresh", "--feed", "Gone Gazette").code == 3
    assert run("refresh", "--feed", "No Such Feed").code == 3


def test_events_are_json_lines_on_standard_output(run: Run, desk: Newsroom) -> None:
    ran = run("refresh", "--events")
    assert ran.lines[0]["event"] == "started"
    assert ran.lines[-1]["event"] == "finished"


def test_a_story_that_cannot_be_read_is_named_and_the_others_are_printed(
    run: Run, stories: list[str]
) -> None:
    with Store.open(load_settings().store_path) as store:
        store._run("UPDATE story_detail SET brief = 'null' WHERE story_id = ?", (stories[1],))
    ran = run("print")
    assert ran.code == 1
    assert "Story 0" in ran.out
    assert "Story 2" in ran.out
    assert f"story {stories[1]} cannot be read" in ran.err
    assert "briefing doctor" in ran.err
    doctor = run("doctor")
    assert doctor.code == 1
    assert f"story {stories[1]}: the brief cannot be read" in doctor.err
    assert "briefing refresh" in doctor.err

"""``briefing hooks``, and hooks after ``briefing refresh``: what is run and told, exit codes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.config import folders
from briefing.model import StoreError
from briefing.store import Store
from tests.cli.conftest import Run
from tests.cli.test_commands import TEXT, configure
from tests.fake_web import Item, Newsroom, rss
from tests.local_programs import script
from tests.store.builders import filled, story_of


@pytest.fixture
def story() -> str:
    """A story of the user's store."""
    with Store.open(folders().data / "briefing.sqlite3") as store:
        return story_of(store, *filled(store, 2))


def hooks(*lines: str) -> None:
    configure("\n".join(["[[hooks]]", *lines, ""]))


def test_the_list_says_when_each_hook_runs_what(run: Run) -> None:
    assert "There are no hooks" in run("hooks", "list").err
    hooks('on = "star"', 'name = "keep"', 'run = ["~/bin/keep", "a b"]', 'when = "title:port"')
    assert run("hooks", "list").out == "keep  star  ~/bin/keep 'a b'  title:port\n"
    (listed,) = run("hooks", "list", "--format", "json").json["hooks"]
    (line,) = run("hooks", "list", "--format", "jsonl").lines
    assert listed == line
    assert (line["id"], line["run"]) == ("keep", ["~/bin/keep", "a b"])


def test_a_trial_shows_what_is_run_and_what_it_answers(
    story: str, run: Run, tmp_path: Path
) -> None:
    program = script(tmp_path / "keep", "head -c 13; printf '\\n\\033[31m%s' \"$1\"; echo warm >&2")
    hooks(f'run = ["{program}", "{{title}}"]')
    ran = run("hooks", "test", "keep", story)
    assert ran.code == 0
    assert ran.out == '{"version": 1\nBridge closed\n'
    assert f"runs: {program} 'Bridge closed'" in ran.err
    assert "bytes of JSON, the story “Bridge closed”" in ran.err
    assert "ended with 0 after" in ran.err
    told = run("hooks", "test", "keep", "article-1", "--format", "json").json
    assert told["run"] == [program, "Bridge report 1-0"]
    assert told["environment"]["BRIEFING_KIND"] == "article"
    assert (told["code"], told["failure"]) == (0, None)


def test_a_trial_can_show_what_would_be_run_and_run_nothing(
    story: str, run: Run, tmp_path: Path
) -> None:
    program = script(tmp_path / "keep", f"touch '{tmp_path}/ran'")
    hooks(f'run = ["{program}"]')
    ran = run("hooks", "test", "keep", story, "--dry-run")
    assert json.loads(ran.out)["id"] == story
    assert not (tmp_path / "ran").exists()
    assert run("hooks", "test", "keep", story).code == 0
    assert (tmp_path / "ran").exists()


def test_a_trial_of_a_hook_that_fails_ends_with_1(story: str, run: Run, tmp_path: Path) -> None:
    program = script(tmp_path / "keep", "echo no room >&2; exit 4")
    hooks(f'run = ["{program}"]')
    ran = run("hooks", "test", "keep", story)
    assert (ran.code, ran.out) == (1, "")
    assert "hook “keep”: it ended with 4: no room." in ran.err


def test_what_is_not_there_is_told(story: str, run: Run) -> None:
    hooks('run = ["true"]')
    assert run("hooks", "test", "none", story).code == 2
    assert "There are true." in run("hooks", "test", "none", story).err
    assert run("hooks", "test", "true", "999").code == 3
    assert run("hooks", "test", "true", "article-x").code == 3


def test_a_refresh_runs_hooks_for_what_is_new_and_goes_on_where_one_fails(
    room: Newsroom, run: Run, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    bad = script(tmp_path / "bad", "echo broken >&2; exit 1")
    good = script(tmp_path / "good", f"cat >>'{kept}'")
    run("feeds", "add", room.feed("/feed.xml", rss("Coast Courier", [])))
    hooks(f'run = ["{bad}"]', "[[hooks]]", f'run = ["{good}"]')
    now = datetime.now(UTC)
    item = Item("Bridge closed", room.url("/bridge"), TEXT, published=now)
    room.feed("/feed.xml", rss("Coast Courier", [item]))
    ran = run("refresh", "--force", "--format", "json")
    assert ran.code == 1
    assert ran.json["hooks"]["calls"] == 2
    assert [each["where"] for each in ran.json["hooks"]["failures"]] == ["hook “bad”"]
    assert ran.err.count("broken") == 1
    (line,) = kept.read_text().splitlines()
    assert json.loads(line)["headline"] == "Bridge closed"
    assert run("refresh", "--force").code == 0  # nothing is new


def test_a_store_that_refuses_the_hooks_is_told_and_the_refresh_stands(
    room: Newsroom, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("feeds", "add", room.feed("/feed.xml", rss("Coast Courier", [])))
    hooks('run = ["true"]')

    def locked(*_: object) -> None:
        raise StoreError("the database is locked", "the store")

    monkeypatch.setattr(Store, "keep_calls_of", locked)
    ran = run("refresh", "--force", "--format", "json")
    assert ran.code == 1
    assert ran.json["feeds"] == 1
    assert [each["what"] for each in ran.json["hooks"]["failures"]] == ["the database is locked"]
    assert "the database is locked" in ran.err
    events = run("refresh", "--force", "--events").lines
    assert [each["event"] for each in events][-2:] == ["finished", "hooks"]
    assert "the database is locked" in events[-1]["problems"][0]


def test_a_refresh_without_the_configuration_leaves_what_is_new_to_the_next(
    room: Newsroom, run: Run, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    run("feeds", "add", room.feed("/feed.xml", rss("Coast Courier", [])))
    hooks(f'run = ["{script(tmp_path / "keep", f"cat >>{kept}")}"]')
    run("refresh", "--force")
    item = Item("Bridge closed", room.url("/bridge"), TEXT, published=datetime.now(UTC))
    room.feed("/feed.xml", rss("Coast Courier", [item]))
    assert run("refresh", "--force", "--ignore-config").code == 0
    assert not kept.exists()
    assert run("refresh", "--force").code == 0
    assert json.loads(kept.read_text())["headline"] == "Bridge closed"


def test_a_refresh_beside_the_reader_tells_of_hooks_as_an_event(
    room: Newsroom, run: Run, tmp_path: Path
) -> None:
    bad = script(tmp_path / "bad", "echo broken >&2; exit 1")
    run("feeds", "add", room.feed("/feed.xml", rss("Coast Courier", [])))
    hooks(f'run = ["{bad}"]', 'on = "refresh"')
    events = run("refresh", "--force", "--events").lines
    assert [each["event"] for each in events][-2:] == ["finished", "hooks"]
    assert "it ended with 1: broken" in events[-1]["problems"][0]


def test_a_refresh_that_a_hook_runs_runs_no_hooks(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks(f'run = ["touch", "{tmp_path}/ran"]', 'on = "refresh"')
    monkeypatch.setenv("BRIEFING_HOOK", "outer")
    assert run("refresh").code == 0
    assert not (tmp_path / "ran").exists()
    monkeypatch.delenv("BRIEFING_HOOK")
    assert run("refresh").code == 0
    assert (tmp_path / "ran").exists()

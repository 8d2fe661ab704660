"""Hooks: real programs that are given stories as JSON, bounded, ended whole, and told of once."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import HookSettings, Settings
from briefing.export.formats.text import TextExporter
from briefing.hooks import (
    Answer,
    HookReport,
    article_subject,
    begin_round,
    call_hook,
    rounds,
    run_round,
    run_waiting,
    story_subject,
)
from briefing.hooks.calling import filled
from briefing.hooks.subjects import Subject
from briefing.ingest.programs import run_program
from briefing.model import BriefingError, FetchError, Story
from briefing.model.hooks import HookCall
from briefing.model.rules import Rule, RuleAction
from briefing.store import Store
from tests.local_programs import Lifeline, script
from tests.store.builders import NOW, article, entry, story_of
from tests.store.builders import filled as articles_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "briefing.sqlite3") as opened:
        yield opened


def settings(*hooks: HookSettings) -> Settings:
    return Settings(hooks=hooks)


def keeper(folder: Path, *lines: str) -> tuple[tuple[str, ...], Path]:
    """A program that keeps each input and its arguments in files of a folder; that folder."""
    kept = folder / "kept"
    kept.mkdir()
    body = (
        f"n=$(ls '{kept}' | wc -l)",
        f"cat >'{kept}'/$n.part",
        f"mv '{kept}'/$n.part '{kept}'/$n.json",
        f'for word in "$@"; do printf "%s\\n" "$word" >>"{kept}.args"; done',
    )
    return (script(folder / "keeper", *body, *lines),), kept


def inputs(kept: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in sorted(kept.glob("*.json"))]


def after(store: Store, of: Settings) -> HookReport:
    """What a refresh does at its end."""
    return asyncio.run(run_round(store, of, {"new_articles": 1}, NOW))


def call(run: tuple[str, ...], subject: Subject, seconds: float = 60.0) -> Answer:
    return asyncio.run(call_hook(HookSettings(run, seconds=seconds), subject, "new"))


def fault_of(answer: Answer) -> BriefingError:
    assert answer.fault is not None
    return answer.fault


SUBJECT = Subject("story", {"version": 1, "headline": "x"}, id="7", title="A title")


# ── What is given ────────────────────────────────────────────────────────────────────────────


def test_a_hook_is_given_each_new_story_once_as_print_has_it(store: Store, tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(HookSettings((*run, "{id}", "{event}", "{feed}")))
    articles_of(store, 1, feed_url="https://old.example/feed")
    assert begin_round(store, hooks)
    first, second = articles_of(store, 2)
    story = story_of(store, first, second)
    report = after(store, hooks)
    assert report == HookReport(calls=1)
    (given_story,) = inputs(kept)
    assert given_story["version"] == 1
    assert given_story["id"] == story
    assert given_story["headline"] == "Bridge closed"
    assert {"bullets", "articles", "reasons", "tags"} <= given_story.keys()
    assert (tmp_path / "kept.args").read_text() == f"{story}\nnew\nOutlet {first}\n"
    assert after(store, hooks).calls == 0


def test_an_article_that_stands_in_no_story_is_given_as_its_digest(
    store: Store, tmp_path: Path, shared: Path
) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(HookSettings(run))
    begin_round(store, hooks)
    articles_of(store, 1)
    assert after(store, hooks).calls == 1
    (given_article,) = inputs(kept)
    schema = json.loads((shared / "schema" / "digest.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(given_article, schema)
    assert given_article["title"] == "Bridge report 1-0"


def test_a_text_is_made_only_for_whom_it_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = story_of(store, *articles_of(store, 1))
    made: list[Story] = []

    def render(_: TextExporter, story: Story, _options: object) -> bytes:
        made.append(story)
        return b"Bridge closed"

    monkeypatch.setattr(TextExporter, "render_story", render)
    subject = story_subject(store, story, NOW)
    assert json.loads(subject.json)["id"] == story
    assert made == []
    assert [subject.text, subject.text] == ["Bridge closed"] * 2
    assert [each.id for each in made] == [story]


def test_an_article_without_a_digest_is_given_with_its_text(store: Store, shared: Path) -> None:
    feed = store.add_feed("https://courier.example/feed", "Coast Courier")
    store.add_entries(feed.id, [entry("a", title="A bare title")], NOW)
    (waiting,) = store.entries_to_extract(1)
    made = article(waiting.article_id, title="A bare title", text="One line. Two lines.")
    store.save_article(waiting.article_id, made, waiting.content_hash)
    subject = article_subject(store, waiting.article_id)
    schema = json.loads((shared / "schema" / "digest.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(subject.json), schema)
    assert subject.text.splitlines()[0] == "A bare title"
    assert "One line." in subject.text


def test_only_what_the_query_finds_is_given(store: Store, tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(HookSettings(run, when="title:0"))
    begin_round(store, hooks)
    for name in articles_of(store, 3):
        story_of(store, name)
    assert after(store, hooks).calls == 1
    assert [each["lead"] for each in inputs(kept)] == ["1"]


def test_rules_run_the_hooks_that_they_name(store: Store, tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(HookSettings((*run, "{event}"), on="rule", name="keep"))
    begin_round(store, hooks)
    names = articles_of(store, 3)
    rule = Rule("some", "title:2", (RuleAction("hook", "keep"),))
    store.begin_rules([rule])
    store.apply_rules([rule], names, NOW)
    assert after(store, hooks).calls == 1
    assert (tmp_path / "kept.args").read_text() == "rule\n"
    assert len(inputs(kept)) == 1


def test_a_refresh_gives_its_report_where_it_brought_what_is_asked_for(
    store: Store, tmp_path: Path
) -> None:
    run, kept = keeper(tmp_path)
    always = HookSettings(run, on="refresh", name="always")
    some = HookSettings(run, on="refresh", name="some", when="title:report")
    hooks = settings(always, some)
    begin_round(store, hooks)
    assert after(store, hooks).calls == 1
    articles_of(store, 1)
    assert after(store, hooks).calls == 2
    assert inputs(kept)[0] == {"version": 1, "new_articles": 1}


def test_what_was_starred_waits_until_hooks_are_run(store: Store, tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(
        HookSettings(run, on="star", name="a"), HookSettings(run, "star", "b", "title:nothing")
    )
    (name,) = articles_of(store, 1)
    story = story_of(store, name)
    for hook in hooks.hooks:
        store.queue_call(HookCall(hook.known_as, "star", story_id=story))
        store.queue_call(HookCall(hook.known_as, "star", story_id="999"))
    store.queue_call(HookCall("gone", "star", story_id=story))
    assert asyncio.run(run_waiting(store, hooks, NOW)) == HookReport(calls=1)
    assert [each["id"] for each in inputs(kept)] == [story]
    assert store.count_calls("gone") == 0


@pytest.mark.parametrize("event", ["star", "open"])
def test_each_article_of_a_story_that_was_starred_or_opened_is_given(
    event: str, store: Store, tmp_path: Path
) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(HookSettings(run, on=event, name="keep"))
    names = articles_of(store, 2)
    story_of(store, *names)
    for name in names:
        store.queue_call(HookCall("keep", event, article_id=name))
    assert asyncio.run(run_waiting(store, hooks, NOW)) == HookReport(calls=2)
    assert [each["title"] for each in inputs(kept)] == ["Bridge report 1-0", "Bridge report 1-1"]


@pytest.mark.parametrize("in_story", [False, True])
def test_a_hook_that_a_rule_names_too_is_told_once_of_what_is_new(
    in_story: bool, store: Store, tmp_path: Path
) -> None:
    run, _ = keeper(tmp_path)
    hooks = settings(HookSettings((*run, "{event}"), name="keep"))
    begin_round(store, hooks)
    names = articles_of(store, 2)
    if in_story:
        story_of(store, *names)
    rule = Rule("all", "title:report", (RuleAction("hook", "keep"),))
    store.begin_rules([rule])
    store.apply_rules([rule], names, NOW)
    assert after(store, hooks).calls == (1 if in_story else 2)
    assert set((tmp_path / "kept.args").read_text().split()) == {"new"}
    assert store.take_call("keep") is None


def test_what_came_while_no_hook_watched_is_not_new_to_one(store: Store, tmp_path: Path) -> None:
    run, _ = keeper(tmp_path)
    hooks = settings(HookSettings(run))
    begin_round(store, hooks)
    assert not begin_round(store, settings())
    articles_of(store, 2)
    assert begin_round(store, hooks)
    assert after(store, hooks).calls == 0


def test_the_archive_of_a_feed_is_not_new(store: Store, tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    hooks = settings(HookSettings(run))
    begin_round(store, hooks)
    articles_of(store, 100)  # an hour apart: the last 28 are of more than three days ago
    assert after(store, hooks).calls == 72
    assert len(inputs(kept)) == 72
    assert store.new_for_hooks(1) == []


def test_a_hook_that_takes_long_leaves_the_rest_to_the_next_refresh(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_SECONDS", 0.0)
    hooks = settings(HookSettings(("true",)))
    begin_round(store, hooks)
    articles_of(store, 2)
    assert after(store, hooks) == HookReport(waiting=2)
    monkeypatch.undo()
    assert after(store, hooks) == HookReport(calls=2)


def test_of_two_refreshes_that_end_at_once_one_gives_each_story(store: Store) -> None:
    hooks = settings(HookSettings(("true",)))
    begin_round(store, hooks)
    names = sorted(articles_of(store, 2), key=int)
    with Store.open(store.path) as other:
        calls = [HookCall("true", "new", article_id=name) for name in names]
        assert store.new_for_hooks(10) == other.new_for_hooks(10) == names
        assert other.queue_new(names, calls)
        assert not store.queue_new(names, calls)
    assert after(store, hooks).calls == 2


# ── Words and variables ──────────────────────────────────────────────────────────────────────

OUTSIDE = ("--output=/etc/passwd", "-rf", "$(touch x)", "`touch x`", "; touch x", "a\x1b[31m\nb\0c")


@pytest.mark.parametrize("text", OUTSIDE)
def test_hostile_22_text_from_outside_is_one_argument_of_a_hook_and_never_an_option(
    text: str, tmp_path: Path
) -> None:
    run, kept = keeper(tmp_path)
    subject = replace(SUBJECT, title=text, description=text, feed=text, url=text)
    words = ("{title}", "{description}", "{feed}", "{url}", "{unknown}", "x{title}")
    assert call((*run, *words), subject).fault is None
    said = (tmp_path / "kept.args").read_text().splitlines()
    assert len(said) == len(words)
    assert not any(line.startswith("-") for line in said)
    assert said[3:] == ["", "{unknown}", "x{title}"]
    assert "\x1b" not in "".join(said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keeper", "kept", "kept.args"]
    assert kept.is_dir()


@given(st.text(max_size=60))
def test_no_word_begins_as_an_option_or_holds_a_control_character(text: str) -> None:
    words = replace(SUBJECT, title=text, feed=text, url=text, description=text).words("new")
    for word in filled(("p", "{title}", "{feed}", "{url}", "{description}"), words)[1:]:
        assert not word.startswith("-")
        assert word.isprintable() or not any(ord(c) < 32 or c == "\x7f" for c in word)


def test_hostile_30_passwords_of_addresses_reach_no_hook(tmp_path: Path) -> None:
    run, kept = keeper(tmp_path, "env >'%s'" % (tmp_path / "env"))
    url = "https://ann:s3cret@courier.example/a"
    subject = Subject("story", {"url": url}, id="1", title=f"See {url}", url=url)
    assert call((*run, "{url}", "{title}"), subject).fault is None
    for path in (tmp_path / "kept.args", tmp_path / "env", kept / "0.json"):
        assert "s3cret" not in path.read_text()
    assert "https://courier.example/a" in (tmp_path / "kept.args").read_text()


def test_a_hook_has_what_it_is_about_in_its_environment(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDE_TOKEN", "kept")
    (name,) = articles_of(store, 1)
    subject = story_subject(store, story_of(store, name), NOW)
    wanted = "BRIEFING_HOOK BRIEFING_EVENT BRIEFING_KIND BRIEFING_TITLE BRIEFING_CATEGORY"
    shown = " ".join(f'"${each}"' for each in [*wanted.split(), "BRIEFING_PUBLISHED", "TIDE_TOKEN"])
    program = script(tmp_path / "show", f'printf "%s|" {shown}')
    answer = call((program,), subject)
    assert answer.output.decode().split("|")[:5] == [
        "show", "new", "story", "Bridge closed", "Coast",
    ]  # fmt: skip
    assert answer.output.decode().split("|")[5:7] == ["2026-05-05T06:00:00Z", "kept"]


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (("echo one >&2; echo 'no such folder' >&2; exit 3",), "it ended with 3: no such folder"),
        (("kill -9 $$",), "it was ended by signal 9"),
        (("echo waiting >&2; sleep 600",), "it took longer than 0.3 s, and was ended: waiting"),
        (("yes",), "it wrote more than 1 MB, and was ended"),
        (("printf '\\033[31mred\\033[0m\\n' >&2; exit 1",), "it ended with 1: red"),
    ],
)
def test_what_a_hook_does_wrong_is_told_with_its_last_complaint(
    lines: tuple[str, ...], what: str, tmp_path: Path
) -> None:
    seconds = 0.3 if "600" in lines[0] else 60
    fault = fault_of(call((script(tmp_path / "a", *lines),), SUBJECT, seconds=seconds))
    assert (fault.what, fault.where) == (what, "hook “a”")


def test_hostile_31_no_program_is_run_where_nothing_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
    answer = call(("touch", str(tmp_path / "ran")), SUBJECT)
    assert str(fault_of(answer)) == (
        "hook “touch”: read only: no program is run. Start without --read-only"
    )
    with pytest.raises(FetchError, match="no program is run"):
        asyncio.run(run_program(("touch", str(tmp_path / "ran")), None, "a feed", 1000))
    assert not (tmp_path / "ran").exists()


def test_a_hook_that_is_no_program_is_told_with_the_mend(tmp_path: Path) -> None:
    fault = fault_of(call((str(tmp_path / "none"),), SUBJECT))
    assert fault.what.startswith("there is no program")


def test_a_hook_need_not_read_what_it_is_given() -> None:
    big = Subject("story", {"text": "x" * 3_000_000}, id="1")
    assert call(("true",), big).fault is None


def test_what_a_hook_starts_ends_with_it(tmp_path: Path) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        parent = script(tmp_path / "a", line.hold, "sleep 600 &", line.tell, "sleep 600")
        answer = call((parent,), SUBJECT, seconds=1.0)
        line.assert_started()
        line.assert_ended()
    assert "took longer" in fault_of(answer).what


def test_a_child_that_keeps_the_output_open_is_not_waited_for(tmp_path: Path) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        leaving = script(tmp_path / "a", line.hold, line.tell, "sleep 600 &", "echo done")
        answer = call((leaving,), SUBJECT, seconds=60)
        line.assert_started()
        line.assert_ended()
    assert (answer.fault, answer.output) == (None, b"done\n")


def test_a_hook_that_fails_is_told_once_and_the_others_go_on(store: Store, tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    bad = script(tmp_path / "bad", "echo broken >&2; exit 1")
    hooks = settings(HookSettings((bad,)), HookSettings(run))
    begin_round(store, hooks)
    for name in articles_of(store, 5):
        story_of(store, name)
    report = after(store, hooks)
    assert report.calls == 3 + 5
    assert len(inputs(kept)) == 5
    (fault,) = report.faults
    assert str(fault).startswith("hook “bad”: it ended with 1: broken (3 times). Try it")
    assert report.waiting == 2  # after three failures the rest waits
    assert after(store, hooks).waiting == 0


def test_what_waits_for_a_hook_has_a_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.store.hook_calls.MOST_WAITING", 3)
    for number in range(5):
        store.queue_call(HookCall("a", "star", article_id=str(number)))
    store.keep_calls_of(["a"])
    assert [store.take_call("a").article_id for _ in range(3)] == ["2", "3", "4"]  # type: ignore[union-attr]
    assert store.take_call("a") is None


def test_a_round_that_is_ended_loses_nothing_that_it_did_not_begin(
    store: Store, tmp_path: Path
) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        waiting = script(tmp_path / "a", line.hold, line.tell, "sleep 600")
        hooks = settings(HookSettings((waiting,)))
        begin_round(store, hooks)
        for name in articles_of(store, 3):
            story_of(store, name)

        async def stopped() -> None:
            task = asyncio.create_task(run_round(store, hooks, {}, NOW))
            await asyncio.to_thread(line.assert_started)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(stopped())
        line.assert_ended()
    assert store.count_calls("a") == 2


def test_a_digest_with_a_lone_surrogate_is_given_as_json(tmp_path: Path) -> None:
    run, kept = keeper(tmp_path)
    subject = Subject("story", {"a": "\ud800 \u202e x"}, id="1")
    assert call(run, subject).fault is None
    raw = (kept / "0.json").read_bytes()
    assert "\u202e".encode() not in raw
    assert json.loads(raw)["a"].endswith(" x")

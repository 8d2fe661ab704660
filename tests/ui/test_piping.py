"""``|`` and ``B``: stories and articles given to programs, their answers shown as plain text."""

import asyncio
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.timer import Timer

from briefing.config import OpenSettings, Settings, folders
from briefing.hooks.piping import MOST_KEPT, commands_before, keep_command, words_of
from briefing.ui.app import Reader
from briefing.ui.screens.piping import AnswerScreen, PipePrompt, answer_lines
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.status_bar import StatusBar
from tests.local_programs import Lifeline, script
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on


async def give(driver: ReaderDriver, command: str, *keys: str) -> None:
    """Type a command behind ``|`` and run it."""
    await driver.press("vertical_line")
    assert driver.screen == PipePrompt.__name__
    driver.app.screen.query_one(Line).value = command
    await driver.press(*keys, "enter")


def state(driver: ReaderDriver) -> str:
    """What is said of the command on the screen."""
    return driver.app.screen.query_one("#head", StatusBar).words[1].strip()


async def answered(driver: ReaderDriver) -> list[str]:
    """Wait for the end of the command; its answer."""
    await driver.until(
        lambda: driver.screen == AnswerScreen.__name__ and not state(driver).startswith("running")
    )
    return [item.text.plain for item in driver.view("answer").items]


@pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])
async def test_a_story_is_given_as_text_and_the_answer_is_read_and_closed(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        headline = driver.story.brief.headline
        await give(driver, "head -n 1")
        assert await answered(driver) == [headline]
        assert state(driver).startswith("ended after")
        assert headline[:20] in driver.shown
        await driver.press("q")
        assert driver.app.screen is driver.edition


async def test_an_answer_that_is_complete_is_not_looked_at_any_more(reader: Reader) -> None:
    """It would else wake the processor ten times a second until it is closed."""
    async with at(reader) as driver:
        started: list[Timer] = []
        original = AnswerScreen.set_interval

        def noted(screen: AnswerScreen, *given: Any, **named: Any) -> Timer:
            timer = original(screen, *given, **named)
            started.extend([timer] if screen._look in given else [])
            return timer

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(AnswerScreen, "set_interval", noted)
            await give(driver, "head -n 1")
            await answered(driver)
        assert [timer._task for timer in started] == [None]


async def test_tab_gives_the_json_that_print_has(reader: Reader) -> None:
    async with at(reader) as driver:
        await give(driver, "cat", "tab")
        (line,) = await answered(driver)
        assert line.startswith(f'{{"version": 1, "id": "{driver.story.id}"')


async def test_an_article_is_given_with_its_text(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "tab")
        await driver.until(lambda: driver.rows().current is not None)
        row = driver.article
        await give(driver, "head -n 2")
        lines = await answered(driver)
        assert lines[0] == row.title
        assert row.source in lines[1]
        await driver.press("q")
        await give(driver, "sh -c 'cat; echo; echo $BRIEFING_KIND {title}' x", "tab")
        assert (await answered(driver))[-1].startswith("article")


async def test_placeholders_are_words_of_their_own(reader: Reader) -> None:
    async with at(reader) as driver:
        await give(driver, "printf '%s|' {id} 'a {id}' {event}")
        assert await answered(driver) == [f"{driver.story.id}|a {{id}}|pipe|"]


async def test_a_command_that_hangs_holds_nobody_and_esc_ends_it_with_all_that_it_started(
    reader: Reader, tmp_path: Path
) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        hanging = script(tmp_path / "a", line.hold, "sleep 600 &", line.tell, "echo one; sleep 600")
        async with at(reader) as driver:
            await give(driver, hanging)
            await asyncio.to_thread(line.assert_started)
            await driver.until(lambda: driver.view("answer").items)
            assert state(driver) == "running · esc ends it"
            await driver.press("escape")
            assert await answered(driver) == ["one"]
            assert state(driver) == "ended by you"
            await asyncio.to_thread(line.assert_ended)
            await driver.press("escape")
            assert driver.app.screen is driver.edition


async def test_leaving_the_reader_ends_the_command(reader: Reader, tmp_path: Path) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        hanging = script(tmp_path / "a", line.hold, line.tell, "sleep 600")
        async with at(reader) as driver:
            await give(driver, hanging)
            assert driver.screen == AnswerScreen.__name__
            await asyncio.to_thread(line.assert_started)
        await asyncio.to_thread(line.assert_ended)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("no-such-program-here x", "there is no program no-such-program-here"),
        ("sh -c 'echo no tide >&2; exit 3'", "it ended with 3: no tide"),
        ("yes", "it wrote more than 1 MB, and was ended"),
        ("true", "it answered nothing"),
    ],
)
async def test_what_goes_wrong_is_said(reader: Reader, command: str, what: str) -> None:
    async with at(reader) as driver:
        await give(driver, command)
        await answered(driver)
        assert what in state(driver)


async def test_an_answer_is_plain_text_whatever_it_holds(reader: Reader) -> None:
    async with at(reader) as driver:
        await give(driver, "printf '\\033[31mred\\033]0;title\\007 [bold]x[/]\\r\\n\\tb\\000c\\n'")
        assert await answered(driver) == ["red [bold]x[/]", "        bc"]
        assert "[bold]x[/]" in driver.shown


@given(st.binary(max_size=2000))
def test_no_bytes_become_a_control_character(written: bytes) -> None:
    for line in answer_lines(written):
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)


def test_an_endless_answer_is_cut() -> None:
    lines = answer_lines(b"x\n" * 7000 + b"y" * 5000)
    assert lines[-1] == "… and 5,001 lines more"
    assert max(map(len, answer_lines(b"y" * 5000))) == 2000


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("", "type a command"),
        ("sh -c 'x", "cannot be read"),
        ("wc | sort", "no shell runs this"),
        ("tee > file", "no shell runs this"),
    ],
)
async def test_what_is_no_command_is_told_before_it_is_run(
    reader: Reader, line: str, what: str
) -> None:
    with pytest.raises(ValueError, match=what):
        words_of(line)
    async with at(reader) as driver:
        await give(driver, line)
        assert driver.screen == PipePrompt.__name__
        assert what in driver.shown
        await driver.press("escape")
        assert driver.app.screen is driver.edition


async def test_what_was_typed_is_brought_back_also_in_another_session(
    sample: Path, home: Path
) -> None:
    async with at(reader_on(sample)) as driver:
        for command in ("wc -w", "wc -l", "wc -w"):
            await give(driver, command)
            await answered(driver)
            await driver.press("q")
    kept = folders().data / "commands"
    assert kept.read_text() == "wc -l\nwc -w\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert home in kept.parents
    async with at(reader_on(sample)) as driver:
        await driver.press("vertical_line", "x", "up", "up", "up")
        line = driver.app.screen.query_one(Line)
        assert line.value == "wc -l"
        await driver.press("down")
        assert line.value == "wc -w"
        await driver.press("down")
        assert line.value == "x"


async def test_the_demo_remembers_commands_for_the_session_only(sample: Path) -> None:
    async with at(reader_on(sample, sample=True)) as driver:
        await give(driver, "wc -w")
        await answered(driver)
        await driver.press("q", "vertical_line", "up")
        assert driver.app.screen.query_one(Line).value == "wc -w"
    assert commands_before() == []


def test_what_was_typed_is_bounded_and_no_control_character_comes_back() -> None:
    for number in range(MOST_KEPT + 20):
        keep_command(f"wc {number}")
    assert len(commands_before()) == MOST_KEPT
    assert commands_before()[-1] == f"wc {MOST_KEPT + 19}"
    (folders().data / "commands").write_bytes(b"a\x1b[31m\xff\n\n")
    assert commands_before() == ["a\N{REPLACEMENT CHARACTER}"]


# ── Bookmarks ────────────────────────────────────────────────────────────────────────────────

NEWSBOAT = """\
url="$1"
title="$2"
description="$3"
feed_title="$4"
grep -q -s "^${url}\t" "$0.txt" && echo "already there" && exit 0
printf '%s\\t%s\\t%s\\t%s\\n' "$url" "$title" "$description" "$feed_title" >>"$0.txt"
"""
"""In the form of newsboat's ``bookmark-cmd``: four arguments; what it prints is what went wrong."""


async def test_newsboats_bookmark_scripts_work_as_they_are(sample: Path, tmp_path: Path) -> None:
    program = script(tmp_path / "bookmark.sh", NEWSBOAT)
    kept = Path(f"{program}.txt")
    settings = Settings(open=OpenSettings((program,)))
    async with at(reader_on(sample, settings)) as driver:
        story = driver.story.brief
        lead = next(a for a in story.articles if a.article_id == story.lead)
        await driver.press("B")
        await driver.until(lambda: driver.status == "bookmarked")
    words = (str(lead.url), story.headline, story.bullets[0].bullet.text, f"{lead.source}\n")
    assert kept.read_text() == "\t".join(words)  # noqa: ASYNC240 - the reader has ended


async def test_a_bookmark_command_may_say_where_its_words_stand(
    sample: Path, tmp_path: Path
) -> None:
    program = script(tmp_path / "keep", 'echo "$#: $1 $2"')
    settings = Settings(open=OpenSettings((program, "{id}", "--later")))
    async with at(reader_on(sample, settings)) as driver:
        await driver.press("B")
        await driver.until(lambda: driver.status.startswith("2:"))
        assert driver.status == f"2: {driver.story.id} --later"


async def test_leaving_the_screen_lets_the_bookmark_program_go_on_and_tell(
    sample: Path, tmp_path: Path
) -> None:
    """It would else be ended without a word, and the reader believe that the article is kept."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    opened = os.open(gate, os.O_RDWR)  # whether the program reads it or not
    program = script(tmp_path / "keep", f"read word <'{gate}'; echo kept as $word")
    async with at(reader_on(sample, Settings(open=OpenSettings((program,))))) as driver:
        await driver.press("f", "tab")
        await driver.until(lambda: driver.rows().current is not None)
        await driver.press("B", "q", "q")
        assert driver.app.screen is driver.edition
        os.write(opened, b"harbour\n")
        await driver.until(lambda: driver.status == "kept as harbour")
    os.close(opened)


async def test_a_bookmark_that_fails_is_told(sample: Path, tmp_path: Path) -> None:
    program = script(tmp_path / "keep", "echo no [room >&2; exit 2")
    settings = Settings(open=OpenSettings((program,)))
    async with at(reader_on(sample, settings)) as driver:
        await driver.press("B")
        await driver.until(lambda: driver.notifications)
        assert "bookmark: it ended with 2: no [room" in driver.notifications[-1]


async def test_without_a_bookmark_program_the_key_says_what_to_set(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("B")
        assert "bookmark under [open] in config.toml" in driver.status
        assert json.dumps(driver.app.session.settings.open.bookmark) == "[]"


@pytest.mark.parametrize("key", ["vertical_line", "B"])
async def test_hostile_31_who_may_only_read_is_told_that_no_program_is_run(
    key: str, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = script(tmp_path / "keep", f"touch '{tmp_path}/ran'")
    settings = Settings(open=OpenSettings((program,)))
    async with at(reader_on(sample, settings)) as driver:
        monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
        await driver.press(key)
        assert driver.app.screen is driver.edition
        assert driver.status == "read only: no program is run"
    assert not (tmp_path / "ran").exists()

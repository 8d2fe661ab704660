"""Feeds of this machine: read as newsboat spells them, and only what a person has typed."""

import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import Fetcher, Response, discover
from briefing.ingest.local_feeds import (
    LocalRead,
    get_feed,
    is_local,
    local_feed,
    parse_answer,
    runs_program,
    web_address,
)
from briefing.model import FetchError, ParseError, UsageError
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss
from tests.local_programs import feed_script, runs, script

FEED = rss("Tides", [Item("High tide at noon", "https://tides.example/1")])
LIMIT = 1_000_000


@pytest.mark.parametrize(
    ("typed", "command", "source"),
    [
        ("exec:~/bin/tides", ("~/bin/tides",), ""),
        (" EXEC: ~/bin/tides  'Nether Holm' --n=3 ", ("~/bin/tides", "Nether Holm", "--n=3"), ""),
        ("exec:sh -c 'curl -s a.example | tac'", ("sh", "-c", "curl -s a.example | tac"), ""),
        ('exec:/bin/sh -c "echo $HOME"', ("/bin/sh", "-c", "echo $HOME"), ""),
        (r"exec:tides a\;b", ("tides", "a;b"), ""),
        ("exec:tides 'https://a.example/?a=1&b=2'", ("tides", "https://a.example/?a=1&b=2"), ""),
        ("filter:~/clean.py:https://a.example/f?a=1&b=(2)", ("~/clean.py",), "https://a.example/f?a=1&b=(2)"),
        ("filter:clean --sep=: x:http://a.example/f", ("clean", "--sep=:", "x"), "http://a.example/f"),
        ("file:///home/me/feed.xml", (), "/home/me/feed.xml"),
        ("file://localhost/feed.xml", (), "/feed.xml"),
        ("file:/feed.xml", (), "/feed.xml"),
        ("file://~/feed.xml", (), "~/feed.xml"),
        ("file:///a b/100%25.xml", (), "/a b/100%25.xml"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_newsboat_spells_it(
    typed: str, command: tuple[str, ...], source: str
) -> None:
    feed = local_feed(typed)
    assert (feed.command, feed.source) == (command, source)
    assert local_feed(feed.address) == feed  # what is kept is read again as the same
    assert runs_program(typed) == bool(command)
    assert web_address(typed) == (source if command else "")


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("exec:", "says nothing"),
        ("exec:tides 'Nether Holm", "No closing quotation"),
        ("exec:tides\nrm", "control characters"),
        ("exec:tides | sort", "'|' is for a shell"),
        ("exec:tides && x", "'&' is for a shell"),
        ("exec:$HOME/bin/tides", "'$' is for a shell"),
        ('exec:"$HOME/bin/tides"', "'$' is for a shell"),
        ("exec:tides `date`", "'`' is for a shell"),
        ("exec:tides > x", "'>' is for a shell"),
        ("filter:clean", "a program and a web address"),
        ("filter:clean:file:///etc/passwd", "a program and a web address"),
        ("filter:https://a.example/f", "a program and a web address"),
        ("filter:clean:https:///f", "a program and a web address"),
        ("file://server.example/feed.xml", "another machine (server.example)"),
        ("file:feed.xml", "from the root on"),
        ("file:///", "from the root on"),
    ],
)
def test_what_cannot_be_read_or_needs_a_shell_is_named_with_the_mend(typed: str, what: str) -> None:
    with pytest.raises(UsageError) as caught:
        local_feed(typed)
    assert what in caught.value.what
    assert caught.value.mend


@given(st.sampled_from(["exec:", "filter:", "file:", ""]), st.text(max_size=30))
def test_whatever_is_typed_is_a_feed_or_an_error_of_ours(kind: str, rest: str) -> None:
    try:
        feed = local_feed(f"{kind}{rest}")
    except UsageError:
        return
    assert is_local(feed.address)
    assert feed.command or feed.source.startswith(("/", "~"))


async def test_a_programs_output_is_the_feed_and_the_same_again_is_unchanged(
    tmp_path: Path, fetcher: Fetcher
) -> None:
    program = feed_script(tmp_path / "tides", FEED)
    url = f"exec:{program}"
    reads: list[LocalRead] = []
    first = await get_feed(fetcher.get, url, LIMIT, on_read=reads.append)
    assert [entry.title for entry in parse_answer(first).entries] == ["High tide at noon"]
    again = await get_feed(fetcher.get, url, LIMIT, etag=first.etag)
    assert (again.not_modified, again.etag) == (True, first.etag)
    feed_script(tmp_path / "tides", FEED.replace(b"noon", b"four"))
    changed = await get_feed(fetcher.get, url, LIMIT, etag=first.etag)
    assert b"four" in changed.content
    assert runs(program) == 3
    assert [(r.what, r.size, r.code) for r in reads] == [(program, len(FEED), 0)]


async def test_a_filter_gets_the_page_and_keeps_its_address_where_that_has_moved(
    tmp_path: Path, fetcher: Fetcher, room: Newsroom
) -> None:
    room.feed("/new.xml", FEED.replace(b"noon", b"midnight"))
    old = room.redirect("/old.xml", "/new.xml", 301)
    program = script(
        tmp_path / "clean", f"echo run >>'{tmp_path}/clean.runs'", "sed s/midnight/XII/"
    )
    get = partial(get_feed, fetcher.get, f"filter:{program}:{old}", LIMIT)
    answer = await get()
    assert b"High tide at XII" in answer.content
    assert (answer.url, answer.moved_to) == (f"filter:{program}:{old}", None)
    again = await get(etag=answer.etag, validated_url=answer.final_url)
    assert again.not_modified
    assert runs(program) == 1  # where the page is as it was, nothing runs


async def test_a_filters_page_that_fails_is_told_as_such_and_no_program_runs(
    tmp_path: Path, fetcher: Fetcher, room: Newsroom
) -> None:
    program = feed_script(tmp_path / "clean", FEED)
    with pytest.raises(FetchError) as caught:
        await get_feed(fetcher.get, f"filter:{program}:{room.url('/gone')}", LIMIT)
    assert caught.value.status == 404
    assert runs(program) == 0


async def test_hostile_19_what_a_page_or_a_redirect_names_is_never_run_or_read(
    tmp_path: Path, fetcher: Fetcher, room: Newsroom
) -> None:
    program = feed_script(tmp_path / "evil", FEED)
    own = tmp_path / "own.xml"
    own.write_bytes(FEED)
    for address in (f"exec:{program}", f"filter:{program}:{room.url('/f')}", f"file://{own}"):
        moved = room.redirect("/moved", address, 301)
        for url in (moved, f"filter:{program}:{moved}"):
            with pytest.raises(FetchError, match="which is no web address"):
                await get_feed(fetcher.get, url, LIMIT)
        page = f'<link rel="alternate" type="application/rss+xml" href="{address}">'
        assert discover(page.encode(), "https://a.example/") == ()
        body = FEED.replace(b"https://tides.example/1", address.encode())
        answer = Response(room.url("/f"), room.url("/f"), 200, body)
        assert [entry.url for entry in parse_answer(answer).entries] == [None]
    assert runs(program) == 0


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (("echo no tide table >&2", "exit 3"), "ended with code 3: no tide table"),
        (("kill -9 $$",), "was ended by signal 9"),
        (("echo sea is flat >&2",), "wrote nothing but a complaint: sea is flat"),
        (("echo '  '",), "wrote nothing"),
    ],
)
async def test_a_program_that_fails_is_named_with_its_complaint_and_the_mend(
    tmp_path: Path, fetcher: Fetcher, lines: tuple[str, ...], what: str
) -> None:
    program = script(tmp_path / "tides", *lines)
    with pytest.raises(FetchError) as caught:
        await get_feed(fetcher.get, f"exec:{program} 'x y'", LIMIT)
    assert caught.value.what == f"the program {program} {what}"
    assert caught.value.mend == f"Try it in a terminal: {program} 'x y'"


def test_what_is_no_feed_is_told_of_its_program_or_file() -> None:
    page = b"<!DOCTYPE html><html><body>Tides</body></html>"
    answers = [Response(url, url, 200, page) for url in ("exec:~/bin/tides", "file:///x.xml")]
    with pytest.raises(ParseError, match="what ~/bin/tides wrote is no feed") as caught:
        parse_answer(answers[0])
    assert caught.value.mend == "Try it in a terminal: ~/bin/tides"
    with pytest.raises(ParseError, match="this is a web page") as caught:
        parse_answer(answers[1])
    assert caught.value.mend == "Check the file's path"


async def test_a_file_is_read_by_its_name_as_it_stands_or_percent_encoded(
    tmp_path: Path, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "my feed.xml").write_bytes(FEED)
    (tmp_path / "100%25.xml").write_bytes(FEED)
    reads: list[LocalRead] = []
    for url in (
        f"file://{tmp_path}/my feed.xml",
        f"file://{tmp_path}/my%20feed.xml",
        f"file://{tmp_path}/100%25.xml",
        "file://~/my feed.xml",
    ):
        answer = await get_feed(fetcher.get, url, LIMIT, on_read=reads.append)
        assert answer.content == FEED
        assert (await get_feed(fetcher.get, url, LIMIT, etag=answer.etag)).not_modified
    assert {(read.code, read.size) for read in reads} == {(None, len(FEED))}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("none.xml", "No such file"),
        ("folder", "no regular file"),
        ("pipe", "no regular file"),
        ("empty.xml", "is empty"),
        ("large.xml", "larger than the limit of 1 MB"),
        ("nul\x00.xml", "control characters"),
    ],
)
async def test_what_is_no_readable_file_of_a_fair_size_is_refused(
    tmp_path: Path, fetcher: Fetcher, name: str, what: str
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")  # one that would never answer
    (tmp_path / "empty.xml").touch()
    (tmp_path / "large.xml").write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises((FetchError, UsageError)) as caught:
        await get_feed(fetcher.get, f"file://{tmp_path}/{name}", LIMIT)
    assert what in caught.value.what
    assert caught.value.mend

"""Whatever a server answers: a client gives values, or says what is wrong."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import FetchSettings
from briefing.model import SyncError
from briefing.sync import fever, greader, miniflux
from briefing.sync.fever import Fever
from briefing.sync.greader import GoogleReader, _decimal, _long
from briefing.sync.http import Http
from briefing.sync.miniflux import Miniflux
from briefing.sync.model import RemoteEntry, RemoteFeed, Server

NAMES = (
    "id feed feed_id feed_url url title entries feeds items itemRefs subscriptions categories label"
    " continuation content summary canonical alternate href origin streamId published status"
    " starred category auth api_version unread_item_ids saved_item_ids groups feeds_groups feed_ids"
    " group_id created_on_time is_read is_saved userId userName version published_at"
).split()
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-5, 5),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["1", "2,3", "https://a.example/b", "javascript:x", "\x1b[2J", "2026-05-05"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=8)
    ),
    max_leaves=12,
)
LISTS = ("entries", "feeds", "items", "itemRefs", "subscriptions", "groups", "feeds_groups")
ROWS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=10)
ANSWERS = st.one_of(
    VALUES,
    st.lists(ROWS, max_size=3),
    st.dictionaries(st.sampled_from(LISTS), st.lists(ROWS, max_size=3), min_size=1, max_size=3),
    ROWS,
)
"""Anything; and lists of rows where the protocols have them, with anything in them."""


class _Scripted(Http):
    """Answers what it was given, in turn, and then nothing."""

    def __init__(self, answers: Sequence[object]) -> None:
        super().__init__("it", "http://reader.example", FetchSettings())
        self._answers = list(answers)

    def _next(self) -> object:
        return self._answers.pop(0) if self._answers else None

    async def json(self, *_: Any, **__: Any) -> Any:
        return self._next()

    async def text(self, *_: Any, **__: Any) -> str:
        return json.dumps(self._next())


def clients(http: Http) -> tuple[Server, ...]:
    return Miniflux(http), GoogleReader(http, "ann", "x"), Fever(http, "ann", "x")


async def all_of(server: Server) -> None:
    since = datetime(2026, 5, 5, tzinfo=UTC)
    for feed in await server.feeds():
        assert feed.url.startswith(("http://", "https://"))
        assert "\x1b" not in feed.title
    async for page in server.changes("", since, {}):
        for entry in page.entries:
            assert entry.id
            assert "\x1b" not in entry.title + entry.content_html
            assert not (entry.url or "https:").startswith("javascript")
    await server.marks()
    await server.entries(["1", "2"])


def outcome(work: Coroutine[Any, Any, object]) -> str:
    """The reason that a client gave; empty where it gave values. Other errors pass."""
    try:
        asyncio.run(work)
    except SyncError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("number", range(3), ids=["miniflux", "greader", "fever"])
@settings(max_examples=40)
@given(answers=st.lists(ANSWERS, max_size=8), logged_in=st.booleans())
def test_a_client_gives_values_or_a_reason(
    number: int, answers: list[object], logged_in: bool
) -> None:
    def scripted() -> Server:
        given = [
            {**answer, "auth": 1} if logged_in and isinstance(answer, dict) else answer
            for answer in answers
        ]
        return clients(_Scripted(given))[number]

    for work in (
        lambda: scripted().identify(),
        lambda: all_of(scripted()),
        lambda: scripted().entries(["1"]),
        lambda: scripted().set_marks("starred", True, ["1"]),
    ):
        assert "\x1b" not in outcome(work())


@pytest.mark.parametrize(
    "read",
    [miniflux._entry, miniflux._feed, greader._entry, greader._feed, fever._entry],
    ids=["miniflux entry", "miniflux feed", "greader entry", "greader feed", "fever entry"],
)
@settings(max_examples=100)
@given(row=st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=3), known=st.integers(1, 9))
def test_a_row_is_an_entry_or_feed_with_clean_values_or_none(
    read: Callable[[dict[str, Any]], RemoteEntry | RemoteFeed | None],
    row: dict[str, Any],
    known: int,
) -> None:
    for made in (row, {**row, "id": known}):
        found = read(made)
        if found is not None:
            assert found.id
            assert "\x1b" not in found.title
            assert found.url is None or found.url.startswith(("http://", "https://"))


@given(st.integers(-(2**63), 2**63 - 1))
def test_an_id_of_the_google_reader_api_is_the_same_in_both_its_forms(number: int) -> None:
    assert _decimal(_long(str(number))) == str(number)
    assert _decimal(str(number)) == str(number)
    assert _decimal(str(number % 2**64)) == str(number)

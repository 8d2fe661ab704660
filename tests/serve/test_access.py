"""Who may come in: the Host and Origin headers, the token; and what a page may say."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

from briefing.model import BriefingError
from briefing.serve.access import LEAST_TOKEN, Access, is_loopback, make_token
from briefing.serve.messages import (
    HIGHEST,
    WIDEST,
    Focused,
    Ping,
    Resized,
    Typed,
    message_from_json,
    size_asked,
)
from briefing.serve.reader_process import LONGEST_REASON, reason
from briefing.serve.token_file import kept_token

LOCAL = Access("127.0.0.1")
OPEN = Access("0.0.0.0", "t" * 20, ["news.example"])


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000"])
def test_this_machine_is_known_by_its_own_names(host: str) -> None:
    assert LOCAL.knows_host(host)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "",
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
        ),
        *("127.0.0.1@evil.example", "evil.example#127.0.0.1", "evil.example/localhost", "[::1"),
        *("192.168.1.20:8000", "localhost:port", "127.0.0.1:8000:9000", " localhost"),
    ],
)
def test_hostile_31_no_other_name_leads_to_this_machine(host: str) -> None:
    assert not LOCAL.knows_host(host)


def test_hostile_31_elsewhere_numbers_and_named_hosts_alone_are_known() -> None:
    # No name server gives a number: somebody else's name cannot be made to lead to one.
    assert OPEN.knows_host("192.168.1.20:8000")
    assert OPEN.knows_host("[fd00::1]:8000")
    assert OPEN.knows_host("News.Example")
    assert not OPEN.knows_host("evil.example:8000")
    assert not OPEN.knows_host("news.example.evil.example")


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://127.0.0.1:8000", True),
        ("https://127.0.0.1:8000", True),  # a proxy has the certificate
        ("http://127.0.0.1:8001", False),
        ("http://evil.example", False),
        *((origin, False) for origin in ("", "null", "file://", "http://[", "127.0.0.1:8000")),
    ],
)
def test_hostile_31_only_our_own_page_opens_the_websocket(origin: str, own: bool) -> None:
    assert LOCAL.is_own_page(origin, "127.0.0.1:8000") is own


@given(st.text(), st.text())
def test_headers_of_any_kind_are_answered(host: str, origin: str) -> None:
    answers = LOCAL.knows_host(host), OPEN.knows_host(host), LOCAL.is_own_page(origin, host)
    assert {type(answer) for answer in answers} == {bool}


@given(st.text())
def test_hostile_31_no_other_text_is_the_token_or_the_cookie(text: str) -> None:
    access = Access("0.0.0.0", make_token())
    assert not access.is_token(text)
    assert not access.is_cookie(text)
    assert access.is_token(access.token)
    assert access.is_cookie(access.cookie)


def test_the_cookie_does_not_hold_the_token_nor_does_the_name_of_the_access() -> None:
    access = Access("0.0.0.0", make_token())
    assert access.token not in access.cookie
    assert access.token not in repr(access)
    assert not access.is_cookie(access.token)
    assert make_token() != make_token()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_loopback_is_told_from_what_others_reach(host: str) -> None:
    assert is_loopback(host)
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("::")
    assert not is_loopback("localhost.evil.example")


# ── The token's file ─────────────────────────────────────────────────────────────────────────


def test_hostile_30_a_token_is_kept_in_a_file_of_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "token"
    token = kept_token(path)
    assert kept_token(path) == token
    assert len(token) > 40
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    kept_token(path)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content", ["", "short", "x" * (LEAST_TOKEN - 1), "sixteen letters!", "é" * 20]
)
def test_a_file_without_a_token_says_how_one_is_made(tmp_path: Path, content: str) -> None:
    path = tmp_path / "token"
    path.write_text(content)
    with pytest.raises(BriefingError, match="token") as told:
        kept_token(path)
    assert content not in str(told.value) or not content


# ── What the page says ───────────────────────────────────────────────────────────────────────


ODD: tuple[object, ...] = ([], {}, None, 3, ["stdin"], ["stdin", 3], ["ping", "1" * 65])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["stdin", "j"], Typed("j")),
        (["resize", {"width": 120, "height": 40}], Resized(120, 40)),
        (["resize", {"width": 1e300, "height": -3}], Resized(WIDEST, 1)),
        (["ping", "1"], Ping("1")),
        (["focus"], Focused(has_focus=True)),
        (["blur"], Focused(has_focus=False)),
        *((odd, None) for odd in ODD),
        *((["resize", odd], None) for odd in ({}, 3, {"width": True, "height": 1}, {"width": "9"})),
    ],
)
def test_what_a_page_says_is_read(said: object, message: object) -> None:
    assert message_from_json(json.dumps(said)) == message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["width"]), inner),
)
KINDS = st.sampled_from(["stdin", "resize", "ping", "focus"])


@given(st.one_of(st.text(), st.lists(JSON).map(json.dumps), st.tuples(KINDS, JSON).map(json.dumps)))
def test_hostile_31_a_page_may_say_anything(text: str) -> None:
    message = message_from_json(text)
    if isinstance(message, Resized):
        assert 1 <= message.width <= WIDEST
        assert 1 <= message.height <= HIGHEST
    if isinstance(message, Typed):
        message.text.encode("utf-8", "replace")


def test_a_message_nested_beyond_measure_is_none() -> None:
    assert message_from_json("[" * 100_000) is None


@given(st.text(), st.text())
def test_any_size_in_the_address_is_a_screen(width: str, height: str) -> None:
    columns, rows = size_asked(width, height)
    assert 1 <= columns <= WIDEST
    assert 1 <= rows <= HIGHEST


@given(st.text(min_size=1))
def test_a_reason_goes_into_a_frame(words: str) -> None:
    encoded = reason(words)
    assert len(encoded) <= LONGEST_REASON
    assert encoded.decode()  # never half a letter

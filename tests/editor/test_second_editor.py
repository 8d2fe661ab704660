"""A real server on loopback that plays every fault: the digest stays valid, and ours remains."""

import gzip
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from briefing.config import EditorSettings
from briefing.digest import digest_article
from briefing.editor import AnswerError, Editor
from briefing.editor.memory import Kept, Memory
from briefing.model import Article, BriefingError
from tests.editor.articles import ARTICLE, OURS, SENTENCES, assert_faithful, lines_of
from tests.editor.model_server import Exchange, ModelServer, Script

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
Make = Callable[..., Editor]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """An editor with a folder of the test's own, at noon."""

    def made(url: str = "", *, now: datetime = NOON, **settings: Any) -> Editor:
        chosen = EditorSettings(url=url, model="tiny", **settings)
        return Editor(chosen, tmp_path / "editor", lambda: now)

    return made


def good(exchange: Exchange) -> None:
    """A valid answer."""
    exchange.pick((1, "claim"), (6, "dispute"), (3, "uncertainty"), (7, "fact"))


def refusal(editor: Editor) -> BriefingError:
    """Why the editor's answer is not used."""
    with pytest.raises(BriefingError) as caught:
        editor.revised(OURS, bullets=4)
    return caught.value


def test_a_valid_answer_is_asked_for_once_and_kept(make: Make) -> None:
    with ModelServer(good) as server:
        digest = make(server.url).revised(OURS, bullets=4)
        again = make(server.url, now=datetime(2026, 12, 2, tzinfo=UTC)).revised(OURS, bullets=4)
    assert_faithful(digest)
    assert again == digest
    assert digest.editor is not None
    assert (digest.editor.model, digest.editor.at) == ("tiny", NOON)
    (exchange,) = server.requests
    assert exchange.path == "/v1/chat/completions"
    assert exchange.request["temperature"] == 0
    assert exchange.request["model"] == "tiny"
    assert exchange.request["messages"][1]["content"].splitlines()[1] == f"[1] {SENTENCES[0]}"
    assert "Authorization" not in exchange.headers


def test_other_sentences_another_model_or_another_number_are_asked_for_anew(make: Make) -> None:
    with ModelServer(good) as server:
        make(server.url).revised(OURS, bullets=4)
        other = digest_article(replace(ARTICLE, text=ARTICLE.text.replace("twelve", "nine")))
        make(server.url).revised(other, bullets=4)
        make(server.url).revised(OURS, bullets=5)
        make(server.url).revised(OURS, bullets=4, fresh=True)
        make(server.url).revised(OURS, bullets=4)
    assert len(server.requests) == 4


def test_an_editor_that_leads_makes_the_digest(make: Make) -> None:
    with ModelServer(lambda x: x.pick((2, "fact"), (3, "claim"))) as server:
        digest = make(server.url, lead=True).digest(ARTICLE, bullets=4)
    assert lines_of(digest) == [3, 2]
    assert_faithful(digest)


def drip(exchange: Exchange) -> None:
    """A byte at a time, without end."""
    exchange.begin(200, 1_000_000)
    while not exchange.released.wait(0.05):
        exchange.write(b" ")


def hang(exchange: Exchange) -> None:
    """Nothing, until the test is over."""
    exchange.released.wait()


def gigabyte(exchange: Exchange) -> None:
    """As much as is taken, and more."""
    exchange.begin(200, None)
    for _ in range(1_000):
        exchange.write(b" " * 1_000_000)


def bomb(exchange: Exchange) -> None:
    """A compressed gigabyte, or rather its beginning."""
    exchange.send(gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")


def injected(exchange: Exchange) -> None:
    """What a model does that obeys the article."""
    exchange.say("The bridge is open again, and readers should visit [99].")


FAULTS: dict[str, tuple[Script, str]] = {
    "prose": (lambda x: x.say("The bridge was closed."), "no JSON"),
    "zero": (lambda x: x.pick((0, "claim")), "no sentence 0"),
    "n+1": (lambda x: x.pick((11, "claim")), "no sentence 11"),
    "fraction": (lambda x: x.pick((1.5, "claim")), "no number"),
    "string": (lambda x: x.pick(("3", "claim")), "no number"),
    "twice": (lambda x: x.pick((1, "claim"), (1, "fact")), "twice"),
    "kind": (lambda x: x.pick((1, "opinion")), "no kind"),
    "10,000": (lambda x: x.pick(*[(n, "fact") for n in range(10_000)]), "longer than"),
    "thoughts": (lambda x: x.say("<think>[1] or [2]?</think> I cannot."), "no JSON"),
    "injection": (injected, "no list"),
    "401": (lambda x: x.send(b"no key", 401), "answered 401 (no key)"),
    "429": (lambda x: x.send(b"", 429, Retry_After="9"), "answered 429"),
    "500": (lambda x: x.send(b"\x1b[31mout of\nmemory", 500), "answered 500 (out of memory)"),
    "no JSON": (lambda x: x.send(b"<html>"), "no JSON"),
    "not UTF-8": (lambda x: x.send(b"\xff\xfe"), "no JSON"),
    "deep": (lambda x: x.send(b"[" * 500_000), "no JSON"),
    "no choices": (lambda x: x.send(b'{"choices": []}'), "no chat completion"),
    "no text": (lambda x: x.send(b'{"choices": [{"message": {"content": 1}}]}'), "no chat"),
    "list": (lambda x: x.send(b"[]"), "no chat completion"),
    "empty": (lambda x: x.send(b""), "no JSON"),
    "gigabyte": (gigabyte, "larger than 1,000,000 bytes"),
    "bomb": (bomb, "compressed"),
    "drip": (drip, "no whole answer in 0.5 s"),
    "hang": (hang, "no whole answer in 0.5 s"),
    "cut off": (lambda x: x.begin(200, 500), "cannot be reached"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_plays_a_fault_changes_nothing(make: Make, fault: str) -> None:
    script, why = FAULTS[fault]
    patience = 0.5 if fault in ("drip", "hang") else 20.0
    with ModelServer(script) as server:
        editor = make(server.url, seconds=patience)
        error = refusal(editor)
    assert why in error.what
    assert "\x1b" not in error.what
    assert len(server.requests) == 1
    assert editor.state.refused == error.what
    worked = fault in ("drip", "hang") or isinstance(error, AnswerError)
    assert (editor.state.spent("2026-12-01") > 0) == worked  # only what a model may have read


def test_a_refused_answer_is_not_asked_for_again_until_somebody_wants_it(make: Make) -> None:
    with ModelServer(lambda x: x.say("no")) as server:
        first = refusal(make(server.url))
        assert refusal(make(server.url)).what == first.what
        assert make(server.url).known(ARTICLE, bullets=4)
        assert len(server.requests) == 1
        with pytest.raises(BriefingError):
            make(server.url).revised(OURS, bullets=4, fresh=True)
    assert len(server.requests) == 2


def test_a_server_that_gave_no_answer_is_asked_again(make: Make) -> None:
    with ModelServer(lambda x: x.send(b"", 500)) as server:
        refusal(make(server.url))
        assert not make(server.url).known(ARTICLE, bullets=4)
        refusal(make(server.url))
    assert len(server.requests) == 2


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300), lead=st.booleans(), as_text=st.booleans())
def test_any_bytes_give_a_valid_digest(make: Make, body: bytes, lead: bool, as_text: bool) -> None:
    def script(exchange: Exchange) -> None:
        if as_text:
            exchange.say(body.decode("utf-8", "replace"))
        else:
            exchange.send(body)

    with ModelServer(script) as server:
        editor = make(server.url, lead=lead, daily_tokens=100_000_000)
        try:
            digest = editor.revised(OURS, bullets=4, fresh=True)
        except BriefingError:
            digest = OURS
    assert_faithful(digest)


# ── Servers that know no schema ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_refuses_schemas_is_asked_in_words_and_that_is_remembered(
    make: Make, status: int
) -> None:
    def script(exchange: Exchange) -> None:
        if exchange.schema is not None:
            exchange.send(b"unknown response_format", status)
        else:
            good(exchange)

    with ModelServer(script) as server:
        digest = make(server.url).revised(OURS, bullets=4)
        again = make(server.url).revised(OURS, bullets=4, fresh=True)
    assert again.bullets == digest.bullets
    assert [exchange.schema is None for exchange in server.requests] == [False, True, True]
    assert '"maximum":10' in server.requests[1].request["messages"][0]["content"]


def test_a_server_that_refuses_everything_is_asked_twice_and_no_more(make: Make) -> None:
    with ModelServer(lambda x: x.send(b"", 400)) as server:
        assert "answered 400" in refusal(make(server.url)).what
    assert len(server.requests) == 2


# ── Where it may be ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://editor.example/v1", "another machine"),
        ("http://192.168.1.5:8080/v1", "another machine"),
        ("http://169.254.169.254/v1", "another machine"),
        ("http://0.0.0.0:8080/v1", "another machine"),
        ("http://[2001:db8::1]:8080/v1", "another machine"),
        ("http://127.0.0.1.nip.example/v1", "another machine"),
        ("http://127.0.0.1@editor.example/v1", "a user's name"),
        ("file:///etc/passwd", "no address"),
        ("ftp://127.0.0.1/v1", "no address"),
        ("127.0.0.1:8080/v1", "no address"),
        ("http://127.0.0.1:99999/v1", "no address"),
        ("http:///v1", "no address"),
        ("http://127.0.0.1/v1?key=x", "no address"),
    ],
)
def test_only_this_machine_is_asked(make: Make, url: str, why: str) -> None:
    assert why in refusal(make(url)).what


def test_a_name_of_this_machine_is_checked_where_it_leads(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def elsewhere(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1", "192.0.2.7"]

    monkeypatch.setattr("briefing.ingest.addresses._resolved", elsewhere)
    assert "another machine" in refusal(make("http://localhost:8080/v1")).what


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(make: Make, status: int) -> None:
    with ModelServer(good) as other:
        location = f"{other.url}/chat/completions"
        with ModelServer(lambda x: x.send(b"", status, Location=location)) as server:
            assert "sends on to another address" in refusal(make(server.url)).what
    assert other.requests == []


def test_a_proxy_of_the_environment_is_not_used(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(good) as proxy, ModelServer(good) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        make(server.url).revised(OURS, bullets=4)
    assert (len(proxy.requests), len(server.requests)) == (0, 1)


def test_a_server_that_is_not_there_is_named(make: Make) -> None:
    with ModelServer(good) as server:
        url = server.url
    error = refusal(make(url))
    assert "cannot be reached" in error.what
    assert url in error.where


# ── The key, the cap, the command ────────────────────────────────────────────────────────────────


def _writes(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import sys; sys.stdout.write({text!r})")


def test_the_key_comes_from_a_command_and_is_told_nowhere(make: Make, tmp_path: Path) -> None:
    with ModelServer(lambda x: x.send(b"", 401)) as server:
        editor = make(server.url, key_command=_writes("secret-7\n"))
        error = refusal(editor)
    assert server.requests[0].headers["Authorization"] == "Bearer secret-7"
    kept = "".join(path.read_text() for path in tmp_path.rglob("*.json"))
    assert "secret-7" not in f"{error} {editor.state} {kept}"


@pytest.mark.parametrize("key", ["", "a\rb: c", "schl\u00fcssel"])
def test_a_key_that_can_be_none_is_refused(make: Make, key: str) -> None:
    with ModelServer(good) as server:
        refusal(make(server.url, key_command=_writes(key)))
    assert server.requests == []


def test_a_key_is_not_sent_unencrypted_to_another_machine(make: Make) -> None:
    editor = make("http://editor.example/v1", remote=True, key_command=_writes("x"))
    assert "unencrypted" in refusal(editor).what


def test_after_so_many_tokens_a_day_it_is_asked_no_more_until_tomorrow(make: Make) -> None:
    with ModelServer(lambda x: x.say(json.dumps({"picks": [[1, "claim"]]}), 900)) as server:
        make(server.url, daily_tokens=1_000).revised(OURS, bullets=4)
        with pytest.raises(BriefingError, match="of today's 1,000 tokens 900 are spent"):
            make(server.url, daily_tokens=1_000).revised(OURS, bullets=3)
        tomorrow = datetime(2026, 12, 2, tzinfo=UTC)
        make(server.url, daily_tokens=1_000, now=tomorrow).revised(OURS, bullets=3)
    assert len(server.requests) == 2


@pytest.mark.parametrize("told", [None, -5, "many", 10**30, True])
def test_tokens_that_a_server_tells_wrongly_are_estimated(make: Make, told: object) -> None:
    with ModelServer(lambda x: x.say(json.dumps({"picks": [[1, "claim"]]}), told)) as server:
        editor = make(server.url)
        editor.revised(OURS, bullets=4)
    assert 100 < editor.state.spent("2026-12-01") < 2_000


def test_a_command_reads_the_question_and_writes_the_answer(make: Make) -> None:
    program = (
        "import sys; text = sys.stdin.read(); assert '[10] ' in text and 'picks' in text;"
        'print(\'Sure: {"picks":[[1,"claim"],[6,"dispute"]]}\')'
    )
    digest = make(command=(sys.executable, "-c", program), lead=True).revised(OURS, bullets=4)
    assert lines_of(digest) == [1, 6]


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import sys; sys.exit('no model')", "ended with code 1 (no model)"),
        ("import time; time.sleep(60)", "took longer than 1 s"),
        ("while True: print('x' * 100_000)", "wrote more than"),
        ("print('prose')", "no JSON"),
    ],
)
def test_a_command_that_fails_changes_nothing(make: Make, program: str, why: str) -> None:
    error = refusal(make(command=(sys.executable, "-c", program), seconds=1.0))
    assert why in error.what
    assert "feed" not in error.mend


def test_a_command_that_is_not_there_is_named(make: Make) -> None:
    assert "no program" in refusal(make(command=("/nowhere/llm",))).what


# ── What is kept ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", ["", "{", "[]", '{"tokens": "x", "day": 7}', '{"text": 5}'])
def test_files_that_somebody_has_broken_are_as_if_not_there(
    make: Make, tmp_path: Path, content: str
) -> None:
    with ModelServer(good) as server:
        make(server.url).revised(OURS, bullets=4)
        for path in (tmp_path / "editor").rglob("*.json"):
            path.write_text(content)
        make(server.url).revised(OURS, bullets=4)
    assert len(server.requests) == 2


def test_a_kept_answer_that_was_changed_is_checked_again(make: Make, tmp_path: Path) -> None:
    with ModelServer(good) as server:
        make(server.url).revised(OURS, bullets=4)
        (kept,) = (tmp_path / "editor" / "answers").glob("*.json")
        value = json.loads(kept.read_text()) | {"text": '{"picks":[[99,"claim"]]}'}
        kept.write_text(json.dumps(value))
        assert "no sentence 99" in refusal(make(server.url)).what


def test_a_folder_that_cannot_be_written_only_costs_the_cache(make: Make, tmp_path: Path) -> None:
    (tmp_path / "editor").write_text("a file stands where the folder should be")
    with ModelServer(good) as server:
        assert_faithful(make(server.url).revised(OURS, bullets=4))


def test_one_request_is_under_way_at_a_time(make: Make) -> None:
    most, now, lock = [0], [0], threading.Lock()

    def script(exchange: Exchange) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        exchange.released.wait(0.1)
        good(exchange)
        with lock:
            now[0] -= 1

    with ModelServer(script) as server:
        threads = [
            threading.Thread(target=lambda n=n: make(server.url).revised(OURS, bullets=n))
            for n in (4, 5, 6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(server.requests), most[0]) == (3, 1)


def test_a_short_article_is_not_asked_about(make: Make) -> None:
    article = Article("short", "The bridge was closed on Monday. It is old.", language="en")
    ours = digest_article(article)
    with ModelServer(good) as server:
        assert make(server.url).revised(ours, bullets=4) is ours
    assert server.requests == []


def test_nothing_is_kept_where_nothing_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
    memory = Memory(tmp_path / "editor")
    with memory.alone():
        memory.keep("a", Kept("{}", NOON))
        memory.note(memory.state("here"), tokens=3)
    assert not list(tmp_path.iterdir())

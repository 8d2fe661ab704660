"""Whatever goes wrong with one feed, entry, article, story or row is its failure alone."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.editions import read_edition
from briefing.model.codec import findings_to_json
from briefing.refresh import RefreshReport
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, Item, article_page, rss
from tests.refresh.conftest import FERRY, Clock, paragraphs, run


class OddError(Exception):
    """An error that needs more than a message, as libraries have them."""

    def __init__(self, code: int, *, position: int) -> None:
        super().__init__(f"code {code} at {position}")


ERRORS: list[Callable[[], Exception]] = [
    lambda: ValueError("year 0 is out of range"),
    lambda: KeyError("title"),
    lambda: UnicodeEncodeError("ascii", "ü", 0, 1, "ordinal not in range(128)"),
    lambda: RecursionError("maximum recursion depth exceeded"),
    MemoryError,
    NotImplementedError,
    lambda: EOFError("compressed file ended"),
    lambda: OSError(28, "No space left on device"),
    lambda: OddError(7, position=3),
    lambda: NameError("name 'x' is not defined"),
]
STEPS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "parser": ("briefing.refresh.tasks.parse_response", lambda args: args[0].url),
    "entry": ("briefing.refresh.tasks.extract_entry", lambda args: args[2].title),
    "page": ("briefing.refresh.tasks.extract_page", lambda args: args[0].title),
    "digest": ("briefing.refresh.tasks.make_digest", lambda args: args[0].title),
    "story": ("briefing.refresh.linking.make_brief", lambda args: args[0][0].article.title),
}
TEXTS = {
    "ferry": FERRY,
    "quarry": (
        "The quarry above Thornby will not be blasted again before spring, its manager said.",
        "Dust had settled on the roofs of forty houses after a charge went off too early.",
        "A geologist measured tremors of twice the permitted strength in the churchyard.",
        "Whether the lower face can be worked by hand is being examined by two engineers.",
    )
    * 4,
    "school": (
        "Pupils of the school in Marrow Bay are taught in the town hall after a pipe burst.",
        "Water stood knee-deep in six classrooms when the caretaker arrived on Monday.",
        "Parents were told that lessons in chemistry and music are suspended for now.",
        "An insurer has sent assessors, who expect the floors to dry within eight weeks.",
    )
    * 4,
}
SUBJECTS = tuple(TEXTS)


def serve_three(room: Newsroom, store: Store) -> None:
    """Three feeds, each with a summary of an article of its own, whose page has the rest."""
    for subject, text in TEXTS.items():
        title = text[0][:60]
        page = room.put(f"/{subject}.html", article_page(title, text))
        item = Item(title, page, summary="<p>More.</p>", published=MORNING - timedelta(hours=2))
        store.add_feed(room.feed(f"/{subject}.xml", rss(f"Outlet {subject}", [item])))


def named(report: RefreshReport) -> list[str]:
    """What the report says failed, feeds and single articles."""
    feeds = [f"{name} {url}: {error}" for name, url, error in report.failures]
    return [*feeds, *map(str, report.faults)]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    step=st.sampled_from(sorted(STEPS)),
    make_error=st.sampled_from(ERRORS),
    broken=st.sampled_from(SUBJECTS),
)
def test_one_that_fails_is_named_once_and_the_others_go_on(
    tmp_path_factory: pytest.TempPathFactory,
    step: str,
    make_error: Callable[[], Exception],
    broken: str,
) -> None:
    target, subject_of = STEPS[step]
    module, _, name = target.rpartition(".")
    path = tmp_path_factory.mktemp("store") / "briefing.sqlite3"
    with (
        Newsroom() as room,
        Store.open(path) as store,
        pytest.MonkeyPatch.context() as patch,
    ):
        serve_three(room, store)
        original = getattr(__import__(module, fromlist=[name]), name)

        def failing(*args: Any, **kwargs: Any) -> Any:
            if broken in subject_of(args):
                raise make_error()
            return original(*args, **kwargs)

        patch.setattr(target, failing)
        clock = Clock()
        report = run(store, clock)
        (failure,) = named(report)
        assert broken in failure
        stories = store.edition_rows(store.window(clock()))
        assert sorted(s for s in SUBJECTS for row in stories if s in row.headline) == sorted(
            {*SUBJECTS} - {broken}
        )
        # A second run neither repeats the failure for ever nor loses anything.
        clock.pass_by(hours=2)
        again = run(store, clock)
        assert len(store.edition_rows(store.window(clock()))) == 2
        assert len(named(again)) <= (1 if step == "parser" else 0)


BROKEN = ("not json", "[]", '{"version": 99}')


@pytest.mark.parametrize("content", BROKEN)
@pytest.mark.parametrize("kind", ["entry", "article", "digest", "brief"])
def test_a_row_that_cannot_be_read_is_set_aside_and_ends_no_run(
    room: Newsroom, store: Store, clock: Clock, kind: str, content: str
) -> None:
    serve_three(room, store)
    run(store, clock)
    plant(store, kind, content)
    clock.pass_by(hours=2)
    report = run(store, clock)
    assert named(report) == []
    store.set_unreadable_aside()
    if kind == "digest":
        assert store.set_aside_rows() == []  # it was made anew in the same run
    else:
        (row,) = store.set_aside_rows()
        assert row.kind == kind
        assert "cannot be read" in row.problem
    clock.pass_by(hours=2)
    run(store, clock, force=True)
    run(store, clock)
    assert store.set_aside_rows() == []
    rows = store.edition_rows(store.window(clock()))
    assert len([store.story(r.id) for r in rows]) == 3


def plant(store: Store, kind: str, content: str) -> None:
    """Make one row of the store unreadable, and due to be read by the next refresh."""
    (number,) = store._rows("SELECT id FROM article WHERE title LIKE '%quarry%'")[0]
    (story,) = store._rows("SELECT story_id FROM article WHERE id = ?", (number,))[0]
    match kind:
        case "entry":
            store._run("INSERT INTO entry VALUES (?, ?)", (number, content))
            store._run("UPDATE article SET pending = 'extract' WHERE id = ?", (number,))
        case "article":
            store._run("UPDATE article SET pending = 'digest', basis = 'x' WHERE id = ?", (number,))
            store._run("UPDATE body SET links = ? WHERE article_id = ?", (content, number))
        case "digest":
            store._run("UPDATE finding SET findings = ? WHERE article_id = ?", (content, number))
            store._run("UPDATE article SET pending = 'link' WHERE id = ?", (number,))
        case "brief":
            values = (content, story)
            store._run("UPDATE story_detail SET brief = ? WHERE story_id = ?", values)


def test_a_date_before_the_year_1000_is_no_date(room: Newsroom, store: Store, clock: Clock) -> None:
    item = Item("The ferry stops", "https://outlet.example/ferry", content=paragraphs(*FERRY))
    zero = (
        rss("Outlet", [item])
        .decode()
        .replace(
            "</item>",
            "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>0001-01-01T00:00:00Z"
            "</dc:date></item>",
        )
    )
    store.add_feed(room.feed("/1.xml", zero))
    for _ in range(2):
        assert named(run(store, clock)) == []
        clock.pass_by(hours=2)
    (row,) = store.article_rows()
    assert row.published == MORNING


def test_an_entry_whose_host_cannot_be_decoded_is_told_from_its_feed(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    items = [
        Item("The ferry stops", "http://xn--/x", summary="<p>The ferry stops on Friday.</p>"),
        Item("The quarry", "https://outlet.example/2", content=paragraphs(*FERRY)),
    ]
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)))
    room.redirect("/moved.xml", "http://xn--/feed")
    store.add_feed(room.url("/moved.xml"), "Moved")
    first = run(store, clock)
    assert [name for name, _, _ in first.failures] == ["Moved"]
    assert first.new_articles == 2
    clock.pass_by(hours=4)
    assert run(store, clock).fetched == 1


def test_polite_01_an_etag_that_is_not_ascii_goes_back_byte_for_byte(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    body = rss("Outlet", [Item("The ferry", "https://o.example/1", content=paragraphs(*FERRY))])
    tag = b'"caf\xe9-\xff"'.decode("latin-1")
    room.put("/1.xml", body, "application/rss+xml", etag=tag)
    store.add_feed(room.url("/1.xml"), "Outlet")
    run(store, clock)
    for _ in range(2):
        clock.pass_by(hours=2)
        room.forget()
        report = run(store, clock)
        assert named(report) == []
        (request,) = room.requests
        assert (request.headers["if-none-match"], request.status) == (tag, 304)


@pytest.mark.parametrize("tag", ['"a\x00b"', '"a\nb"', '"→"', " "])
def test_a_validator_that_cannot_be_sent_is_left_out(
    room: Newsroom, store: Store, clock: Clock, tag: str
) -> None:
    feed = store.add_feed(room.feed("/1.xml", rss("Outlet", [])), "Outlet")
    store.record_fetch(feed.id, fetched_at=MORNING, next_fetch_at=MORNING, etag=tag)
    clock.pass_by(hours=2)
    assert named(run(store, clock)) == []
    assert "if-none-match" not in room.requests[0].headers


def test_a_refresh_in_json_names_what_failed(
    room: Newsroom, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    serve_three(room, store)

    def failing(*_: Any) -> Any:
        raise OddError(1, position=2)

    monkeypatch.setattr("briefing.refresh.tasks.make_digest", failing)
    report = json.loads(json.dumps(run(store, clock).to_json()))
    assert len(report["faults"]) == 3
    assert all("OddError: code 1 at 2" in fault["what"] for fault in report["faults"])
    assert all("report" in fault["mend"] for fault in report["faults"])


def test_a_digest_of_a_newer_program_is_read_as_far_as_it_is_known_and_left_alone(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    serve_three(room, store)
    run(store, clock)
    (number, kept) = _a_digest(store)
    newer = {**kept, "version": 2, "mood": "hopeful"}
    newer["bullets"] = [{**bullet, "tone": 0.5} for bullet in newer["bullets"]]
    store._run(
        "UPDATE finding SET findings = ?, produced_by = 'digest-99+x' WHERE article_id = ?",
        (json.dumps(newer), number),
    )
    store._run("UPDATE article SET pending = 'link' WHERE id = ?", (number,))
    clock.pass_by(hours=2)
    report = run(store, clock)
    assert named(report) == []
    assert report.digested == 0
    digest = store.digest(str(number))
    assert digest is not None
    assert [b.text for b in digest.bullets] == [b["text"] for b in newer["bullets"]]
    store.set_unreadable_aside()
    assert store.set_aside_rows() == []


def test_a_digest_with_a_kind_that_only_a_newer_program_knows_is_set_aside_and_made_anew(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    serve_three(room, store)
    run(store, clock)
    (number, kept) = _a_digest(store)
    mark = {"kind": "irony", "weight": 3, "cue": "x", "cue_span": [0, 1], "evidence": [[0, 1]]}
    newer = {**kept, "caveats": [mark]}
    store._run(
        "UPDATE finding SET findings = ?, produced_by = 'digest-99+x' WHERE article_id = ?",
        (json.dumps(newer), number),
    )
    store.set_unreadable_aside()
    (row,) = store.set_aside_rows()
    assert (row.kind, row.id) == ("digest", str(number))
    assert "irony" in row.problem
    clock.pass_by(hours=2)
    assert run(store, clock).digested == 1
    assert store.set_aside_rows() == []
    assert store.digest(str(number)) is not None


def test_doctor_names_what_was_set_aside_and_print_goes_on_without_it(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    serve_three(room, store)
    run(store, clock)
    plant(store, "brief", "not json")
    window = store.window(clock())
    reading = read_edition(store, window, line=9)
    assert len(reading.edition.stories) == 2
    (error,) = reading.unreadable
    assert "briefing doctor" in error.mend
    store.set_unreadable_aside()
    assert [row.kind for row in store.set_aside_rows()] == ["brief"]
    clock.pass_by(hours=2)
    run(store, clock)
    assert read_edition(store, window, line=9).unreadable == ()


def _a_digest(store: Store) -> tuple[int, dict[str, Any]]:
    """The number of an article, and its digest as JSON."""
    number = store._value("SELECT min(article_id) FROM finding")
    found = store.digest(str(number))
    assert found is not None
    return number, findings_to_json(found)

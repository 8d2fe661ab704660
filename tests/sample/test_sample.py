"""The bundled sample edition is current, and shows everything the reader can show."""

import importlib.util
import sqlite3
import sys
import tomllib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from briefing.editions import read_story
from briefing.model import Article, Basis, BulletAdded, CaveatKind, OutletsJoined, ReadState, Story
from briefing.sample import copy_sample, sample_now, sample_path
from briefing.store import Store

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_sample", ROOT / "tools/build_sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_sample"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sample(tmp_path: Path) -> Store:
    return Store.open(copy_sample(tmp_path / "sample.sqlite3"))


@pytest.fixture
def stories(sample: Store) -> list[Story]:
    rows = sample.edition_rows(sample.window(sample_now()), limit=100)
    return [sample.story(row.id) for row in rows]


def _texts(store: Store) -> dict[str | None, Article]:
    """The articles of a store by address, without what the store adds to them."""
    articles = [store.article(row.id) for row in store.article_rows(limit=100)]
    return {a.url: replace(a, id="", source=None) for a in articles}


def _schema(path: Path) -> set[tuple[str, str]]:
    """The names of a store's tables, indexes and triggers, with their definitions."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_schema"))


def test_the_packaged_file_has_the_articles_and_outlets_it_is_made_of(sample: Store) -> None:
    """Where this fails: run tools/build_sample.py. Its digests may be of an earlier program."""
    tool = _tool()
    assert _texts(sample) == {piece.article.url: piece.article for piece in tool.pieces()}
    outlets = tomllib.loads((tool.SOURCES / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
    assert {(f.title, f.url, f.site_url, f.category) for f in sample.feeds()} == {
        (o["name"], o["url"], o["site"], o["category"]) for o in outlets
    }


def test_the_packaged_file_has_the_schema_of_today(tmp_path: Path) -> None:
    """Where this fails: run tools/build_sample.py."""
    Store.open(tmp_path / "new.sqlite3").close()
    assert _schema(sample_path()) == _schema(tmp_path / "new.sqlite3")


def test_the_command_makes_a_whole_edition_of_the_articles(tmp_path: Path, sample: Store) -> None:
    _tool().build(tmp_path / "rebuilt.sqlite3")
    with Store.open(tmp_path / "rebuilt.sqlite3") as rebuilt:
        assert rebuilt.check() == ()
        assert _texts(rebuilt) == _texts(sample)
        stats = rebuilt.stats()
        assert stats.to_extract == stats.to_digest == stats.to_link == 0
        assert len(rebuilt.edition_rows(rebuilt.window(sample_now()))) >= 12


def test_it_is_one_small_whole_file_that_opens_for_reading_only(sample: Store) -> None:
    assert sample.check() == ()
    before = sorted(sample_path().parent.glob("sample.sqlite3*"))
    with Store.open(sample_path(), read_only=True) as store:
        assert store.stats().journal_mode == "delete"
        assert store.edition_rows(store.window(sample_now()))
    assert sorted(sample_path().parent.glob("sample.sqlite3*")) == before == [sample_path()]
    assert sample_path().stat().st_size < 1_500_000


def test_it_is_a_full_edition(sample: Store, stories: list[Story]) -> None:
    counts = sample.edition_counts(sample.window(sample_now()), 12)
    assert counts.stories >= 12
    assert counts.articles >= 30
    assert counts.sources >= 6
    assert sample.stats().to_extract == sample.stats().to_digest == sample.stats().to_link == 0


def test_it_has_caveats_of_every_kind(sample: Store) -> None:
    digests = [sample.digest(row.id) for row in sample.article_rows(limit=100)]
    kinds = {caveat.mark.kind for digest in digests if digest for caveat in digest.caveats}
    assert kinds == set(CaveatKind)


def test_outlets_disagree_on_something(stories: list[Story]) -> None:
    assert any(d.verdict == "differ" for story in stories for d in story.brief.disagreements)


def test_a_story_has_earlier_chapters(stories: list[Story]) -> None:
    assert any(story.earlier for story in stories)


def test_a_wire_copy_counts_as_one_voice(stories: list[Story]) -> None:
    assert any(article.copy_of for story in stories for article in story.brief.articles)


def test_something_changed_since_the_earlier_visit(sample: Store, stories: list[Story]) -> None:
    changes = [change for story in stories for change in read_story(sample, story.id).changed]
    assert any(isinstance(change, OutletsJoined) for change in changes)
    assert any(isinstance(change, BulletAdded) and change.is_weighty_caveat for change in changes)


def test_the_reader_was_there_before(sample: Store, stories: list[Story]) -> None:
    assert sample.last_visit() is not None
    assert any(story.looked_at for story in stories)
    assert any(story.row.starred for story in stories)
    assert any(story.row.state is ReadState.UNREAD for story in stories)


def test_what_is_only_a_summary_says_so(sample: Store, stories: list[Story]) -> None:
    bases = {row.basis for row in sample.article_rows(limit=100)}
    assert bases == set(Basis)
    assert any(story.row.summary_only for story in stories)


def test_no_bullet_is_boilerplate(stories: list[Story]) -> None:
    lines = [b.bullet.text.lower() for story in stories for b in story.brief.bullets]
    marks = ("subscribe", "read more", "newsletter", "cookie", "sign up", "copyright")
    assert [line for line in lines if any(mark in line for mark in marks)] == []


def test_every_bullet_stands_on_whole_sentences(sample: Store, stories: list[Story]) -> None:
    for story in stories:
        for bullet in story.brief.bullets:
            digest = sample.digest(bullet.article_id)
            assert digest is not None
            assert set(bullet.bullet.evidence) <= set(digest.sentences)

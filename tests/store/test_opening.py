"""Opening: what is made, what is brought up to date, what is refused and in which words."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.model import StoreError
from briefing.model.codec import brief_to_json
from briefing.store import Store
from briefing.store.migrate import bring_up_to_date
from briefing.store.schema import SCRIPTS, scripts
from tests.store.builders import NOW, brief, entry, filled
from tests.ui.frozen import copy_edition


def test_a_new_store_is_one_wal_file_with_foreign_keys_and_the_latest_schema(store: Store) -> None:
    stats = store.stats()
    assert stats.journal_mode == "wal"
    assert stats.schema == len(scripts())
    assert store._value("PRAGMA foreign_keys") == 1
    assert store._value("PRAGMA synchronous") == 1
    assert store.check() == ()


def test_every_table_of_ours_is_strict(store: Store) -> None:
    loose = store._rows(
        "SELECT name FROM pragma_table_list WHERE strict = 0 AND type = 'table'"
        " AND schema = 'main' AND name NOT LIKE 'sqlite_%'"
    )
    assert [row["name"] for row in loose] == []


def test_an_old_store_is_brought_up_to_date_with_all_that_it_holds(path: Path) -> None:
    path.parent.mkdir()
    old = path.parent / "old"
    old.mkdir()
    shutil.copy(scripts()[0], old)
    connection = sqlite3.connect(path, isolation_level=None)
    bring_up_to_date(connection, path, read_only=False, folder=old)
    connection.execute("INSERT INTO feed (url, address, title) VALUES ('u', 'u', 'Courier')")
    connection.execute(
        "INSERT INTO article (feed_id, guid, title, source, published, dated, fetched_at, version,"
        " pending) VALUES (1, 'g', 'Bridge', 'Courier', 1777000000, 1, 1777000000, 'v', NULL)"
    )
    connection.execute("INSERT INTO body (article_id, title, text) VALUES (1, 'Bridge', 'Lorries')")
    connection.close()

    with Store.open(path) as store:
        assert store.stats().schema == len(scripts())
        assert [row.title for row in store.search("lorries")] == ["Bridge"]
        assert store.check() == ()


def test_what_an_old_store_holds_is_no_opinion_until_it_is_said(path: Path) -> None:
    path.parent.mkdir()
    old = path.parent / "old"
    old.mkdir()
    for script in scripts()[:2]:
        shutil.copy(script, old)
    connection = sqlite3.connect(path, isolation_level=None)
    bring_up_to_date(connection, path, read_only=False, folder=old)
    connection.execute("INSERT INTO feed (url, address, title) VALUES ('u', 'u', 'Courier')")
    connection.execute(
        "INSERT INTO article (feed_id, guid, title, source, published, dated, fetched_at, version)"
        " VALUES (1, 'g', 'Horn', 'Courier', 1777000000, 1, 1777000000, 'v')"
    )
    connection.execute("INSERT INTO body (article_id, title, text) VALUES (1, 'Horn', 'It blows.')")
    told = brief_to_json(brief("1"))
    assert not any("opinion" in a for a in told["articles"])
    connection.execute(
        "INSERT INTO story (headline, outlets, articles, latest, score)"
        " VALUES ('Horn', 1, 1, 1777000000, 1.0)"
    )
    connection.execute(
        "INSERT INTO story_detail (story_id, brief, reasons) VALUES (1, ?, '[]')",
        (json.dumps(told),),
    )
    connection.close()

    with Store.open(path) as store:
        assert not store.article("1").opinion
        assert not store.article_rows()[0].opinion
        assert not store.story("1").row.opinion
        assert not store.story("1").brief.opinion
        store.save_article("1", replace(store.article("1"), opinion=True))
        assert store.article("1").opinion


def test_an_old_store_is_brought_up_to_date_by_whoever_only_reads(path: Path) -> None:
    path.parent.mkdir()
    old = path.parent / "old"
    old.mkdir()
    for script in scripts()[:3]:
        shutil.copy(script, old)
    connection = sqlite3.connect(path, isolation_level=None)
    bring_up_to_date(connection, path, read_only=False, folder=old)
    connection.close()

    with Store.open(path, read_only=True) as store:
        assert store.first_text("1") is None
        assert store.stats().schema == len(scripts())


def test_a_store_of_the_schema_before_seams_opens_with_all_that_it_holds(path: Path) -> None:
    """The edition that the reader's tests show was frozen at schema 6."""
    path.parent.mkdir()
    connection = sqlite3.connect(copy_edition(path))
    assert connection.execute("PRAGMA user_version").fetchone() == (6,)
    marks = connection.execute("SELECT id, state, is_starred, score FROM story ORDER BY id")
    before = marks.fetchall()
    connection.close()
    with Store.open(path) as store:
        assert store.stats().schema == len(scripts())
        assert store.check() == ()
        after = store._rows("SELECT id, state, is_starred, score FROM story ORDER BY id")
        assert [tuple(row) for row in after] == before
        for number, *_ in before:
            story = store.story(str(number))
            assert story.brief.outlets >= 1
            assert story.reasons
            assert len(store.story_articles(story.id)) == len(story.brief.articles)
        assert all(feed.title for feed in store.feeds())
        assert store.set_aside_rows() == []


def test_a_feed_that_was_called_by_its_address_is_asked_for_its_own_name(
    path: Path, tmp_path: Path
) -> None:
    older = tmp_path / "scripts"
    older.mkdir()
    for script in scripts():
        if script.name < "010":
            shutil.copy(script, older)
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    bring_up_to_date(connection, path, read_only=False, folder=older)
    for number, title in ((1, "courier.example/feed"), (2, "Port Post")):
        connection.execute(
            "INSERT INTO feed (url, address, title, etag) VALUES (?, ?, ?, 'v1')",
            (f"https://courier.example/feed{'?b' * (number - 1)}", str(number), title),
        )
        connection.execute(
            "INSERT INTO article (feed_id, guid, title, source, published, dated, fetched_at,"
            " content_hash) VALUES (?, 'a', 'A', ?, 1, 1, 1, 'h')",
            (number, title),
        )
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        feeds = {feed.id: feed for feed in store.feeds()}
        assert (feeds["1"].title, feeds["1"].etag) == (None, None)
        assert (feeds["2"].title, feeds["2"].etag) == ("Port Post", "v1")
        store.edit_feed("1", title="Coast Courier")
        assert store.article_row("1").source == "Coast Courier"
        assert store.article_row("2").source == "Port Post"


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    broken = tmp_path / "broken"
    shutil.copytree(SCRIPTS, broken)
    (broken / "900_broken.sql").write_text("CREATE TABLE more (id INTEGER);\nCREATE NONSENSE;\n")
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.Error):
        bring_up_to_date(connection, path, read_only=False, folder=broken)
    connection.close()
    with Store.open(path) as store:
        assert store.check() == ()
        assert store._value("SELECT count(*) FROM sqlite_schema WHERE name = 'more'") == 0


def test_a_store_of_a_newer_program_is_refused_with_the_mend(path: Path) -> None:
    with Store.open(path) as store:
        store._run("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="Update the program") as caught:
        Store.open(path)
    assert str(path) in str(caught.value)


def test_another_programs_database_is_refused_and_untouched(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    with sqlite3.connect(path) as connection:
        assert [r[0] for r in connection.execute("SELECT name FROM sqlite_schema")] == ["recipes"]
    connection.close()


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, today the bridge was closed. " * 200)
    with pytest.raises(StoreError, match="not a store"):
        Store.open(path)
    assert path.read_bytes().startswith(b"Dear diary")


def test_a_damaged_store_says_so(path: Path) -> None:
    with Store.open(path) as store:
        filled(store, 30)
        store._run("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged") as caught, Store.open(path) as store:
        store.feeds()
    assert "backup" in caught.value.mend


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "file" / "briefing.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path)


def test_reading_only_never_writes_and_says_so(path: Path) -> None:
    with pytest.raises(StoreError, match="no store yet"):
        Store.open(path, read_only=True)
    assert not path.exists()
    with Store.open(path) as store:
        filled(store, 2)
    with Store.open(path, read_only=True) as reader:
        assert len(reader.article_rows()) == 2
        with pytest.raises(StoreError, match="cannot be written"):
            reader.add_feed("https://other.example/feed")


def test_an_old_store_that_may_only_be_read_is_refused(path: Path) -> None:
    with Store.open(path) as store:
        store._run("PRAGMA user_version = 1")
        with pytest.raises(StoreError, match="older version"):
            bring_up_to_date(store._connection, path, read_only=True)


def test_a_locked_store_says_who_must_let_go(path: Path) -> None:
    with Store.open(path) as store, Store.open(path) as other:
        other._run("PRAGMA busy_timeout = 0")
        with store.transaction(), pytest.raises(StoreError, match="another program"):
            other.add_feed("https://courier.example/feed")


def test_a_full_disk_is_said_and_leaves_the_store_whole(store: Store) -> None:
    feed = store.add_feed("https://courier.example/feed")
    pages = store._value("PRAGMA page_count")
    store._run(f"PRAGMA max_page_count = {pages + 2}")
    big = [entry(str(n), content="<p>words</p>" * 5000) for n in range(5)]
    with pytest.raises(StoreError, match="disk is full"):
        store.add_entries(feed.id, big, NOW)
    store._run("PRAGMA max_page_count = 1000000")
    assert store.article_rows() == []
    assert store.add_entries(feed.id, big, NOW) == 5
    assert store.check() == ()


def test_a_closed_store_is_an_error_of_ours(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreError):
        store.feeds()


def test_programs_that_open_a_new_store_at_once_make_one_schema(path: Path) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def open_it() -> None:
        try:
            start.wait()
            with Store.open(path) as store:
                store.add_feed("https://courier.example/feed")
        except BaseException as error:  # noqa: BLE001 - the thread's failure is the test's
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Store.open(path) as store:
        assert len(store.feeds()) == 1
        assert store.check() == ()


def test_importing_the_store_pulls_in_nothing_heavy() -> None:
    code = (
        "import sys, briefing.store;"
        "print(' '.join(m for m in sys.modules if m.startswith('briefing.')),"
        " *(m for m in ('asyncio', 'httpx', 'hashlib', 'importlib.resources', 'sumy', 'lxml')"
        " if m in sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = out.stdout.split()
    ours = {name.split(".")[1] for name in loaded if name.startswith("briefing.")}
    assert ours == {"model", "store"}
    assert [name for name in loaded if not name.startswith("briefing.")] == []


def test_a_backup_is_one_whole_file_and_opens_as_a_store(store: Store, tmp_path: Path) -> None:
    filled(store, 3)
    copy = tmp_path / "copy.db"
    copy.write_text("an older backup")
    store.backup(copy)
    assert sorted(p.name for p in tmp_path.glob("copy*")) == ["copy.db"]
    with Store.open(copy, read_only=True) as reader:
        assert len(reader.article_rows()) == 3
        assert len(reader.search("lorries")) == 3
    with pytest.raises(StoreError):
        store.backup(tmp_path / "nowhere" / "copy.db")


def test_the_check_finds_an_index_that_differs_and_the_rebuild_mends_it(store: Store) -> None:
    filled(store, 2)
    store._run("DROP TRIGGER body_changed")
    store._run("UPDATE body SET text = 'other words'")
    assert any("search index" in fault for fault in store.check())
    store.rebuild_search()
    assert store.check() == ()


def test_stories_of_the_schema_before_have_the_kinds_of_all_their_caveats(path: Path) -> None:
    path.parent.mkdir()
    copy_edition(path)
    with Store.open(path) as store:
        kinds = {}
        for number in store._rows("SELECT id FROM story WHERE NOT opinion"):
            story = store.story(str(number["id"]))
            marks = [b.bullet.caveat for b in story.brief.bullets if not b.argued]
            kinds[story.row.caveat_kinds] = {mark.kind for mark in marks if mark}
    assert all(set(shown) == told for shown, told in kinds.items())
    assert max(len(shown) for shown in kinds) > 1

"""``briefing export``: what is exported, where it goes, and that nothing is marked by it."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.story_folder import slug
from briefing.config import load_settings
from briefing.export import EXPORTERS, StoryExporter, edition_formats
from briefing.sample import copy_sample, sample_now
from briefing.store import Store
from tests.cli.conftest import Run
from tests.cli.ran import briefing_here
from tests.store.builders import filled, story_of

SINCE = (sample_now() - timedelta(days=1)).isoformat()
EDITION = ("edition", "--since", SINCE)
STARRED = "4"  # the sample's one starred story
FOLDER_FORMATS = [n for n, e in EXPORTERS.items() if isinstance(e, StoryExporter) and e.is_marked]


@pytest.fixture
def path() -> Path:
    """The user's store: the sample's."""
    return copy_sample(load_settings().store_path)


def marks(path: Path) -> list[object]:
    """All that the reader's marks are made of."""
    with Store.open(path, read_only=True) as store:
        rows = store._rows("SELECT id, state, is_starred, seen_at, read_at, looked_at FROM story")
        articles = store._rows("SELECT id, is_read, is_starred FROM article")
        visits = store._rows("SELECT * FROM visit")
        return [tuple(row) for row in (*rows, *articles, *visits)]


@pytest.mark.parametrize("what", [EDITION, ("story", "4"), ("search", "bridge"), ("starred",)])
def test_exporting_in_any_format_changes_no_mark(
    path: Path, tmp_path: Path, what: tuple[str, ...]
) -> None:
    before, size = marks(path), path.stat().st_mtime_ns
    for form in edition_formats():
        file = tmp_path / f"exported-{form}"
        ran = briefing_here("export", *what, "--format", form, "--output", str(file))
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert file.stat().st_size > 500
    assert marks(path) == before
    assert path.stat().st_mtime_ns == size


def test_an_edition_is_that_of_print_with_its_evidence(path: Path, run: Run) -> None:
    exported = run("export", *EDITION, "--format", "json").json["stories"]
    printed = run("print", "--since", SINCE, "--format", "json").json["stories"]
    assert exported == printed
    page = run("export", *EDITION, "--format", "html").out
    assert page.count("<details") > len(exported)
    assert "<details" not in run("print", "--since", SINCE, "--format", "html").out
    few = run("export", *EDITION, "--limit", "2", "--format", "jsonl").lines
    assert [s["id"] for s in few] == [s["id"] for s in exported[:2]]
    everything = run("export", *EDITION, "--all", "--format", "jsonl").lines
    assert len(everything) > len(exported)


def test_a_story_is_found_by_its_identifier(path: Path, run: Run) -> None:
    (line,) = run("export", "story", STARRED, "--format", "jsonl").lines
    assert line["id"] == STARRED
    text = run("export", "story", STARRED, "--format", "markdown").out
    assert f"\n# {line['headline']}\n" in text
    assert "[^1]: " in text


@pytest.mark.parametrize("name", ["999", "x", "-", "9" * 40])
def test_a_story_that_is_not_there_ends_with_3(path: Path, run: Run, name: str) -> None:
    ran = run("export", "story", "--", name)
    assert (ran.code, ran.out) == (3, "")
    assert "there is no story" in ran.err


def test_the_stories_of_a_search_come_once_each_the_best_first(path: Path, run: Run) -> None:
    ids = [s["id"] for s in run("export", "search", "bridge", "--format", "jsonl").lines]
    hits = run("search", "bridge", "--format", "json").json["results"]
    assert ids == list(dict.fromkeys(hit["story"] for hit in hits))
    assert len(hits) > len(ids) > 1
    few = run("export", "search", "bridge", "--limit", "1", "--format", "jsonl").lines
    assert [s["id"] for s in few] == ids[:1]
    value = run("export", "search", "bridge", "--format", "json").json
    assert (value["version"], value["title"]) == (1, "Search: bridge")


def test_what_is_starred_is_exported_articles_without_a_story_too(run: Run) -> None:
    with Store.open(load_settings().store_path) as store:
        first, second, third = filled(store, 3)
        kept = story_of(store, first, second)
        store.set_starred(kept, True)
        store.set_article_starred(second, True)
        store.set_article_starred(third, True)
    told = run("export", "starred", "--format", "jsonl").lines
    assert {s["id"] for s in told} == {kept, f"article-{third}"}
    text = run("export", "starred").out
    assert "Bridge report 1-2" in text
    assert "These are all." in text


def test_tags_of_the_reader_stand_in_front_matter_and_in_json(path: Path, run: Run) -> None:
    with Store.open(path) as store:
        store.set_story_tag(STARRED, "to read", True)
    note = run("export", "story", STARRED, "--format", "markdown").out
    assert '\ntags: ["to-read"]\n' in note
    (line,) = run("export", "story", STARRED, "--format", "jsonl").lines
    assert line["tags"] == [{"name": "to read", "by_rule": False}]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (("search", "zebra"), "Nothing found for 'zebra'"),
        (("starred",), "Nothing is starred"),
        (("edition", "--since", "1m"), "The edition is empty"),
    ],
)
def test_an_export_of_nothing_says_so_and_is_whole(
    run: Run, what: tuple[str, ...], said: str
) -> None:
    with Store.open(load_settings().store_path) as store:
        filled(store, 1)
    ran = run("export", *what, "--format", "json")
    assert (ran.code, ran.json["stories"]) == (0, [])
    assert said in ran.err


@pytest.mark.parametrize("what", [("edition",), ("search", "x"), ("starred",)])
def test_without_a_store_an_export_is_empty_and_says_why(run: Run, what: tuple[str, ...]) -> None:
    ran = run("export", *what, "--format", "json")
    assert (ran.code, ran.json["stories"]) == (0, [])
    assert "No feeds yet" in ran.err
    assert run("export", "story", "1").code == 3


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("search", "title:("), "title:("),
        (("edition", "--since", "noon-ish"), "noon-ish"),
        (("search", "bridge", "--since", "noon-ish"), "noon-ish"),
        (("edition", "--format", "pdf"), "pdf"),
        (("everything",), "everything"),
        (("starred", "--format", "html", "--to", "ann@coast.example"), "--to"),
    ],
)
def test_wrong_usage_ends_with_2(path: Path, run: Run, argv: tuple[str, ...], said: str) -> None:
    ran = run("export", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("form", ["html", "json", "markdown"])
def test_hostile_28_an_export_that_cannot_be_written_ends_with_3(
    path: Path, tmp_path: Path, run: Run, form: str
) -> None:
    (tmp_path / "file").write_text("mine")
    for where in ("missing/out", "file/out", "file/folder/"):
        if where.endswith("/") and form == "json":
            continue
        ran = run(
            "export",
            *EDITION,
            "--format",
            form,
            "--output",
            str(tmp_path / where) + ("/" if where.endswith("/") else ""),
        )
        assert (ran.code, ran.out) == (3, "")
        assert "cannot be written" in ran.err
    assert (tmp_path / "file").read_text() == "mine"


# ── A folder of stories ──────────────────────────────────────────────────────────────────────


def to_folder(run: Run, folder: Path, form: str = "markdown", *more: str) -> tuple[int, str]:
    ran = run("export", *EDITION, *more, "--format", form, "--output", f"{folder}/")
    assert ran.out == ""
    return ran.code, ran.err


@pytest.mark.parametrize("form", FOLDER_FORMATS)
def test_a_folder_gets_a_file_for_each_story_and_the_next_export_changes_none(
    path: Path, tmp_path: Path, run: Run, form: str
) -> None:
    stories = run("export", *EDITION, "--format", "jsonl").lines
    folder = tmp_path / "notes" / "news"
    assert to_folder(run, folder, form)[0] == 0
    before = {file: file.read_bytes() for file in folder.iterdir()}
    assert len(before) == len(stories)
    assert all(name.name.startswith("2026-05-0") for name in before)
    code, said = to_folder(run, folder, form)
    assert (code, f"{len(stories)} as before" in said) == (0, True)
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_files_that_are_not_ours_are_never_written_over(
    path: Path, tmp_path: Path, run: Run
) -> None:
    to_folder(run, tmp_path / "first")
    folder = tmp_path / "notes"
    folder.mkdir()
    names = [file.name for file in (tmp_path / "first").iterdir()]
    for name in names:
        (folder / name).write_text("my own note\n")
    code, said = to_folder(run, folder)
    assert code == 0
    assert f"{len(names)} new" in said
    assert [(folder / name).read_text() for name in names] == ["my own note\n"] * len(names)
    assert len(list(folder.iterdir())) == 2 * len(names)
    to_folder(run, folder)
    assert len(list(folder.iterdir())) == 2 * len(names)


def test_a_note_that_was_edited_is_left_alone_and_the_rest_is_written(
    path: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "notes"
    to_folder(run, folder)
    edited, other, *_ = sorted(folder.iterdir())
    edited.write_text(edited.read_text() + "\nCall the port.\n")
    kept = edited.read_text()
    other.unlink()
    with Store.open(path) as store:  # so that every note would be another
        store._run("UPDATE story SET category = 'Changed'")
    code, said = to_folder(run, folder)
    assert code == 1
    assert f"warning: {edited} was changed by somebody else" in said
    assert "1 new" in said
    assert "1 left alone" in said
    assert edited.read_text() == kept
    assert '\ncategory: "Changed"\n' in other.read_text()


def test_a_story_keeps_its_file_when_its_headline_changes_or_it_is_renamed(
    path: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "notes"
    to_folder(run, folder, "markdown", "--limit", "1")
    (file,) = folder.iterdir()
    renamed = file.rename(folder / "bridge.md")
    with Store.open(path) as store:
        store._run("UPDATE story SET category = 'Changed'")
    assert to_folder(run, folder, "markdown", "--limit", "1")[0] == 0
    assert list(folder.iterdir()) == [renamed]
    assert "Changed" in renamed.read_text()


def test_stories_of_one_day_and_headline_have_files_of_their_own(tmp_path: Path, run: Run) -> None:
    with Store.open(load_settings().store_path) as store:
        ids = [story_of(store, name) for name in filled(store, 2)]
        for each in ids:
            store.set_starred(each, True)
    assert run("export", "starred", "--format", "html", "--output", str(tmp_path) + "/").code == 0
    assert sorted(p.name for p in tmp_path.glob("*.html")) == [
        f"2026-05-05 bridge-closed {ids[0]}.html",
        "2026-05-05 bridge-closed.html",
    ]


@given(st.text())
def test_whatever_the_headline_its_file_has_a_name_that_every_system_takes(headline: str) -> None:
    name = f"2026-05-05 {slug(headline)} 1234567.html"
    assert len(name.encode()) <= 255
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name.isprintable()


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Ferry fares rise", "ferry-fares-rise"),
        ("../../etc/passwd", "etc-passwd"),
        ("港口关闭了大桥", "港口关闭了大桥"),
        ("Café: “Ärger” um 3 %", "café-ärger-um-3"),
        ("…", "story"),
        ("word " * 30, "-".join(["word"] * 9)),
    ],
)
def test_a_file_is_named_after_its_headline(headline: str, name: str) -> None:
    assert slug(headline) == name


@pytest.mark.parametrize("form", [f for f in edition_formats() if f not in FOLDER_FORMATS])
def test_a_format_of_one_file_does_not_go_into_a_folder(
    path: Path, tmp_path: Path, run: Run, form: str
) -> None:
    ran = run("export", *EDITION, "--format", form, "--output", str(tmp_path))
    assert ran.code == 2
    assert f"Name it: --output {tmp_path}{os.sep}briefing." in ran.err
    assert list(tmp_path.glob("briefing*")) == []


def test_help_names_every_format_and_has_an_example(run: Run) -> None:
    for what in ("edition", "story", "search", "starred"):
        shown = run("export", what, "--help").out
        assert all(form in shown for form in edition_formats())
        assert "example" in shown

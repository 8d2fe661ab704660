"""The second editor from the command line: asked when told, after all else, and never needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.config import config_path, load_settings
from briefing.model import Digest
from briefing.sample import copy_sample
from briefing.store import Store
from tests.cli.conftest import Run
from tests.editor.articles import ARTICLE
from tests.editor.model_server import Exchange, ModelServer

_SINCE = ("--since", "2000-01-01")


def good(exchange: Exchange) -> None:
    """The first two sentences."""
    exchange.pick((1, "claim"), (2, "fact"))


def configure(text: str) -> None:
    """The configuration, whole."""
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(text, encoding="utf-8")


def editor_at(url: str, more: str = "") -> None:
    """A second editor at this address."""
    configure(f'[editor]\nurl = "{url}"\nmodel = "tiny"\n{more}')


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The article as a file."""
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE.text, encoding="utf-8")
    return path


@pytest.fixture
def store_path(home: Path) -> Path:
    """The sample's store as the user's own."""
    path = load_settings().store_path
    copy_sample(path)
    return path


def edited(path: Path) -> list[Digest]:
    """The digests that a second editor has had a hand in."""
    with Store.open(path, read_only=True) as store:
        names = [str(row[0]) for row in store._rows("SELECT id FROM article")]
        digests = [store.digest(name) for name in names]
    return [d for d in digests if d is not None and d.editor is not None]


def test_one_digest_with_the_second_editor(run: Run, page: Path) -> None:
    with ModelServer(good) as server:
        editor_at(server.url, "lead = true")
        ran = run("digest", str(page), "--title", "Marenza bridge closed", "--editor")
    assert ran.code == 0
    assert "Chosen by tiny, " in ran.err
    assert "1  both" in ran.err


def test_as_json_it_stands_in_the_digest(run: Run, page: Path) -> None:
    with ModelServer(good) as server:
        editor_at(server.url)
        ran = run("digest", str(page), "--editor", "--format", "json")
    assert ran.json["editor"]["model"] == "tiny"
    assert ran.json["bullets"][0]["by"] == ["briefing", "editor"]


def test_without_an_answer_the_digest_is_ours_and_it_is_said(run: Run, page: Path) -> None:
    ours = run("digest", str(page)).out
    with ModelServer(lambda x: x.say("Prose.")) as server:
        editor_at(server.url)
        ran = run("digest", str(page), "--editor")
    assert (ran.code, ran.out) == (0, ours)
    assert "ours alone" in ran.err
    assert "no JSON" in ran.err


def test_without_an_editor_it_is_said_where_one_is_set(run: Run, page: Path) -> None:
    for argv in (["digest", str(page), "--editor"], ["editor"]):
        ran = run(*argv)
        assert ran.code == 3
        assert "no second editor is set" in ran.err
        assert "docs/editor.md" in ran.err


def test_the_edition_is_asked_about_one_article_at_a_time_and_only_once(
    run: Run, store_path: Path
) -> None:
    with ModelServer(good) as server:
        editor_at(server.url)
        first = run("editor", *_SINCE)
        made, asked = edited(store_path), len(server.requests)
        assert first.code == 0
        assert f"{len(made)} digests made with the second editor" in first.err
        # Two outlets that print the same words are asked about together.
        assert asked > 3
        assert len({d.article.text for d in made}) == asked
        run("editor", *_SINCE)
    questions = [str(exchange.request["messages"]) for exchange in server.requests]
    assert len(set(questions)) == len(questions)
    printed = run("export", "edition", "--format", "json", *_SINCE)
    assert '"editor"' in printed.out


def test_its_choice_can_be_taken_back(run: Run, store_path: Path) -> None:
    before = run("print", "--format", "json", *_SINCE).json["stories"]
    with ModelServer(lambda x: x.pick((3, "fact"), (2, "claim"))) as server:
        editor_at(server.url, "lead = true")
        assert run("editor", *_SINCE).code == 0
    assert run("print", "--format", "json", *_SINCE).json["stories"] != before
    assert run("editor", "--undo", *_SINCE).code == 0
    assert edited(store_path) == []


def test_one_article_is_asked_about_by_its_id(run: Run, store_path: Path) -> None:
    story = run("print", "--format", "json", *_SINCE).json["stories"][0]
    name = story["brief"]["articles"][0]["id"] if "brief" in story else story["articles"][0]["id"]
    with ModelServer(good) as server:
        editor_at(server.url)
        assert run("editor", name).code == 0
    assert [digest.article.id for digest in edited(store_path)] == [name]
    assert len(server.requests) == 1


def test_wrong_answers_leave_the_store_as_it_was_and_are_counted(
    run: Run, store_path: Path
) -> None:
    with ModelServer(lambda x: x.pick((0, "claim"))) as server:
        editor_at(server.url)
        ran = run("editor", *_SINCE)
    assert ran.code == 1
    assert "there is no sentence 0" in ran.err
    assert len(server.requests) > 3
    assert edited(store_path) == []


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_server_that_answers_nothing_is_not_asked_about_the_rest(
    run: Run, store_path: Path, status: int
) -> None:
    with ModelServer(lambda x: x.send(b"", status)) as server:
        editor_at(server.url)
        ran = run("editor", *_SINCE)
    assert (ran.code, len(server.requests)) == (1, 1)
    assert f"answered {status}" in ran.err
    assert edited(store_path) == []


def test_after_a_refresh_the_queue_does_what_is_set_and_no_more(run: Run, store_path: Path) -> None:
    assert run("editor", "--queue").code == 0  # nothing is set
    with ModelServer(good) as server:
        editor_at(server.url, 'when = "asked"')
        assert run("editor", "--queue").code == 0
        assert server.requests == []


def test_doctor_tells_what_is_set_whether_it_is_there_and_what_was_refused(
    run: Run, page: Path
) -> None:
    with ModelServer(lambda x: x.say("Prose.")) as server:
        editor_at(server.url)
        run("digest", str(page), "--editor")
        facts = run("doctor", "--format", "json").json["facts"]
    assert facts["second editor"] == "tiny, one more weight, asked"
    assert facts["editor reachable"] == "yes"
    assert "no JSON" in facts["editor refused"]
    assert facts["editor's tokens today"].endswith("of 200,000")
    gone = run("doctor", "--format", "json").json
    assert any("cannot be reached" in finding["what"] for finding in gone["findings"])


def test_doctor_says_nothing_of_an_editor_where_none_is_set(run: Run) -> None:
    assert not any("editor" in name for name in run("doctor", "--format", "json").json["facts"])


def test_where_none_is_set_nothing_of_it_is_imported(page: Path, home: Path) -> None:
    code = (
        "import sys; from briefing.__main__ import main; main(sys.argv[1:]);"
        "sys.stderr.write(' '.join(m for m in sys.modules if m.startswith('briefing.editor')))"
    )
    for argv in (["digest", str(page)], ["doctor"], ["refresh"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True
        )
        assert "briefing.editor" not in done.stderr

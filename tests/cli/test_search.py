"""``briefing search``: what is found, what is wrong pointed at, what may have been meant."""

import pytest

from briefing.config import config_path, load_settings
from briefing.store import Store
from tests.cli.conftest import Run
from tests.store.builders import article, digest, filled


@pytest.fixture(autouse=True)
def library() -> None:
    """Three articles about a bridge, the second of a ferry too."""
    path = load_settings().store_path
    path.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(path) as store:
        _, second, _ = filled(store, 3)
        made = article(
            second, title="Ferry strike", text="The ferry of Kalder does not sail today."
        )
        store.save_article(second, made)
        store.save_digest(second, digest(made))


def test_what_a_query_finds_is_printed_with_what_stands_around_it(run: Run) -> None:
    ran = run("search", "title:ferry OR zebra")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "Ferry strike"
    found = run("search", "ferr -bridge", "--format", "json").json
    (result,) = found["results"]
    (start, end), (first, last) = result["title_spans"][0], result["snippet_spans"][0]
    assert (result["title"][start:end], result["snippet"][first:last]) == ("Ferry", "ferry")


def test_words_that_were_found_stand_out_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.cli.output._styled", lambda *_, **__: True)
    assert "The \x1b[33mferry\x1b[0m of Kalder" in run("search", "ferr").out


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_wrong_query_is_pointed_at_on_standard_error_with_code_2(run: Run, form: str) -> None:
    ran = run("search", "ferry titel:bridge", "--format", form)
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean title:?" in ran.err
    assert ran.err.splitlines()[1:] == ["    ferry titel:bridge", "          ^^^^^^"]


def test_the_caret_stands_under_the_fault_behind_wide_letters(run: Run) -> None:
    line, carets = run("search", "港の e\u0301 titel:x").err.splitlines()[1:]
    assert carets == " " * (4 + 4 + 1 + 1 + 1) + "^" * 6
    assert line.endswith("titel:x")


def test_nothing_found_is_no_error_and_the_nearest_word_is_told(run: Run) -> None:
    ran = run("search", "fery")
    assert (ran.code, ran.out) == (0, "")
    assert "Did you mean: ferry" in ran.err
    assert "mean" not in run("search", "zebra").err


def test_how_a_query_is_read_is_told_and_nothing_searched(run: Run) -> None:
    ran = run("search", "--explain", "ferry -title:bridge")
    assert ran.out.splitlines() == [
        "all of",
        "  the word “ferry…”",
        "  not",
        "    the word “bridge…” in the title",
    ]
    assert run("search", "--explain", "a", "--format", "json").json["explanation"]


def test_an_expression_that_would_explode_ends(run: Run) -> None:
    assert run("search", "/(a+)+$|(b*)*c/").code == 0


@pytest.mark.parametrize("text", ["a" * 10_000, "(" * 10_000, "\ud800\x00", "/(?=a)/", "\x1b[31m:"])
def test_hostile_queries_end_in_words(run: Run, text: str) -> None:
    ran = run("search", text)
    assert ran.code in (0, 2)
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err


def test_config_check_points_at_a_saved_search_that_is_wrong(run: Run) -> None:
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[[searches]]\nname = 'A'\nquery = 'ferry is:unrad'\n")
    ran = run("config", "check")
    assert ran.code == 1
    assert ran.err.splitlines()[1:] == ["    ferry is:unrad", "             ^^^^^"]

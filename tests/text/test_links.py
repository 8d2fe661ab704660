"""One classifier of links: by the label before them and by where they point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.links import is_see_also_label, is_source_document, labelled_title, link_kind

STORY = "https://courier.example/cracks-found-in-april"
TITLE = "Cracks found under the bridge in April"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.courtlistener.com/docket/1/a-v-b/",
        "https://doi.org/10.1000/1",
        "https://www.ons.gov.uk/economy",
        "https://www.gov.uk/guidance/bridges",
        "https://port.gov/report.html",
        "https://stats.gov.br/bridges",
        "https://www.bund.de/x",
        "https://ec.europa.eu/x",
        "https://www.who.int/news",
        "https://www.nature.com/articles/1",
        "https://files.example.org/report.PDF",
        "https://port.example/press-release/bridge",
    ],
)
def test_a_source_document_is_known_by_its_address(url: str) -> None:
    assert is_source_document(url)
    assert link_kind(url, "The inspection report, all of it", "inspection report") == (
        "source-document"
    )


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        "https://notarxiv.org.example/a",
        "https://notgov/x",
        "https://gov.example.com/x",
        "https://mygov.example/x",
        "http://[broken",
        "",
    ],
)
def test_another_report_is_no_source_document(url: str) -> None:
    assert not is_source_document(url)


def test_a_document_stays_one_behind_a_label() -> None:
    assert link_kind("https://port.gov/report", "See also: the report", "the report") == (
        "source-document"
    )


@pytest.mark.parametrize(
    "line",
    [
        f"See also: {TITLE}",
        f"READ MORE {TITLE}",
        f"Don’t miss: {TITLE}",
        f"À lire aussi : {TITLE}",
        f"Vea también {TITLE}",
        f"Background: {TITLE}",
        f"More – {TITLE}",
    ],
)
def test_a_label_before_a_link_makes_it_see_also(line: str) -> None:
    assert link_kind(STORY, line, TITLE) == "see-also"


@pytest.mark.parametrize(
    "line",
    [
        f"More than 40 lorries a day, by {TITLE}",
        "Background noise of the harbour bridge measured",
        "Related-party deals of the port are examined",
        f"See also: {TITLE}" + ", and so on, as the port authority has said again and again since",
        TITLE,
    ],
)
def test_words_that_only_look_like_a_label_do_not(line: str) -> None:
    assert link_kind(STORY, line, TITLE) == "in-article"


def test_a_heading_announces_other_articles_only_as_a_whole() -> None:
    assert is_see_also_label("  Related\xa0Stories: ")
    assert is_see_also_label("More on this")
    assert not is_see_also_label("Related stories of the port")
    assert not is_see_also_label("Analysis")


@given(st.text(max_size=40), st.sampled_from(["See also: ", "More » ", "", "http://["]))
def test_any_text_has_a_kind_and_any_title_lies_in_its_line(words: str, label: str) -> None:
    line = label + words
    assert link_kind(line, line, words) in ("in-article", "see-also", "source-document")
    begin = labelled_title(line)
    assert begin is None or line[begin:].strip()

"""What says that a piece is opinion, and what does not."""

import pytest

from briefing.ingest.opinion import says_opinion

PAGE = "https://courier.example/2026/05/foghorn"


def said(*labels: str, title: str = "", url: str = PAGE, language: str = "en") -> bool:
    return says_opinion(labels, title, url, language)


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Opinion", "en"),
        ("opinion", "en"),
        ("Opinions", "en"),
        ("Editorial", "en"),
        ("Opinion & Analysis", "en"),
        ("News / Opinion", "en"),
        ("Home > Opinion > Harbour", "en"),
        ("Coast Courier | Opinion", "en"),
        ("Coast Courier - Opinion", "en"),
        ("OpinionNewsArticle", "en"),
        ("Meinung", "de"),
        ("Kommentare", "de"),
        ("Küstenbote - Meinung", "de"),
        ("Leitartikel", "de"),
        ("Opinion", "de"),
        ("Opinión", "es"),
        ("Tribunes", "fr"),
        ("Opinion", "it"),  # a language without a lexicon: English names are known
    ],
)
def test_a_section_or_kind_of_opinion_says_so(label: str, language: str) -> None:
    assert said("Harbour", label, language=language)


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("", "en"),
        ("News", "en"),
        ("Analysis", "en"),
        ("AnalysisNewsArticle", "en"),
        ("NewsArticle", "en"),
        ("Opinion polls", "en"),
        ("Public Opinion", "en"),
        ("The minister has an opinion on everything that happens in this harbour", "en"),
        ("Analyse", "de"),
        ("Meinungsumfrage", "de"),
        ("Meinungsfreiheit", "de"),
        ("Küste", "de"),
        ("La Tribune", "fr"),  # a newspaper
        ("Tribune de Genève", "fr"),
        ("La Opinión", "es"),
    ],
)
def test_other_sections_do_not(label: str, language: str) -> None:
    assert not said(label, language=language)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Opinion: Leave the foghorn alone", "en"),
        ("Opinion | Leave the foghorn alone", "en"),
        ("OPINION – Leave the foghorn alone", "en"),
        ("[Opinion] Leave the foghorn alone", "en"),
        ("Editorial: A horn for everybody", "en"),
        ("Leave the foghorn alone | Dagny Pereira | Opinion", "en"),
        ("Leave the foghorn alone | Opinion | Coast Courier", "en"),
        ("Kommentar: Lasst das Nebelhorn in Ruhe", "de"),
        ("Kommentar zum Nebelhorn: Lasst es in Ruhe", "de"),
        ("Gastbeitrag - Lasst das Nebelhorn in Ruhe", "de"),
        ("Leitartikel | Ein Horn für alle", "de"),
    ],
)
def test_a_label_set_apart_in_the_title_says_so(title: str, language: str) -> None:
    assert said(title=title, language=language)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Harbour council votes on foghorn", "en"),
        ("Opinion polls: harbour party ahead in Marenza", "en"),
        ("Opinion divided on foghorn of Marenza", "en"),
        ("Comment of a councillor costs him his seat", "en"),
        ("Editorial staff of the Courier on strike", "en"),
        ("Analysis: What the horn costs", "en"),
        ("The council's opinion: a horn is a horn", "en"),
        ("Foghorn: council divided in its opinion", "en"),
        ("Meinungen zum Nebelhorn gehen auseinander", "de"),
        ("Kommentar des Bürgermeisters löst Streit um Nebelhorn aus", "de"),
        ("Satire-Zeitschrift verklagt: Gericht in Marenz entscheidet", "de"),
        ("Analyse: Was das Horn kostet", "de"),
    ],
)
def test_a_title_that_only_speaks_of_opinions_does_not(title: str, language: str) -> None:
    assert not said(title=title, language=language)


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/opinion/leave-the-foghorn-alone",
        "https://courier.example/harbour/opinion/2026/05/leave-the-foghorn-alone.html?from=feed",
        "https://courier.example/commentisfree/2026/may/05/foghorn",
        "https://courier.example/comment/foghorn",
        "https://courier.example/Editorial/a-horn-for-everybody",
        "https://kuestenbote.example/meinung/nebelhorn-12345.html",
        "https://costa.example/opini%C3%B3n/la-sirena",
    ],
)
def test_a_folder_of_the_address_says_so(url: str) -> None:
    assert said(url=url)


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        "https://courier.example/news/opinion",
        "https://courier.example/news/opinion-polls-harbour-party-ahead",
        "https://courier.example/opinion-polls/harbour",
        "https://courier.example/blogs/harbour/foghorn",
        "https://courier.example/analysis/foghorn",
        "https://courier.example/comments/12345",
        "https://courier.example/?section=/opinion/",
        "https://opinion.example/news/foghorn",
        "https://[broken/opinion/x",
        "",
    ],
)
def test_other_addresses_do_not(url: str) -> None:
    assert not said(url=url)


def test_an_outlet_that_is_called_like_a_section_reports_all_the_same() -> None:
    page = "https://www.laopiniondelmar.example/puerto/sirena"
    assert not said("La Opinión del Mar", "Puerto", url=page, language="es")
    named = "https://www.editorial.example/puerto/sirena"
    assert not said("Editorial", url=named, language="es")
    assert said("Editorial", url=page, language="es")


def test_nothing_said_is_nothing_known() -> None:
    assert not says_opinion((), None, None, "en")
    assert not says_opinion((), None, None, "../en")

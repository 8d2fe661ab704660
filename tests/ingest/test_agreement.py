"""A page in another language than its entry's title: what a translation leaves as it is decides."""

from dataclasses import replace

import pytest

from briefing.ingest import Extracted, article_from_entry, article_with_page
from briefing.model import Article, Entry, Feed

LINK = "https://hafenbote.example/lokales/bruecke-zwoelf-wochen-gesperrt"
ELSEWHERE = "https://hafenbote.example/zustimmung?weiter=lokales"
FEED = Feed("1", "https://digest.example/feed.xml", "World Digest")
TITLE = "Brücke im Hafen von Salzmeer für Lastwagen gesperrt"
BRIDGE = (
    "Die Brücke am Hafen von Salzmeer ist seit Montag für Lastwagen gesperrt. In zwei Lagern fanden"
    " Prüfer Risse, sagte die Direktorin Mila Torvald.\n"
    "Die Reparatur kostet 2.340.000 Euro und dauert 12 Wochen. Bis dahin fahren die Lastwagen der"
    " Spedition Grindal über Oberholm.\n"
) * 3
CONSENT = (
    "Wir und unsere 842 Partner speichern Informationen auf Ihrem Gerät, zum Beispiel in Cookies."
    " Mit Ihrer Zustimmung nutzen wir genaue Standortdaten. Sie können sie jederzeit widerrufen.\n"
) * 9
LOGIN = (
    "Melden Sie sich an, um weiterzulesen. Geben Sie die Adresse ein, mit der Sie sich registriert"
    " haben, und das Passwort Ihres Kontos. Noch kein Mitglied? Legen Sie ein Konto an.\n"
) * 9
REGATTA = (
    "Die Ruderinnen von Niederholm gewannen am Sonntag ihre vierte Regatta in Folge. Eine Böe trieb"
    " zwei der Favoriten ins Schilf, und am Ufer wurde bis in die Nacht gesungen.\n"
) * 9


def announced(title: str, summary: str = "") -> Article:
    entry = Entry(guid="1", url=LINK, title=title, summary_html=summary, language="en")
    return article_from_entry(entry, FEED, article_id="a").article


def page(text: str = BRIDGE, **changes: str | None) -> Extracted:
    return replace(Extracted(text, TITLE, language="de"), **changes)  # type: ignore[arg-type]


PLAIN = announced("Harbour bridge closed to lorries for a quarter of the year, port authority says")
NAMED = announced("Lorries of the haulier Grindal must go round: Torvald shuts the harbour bridge")
COUNTED = announced(
    "Harbour bridge: repairs to cost €2,340,000 and last for 12 weeks, says director"
)


@pytest.mark.parametrize("article", [PLAIN, NAMED, COUNTED], ids=["plain", "names", "numbers"])
def test_a_page_in_another_language_where_the_link_led_gives_its_text(article: Article) -> None:
    made = article_with_page(article, page(), LINK)
    assert made.text == BRIDGE
    assert (made.language, made.title) == ("de", article.title)


def test_an_address_with_tracking_or_the_pages_own_is_no_other_one() -> None:
    assert article_with_page(PLAIN, page(), f"{LINK}?utm_source=feed").text == BRIDGE
    moved = "https://m.hafenbote.example/a/4711"
    assert article_with_page(PLAIN, page(canonical=LINK), moved).text == BRIDGE
    assert article_with_page(PLAIN, page(), moved) == PLAIN


@pytest.mark.parametrize("title", ["names", "numbers"])
def test_names_and_numbers_speak_for_a_page_without_a_title_of_its_own(title: str) -> None:
    article = {"names": NAMED, "numbers": COUNTED}[title]
    for own in (None, article.title, "Hafenbote"):
        assert article_with_page(article, page(title=own), LINK).text == BRIDGE


def test_where_nothing_speaks_for_it_the_text_of_the_feed_stands() -> None:
    for own in (None, PLAIN.title, "Hafenbote"):
        assert article_with_page(PLAIN, page(title=own), LINK) == PLAIN


def test_elsewhere_more_has_to_speak_for_it() -> None:
    assert article_with_page(NAMED, page(), ELSEWHERE) == NAMED
    both = announced("Torvald: 12 weeks without lorries on the bridge, Grindal goes by Oberholm")
    assert article_with_page(both, page(), ELSEWHERE).text == BRIDGE


@pytest.mark.parametrize("article", [PLAIN, NAMED, COUNTED], ids=["plain", "names", "numbers"])
@pytest.mark.parametrize("at", [LINK, ELSEWHERE])
@pytest.mark.parametrize(
    ("text", "title"),
    [
        (CONSENT, TITLE),
        (CONSENT, "Ihre Zustimmung"),
        (LOGIN, TITLE),
        (LOGIN, "Bitte melden Sie sich an"),
        (REGATTA, TITLE),
    ],
    ids=["consent", "its own", "login", "its own login", "other"],
)
def test_a_notice_a_login_or_another_article_in_another_language_gives_nothing(
    article: Article, at: str, text: str, title: str
) -> None:
    assert article_with_page(article, page(text, title=title), at) == article


def test_in_one_language_words_decide_as_ever() -> None:
    other = announced("Rowers of Nether Holm win their fourth regatta in a row on Sunday")
    english = (
        "The harbour bridge of Saltmere has been closed to lorries since Monday, said Mila Torvald."
        " Inspectors found cracks in two bearings; repairs will last for 12 weeks.\n"
    ) * 5
    told = page(english, title="Harbour bridge closed to lorries for weeks", language="en")
    assert article_with_page(other, told, LINK) == other

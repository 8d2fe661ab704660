"""Related links beside an article, the address and the outlet that its page gives itself."""

import pytest

from briefing.ingest import extract
from tests.fake_web import BRIDGE, article_page

URL = "https://courier.example/coast/harbour-bridge-closed"
TITLE = "Harbour bridge closed to lorries"
ONE = '<a href="/coast/cracks-found-in-april">Cracks found under the bridge in April</a>'
TWO = '<a href="/coast/hauliers-ask-for-ferry?utm_source=box">Hauliers ask for a night ferry</a>'


def page(box: str) -> str:
    return article_page(TITLE, BRIDGE).replace("</main>", f"{box}</main>")


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h3>See also</h3><ul><li>{ONE}</li><li>{TWO}</li></ul></aside>",
        f"<div class='box'><div><strong>Related stories:</strong></div><div>{ONE}{TWO}</div></div>",
        f"<aside><h3>More on this</h3><p>{ONE}</p></aside><h4>À lire aussi :</h4><p>{TWO}</p>",
        f"<aside><h2>Read more</h2><p>{ONE}</p></aside><p>Related</p><div>{TWO}</div>",
    ],
)
def test_the_links_of_a_box_are_see_also(box: str) -> None:
    found = [link for link in extract(page(box), URL).links if link.span is None]
    assert [(link.kind, link.title, link.url) for link in found] == [
        ("see-also", "Cracks found under the bridge in April",
         "https://courier.example/coast/cracks-found-in-april"),
        ("see-also", "Hauliers ask for a night ferry",
         "https://courier.example/coast/hauliers-ask-for-ferry?utm_source=box"),
    ]  # fmt: skip


def test_a_document_in_a_box_is_a_document() -> None:
    report = '<a href="https://port.gov/bridge-inspection-2026">The report of the inspection</a>'
    found = extract(page(f"<aside><h3>Related</h3><p>{report}{ONE}</p></aside>"), URL).links
    assert [link.kind for link in found if link.span is None] == ["source-document", "see-also"]


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h3>Most read</h3><ul><li>{ONE}</li></ul></aside>",
        f"<nav><h3>Related</h3><ul><li>{ONE}</li></ul></nav>",
        "<aside><h3>Related</h3><a href='/coast'>All of the coast</a></aside>",
        f"<aside><h3>See also</h3><a href='{URL}?utm_source=x'>The bridge again</a></aside>",
        "<aside><h3>See also</h3><a href='javascript:alert-me-now(1)'>Click and win</a></aside>",
    ],
)
def test_menus_sections_and_the_article_itself_are_no_links_of_it(box: str) -> None:
    assert [link for link in extract(page(box), URL).links if link.kind == "see-also"] == []


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/coast/bridge">', "https://courier.example/coast/bridge"),
        ('<meta property="og:url" content="https://www.courier.example/b-1">',
         "https://www.courier.example/b-1"),
        ('<link rel="canonical" href="https://courier.example/">', None),
        ('<link rel="canonical" href="https://elsewhere.example/coast/bridge">', None),
        ('<link rel="canonical" href="http://[">', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_page_gives_itself_an_address_of_its_own_site(head: str, canonical: str | None) -> None:
    given = article_page(TITLE, BRIDGE).replace("<head>", f"<head>{head}")
    assert extract(given, URL).canonical == canonical


def test_a_page_of_boxes_takes_no_longer_than_its_size() -> None:
    many = "<div><p>Related</p><ul>" + f"<li>{ONE}</li>" * 50 + "</ul></div>"
    assert len(extract(page(many * 300), URL).links) <= 12

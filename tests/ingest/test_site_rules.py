"""The user's own rules for a site's pages: what is kept, what is taken out, and at what cost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring
from lxml.html import document_fromstring

from briefing.config import SiteSettings
from briefing.ingest import extract
from briefing.ingest.site_rules import apply_rule, site_rule
from tests.fake_web import BRIDGE
from tests.growth import assert_linear

URL = "https://paper.example/coast/bridge"
WEATHER = "Rain is expected over the whole of the bay from Tuesday, the weather service wrote. " * 4
NOTE = "The lighthouse on the north mole was painted green again, for the ninth time since spring."
BODY = "".join(f"<p>{text}</p>" for text in BRIDGE)
PAGE = (
    "<html><head><title>Bridge closed</title></head><body>"
    f"<div class='main'><p>{WEATHER}</p><p>{WEATHER[::-1]}</p></div>"
    f"<aside class='related story'>{BODY}<p class='note'>{NOTE}</p></aside></body></html>"
)


def _text(page: str = PAGE, keep: str = "", *drop: str) -> str:
    return extract(page, URL, rule=SiteSettings("paper.example", keep, drop)).text


def test_what_a_rule_keeps_is_the_article_wherever_it_stands() -> None:
    assert WEATHER.strip() in extract(PAGE, URL).text
    assert _text(PAGE, "aside.story").split("\n") == [*BRIDGE, NOTE]


def test_what_a_rule_drops_is_not_in_the_article() -> None:
    page = f"<html><body><article>{BODY}<p class='note'>{NOTE}</p></article></body></html>"
    assert NOTE in extract(page, URL).text
    assert _text(page, "", "p.note", "#none").split("\n") == list(BRIDGE)


def test_what_is_dropped_is_taken_out_of_what_is_kept() -> None:
    assert _text(PAGE, ".story", ".story > .note").split("\n") == list(BRIDGE)


def test_a_dropped_text_does_not_come_back_from_the_structured_data() -> None:
    data = f'{{"@type": "NewsArticle", "articleBody": "{" ".join((*BRIDGE, NOTE) * 3)}"}}'
    script = f"<script type='application/ld+json'>{data}</script>"
    page = f"<html><head>{script}</head><body>{BODY}<p class='note'>{NOTE}</p></body></html>"
    assert NOTE not in _text(page, "", ".note")


@pytest.mark.parametrize(
    ("keep", "drop"),
    [
        ("article.story", ()),
        ("#none", (".main", "p")),
        (".note", (".note",)),
        ("", ("*",)),
        ("", ("body", "body > *")),
    ],
)
def test_a_rule_that_leaves_no_article_is_passed_over(keep: str, drop: tuple[str, ...]) -> None:
    assert _text(PAGE, keep, *drop) == extract(PAGE, URL).text


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (URL, "paper.example"),
        ("https://www.Paper.example:8443/a", "paper.example"),
        ("https://live.sport.paper.example/a", "sport.paper.example"),
        ("https://newspaper.example/a", None),
        ("https://xn--mnzblatt-65a.example/a", "münzblatt.example"),
        ("https://[::1/a", None),
        (None, None),
    ],
)
def test_a_rule_is_for_its_host_and_what_is_under_it(url: str | None, host: str | None) -> None:
    hosts = ("paper.example", "sport.paper.example", "münzblatt.example", "quarry.example")
    found = site_rule([SiteSettings(name) for name in hosts], url)
    assert (found and found.host) == host


SELECTORS = (
    "div *",
    "div > span",
    "span + span",
    "span ~ .a",
    "#x .a",
    "div div > span.a",
    ".a:not(span)",
    "[id]",
    "span, .b",
    "div + span ~ *",
    "[class~=b]",
    "[class|=a]",
    "[class^=a]",
    "[class*=b]",
    "[class$=b]",
    "body div",
)
TREES = st.recursive(
    st.just(""),
    lambda inner: st.lists(
        st.builds(
            "<{0}{1}>{2}</{0}>".format,
            st.sampled_from(["div", "section", "span"]),
            st.sampled_from(["", " class=a", " class='a b'", " id=x", " class=a-b"]),
            inner,
        ),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


@given(TREES, st.sampled_from(SELECTORS))
def test_what_is_matched_is_what_xpath_finds(inside: str, selector: str) -> None:
    from cssselect import HTMLTranslator

    page = f"<html><body><div>{inside}</div></body></html>"
    expected, root = document_fromstring(page), document_fromstring(page)
    for element in expected.xpath(HTMLTranslator().css_to_xpath(selector)):
        if element.tag not in ("html", "head", "body"):
            element.clear(keep_tail=True)
    apply_rule(root, SiteSettings("paper.example", drop=(selector,)))
    assert tostring(root) == tostring(expected)


def _page_of(elements: int) -> Any:
    return document_fromstring("<div><p>a</p>b<i>c</i>d" * 20 + "<p>x</p>y" * elements)


@pytest.mark.parametrize(
    "rule",
    [
        SiteSettings("paper.example", "*", ("p",)),
        SiteSettings("paper.example", "", ("* * * *", "* ~ * ~ *", "p + p + p")),
        SiteSettings("paper.example", "p", (":not(div):not(.a)",)),
    ],
)
def test_the_cost_of_a_rule_grows_with_the_page_and_no_faster(rule: SiteSettings) -> None:
    assert_linear(_page_of, lambda root: apply_rule(root, rule), 2_000)

"""Extraction promises: the article without the page around it, and what the page says of itself."""

import collections
import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import Extracted, extract
from briefing.model import BriefingError, ExtractError
from briefing.text import clean_text
from tests.fake_web import BRIDGE, MORNING, article_page
from tests.growth import assert_linear
from tests.ingest.block_checks import check_blocks

URL = "https://courier.example/coast/bridge"


def test_the_article_comes_without_the_page_around_it() -> None:
    found = extract(article_page("Harbour bridge closed to lorries", BRIDGE), URL)
    assert found.text.split("\n")[-len(BRIDGE) :] == list(BRIDGE)
    for word in ("Home", "cookies", "Most read", "Copyright", "tracking", "Harbour bridge closed"):
        assert word not in found.text


def test_what_the_page_says_of_itself_is_kept() -> None:
    page = article_page("Harbour bridge closed to lorries", BRIDGE, language="en-GB")
    found = extract(page.encode(), URL)
    assert found.title == "Harbour bridge closed to lorries"
    assert (found.byline, found.source, found.language) == ("Mila Torvald", "Coast Courier", "en")
    assert found.published == MORNING
    assert not found.closed


def test_links_of_the_article_stand_on_their_words() -> None:
    linked = list(BRIDGE)
    linked[0] = linked[0].replace("closed the", '<a href="/log#today">closed</a> the')
    linked[1] = linked[1].replace(
        "the authority", '<a href="https://port.gov/a.pdf">the authority</a>'
    )
    linked[3] += ' <a href="#top">Top</a> <a href="javascript:x">bad</a>'
    found = extract(article_page("Harbour bridge closed to lorries", linked), URL)
    assert [(link.kind, link.title, link.url) for link in found.links] == [
        ("in-article", "closed", "https://courier.example/log#today"),
        ("source-document", "the authority", "https://port.gov/a.pdf"),
    ]
    for link in found.links:
        assert link.span is not None
        assert link.span.of(found.text) == link.title


@pytest.mark.parametrize(
    ("paragraphs", "free", "closed"),
    [
        (BRIDGE, None, False),
        (BRIDGE, True, False),
        (BRIDGE, False, True),
        (BRIDGE * 4, False, False),
        ((*BRIDGE[:2], "Subscribe to read the rest of this story."), None, True),
        ((*BRIDGE * 3, "Subscribe to read more of our stories."), None, False),
    ],
)
def test_a_page_with_its_rest_behind_a_wall_is_closed(
    paragraphs: tuple[str, ...], free: bool | None, closed: bool
) -> None:
    assert extract(article_page("Bridge closed", paragraphs, free=free), URL).closed is closed


def test_a_page_without_an_article_is_an_error_that_names_it() -> None:
    for page in ("", "<html></html>", "<html><body><nav><a href=/>Home</a></nav></body></html>"):
        with pytest.raises(ExtractError) as caught:
            extract(page, URL)
        assert caught.value.where == URL


def test_broken_metadata_does_no_harm() -> None:
    page = article_page("Bridge closed", BRIDGE).replace(
        "<head>",
        '<head><script type="application/ld+json">{"@type": ["NewsArticle"], broken</script>'
        '<script type="application/ld+json">[{"@type": 5, "headline": []}, null, [[]]]</script>'
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": [[{}]], '
        '"datePublished": "0001-01-01T00:00:00", "isAccessibleForFree": "maybe"}</script>',
    )
    assert extract(page, URL).published == MORNING


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        ("", ("NewsArticle",)),
        ('<meta property="article:section" content=" Opinion ">', ("NewsArticle", "Opinion")),
        ('<meta property="og:section" content="Coast">', ("NewsArticle", "Coast")),
        (
            '<meta name="parsely-section" content="A"><meta itemprop="articleSection" content="B">',
            ("NewsArticle", "A", "B"),
        ),
        ('<meta property="article:section" content="">', ("NewsArticle",)),
        ('<meta property="article:tag" content="Opinion">', ("NewsArticle",)),
        ('<meta property="article:opinion" content="true">', ("NewsArticle", "opinion")),
        ('<meta property="article:opinion" content="false">', ("NewsArticle",)),
        (
            (
                '<script type="application/ld+json">{"@type": ["Article", "OpinionNewsArticle"],'
                ' "articleSection": ["Coast", "Opinion"], "genre": "column"}</script>'
            ),
            ("Coast", "Opinion", "column", "Article", "OpinionNewsArticle", "NewsArticle"),
        ),
        (
            (
                '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement":'
                ' [{"item": {"name": "Home"}}, {"name": "Opinion"}, 3, {"item": "x"}]}</script>'
            ),
            ("NewsArticle", "Home", "Opinion"),
        ),
        (
            (
                '<script type="application/ld+json">{"@type": "BreadcrumbList",'
                ' "itemListElement": "Opinion"}</script>'
            ),
            ("NewsArticle",),
        ),
    ],
)
def test_what_a_page_files_itself_under_is_kept(head: str, labels: tuple[str, ...]) -> None:
    page = article_page("Bridge closed", BRIDGE).replace("<head>", f"<head>{head}")
    assert set(extract(page, URL).labels) == set(labels)


PIECES = st.sampled_from(
    [*(f"<p>{p}</p>" for p in BRIDGE), "<a href='/x'>", "</a>", "<p>", "<div>", "&#27;[31m", "\x00",
     "<b>", "\x9b", "&#8238;", "<article>", "</article>", "<table><tr><td>", "\ud800", "<!--"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=15).map("".join))
def test_whatever_comes_in_is_a_clean_article_or_an_error_of_ours(source: str) -> None:
    try:
        found = extract("<html><body>" + source, URL)
    except BriefingError:
        return
    assert clean_text(found.text) == found.text != ""
    found.text.encode()
    for link in found.links:
        assert link.span is not None
        assert link.span.of(found.text)
        assert 0 <= link.span.start < link.span.end <= len(found.text)
    check_blocks(found.text, found.blocks)


def _shingles(text: str) -> collections.Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return collections.Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


@pytest.mark.corpora
def test_real_pages_give_their_articles(shared: Path) -> None:
    lines = (shared / "data/pages/ground-truth.jsonl").read_text("utf-8").splitlines()[::6]
    precision = recall = 0.0
    for line in lines:
        gold = json.loads(line)
        raw = gzip.decompress((shared / f"data/pages/{gold['id']}.html.gz").read_bytes())
        found: Extracted = extract(raw, "https://" + gold["url"].split("://")[-1])
        want, got = _shingles(gold["text"]), _shingles(found.text)
        both = (want & got).total()
        precision += both / got.total() / len(lines)
        recall += both / want.total() / len(lines)
    assert 2 * precision * recall / (precision + recall) >= 0.9


@pytest.mark.parametrize(
    "shape", ["{} {n}.<br>", "<p><i hidden>x</i><a href='/{n}'>In</a> {}.</p>"]
)
def test_hostile_09_a_page_of_many_paragraphs_costs_as_much_as_they_are_many(shape: str) -> None:
    words = "The port of Saltmere is closed and nobody knows why"

    def page(count: int) -> str:
        return "<html><body>" + "".join(shape.format(words, n=n) for n in range(count))

    assert_linear(page, lambda html: extract(html, URL), 25_000)
    assert extract(page(25_000), URL).text.startswith(("The port", "In The port"))

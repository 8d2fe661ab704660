"""Pictures of an article: their addresses and words stand beside a text that stays as it was."""

import json
from dataclasses import replace
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import parse_feed
from briefing.ingest.articles import article_from_entry, article_from_page, article_with_page
from briefing.ingest.extraction import extract
from briefing.ingest.htmltext import read_html
from briefing.ingest.image_elements import MAX_PICTURES
from briefing.model import Entry, Feed, Picture

BASE = "https://paper.example/news/harbour"
FIRST = "The harbour of Saltmere stays closed until the mole has been mended, the council said."
SECOND = "Ferries to the Outer Isles leave from Brackwater meanwhile, at eight and five each day."
PAGE = f"""<html><head><title>Harbour closed</title></head><body>
<nav><img src="/logo-wide.png" alt="The Paper" width="300"></nav>
<article><h1>Harbour closed</h1>
<figure><img src="/lead.jpg?w=1200" alt="Waves over the mole"></figure>
<div class="author"><img src="/kim.jpg" alt="Kim Lund"></div>
<div class="body">
<p>{FIRST} {FIRST}</p>
<p>{SECOND} {SECOND}</p>
<figure><img data-src="ferry.webp" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<figcaption>A ferry at Brackwater</figcaption></figure>
<p>{SECOND} {FIRST} {SECOND}</p>
<img src="https://count.example/p.gif?a=1" width="1" height="1" alt="counted">
</div>
<div class="related"><img src="/other.jpg" alt="Another story"></div>
</article></body></html>"""


def _urls(pictures: tuple[Picture, ...]) -> list[str]:
    return [picture.url for picture in pictures]


def test_a_piece_of_html_tells_where_its_pictures_stand_and_its_text_has_none() -> None:
    source = "<p>One.<img src='a.png' alt='The mole'> Still one.</p>{}<p>Two.</p>"
    picture = "<p><img src='/b.png' alt='The  ferry'></p>"
    found = read_html(source.format(picture), BASE)
    assert found.text == "One. Still one.\nTwo."
    assert found.pictures == (
        Picture("https://paper.example/news/a.png", "The mole", 15),
        Picture("https://paper.example/b.png", "The ferry", 15),
    )
    without = read_html(source.format("").replace("<img src='a.png' alt='The mole'>", ""), BASE)
    assert replace(found, pictures=()) == without


def test_the_first_of_several_sizes_stands_for_a_picture() -> None:
    sizes = "<img src='a.png?w=100' alt='The mole'><img src='a.png?w=900' alt='The mole'>"
    assert _urls(read_html(sizes, BASE).pictures) == ["https://paper.example/news/a.png?w=100"]


@pytest.mark.parametrize(
    "image",
    [
        "<img src='p.gif' alt='counted' width='1' height='1'>",
        "<img src='p.gif' alt='an icon' width='32px'>",
        "<img src='data:image/png;base64,AAAA' alt='inside'>",
        "<img src='ftp://paper.example/a.png' alt='elsewhere'>",
        "<img src='javascript:alert(1)' alt='none'>",
        "<img src='file:///etc/passwd' alt='none'>",
        "<img src='rule.png' alt=''>",
        "<img src='a.png'>",
        "<img alt='no address'>",
        "<img src='http://[' alt='broken'>",
        "<img src='drawing.svg#top' alt='a drawing'>",
        f"<img src='{'a' * 9000}' alt='too long'>",
    ],
)
def test_what_counts_decorates_or_has_no_web_address_is_no_picture(image: str) -> None:
    assert read_html(f"<p>Before.</p>{image}<p>After.</p>", BASE).pictures == ()


def test_an_address_is_kept_without_a_password() -> None:
    found = read_html("<img src='https://kim:secret@paper.example/a.png' alt='x'>", None).pictures
    assert _urls(found) == ["https://paper.example/a.png"]


def test_so_many_pictures_are_kept_and_no_more() -> None:
    many = "".join(f"<img src='{n}.png' alt='{n}'>" for n in range(500))
    assert len(read_html(many, BASE).pictures) == MAX_PICTURES


def test_a_page_gives_the_pictures_of_its_article_in_their_places() -> None:
    page = extract(PAGE, BASE)
    assert [(p.url, p.words) for p in page.pictures] == [
        ("https://paper.example/lead.jpg?w=1200", "Waves over the mole"),
        ("https://paper.example/news/ferry.webp", "A ferry at Brackwater"),
    ]
    lead, ferry = page.pictures
    assert lead.at == 0
    assert page.text[: ferry.at].endswith(SECOND)
    assert page.text[ferry.at] == "\n"


def test_a_pages_text_is_the_same_with_and_without_its_pictures() -> None:
    import re

    without = extract(re.sub(r"<img[^>]*>", "", PAGE), BASE)
    assert replace(extract(PAGE, BASE), pictures=()) == without
    assert without.pictures == ()


SIZES = """
<media:content url="https://i.example/s.jpg" medium="image" width="140"/>
<media:content url="https://i.example/l.jpg" medium="image" width="700"/>
<media:thumbnail url="https://i.example/t.jpg" width="90" height="60"/>"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Paper</title><link>https://paper.example/</link><item>
<title>Harbour closed</title><link>https://paper.example/news/harbour</link>
<description>Waves broke the mole.</description>{}</item></channel></rss>"""


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        (SIZES, ["https://i.example/l.jpg"]),
        ('<media:thumbnail url="https://i.example/t.jpg"/>', ["https://i.example/t.jpg"]),
        ('<media:thumbnail url="https://i.example/t.jpg" width="1" height="1"/>', []),
        ('<media:content url="https://i.example/v.mp4" type="video/mp4"/>', []),
        ('<media:content url="data:image/png;base64,AA" medium="image"/>', []),
    ],
)
def test_a_feed_names_one_picture_beside_the_text(media: str, expected: list[str]) -> None:
    (entry,) = parse_feed(RSS.format(media).encode(), "https://paper.example/feed").entries
    assert _urls(entry.pictures) == expected
    made = article_from_entry(entry, Feed("1", "https://paper.example/feed"), article_id="1")
    assert _urls(made.article.pictures) == expected
    assert made.article.text == "Waves broke the mole."


def test_a_json_feed_names_its_picture() -> None:
    item = {"id": "1", "content_text": "Waves.", "image": "/i.png", "banner_image": "/b.png"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [item]}
    (entry,) = parse_feed(json.dumps(feed).encode(), "https://paper.example/f.json").entries
    assert _urls(entry.pictures) == ["https://paper.example/i.png"]
    item["image"] = {"not": "an address"}  # type: ignore[assignment]
    (entry,) = parse_feed(json.dumps(feed).encode(), "https://paper.example/f.json").entries
    assert _urls(entry.pictures) == ["https://paper.example/b.png"]


def test_the_feeds_picture_comes_before_those_of_the_page() -> None:
    feed = Feed("1", "https://paper.example/feed", title="The Paper")
    entry = Entry("1", BASE, "Harbour closed", summary_html=FIRST, pictures=(
        Picture("https://i.example/feed.jpg"),
    ))  # fmt: skip
    made = article_from_entry(entry, feed, article_id="1").article
    whole = article_with_page(made, extract(PAGE, BASE), BASE)
    assert _urls(whole.pictures) == [
        "https://i.example/feed.jpg",
        "https://paper.example/lead.jpg?w=1200",
        "https://paper.example/news/ferry.webp",
    ]


def test_an_article_of_a_page_alone_has_its_pictures() -> None:
    assert len(article_from_page(extract(PAGE, BASE), BASE, article_id="1").pictures) == 2


# A control sequence takes what follows it out of a document, whatever holds it.
_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
_attributes = st.fixed_dictionaries(
    {},
    optional={
        "src": _words
        | st.sampled_from(["a.png", "//x.example/b", "http://[::1", "https://u:p@h/x"]),
        "srcset": _words,
        "alt": _words,
        "width": st.text("0123456789.px%-", max_size=8),
        "height": _words,
    },
)


@given(st.lists(st.tuples(_words, _attributes), max_size=6))
def test_whatever_is_in_images_their_addresses_are_of_the_web_and_the_text_stays(
    pieces: list[tuple[str, dict[str, str]]],
) -> None:
    from html import escape

    def image(attributes: dict[str, str]) -> str:
        pairs = (f'{name}="{escape(value)}"' for name, value in attributes.items())
        return f"<img {' '.join(pairs)}>"

    source = "".join(f"<p>{escape(text)}{image(a)}</p>" for text, a in pieces)
    plain = "".join(f"<p>{escape(text)}</p>" for text, _ in pieces)
    found = read_html(source, BASE)
    assert found.text == read_html(plain, BASE).text
    ends = {0, *(n for n, c in enumerate(found.text) if c == "\n"), len(found.text)}
    for picture in found.pictures:
        assert picture.url.lower().startswith(("http://", "https://"))
        assert all(category(c) != "Cc" for c in picture.url)
        assert "@" not in picture.url.split("/")[2]
        assert "\n" not in picture.words
        assert picture.at in ends

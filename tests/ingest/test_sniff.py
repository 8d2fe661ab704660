"""sniff promises: the characters a publisher meant, at worst U+FFFD, in bounded time."""

import codecs
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import parse_feed, sniff
from tests.growth import assert_linear

URL = "https://courier.example/feed.xml"
CAFE = "Café à l’été, 5 €"
LABELS = [
    *("utf-8", "utf-16", "latin1", "windows-1251", "shift_jis", "gb2312", "big5", "iso-2022-jp"),
    *(
        "euc-kr",
        "punycode",
        "utf-7",
        "idna",
        "hex",
        "unicode_escape",
        "zlib",
        "rot13",
        "x",
        "\udcff",
    ),
]


def feed(title: str, encoding: str | None) -> str:
    said = f' encoding="{encoding}"' if encoding else ""
    return (
        f'<?xml version="1.0"{said}?><rss version="2.0"><channel><title>{title}</title>'
        f"<item><title>{title}</title><guid>1</guid></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("content", "header", "title"),
    [
        (codecs.BOM_UTF8 + feed(CAFE, "windows-1252").encode(), "text/xml; charset=koi8-r", CAFE),
        (feed(CAFE, "utf-16").encode("utf-16"), "application/xml; charset=utf-8", CAFE),
        (feed(CAFE, None).encode("utf-16-be"), None, CAFE),
        (feed(CAFE, "utf-16").encode("utf-16-le"), None, CAFE),
        (feed(CAFE, "utf-32").encode("utf-32-le"), None, CAFE),
        (feed(CAFE, "utf-16").encode(), "application/xml; charset=utf-16", CAFE),
        (feed("Паром", "utf-8").encode("cp1251"), "text/xml; charset=windows-1251", "Паром"),
        (feed("Паром", "windows-1251").encode("cp1251"), "text/xml; charset=utf-8", "Паром"),
        (feed("Паром", "koi8-r").encode("koi8-r"), None, "Паром"),
        (b"Notice: x\n" + feed("Паром", "windows-1251").encode("cp1251"), None, "Паром"),
        (feed(CAFE, "iso-8859-1").encode("cp1252"), None, CAFE),
        (feed(CAFE, None).encode("cp1252"), "text/xml; charset=us-ascii", CAFE),
        (feed(CAFE, None).encode("cp1252"), None, CAFE),
        (feed(CAFE, "utf-8").encode("cp1252"), None, CAFE),
        (feed(CAFE, "utf-8").encode(), "text/xml; charset=iso-8859-1", CAFE),
        (feed("東京①", "shift_jis").encode("cp932"), None, "東京①"),
        (feed("北京镕", "gb2312").encode("gb18030"), None, "北京镕"),
        (feed("똠방", "euc-kr").encode("cp949"), None, "똠방"),
        (feed("Kıyı", "iso-8859-9").encode("cp1254"), None, "Kıyı"),
    ],
)
def test_hostile_10_mark_header_declaration_and_bytes_are_weighed(
    content: bytes, header: str | None, title: str
) -> None:
    parsed = parse_feed(content, URL, header)
    assert (parsed.title, parsed.entries[0].title) == (title, title)


@pytest.mark.parametrize(
    ("encoding", "text", "bad", "seen"),
    [
        ("utf-8", "Un été coup", b"\xc3", "Un été coup�"),
        ("utf-8", "Žižkov přístav", b"\xff", "Žižkov přístav�"),
        ("utf-8", "Öffnung morgen", b"\xed\xa0\x80", "Öffnung morgen"),
        ("euc-jp", "東京の港", b"\xff", "東京の港�"),
        ("euc-kr", "서울", b"\xff", "서울�"),
    ],
)
@pytest.mark.parametrize("header", [None, "text/xml"])
def test_hostile_10_a_bad_byte_costs_itself_and_not_the_text(
    encoding: str, text: str, bad: bytes, seen: str, header: str | None
) -> None:
    before, after = feed("|", encoding).rsplit("|", 1)
    content = before.encode() + text.encode(encoding) + bad + after.encode()
    title = parse_feed(content, URL, header).entries[0].title
    assert title.rstrip("�") == seen.rstrip("�")
    assert "�" in title


@pytest.mark.parametrize(
    ("header", "inside", "codec"),
    [("utf-8", "utf-8", "cp1252"), ("utf-8", "shift_jis", "cp932"), ("x", "utf-8", "cp1252")],
)
def test_each_encoding_is_tried_once_however_often_it_is_named(
    monkeypatch: pytest.MonkeyPatch, header: str, inside: str, codec: str
) -> None:
    tried = Mock(wraps=sniff._mostly_utf8)
    monkeypatch.setattr(sniff, "_mostly_utf8", tried)
    text = feed("東京" if codec == "cp932" else CAFE, inside)
    assert sniff.decode(text.encode(codec), f"text/xml; charset={header}") == text
    assert tried.call_count == 1


def test_text_that_was_encoded_twice_is_left_alone() -> None:
    twice = "Café l’été".encode().decode("cp1252")
    assert parse_feed(feed(twice, "utf-8").encode(), URL).entries[0].title == twice


@pytest.mark.parametrize(
    "label",
    ["punycode", "idna", "utf-7", "hex", "unicode_escape", "raw_unicode_escape", "zlib", "rot13"],
)
def test_hostile_10_what_is_no_charset_of_the_web_never_decodes(label: str) -> None:
    def document(size: int) -> bytes:
        text = "plain \\u0041 +ADw-b+AD4- 6869 a-7qa " + "x-" * size
        return feed(text, label).encode()

    media = f"text/xml; charset={label}"
    content = document(20_000)
    assert sniff.decode(content, media) == content.decode()
    assert "\\u0041 +ADw-b" in parse_feed(content, URL, media).title
    # punycode takes sixteen times as long for four times as much
    assert_linear(document, lambda each: parse_feed(each, URL, media), 20_000)


def test_every_label_of_the_list_has_a_codec_that_reads_text() -> None:
    for label, codec in sniff._codecs().items():
        assert codecs.lookup(codec)._is_text_encoding, label
        assert label == label.lower()
    assert len(sniff._codecs()) > 200


@given(
    st.binary(max_size=300),
    st.sampled_from(LABELS),
    st.sampled_from(LABELS),
    st.booleans(),
)
def test_hostile_10_any_bytes_under_any_label_are_text(
    content: bytes, header: str, inside: str, declared: bool
) -> None:
    prolog = f'<?xml version="1.0" encoding="{inside}"?>'.encode("utf-8", "replace")
    for whole in (content, prolog + content):
        text = sniff.decode(whole, f"text/xml; charset={header}", declared=declared)
        assert not any("\ud800" <= char <= "\udfff" for char in text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert sniff.decode(f"a{text}".encode()) == f"a{text}"
    assert sniff.without_declaration(f'<?xml version="1.0"?>{text}') == text

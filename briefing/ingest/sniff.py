"""What a run of bytes is: its characters, and whether they begin like HTML, JSON or OPML."""

import codecs
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A first character of ASCII in units of two or four bytes (XML 1.0, appendix F.1).
_WIDE = (
    (re.compile(rb"[<{\s]\0\0\0", re.DOTALL), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{\s]", re.DOTALL), "utf-32-be"),
    (re.compile(rb"[<{\s]\0[^\0]\0", re.DOTALL), "utf-16-le"),
    (re.compile(rb"\0[<{\s]\0[^\0]", re.DOTALL), "utf-16-be"),
)
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,400}\?>", re.IGNORECASE)
_PROLOG = re.compile(
    rb"""^[^<]{0,2000}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE
)
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_BAD = re.compile("\ufffd+")
_LABEL = re.compile(r"(\S+)")
_SEVERAL_BYTES = frozenset(
    {"utf-8", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"}
)
# What may stand before a document's first element: prolog, comments, other declarations.
_PREAMBLE = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^>\[]*(?:\[.*?\])?\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|title|meta|article|main|div|p)\b", re.IGNORECASE
)
_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"<!doctype\s+html\b[^>]*>", re.IGNORECASE)
_FEEDS = frozenset({"rss", "feed", "rdf"})
_ROOT = re.compile(r"<(?:[\w.-]+:)?([a-zA-Z][\w.-]*)")


def decode(content: bytes, content_type: str | None = None, *, declared: bool = True) -> str:
    """The characters of ``content``; bytes that fit no encoding become U+FFFD.

    In order: a byte order mark, the header's charset, the document's own declaration (unless
    ``declared`` is false: plain text has none), UTF-8, and at last windows-1252, as browsers do
    (WHATWG Encoding Standard, whose labels are the only ones that count). A document that says
    UTF-8 and is UTF-8 is believed before a header that says otherwise: servers add one charset to
    all they send. A few bad bytes cost these characters, never the text. Never raises.
    """
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(codec, "replace")
    for pattern, codec in _WIDE:
        if pattern.match(content):
            return content.decode(codec, "replace")
    in_header = _codec(_PARAMETER, content_type)
    in_document = _declared(content) if declared else None
    if in_document == "utf-8" and not content.isascii() and _fits(content, "utf-8"):
        return content.decode("utf-8")
    named = [codec for codec in (in_header, in_document) if codec is not None]
    for codec in dict.fromkeys((*named, "utf-8")):  # each is tried once, however often it is named
        if codec == "utf-8" and (text := _mostly_utf8(content)) is not None:
            return text
        if codec != "utf-8" and _fits(content, codec):
            return content.decode(codec, "replace")
    others = [codec for codec in named if codec != "utf-8"]  # of several bytes, with a bad one
    return content.decode(others[0] if others else "cp1252", "replace")


def _mostly_utf8(content: bytes) -> str | None:
    """``content`` as UTF-8 with U+FFFD for bad bytes; None where these are at more places than
    characters of several bytes, as in windows-1252."""
    text = content.decode("utf-8", "replace")
    if "\ufffd" not in text:
        return text
    good = len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
    return text if good >= len(_BAD.findall(text)) else None


def _fits(content: bytes, codec: str) -> bool:
    """Whether ``content`` can be of this encoding; one of single bytes reads anything."""
    if codec not in _SEVERAL_BYTES:
        return True
    try:
        content.decode(codec)
    except ValueError:
        return False
    return True


def _declared(content: bytes) -> str | None:
    """What the document says of itself. It was read byte by byte, so it is not UTF-16."""
    head = content[:4096]
    found = _PROLOG.search(head) or _META.search(head)
    return _codec(_LABEL, found[1].decode("ascii", "replace")) if found else None


def _codec(pattern: re.Pattern[str], text: str | None) -> str | None:
    """The Python codec of the label that ``pattern`` finds; None where it is not in the list.

    Two bytes a character would have shown already: this label is wrong, and most often UTF-8.
    """
    found = pattern.search(text or "")
    codec = _codecs().get(found[1].lower()) if found else None
    return "utf-8" if codec in ("utf-16-le", "utf-16-be") else codec


@cache
def _codecs() -> Mapping[str, str]:
    """Python's codecs by the labels of the Encoding Standard."""
    file = resources.files("briefing.ingest") / "charsets.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))["labels"]
    return {label: codec for codec, labels in table.items() for label in labels.split()}


def without_declaration(text: str) -> str:
    """``text`` without its XML declaration, which speaks of bytes that are characters now."""
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


def beginning(text: str) -> str:
    """``text`` from its first element on: without byte order mark, prolog and comments."""
    text = text[:20_000].lstrip("\ufeff\x00")
    at = 0
    while found := _PREAMBLE.match(text, at):
        at = found.end()
    return text[at:]


def is_page(text: str) -> bool:
    """Whether this is a whole HTML page. A feed may have a page's document type."""
    head = beginning(text)
    if doctype := _HTML_DOCTYPE.match(head):
        return root_name(head[doctype.end() :]) not in _FEEDS
    return bool(_PAGE.match(head))


def is_html(text: str) -> bool:
    """Whether this is HTML: a page, or a piece of one."""
    return bool(_HTML.match(beginning(text)))


def is_json(text: str) -> bool:
    """Whether this begins like a JSON object."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def root_name(text: str) -> str | None:
    """The name of an XML document's first element in small letters, without its prefix."""
    found = _ROOT.match(beginning(text))
    return found[1].lower() if found else None

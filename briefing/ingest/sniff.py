"""What a run of bytes is: its characters, and whether they begin like HTML, JSON or OPML."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROLOG = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE
)
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
# What may stand before a document's first element: prolog, comments, other declarations.
_PREAMBLE = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^>\[]*(?:\[.*?\])?\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|title|meta|article|main|div|p)\b", re.IGNORECASE
)
_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([a-zA-Z][\w.-]*)")


def decode(content: bytes, content_type: str | None = None, *, declared: bool = True) -> str:
    """The characters of ``content``; bytes that fit no encoding become U+FFFD.

    In order: a byte order mark, the header's charset, the document's own declaration (unless
    ``declared`` is false: plain text has none), UTF-8, and at last windows-1252, as browsers do
    (WHATWG Encoding Standard).
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    for name in _named(content, content_type, declared):
        try:
            codec = codecs.lookup(name)
            if not getattr(codec, "_is_text_encoding", True):
                continue
            # What calls itself latin-1 on the web is windows-1252.
            name = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A few bad bytes in a UTF-8 document do not make it windows-1252.
        text = content.decode("utf-8", "replace")
        bad = text.count("�")
        good = sum(c > "\x7f" for c in text[: error.start + 20_000]) - bad
        return text if good > bad else content.decode("cp1252", "replace")


def _named(content: bytes, content_type: str | None, declared: bool) -> list[str]:
    names = []
    if found := _PARAMETER.search(content_type or ""):
        names.append(found[1])
    if declared:
        head = content[:4096]
        if in_head := (_PROLOG.search(head) or _META.search(head)):
            names.append(in_head[1].decode("ascii", "replace"))
    return names


def beginning(text: str) -> str:
    """``text`` from its first element on: without byte order mark, prolog and comments."""
    text = text[:20_000].lstrip("\ufeff\x00")
    at = 0
    while found := _PREAMBLE.match(text, at):
        at = found.end()
    return text[at:]


def is_page(text: str) -> bool:
    """Whether this is a whole HTML page."""
    return bool(_PAGE.match(beginning(text)))


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

"""What feedparser's tests expect of a feed, where it is a field that a ParsedFeed has.

Each of its files says in its head comment what Python expression holds of the result, such as
``not bozo and entries[0]['title'] == 'Example'``.
"""

import ast
import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from briefing.ingest import ParsedFeed
from briefing.ingest.dates import usable_time
from briefing.ingest.htmltext import html_line
from briefing.ingest.web_url import web_url
from briefing.text import clean_line

_EXPECT = re.compile(rb"^\s*Expect:\s*(.+)$", re.MULTILINE)
_TYPE = re.compile(rb"^\s*Header:\s*Content-type:\s*(.+)$", re.MULTILINE | re.IGNORECASE)
Path = tuple[str | int, ...]


def content_type(content: bytes) -> str | None:
    """The header with which the file is to be served."""
    found = _TYPE.search(content)
    return found[1].decode("ascii", "replace").strip() if found else None


def expected(content: bytes) -> Iterator[tuple[Path, object]]:
    """Where a value is expected, as keys and numbers, and the value."""
    found = _EXPECT.search(content)
    if not found:
        return
    try:
        tree = ast.parse(found[1].decode("utf-8").strip(), mode="eval")
    except (SyntaxError, ValueError):
        return
    parts = tree.body.values if isinstance(tree.body, ast.BoolOp) else [tree.body]
    for part in parts:
        match part:
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                path = tuple(_keys(left))
                try:
                    yield path, ast.literal_eval(right)
                except ValueError:
                    continue


def _keys(node: ast.expr) -> Iterator[str | int]:
    match node:
        case ast.Name(id=name):
            yield name
        case ast.Subscript(value=value, slice=ast.Constant(value=str() | int() as key)):
            yield from _keys(value)
            yield key


def compared(path: Path, want: object, found: ParsedFeed, url: str) -> tuple[object, object] | None:
    """The expected value in our terms, and ours; None where it is no field that we have."""
    match path, want:
        case ("feed", "title"), str():
            return _titled(want, found.title)
        case ("feed", "link"), str():
            return web_url(want, url), found.site_url
        case ("entries", int() as number, *rest), _ if number < len(found.entries):
            entry = found.entries[number]
        case _:
            return None
    match rest, want:
        case ["title"], str() if clean_line(want):
            return _titled(want, entry.title)
        case ["link"], str():
            return web_url(want, url), entry.url
        case ["id"], str() if clean_line(want):
            return clean_line(want), entry.guid
        case ["updated_parsed"], tuple():
            return _time(want), entry.updated
        case ["published_parsed"], tuple():
            return _time(want), entry.published
        case ["tags", int() as at, "term"], str():
            return clean_line(want), entry.categories[at] if at < len(entry.categories) else None
        case ((["summary" | "description"] | ["content", 0, "value"]), str()) if clean_line(want):
            texts = (html_line(entry.summary_html), html_line(entry.content_html))
            wanted = (html_line(want), clean_line(want))
            return wanted[0], next((wanted[0] for t in texts if t in wanted), " | ".join(texts))
    return None


def _titled(want: str, have: str) -> tuple[str, str]:
    return (have if have in (clean_line(want), html_line(want)) else want), have


def _time(want: tuple[int, ...]) -> datetime | None:
    return usable_time(datetime.fromtimestamp(calendar.timegm((*want, 0)[:9]), UTC))

"""Lines of a batch (``--jsonl``): one article each, checked."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from briefing.ingest.articles import article_from_page, article_from_text
from briefing.ingest.results import BatchError, BatchItem
from briefing.model import Article, BriefingError
from briefing.model.codec import time_from_json
from briefing.text import base_language

_OPTIONAL = ("url", "title", "source", "published", "language")


class _LineError(Exception):
    """What is wrong with a line, in words."""


def parse_batch_line(line: bytes | str, *, language: str | None = None) -> BatchItem | BatchError:
    """The article of one line, or what is wrong with it. Never raises.

    A ``text`` is taken unchanged, control characters too, so that spans count in what was sent;
    an ``html`` goes through ``extract``, and what the line says stands over what the page says.
    ``language`` stands in where the line names none; without it the text tells.
    """
    try:
        item = _object(line)
    except _LineError as wrong:
        return BatchError(None, str(wrong))
    name = item.get("id")
    known = name if isinstance(name, str) and not _broken(name) else None
    try:
        return BatchItem(_article(item, language))
    except _LineError as wrong:
        return BatchError(known, str(wrong))
    except BriefingError as error:
        return BatchError(known, str(error))


def _object(line: bytes | str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise _LineError(f"not UTF-8 at byte {error.start}") from error
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too large"
        raise _LineError(f"not JSON: {reason}") from error
    if not isinstance(value, dict):
        raise _LineError("not a JSON object")
    return value


def _article(item: Mapping[str, Any], language: str | None) -> Article:
    name = _field(item, "id")
    if name is None:
        raise _LineError("no 'id' (a string)")
    text, html = _field(item, "text"), _field(item, "html")
    if text is None and html is None:
        raise _LineError("neither 'text' nor 'html' (a string)")
    fields = {key: _field(item, key) for key in _OPTIONAL}
    published = _published(fields["published"])
    spoken = base_language(fields["language"]) or language
    if text is not None:
        return article_from_text(
            text,
            article_id=name,
            title=fields["title"],
            url=fields["url"],
            source=fields["source"],
            published=published,
            language=spoken,
        )
    from briefing.ingest.extraction import extract

    return article_from_page(
        extract(html or "", fields["url"]),
        fields["url"],
        article_id=name,
        title=fields["title"],
        source=fields["source"],
        published=published,
        language=spoken,
    )


def _field(item: Mapping[str, Any], key: str) -> str | None:
    """A string, or None where there is none. Raises for other types and for lone surrogates."""
    value = item.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _LineError(f"'{key}' is not a string")
    if _broken(value):
        raise _LineError(f"'{key}' holds a lone surrogate, which is no character")
    return value


def _broken(text: str) -> bool:
    """Whether ``text`` cannot be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _published(text: str | None) -> datetime | None:
    try:
        return time_from_json(text)
    except (ValueError, OverflowError) as error:
        raise _LineError("'published' is not a time of RFC 3339") from error

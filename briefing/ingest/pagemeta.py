"""What a page says of itself in its head: JSON-LD (schema.org), Open Graph, plain ``meta``."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from briefing.ingest.dates import usable_time
from briefing.ingest.htmltext import html_to_text
from briefing.text import base_language, clean_line

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
_SECTIONS = (
    "article:section",
    "og:article:section",
    "og:section",
    "articlesection",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "genre",
)
_LABELS = 40
"""Labels of a page that are kept."""
_NODES = 2_000
"""Objects of a page's JSON-LD that are looked at."""
_BOOLEAN = {"false": False, "no": False, "true": True, "yes": True}
_COMMENT = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$|^\s*<!--|-->\s*$")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """A page's own words on itself. ``free`` is None where it does not say.

    ``body``: the text of the article as its JSON-LD gives it (schema.org ``articleBody``).
    ``description``: what it is about, in a sentence or two (``og:description``).

    ``labels``: its sections, its way down from the front page, and its kinds of schema.org.
    """

    title: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    source: str | None
    free: bool | None
    labels: tuple[str, ...] = ()
    canonical: str | None = None
    body: str = ""
    description: str = ""


def page_meta(root: Any) -> PageMeta:
    """What the page with the lxml element ``root`` says of itself."""
    named = _named(root)
    linked = list(_json_ld(root))
    nodes = [node for node in linked if _is_article(node)]
    return PageMeta(
        title=_first(nodes, "headline") or named.get("og:title") or _title(root),
        byline=_authors(nodes) or named.get("article:author_name") or named.get("author"),
        published=_published(nodes, named, root),
        language=base_language(root.get("lang") or named.get("og:locale")),
        source=named.get("og:site_name") or _publisher(nodes) or named.get("application-name"),
        free=_free(nodes),
        labels=_labels(root, nodes, linked),
        canonical=_canonical(root) or named.get("og:url"),
        body=_body(nodes),
        description=named.get("og:description") or named.get("description") or "",
    )


def read_time(text: str) -> datetime | None:
    """The aware UTC time of an ISO 8601 or RFC 5322 string, or None; without a zone it is UTC.

    See ``usable_time`` for what is no date but the zero of a content system.
    """
    value = text.strip()
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return usable_time(moment)


def _named(root: Any) -> dict[str, str]:
    """The ``meta`` elements by their names in small letters, the first of each."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = clean_line(meta.get("content") or "")[:2_000]
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _title(root: Any) -> str | None:
    title = root.find(".//title")
    return clean_line("".join(title.itertext())) or None if title is not None else None


def _canonical(root: Any) -> str | None:
    """The address of ``<link rel=canonical>`` (RFC 6596)."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return clean_line(link.get("href") or "")[:2_000] or None
    return None


def _json_ld(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outermost first; broken scripts are skipped."""
    waiting: list[Any] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                waiting.append(json.loads(_COMMENT.sub("", script.text or ""), strict=False))
            except (ValueError, RecursionError):
                continue
    for _ in range(_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*node[:_NODES], *waiting]
        elif isinstance(node, dict):
            yield node
            waiting += [node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in node]


def _is_article(node: dict[str, Any]) -> bool:
    return any(
        name.endswith(("Article", "Posting", "Report", "WebPage"))
        for name in _strings(node, "@type")
    )


def _strings(node: dict[str, Any], key: str) -> list[str]:
    """The strings of a field that holds one or a list of them, each on a line."""
    value = node.get(key)
    found = value if isinstance(value, list) else [value]
    lines = (clean_line(item) for item in found[:_LABELS] if isinstance(item, str))
    return [line for line in lines if line]


def _labels(
    root: Any, nodes: list[dict[str, Any]], linked: list[dict[str, Any]]
) -> tuple[str, ...]:
    """What the page files itself under, as it says it in any way."""
    found = [
        s
        for node in nodes
        for key in ("articleSection", "genre", "@type")
        for s in _strings(node, key)
    ]
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = clean_line(meta.get("content") or "")
        if name.strip().lower() in _SECTIONS and content:
            found.append(content)
        elif name == "article:opinion" and content == "true":
            found.append("opinion")
    for node in linked:
        if "BreadcrumbList" in _strings(node, "@type"):
            found += _crumbs(node.get("itemListElement"))
    return tuple(dict.fromkeys(label[:200] for label in found))[:_LABELS]


def _crumbs(steps: object) -> list[str]:
    """The names of the steps from the front page to here."""
    listed = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    inner = [step if "name" in step else step.get("item") for step in listed[:_LABELS]]
    return [name for step in inner if isinstance(step, dict) for name in _strings(step, "name")]


def _first(nodes: list[dict[str, Any]], key: str) -> str | None:
    for node in nodes:
        value = node.get(key)
        if isinstance(value, str) and (line := clean_line(value)):
            return line
    return None


def _names(value: object) -> list[str]:
    """The names in an author or publisher field: a string, an object, or a list of them."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, str):
        return [line] if (line := clean_line(value)) else []
    if isinstance(value, list):
        return [name for item in value[:20] if not isinstance(item, list) for name in _names(item)]
    return []


def _authors(nodes: list[dict[str, Any]]) -> str | None:
    for node in nodes:
        if names := _names(node.get("author")):
            return ", ".join(dict.fromkeys(names))[:500]
    return None


def _publisher(nodes: list[dict[str, Any]]) -> str | None:
    return next((n[0] for node in nodes if (n := _names(node.get("publisher")))), None)


def _body(nodes: list[dict[str, Any]]) -> str:
    """The longest ``articleBody``, one that has markup or none."""
    bodies = (node.get("articleBody") for node in nodes)
    longest = max((b for b in bodies if isinstance(b, str)), key=len, default="")
    return html_to_text(longest, None)[0]


def _published(nodes: list[dict[str, Any]], named: dict[str, str], root: Any) -> datetime | None:
    given = [*(_first([n], "datePublished") for n in nodes), *(named.get(name) for name in _DATES)]
    given += [t.get("datetime") for t in root.xpath("//article//time[@datetime]")[:1]]
    return next((moment for text in given if text and (moment := read_time(text))), None)


def _free(nodes: list[dict[str, Any]]) -> bool | None:
    """``isAccessibleForFree``, of the article itself: a boolean, or its English word."""
    for node in nodes:
        value = node.get("isAccessibleForFree")
        if isinstance(value, str):
            value = _BOOLEAN.get(value.rsplit("/", 1)[-1].strip().lower())
        if isinstance(value, bool):
            return value
    return None

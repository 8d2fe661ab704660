"""An entry's own text, and whether it is all there is."""

from briefing.ingest.htmltext import HtmlText, read_html
from briefing.ingest.phrases import phrases
from briefing.model import Entry, Link
from briefing.text.clean import folded

SUMMARY_WORDS = 120
"""Under so many words a text is taken as a summary: few articles are shorter."""
_UNMARKED_WORDS = 250
"""The same for a text that the feed itself gives as a summary, not as content."""


def entry_text(entry: Entry) -> tuple[str, tuple[Link, ...]]:
    """The fullest text that the feed gives for ``entry``, and its links."""
    found = entry_html_text(entry)
    return found.text, found.links


def entry_html_text(entry: Entry) -> HtmlText:
    """The fullest text that the feed gives for ``entry``, with its links and blocks."""
    longest = HtmlText("")
    for source in (entry.content_html, entry.summary_html):
        if source:
            converted = read_html(source, entry.url)
            if len(converted.text) > len(longest.text) or longest == HtmlText(""):
                longest = converted
    return longest


def needs_page(entry: Entry, text: str) -> bool:
    """Whether ``text``, what the feed gives for ``entry``, is only a summary of the page.

    It is when it is short, or ends as something that goes on ("…", "Read more"). An entry without
    an address has no page, nor has one whose only address is what it encloses.
    """
    if entry.url is None or any(entry.url == each.url for each in entry.enclosures):
        return False
    words = len(text.split())
    if words < (SUMMARY_WORDS if entry.content_html else _UNMARKED_WORDS):
        return True
    last = folded(text[-200:].rsplit("\n", 1)[-1]).rstrip("»›> ")
    return any(last.endswith(mark) for mark in phrases().truncated)

"""An edition or a digest for other eyes: text, Markdown, HTML and JSON.

Strings in, strings out; who writes them where is the caller's business. What comes out has no
control characters but newlines (JSON keeps a text's own, escaped).
"""

from datetime import datetime, tzinfo

from briefing.model import Digest, Edition, UsageError

__all__ = ["DIGEST_FORMATS", "EDITION_FORMATS", "render_digest", "render_edition"]

EDITION_FORMATS: tuple[str, ...] = ("text", "markdown", "html", "json")
DIGEST_FORMATS: tuple[str, ...] = ("text", "markdown", "json")


def render_edition(
    edition: Edition,
    format: str,  # noqa: A002  the contract's own word
    *,
    width: int = 80,
    zone: tzinfo | None = None,
    generated: datetime | None = None,
    sections: bool = False,
) -> str:
    """The edition in one of ``EDITION_FORMATS``, ending in a newline.

    ``width`` counts terminal cells and matters to text only. Times are shown in ``zone``, the
    system's where None; in JSON they are UTC. ``generated`` is the end of the window where None.
    With ``sections`` the stories above the line are grouped by category, but in JSON.
    Raises UsageError for an unknown format.
    """
    if format == "json":
        from briefing.export.formats.json import edition_to_json

        return _dump(edition_to_json(edition, generated or edition.window.until))
    _check(format, EDITION_FORMATS)
    from briefing.export.rendering import edition_view

    sheet = edition_view(edition, zone, sections=sections)
    if format == "markdown":
        from briefing.export.formats import markdown

        return markdown.edition(sheet)
    if format == "html":
        from briefing.export.formats import html

        return html.edition(sheet)
    from briefing.export.formats import text

    return text.edition(sheet, _measure(width))


def render_digest(
    digest: Digest,
    format: str,  # noqa: A002
    *,
    width: int = 80,
    zone: tzinfo | None = None,
) -> str:
    """The digest in one of ``DIGEST_FORMATS``, ending in a newline; otherwise as for an edition."""
    if format == "json":
        from briefing.model.codec import digest_to_json

        return _dump(digest_to_json(digest))
    _check(format, DIGEST_FORMATS)
    from briefing.export.rendering import digest_view

    told = digest_view(digest, zone)
    if format == "markdown":
        from briefing.export.formats import markdown

        return markdown.digest(told)
    from briefing.export.formats import text

    return text.digest(told, _measure(width))


def _measure(width: int) -> int:
    """A line that can be read: never under 30 cells, never over 100."""
    return max(30, min(width, 100))


def _check(wanted: str, known: tuple[str, ...]) -> None:
    if wanted not in known:
        raise UsageError(f"there is no format '{wanted}'", "", f"Use one of: {', '.join(known)}.")


def _dump(value: object) -> str:
    from briefing.export.json_text import json_text

    return json_text(value, indent=2) + "\n"

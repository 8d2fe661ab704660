"""Printing by a format's name, as text that can be read."""

from datetime import tzinfo

from briefing.export import ExportOptions, digest_exporter_named, exporter_named
from briefing.model import Digest, Edition


def render_edition(
    edition: Edition,
    name: str,
    *,
    width: int = 80,
    zone: tzinfo | None = None,
    sections: bool = False,
) -> str:
    """The edition in the format of this name."""
    options = ExportOptions(width=width, zone=zone, sections=sections)
    return exporter_named(name).render_edition(edition, options).decode("utf-8")


def render_digest(digest: Digest, name: str, *, zone: tzinfo | None = None) -> str:
    """The digest in the format of this name."""
    return digest_exporter_named(name).render_digest(digest, ExportOptions(zone=zone)).decode()

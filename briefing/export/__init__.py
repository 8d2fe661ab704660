"""An edition or a digest for other eyes: text, Markdown, HTML, JSON, and what else is registered.

Values in, bytes out; who writes them where is the caller's business. ``EXPORTERS`` is the table of
formats, ``Exporter`` what one must offer, ``rendered_edition`` the cleaned values to make it from.

Names are imported when they are first used: what only breaks lines does not pay for every format.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names

if TYPE_CHECKING:
    from briefing.export.exporter import (
        DigestExporter,
        Exporter,
        ExportOptions,
        StoryExporter,
        is_text,
    )
    from briefing.export.registry import (
        EXPORTERS,
        digest_exporter_named,
        digest_formats,
        edition_formats,
        exporter_named,
    )
    from briefing.export.rendering import rendered_digest, rendered_edition

__all__ = [
    "EXPORTERS",
    "DigestExporter",
    "ExportOptions",
    "Exporter",
    "StoryExporter",
    "digest_exporter_named",
    "digest_formats",
    "edition_formats",
    "exporter_named",
    "is_text",
    "rendered_digest",
    "rendered_edition",
]

_HOMES = {
    "exporter": ("DigestExporter", "ExportOptions", "Exporter", "StoryExporter", "is_text"),
    "registry": (
        "EXPORTERS",
        "digest_exporter_named",
        "digest_formats",
        "edition_formats",
        "exporter_named",
    ),
    "rendering": ("rendered_digest", "rendered_edition"),
}
__getattr__ = lazy_names(__name__, _HOMES)

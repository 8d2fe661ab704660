"""An edition as JSON Lines: a story a line, for programs that read one after the other."""

from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.formats.json import story_to_json
from briefing.export.json_text import json_text
from briefing.model import Edition


class JsonLinesExporter:
    """JSON Lines (https://jsonlines.org)."""

    name = "jsonl"
    media_type = "application/x-ndjson"
    suffix = ".jsonl"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """Each line is a story as in the JSON of an edition; no line for an empty one."""
        stories = (story_to_json(story, options.tags) for story in edition.stories)
        return as_bytes("".join(f"{json_text(story)}\n" for story in stories))

"""What a note says of itself to programs: YAML between two lines of dashes, one value a line.

The values are JSON on one line, which YAML 1.2 reads as its own (chapter 10.2, JSON schema).
"""

import re
from collections.abc import Iterator, Mapping

from briefing.export.captions import edition_heading
from briefing.export.exporter import ExportOptions
from briefing.export.identity import document_tag, story_tag
from briefing.export.json_text import json_text
from briefing.export.ownership import unsigned_mark
from briefing.export.rendered import RenderedEdition, RenderedStory
from briefing.model.codec import time_to_json
from briefing.wording import caveat_name

_NOT_IN_YAML = re.compile("[\ufffe\uffff]")  # no printable character of YAML (5.1)
# What would be markup to a program that takes front matter for a paragraph.
_MARKUP = {"<": "\\u003c", "](": "]\\u0028"}


def edition_front_matter(edition: RenderedEdition, options: ExportOptions) -> tuple[str, ...]:
    """Of many stories in one file."""
    return tuple(
        _lines(
            {
                "title": edition_heading(edition, options.zone),
                "id": document_tag(options.name),
                "generated": time_to_json(options.generated or edition.window.until),
                "since": time_to_json(edition.window.since),
                "stories": [story_tag(s.id) for s in edition.stories],
            }
        )
    )


def story_front_matter(story: RenderedStory, options: ExportOptions) -> tuple[str, ...]:
    """Of one story; its first line has the mark of the file, not signed yet."""
    sources = story.content.sources
    tags = (options.tags or {}).get(story.id, ())
    return tuple(
        _lines(
            {
                "briefing": unsigned_mark(story.id),
                "title": story.title,
                "id": story_tag(story.id),
                "published": time_to_json(story.published),
                "updated": time_to_json(story.latest),
                "sources": list(dict.fromkeys(s.outlet for s in sources)),
                "urls": [s.url for s in sources if s.url],
                "tags": ["-".join(tag.name.split()) for tag in tags],
                "category": story.category,
                "caveats": [caveat_name(b.caveat) for b in story.content.bullets if b.marked],
            }
        )
    )


def _lines(values: Mapping[str, object]) -> Iterator[str]:
    yield "---"
    for name, value in values.items():
        text = _NOT_IN_YAML.sub("", json_text(value))
        for markup, escaped in _MARKUP.items():
            text = text.replace(markup, escaped)
        yield f"{name}: {text}"
    yield from ("---", "")

"""Names of what is exported that stay the same from one export to the next (RFC 4151, ``tag:``).

A feed reader, a library of books and a folder of notes know by them that they have seen a story
before. They are unique within a store, whose identifiers are in them.
"""

from urllib.parse import quote

_AUTHORITY = "tag:briefing.example,2026:"


def story_tag(story_id: str) -> str:
    """The name of a story: ``tag:briefing.example,2026:story/17``."""
    return f"{_AUTHORITY}story/{quote(story_id, safe='')}"


def document_tag(name: str) -> str:
    """The name of a whole export, which is an edition's where ``name`` is empty."""
    return f"{_AUTHORITY}{quote(name or 'edition', safe='/')}"

"""The fields of feedparser's entries and feeds, whatever a document put there."""

from collections.abc import Mapping
from typing import Any


def value_of(item: Mapping[str, Any], key: str) -> Any:
    """What the document says, or None; feedparser's own mapping puts other fields in place of
    some.
    """
    return dict.get(item, key) if isinstance(item, dict) else None


def text_in(value: object) -> str:
    """``value`` where it is text, else nothing."""
    return value if isinstance(value, str) else ""


def objects_of(item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The mappings in a list of the document's, such as its links, without what else is in it."""
    values = value_of(item, key)
    return [v for v in values if isinstance(v, Mapping)] if isinstance(values, list) else []

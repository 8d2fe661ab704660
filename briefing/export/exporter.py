"""What a format must offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol, runtime_checkable

from briefing.model import Digest, Edition, Section, Story
from briefing.model.tags import Tag


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How something is printed; each format takes what concerns it.

    width: of a line in terminal cells. zone: of the times for people, the system's where None.
    generated: when it was made, the end of the edition's window where None. sections: the stories
    above the line are grouped by category. groups: headings, and the identifiers of the stories
    that stand under each, before all others. tags: of each story, by its identifier; None where
    they are not known. narrow: text for a braille display of ``width`` cells: no line is longer,
    none is indented by more than two cells, nothing stands in columns.

    name: what is exported, the same from one export to the next (``edition``, ``search/bridge``);
    empty where it is printed and needs no identity. title: of what is no edition of a time. texts:
    of articles, by their identifiers, from which evidence is quoted. sender, recipients: of a mail.
    """

    width: int = 80
    zone: tzinfo | None = None
    generated: datetime | None = None
    sections: bool = False
    groups: tuple[Section, ...] = ()
    tags: Mapping[str, Sequence[Tag]] | None = None
    narrow: bool = False
    name: str = ""
    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""
    recipients: tuple[str, ...] = ()


class Exporter(Protocol):
    """A format in which an edition can leave the program.

    What it makes carries no control characters but newlines (JSON keeps a text's own, escaped),
    and text is UTF-8 that ends in a newline.
    """

    @property
    def name(self) -> str:
        """The value of ``--format``."""

    @property
    def media_type(self) -> str:
        """As of RFC 6838: ``text/html``."""

    @property
    def suffix(self) -> str:
        """Of its files, with the dot."""

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """The edition as a whole file."""


@runtime_checkable
class DigestExporter(Exporter, Protocol):
    """A format for a single digest, too."""

    def render_digest(self, digest: Digest, options: ExportOptions) -> bytes:
        """The digest as a whole file."""


@runtime_checkable
class StoryExporter(Exporter, Protocol):
    """A format in which a story can stand alone."""

    @property
    def is_marked(self) -> bool:
        """Whether a story's file carries the mark by which it is known again (``ownership``)."""

    def render_story(self, story: Story, options: ExportOptions) -> bytes:
        """The story as a whole file."""


def is_text(exporter: Exporter) -> bool:
    """Whether what the format makes can be shown on a terminal: UTF-8 text."""
    kind = exporter.media_type
    return kind.startswith("text/") or kind.endswith(("json", "xml", "rfc822"))


def as_bytes(text: str) -> bytes:
    """UTF-8; a lone surrogate, which has none, becomes a question mark."""
    return text.encode("utf-8", "replace")

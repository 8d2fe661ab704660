"""The table of formats. A new one is a module of ``briefing.export.formats`` and a line here."""

from briefing.export.exporter import DigestExporter, Exporter
from briefing.export.formats.atom import AtomExporter
from briefing.export.formats.epub import EpubExporter
from briefing.export.formats.html import HtmlExporter
from briefing.export.formats.json import JsonExporter
from briefing.export.formats.json_lines import JsonLinesExporter
from briefing.export.formats.mail import MailExporter
from briefing.export.formats.markdown import MarkdownExporter
from briefing.export.formats.text import TextExporter
from briefing.model import UsageError

_FORMATS: tuple[Exporter, ...] = (
    TextExporter(),
    MarkdownExporter(),
    HtmlExporter(),
    EpubExporter(),
    AtomExporter(),
    JsonExporter(),
    JsonLinesExporter(),
    MailExporter(),
)
EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _FORMATS}
"""The formats by name, in the order of the help."""


def edition_formats() -> tuple[str, ...]:
    """The names of the formats of an edition."""
    return tuple(EXPORTERS)


def digest_formats() -> tuple[str, ...]:
    """The names of the formats of a digest."""
    return tuple(n for n, exporter in EXPORTERS.items() if isinstance(exporter, DigestExporter))


def exporter_named(name: str) -> Exporter:
    """The format of an edition so named. Raises UsageError where there is none."""
    exporter = EXPORTERS.get(name)
    if exporter is None:
        raise _unknown(name, edition_formats())
    return exporter


def digest_exporter_named(name: str) -> DigestExporter:
    """The format of a digest so named. Raises UsageError where there is none."""
    exporter = EXPORTERS.get(name)
    if not isinstance(exporter, DigestExporter):
        raise _unknown(name, digest_formats())
    return exporter


def _unknown(name: str, known: tuple[str, ...]) -> UsageError:
    return UsageError(f"there is no format '{name}'", "", f"Use one of: {', '.join(known)}.")

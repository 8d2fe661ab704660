"""Briefing: a news briefing reader for the terminal, and the library that it is made of.

What is named in ``__all__`` is the public interface: it keeps its meaning within a major version.
``docs/api.md`` shows it in use. Everything is imported at its first use: ``import briefing`` itself
costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config import Settings as Settings
    from briefing.config import load_settings as load_settings
    from briefing.digest import digest_article as digest_article
    from briefing.editions import edition_window as edition_window
    from briefing.editions import read_article as read_article
    from briefing.editions import read_edition as read_edition
    from briefing.editions import read_story as read_story
    from briefing.editions import search as search
    from briefing.export import EXPORTERS as EXPORTERS
    from briefing.export import ExportOptions as ExportOptions
    from briefing.ingest import document_from_text as document_from_text
    from briefing.model import Article as Article
    from briefing.model import ArticleFilter as ArticleFilter
    from briefing.model import BriefingError as BriefingError
    from briefing.model import Digest as Digest
    from briefing.model import Edition as Edition
    from briefing.model import Story as Story
    from briefing.model.version import __version__ as __version__
    from briefing.store import Store as Store

# What the type checker reads above, for the interpreter; a test holds the two equal.
_HOMES = {
    "config": ("Settings", "load_settings"),
    "digest": ("digest_article",),
    "editions": ("edition_window", "read_article", "read_edition", "read_story", "search"),
    "export": ("EXPORTERS", "ExportOptions"),
    "ingest": ("document_from_text",),
    "model": ("Article", "ArticleFilter", "BriefingError", "Digest", "Edition", "Story"),
    "model.version": ("__version__",),
    "store": ("Store",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - one table instead of two


def __getattr__(name: str) -> object:
    """Import ``name`` from its package (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"briefing.{home}"), name)
    return value

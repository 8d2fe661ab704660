"""What every command is given."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.output import Output
from briefing.config import Settings, load_settings
from briefing.model import BriefingError, Feed

if TYPE_CHECKING:
    from briefing.store import Store

NO_FEEDS = "No feeds yet. Add one with `briefing feeds add ADDRESS`."


@dataclass(frozen=True)
class Context:
    """The output, the moment the command began, and the settings, read when first asked for."""

    out: Output
    now: datetime
    ignore_config: bool = False

    @classmethod
    def of_process(cls, *, ignore_config: bool = False) -> "Context":
        """The context of this process, now."""
        return cls(Output.of_process(), datetime.now(UTC), ignore_config)

    @cached_property
    def settings(self) -> Settings:
        """The settings. Raises ConfigError."""
        return load_settings(ignore=self.ignore_config)

    def store(self) -> "Store":
        """The user's store, made where there is none. Raises StoreError, also where it cannot be
        written.
        """
        from briefing.store import Store

        return Store.open(self.settings.store_path)

    def store_to_read(self) -> "Store":
        """The user's store, made where there is none; one that cannot be written is only read.
        Raises StoreError.
        """
        from briefing.store import Store, unwritable

        path: Path = self.settings.store_path
        return Store.open(path, read_only=unwritable(path) is not None)

    def reading_store(self) -> "Store | None":
        """The user's store for reading only, or None where there is none yet. Raises StoreError."""
        from briefing.store import Store

        path: Path = self.settings.store_path
        return Store.open(path, read_only=True) if path.exists() else None


def feed_named(store: "Store", name: str) -> Feed:
    """The one feed of this title or address. Raises BriefingError with the nearest titles."""
    feed = store.find_feed(name)
    if feed is not None:
        return feed
    import difflib

    titles = [f.display_name for f in store.feeds()]
    similar = difflib.get_close_matches(name, titles, n=3, cutoff=0.5)
    similar += [t for t in titles if name.casefold() in t.casefold() and t not in similar][:3]
    mend = f"Did you mean {' or '.join(repr(t) for t in similar)}?" if similar else ""
    raise BriefingError(
        f"no single feed has '{name}' as its title or address",
        "feeds",
        mend or "`briefing feeds list` shows them.",
    )

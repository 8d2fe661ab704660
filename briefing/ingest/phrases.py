"""The word lists of ``phrases.toml``, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.text.clean import folded


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words that say something about a page rather than the news, folded for comparing."""

    paywall: tuple[str, ...]
    truncated: tuple[str, ...]
    notes: tuple[str, ...]
    note_starts: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """The packaged lists."""
    table = tomllib.loads(files(__package__).joinpath("phrases.toml").read_text("utf-8"))
    return Phrases(
        **{name: tuple(folded(word) for word in table[name]) for name in Phrases.__slots__}
    )

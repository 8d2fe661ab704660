"""The numbers that were set by reason, not learned: ``weights/reasoned.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def load_reasoned(table: str = "caveat") -> Mapping[str, float]:
    """A table of ``weights/reasoned.toml``: ``caveat`` or ``choice``."""
    file = resources.files("briefing.digest") / "weights" / "reasoned.toml"
    numbers: Mapping[str, float] = tomllib.loads(file.read_text(encoding="utf-8"))[table]
    return numbers

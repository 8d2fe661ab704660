"""The numbers that were set by reason, not learned: ``weights/parameters.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def load_parameters(table: str = "caveat") -> Mapping[str, float]:
    """A table of ``weights/parameters.toml``: ``caveat`` or ``choice``."""
    file = resources.files("briefing.digest") / "weights" / "parameters.toml"
    numbers: Mapping[str, float] = tomllib.loads(file.read_text(encoding="utf-8"))[table]
    return numbers

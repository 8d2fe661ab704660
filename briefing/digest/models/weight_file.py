"""The files of ``weights/``: a line a weight, ``name<TAB>weight``, or a weight for each column.

They are made by the ``tools/train_*.py``; nobody edits them by hand. Lines that begin with ``#``
are notes. Names with a leading ``@`` are of the model itself: its bias, its thresholds, and in the
models of sentences the features, where the other names are those of n-grams.
"""

from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

_MARK = "@"


class WeightRow(NamedTuple):
    """A line of a weights' file. marked: its name had a leading ``@``, which is cut off."""

    name: str
    marked: bool
    weights: tuple[str, ...]

    @property
    def weight(self) -> float:
        """The only weight of a row."""
        (weight,) = self.weights
        return float(weight)


def packaged_weights(name: str) -> str:
    """The text of ``weights/NAME.tsv``."""
    file = resources.files("briefing.digest") / "weights" / f"{name}.tsv"
    return file.read_text(encoding="utf-8")


def read_rows(text: str) -> Iterator[WeightRow]:
    """The lines of a weights' file; in one of several columns the first row names these."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *weights = line.split("\t")
            marked = name.startswith(_MARK)
            yield WeightRow(name[len(_MARK) :] if marked else name, marked, tuple(weights))

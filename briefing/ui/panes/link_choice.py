"""Choosing a link by its number or by a hint letter, key by key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

HINT_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters of hints, the easiest to reach first."""


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A choice that has begun. names: what may be typed, each with the number of its link.

    typed: so far. state: whether more is needed, one link is meant, or none can be.
    """

    names: Mapping[str, int]
    kind: Literal["number", "hint"]
    typed: str = ""

    @classmethod
    def by_number(cls, links: int) -> "LinkChoice":
        """Of so many links, by their numbers from 1."""
        return cls({str(number): number for number in range(1, links + 1)}, "number")

    @classmethod
    def by_hint(cls, labels: Iterable[str]) -> "LinkChoice":
        """Of the links with these labels (``[3]``), by a letter each; those beyond the letters
        have none."""
        numbers = dict.fromkeys(int(label[1:-1]) for label in labels)
        return cls(dict(zip(HINT_LETTERS, numbers, strict=False)), "hint")

    @property
    def hints(self) -> dict[str, str]:
        """What is shown in place of each label."""
        return {f"[{n}]": f"[{name}]" for name, n in self.names.items() if self.kind == "hint"}

    def with_key(self, character: str) -> "LinkChoice":
        """The choice after one more character."""
        return replace(self, typed=self.typed + character)

    @property
    def is_possible(self) -> bool:
        """Whether what was typed begins the name of any link."""
        return any(name.startswith(self.typed) for name in self.names)

    @property
    def chosen(self) -> int | None:
        """The number of the link that was named in full, whether or not more could follow."""
        return self.names.get(self.typed)

    @property
    def is_decided(self) -> bool:
        """Whether one link is meant, and no other can be."""
        longer = (n for n in self.names if n != self.typed and n.startswith(self.typed))
        return self.chosen is not None and next(longer, None) is None

    @property
    def words(self) -> str:
        """What is to be typed, for the foot of the pane."""
        if self.kind == "hint":
            return "a letter opens its link · esc"
        return f"open link #{self.typed}_ of {len(self.names)} · esc"

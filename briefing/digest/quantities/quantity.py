"""A number as it was read."""

from dataclasses import dataclass

from briefing.model import Bound, Change, Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as read. ``span`` includes bound and unit; ``core`` begins at the number itself.

    spelled: written in words. joined: tied to the next word by a hyphen ("12-hour", "30-member").
    """

    span: Span
    core: Span
    value: float
    value_to: float | None = None
    unit: str = ""
    bound: Bound = ""
    change: Change | None = None
    spelled: bool = False
    joined: bool = False
    fraction: bool = False
    scale: float = 1.0  # the magnitude word that was read with it

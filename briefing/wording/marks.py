"""The word and the sign of a caveat's mark, the same wherever one is shown."""

from briefing.model import CaveatKind, Cue

_UNNAMED = "caveat"
UNNAMED_SIGN = "△"
SIGN = "!"
LIGHT_SIGN = "·"  # of a caveat of weight 1


def caveat_name(kind: CaveatKind | None) -> str:
    """The kind of a caveat as a word, "caveat" where it is not sure."""
    return _UNNAMED if kind is None else kind.value


def caveat_sign(kind: CaveatKind | None, weight: int = 2) -> str:
    """The sign that stands before a caveat, by whether its kind is named and by its weight."""
    if kind is None:
        return UNNAMED_SIGN
    return LIGHT_SIGN if weight < 2 else SIGN


def mark_line(mark: Cue, marked_from: float | None) -> str:
    """``weight 2, by 'denied', probability .81 (a mark from .70 on)``: what is known of a caveat.

    marked_from: the probability from which on its judge marks a bullet.
    """
    parts = [f"weight {mark.weight}"]
    if mark.cue:
        parts.append(f"by '{mark.cue}'")
    if mark.probability is not None:
        needed = f" (a mark from {_share(marked_from)} on)" if marked_from is not None else ""
        parts.append(f"probability {_share(mark.probability)}{needed}")
    return ", ".join(parts)


def _share(probability: float) -> str:
    return f"{probability:.2f}".removeprefix("0")

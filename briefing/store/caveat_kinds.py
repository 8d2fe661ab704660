"""The caveats of a brief as the line of its story in a list has them."""

from collections.abc import Sequence

from briefing.model import Brief, CaveatKind, StoryBullet

_UNNAMED = "caveat"
_KINDS = {kind.value: kind for kind in CaveatKind}


def marked_bullets(brief: Brief) -> list[StoryBullet]:
    """The bullets with a caveat, weightiest first. A line of the list has no room to say who
    argues: there a caveat is a report's, unless all of the brief is opinion."""
    marked = [
        line
        for line in brief.bullets
        if line.bullet.caveat is not None and (brief.opinion or not line.argued)
    ]
    return sorted(marked, key=_weight, reverse=True)


def _weight(line: StoryBullet) -> int:
    return line.bullet.caveat.weight if line.bullet.caveat else 0


def kinds_to_text(marked: Sequence[StoryBullet]) -> str:
    """The kinds of these caveats, each once, for a column."""
    kinds = (line.bullet.caveat.kind for line in marked if line.bullet.caveat)
    return " ".join(dict.fromkeys(kind.value if kind else _UNNAMED for kind in kinds))


def kinds_from_text(text: str) -> tuple[CaveatKind | None, ...]:
    """The inverse of ``kinds_to_text``; None for a kind that is not sure, or a newer program's."""
    return tuple(dict.fromkeys(map(_KINDS.get, text.split())))

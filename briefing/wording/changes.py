"""What changed in a story since the reader last looked, a line each."""

import re
from collections import Counter

from briefing.model import (
    ArticleRevised,
    BulletAdded,
    FigureChanged,
    OutletsJoined,
    Reported,
    Revision,
    StoryChange,
)
from briefing.wording.counts import format_count
from briefing.wording.disagreements import sign

_NAMED_OUTLETS = 3
_NAMED_NUMBERS = 3
_LAST_WORDS = re.compile(r"(?<=\d)\s\D+\Z")


def change_line(change: StoryChange) -> str:
    """A change in a line, not yet cleaned for a terminal."""
    match change:
        case OutletsJoined():
            return joined_line(change)
        case FigureChanged():
            return _figure_line(change)
        case BulletAdded(line=line):
            return line.bullet.named
        case ArticleRevised(source=source, revision=revision):
            how = "silently changed" if revision.silent else "corrected or updated"
            return f"{source} {how} its article: {revision_line(revision)}"


def joined_line(joined: OutletsJoined) -> str:
    """``4 more sources: Coast Courier, Elm Gazette, Fell Beacon``; more than three are counted."""
    count = format_count(len(joined.outlets), "more source")
    return f"{count}: {', '.join(joined.outlets[:_NAMED_OUTLETS])}"


def _figure_line(change: FigureChanged) -> str:
    """``weeks of repair 8 → 12``; ``≠`` where the two stand against each other."""
    before, after = _inside(change.before), _inside(change.after)
    unit = _LAST_WORDS.search(after)
    if unit and before.endswith(unit.group()):
        before = before.removesuffix(unit.group())
    return f"{change.disagreement.counts} {before} {sign(change.disagreement)} {after}"


def _inside(reported: Reported) -> str:
    """A surface as it stands inside a line: no capital because a sentence began with it."""
    surface = reported.surface
    return surface[0].lower() + surface[1:] if surface[1:2].islower() else surface


def revision_line(revision: Revision) -> str:
    """A revision in a line: ``headline, 2 sentences reworded, 1 removed; 12 → 15``."""
    kinds = Counter(change.kind for change in revision.changes)
    parts = ["headline"] if revision.headline else []
    for kind in ("reworded", "added", "removed"):
        if count := kinds[kind]:
            first = not parts or parts == ["headline"]
            noun = f" {'sentence' if count == 1 else 'sentences'}" if first else ""
            parts.append(f"{count:,}{noun} {kind}")
    numbers = [f"{old} → {new}" for c in revision.changes for old, new in c.numbers]
    further = len(numbers) - _NAMED_NUMBERS
    more = f" and {further} more" if further > 0 else ""
    named = f"; {', '.join(numbers[:_NAMED_NUMBERS])}{more}" if numbers else ""
    return ", ".join(parts) + named

"""What the reader wrote beside a story, as the last lines of its brief."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.text import Text

from briefing.model.rules import RuleEffect
from briefing.model.tags import Note, Tag
from briefing.text.clean import clean_line
from briefing.ui.formatting import format_time
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item

NOTE_SIGN = "✎"


def written_items(
    tags: Sequence[Tag],
    notes: Iterable[Note],
    hidden: Iterable[str],
    styles: ThemeStyles,
    now: datetime,
) -> list[Item]:
    """The notes with their dates, the tags, and the outlets that are hidden: dim, a line each."""
    items = []
    for note in notes:
        text = styled(f"{NOTE_SIGN} ", style=styles.accent)
        lines = "\n".join(clean_line(line) for line in note.text.split("\n"))
        text.append(lines, style=styles.muted)
        text.append(f"  {format_time(note.made_at, now)}", style=styles.muted)
        items.append(Item(text, hang=2))
    if tags:
        items.append(Item(styled(tag_words(tags), style=styles.muted), hang=2))
    names = sorted(hidden, key=str.casefold)
    if names:
        words = f"Hidden here: {', '.join(map(clean_line, names))}"
        items.append(Item(styled(words, style=styles.muted), hang=2))
    return [Item(Text()), *items] if items else []


def tag_words(tags: Sequence[Tag]) -> str:
    """``#later #boats (by a rule)``."""
    return " ".join(f"#{clean_line(t.name)}{' (by a rule)' if t.by_rule else ''}" for t in tags)


_DOES = {
    "mute": "mutes it",
    "read": "marks it as read",
    "star": "stars it",
    "notify": "is to tell of it",
}


def rule_words(effects: Iterable[RuleEffect]) -> tuple[str, ...]:
    """What rules do with a story: ``your rule “no ferries” mutes it``, one line each."""
    lines = []
    for effect in effects:
        kind, _, value = effect.action.partition(":")
        match kind:
            case "tag":
                does = f"tags it #{clean_line(value)}"
            case "boost":
                does = f"ranks it as {value} times the weight"
            case "hook":
                does = f"is to run {clean_line(value)} for it"
            case _:
                does = _DOES.get(kind) or f"{clean_line(kind)} it"
        lines.append(f"your rule “{clean_line(effect.rule)}” {does}")
    return tuple(lines)


def muted_words(stories: int, rules: int) -> str:
    """``7 muted (2 rules)``."""
    return f"{stories} muted ({rules} rule{'' if rules == 1 else 's'})"

"""What was changed in an article since it was first fetched: the old wordings among its sentences,
and which words of them went and which of the new ones came."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache

from rich.style import Style

from briefing.model import Revision, SentenceChange, Span
from briefing.text import clean_line
from briefing.ui.formatting import format_time
from briefing.ui.panes.article_text import Inline
from briefing.ui.targets import OldWordings
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import revision_line

CHANGED = "~"
"""In the margin: the sentence is not what it was when the article was first fetched."""

# As HTML's <ins> and <del> are drawn: they need no colour, and the new words stay the text.
CAME = Style(underline=True)
WENT = Style(strike=True)

_WORD = re.compile(r"\w+(?:[.,:'’-]\w+)*|[^\w\s]")
_COMPARED = 150  # words of a sentence; a longer one counts as changed throughout
_MOST = 100  # changes whose words are compared: of more, the text is another one


@lru_cache(maxsize=2 * _MOST)
def word_changes(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Which stretches of the first wording are not in the second, and of the second not in the
    first. Of wordings of more than some hundred words all of both.
    """
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    if max(len(old), len(new)) > _COMPARED:
        return _all_of(before), _all_of(after)
    matcher = SequenceMatcher(None, [m.group() for m in old], [m.group() for m in new], False)
    others = [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    return (
        tuple(Span(old[a].start(), old[b - 1].end()) for a, b, _, _ in others if a < b),
        tuple(Span(new[c].start(), new[d - 1].end()) for _, _, c, d in others if c < d),
    )


def _all_of(text: str) -> tuple[Span, ...]:
    return (Span(0, len(text)),) if text else ()


def new_words(changes: Sequence[SentenceChange]) -> tuple[Inline, ...]:
    """The words that came, where they stand in the article's text."""
    return tuple(
        Inline(Span(within.start + span.start, within.start + span.end), CAME)
        for change in changes[:_MOST]
        if (within := change.after_span) is not None
        for span in word_changes(change.before, change.after)[1]
    )


def old_lines(changes: Sequence[SentenceChange], styles: ThemeStyles) -> Iterator[tuple[int, Item]]:
    """What stood there, each with the place in the text that it comes before."""
    for number, change in enumerate(changes):
        if change.kind == "reworded" and change.after_span is not None:
            went = word_changes(change.before, change.after)[0] if number < _MOST else ()
            yield change.after_span.end, _old(change.before, "was", styles, went)
        elif change.kind == "removed":
            yield change.at, _old(change.before, "removed", styles)


def changed_line(revision: Revision, styles: ThemeStyles, now: datetime, unfolded: bool) -> Item:
    """What was changed, between when and when, and whether the article says so. ``unfolded``: the
    old wordings are shown. ``now``: local time."""
    how = "" if revision.silent else " (the article says so)"
    first, last = (
        format_time(at, now) for at in (revision.first.fetched_at, revision.first.changed_at)
    )
    seen = f", seen {last}" if last != first else ""
    line = f"{CHANGED} Changed since first fetched, {first}{seen}{how}: {revision_line(revision)}"
    hint = "hide the old wording" if unfolded else "the old wording"
    text = styled(clean_line(line), style=styles.caveat)
    text.append(f"  enter: {hint}", styles.muted)
    return Item(text, OldWordings(line), hang=2)


def old_headline(revision: Revision, styles: ThemeStyles) -> Item:
    """The headline as it was at first."""
    return _old(revision.headline, "the headline was", styles)


def _old(words: str, label: str, styles: ThemeStyles, went: Sequence[Span] = ()) -> Item:
    shown = clean_line(words)
    lead = f"    {label}: "
    text = styled(f"{lead}{shown}", style=styles.muted)
    for span in went if len(shown) == len(words) else ():
        text.stylize(WENT, len(lead) + span.start, len(lead) + span.end)
    return Item(text, hang=6)

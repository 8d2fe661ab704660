"""What changed in a story since the reader last looked at it, as values."""

from collections.abc import Mapping, Sequence
from typing import Any

from briefing.model import (
    ArticleRevised,
    Brief,
    BulletAdded,
    Disagreement,
    FigureChanged,
    OutletsJoined,
    Reported,
    Revision,
    StoryChange,
)
from briefing.stories.change_rules import ChangeRules, TellingChanges, load_change_rules
from briefing.stories.outlet_names import normalised_outlet
from briefing.stories.propositions import Proposition, proposition, same_proposition

Snapshot = dict[str, Any]
"""A small JSON value: what a brief showed. Its shape is for this module alone."""


def snapshot(brief: Brief) -> Snapshot:
    """What a brief shows, for ``story_changes`` to compare with later."""
    return {
        "version": 2,
        "voices": sorted({normalised_outlet(a.voice) for a in brief.articles}),
        "bullets": [b.bullet.text for b in brief.bullets],
        "articles": sorted(a.article_id for a in brief.articles),
    }


def story_changes(
    before: Mapping[str, Any] | None, after: Brief, *, parameters: TellingChanges | None = None
) -> tuple[StoryChange, ...]:
    """What ``after`` tells that the snapshot ``before`` did not; nothing where there is no before.

    At most six: the outlets that joined, changed figures, new caveats of weight 3, then new
    bullets, caveats of less weight among them, and what an opinion piece argues.
    """
    if before is None:
        return ()
    parameters = parameters or load_change_rules()
    joined = _joined(before, after)
    bullets = _new_bullets(before.get("bullets", ()), after, parameters)
    weighty = [b for b in bullets if b.is_weighty_caveat]
    others = [b for b in bullets if not b.is_weighty_caveat]
    changes: list[StoryChange] = [*joined, *_changed_figures(before, after), *weighty, *others]
    return tuple(changes[: parameters.changes.most])


def article_changes(brief: Brief, revisions: Mapping[str, Revision]) -> tuple[ArticleRevised, ...]:
    """The articles of the story that were changed, in its order. revisions: by article."""
    return tuple(
        ArticleRevised(a.article_id, a.source, revisions[a.article_id])
        for a in brief.articles
        if a.article_id in revisions
    )


def deserves_unread(
    changes: Sequence[StoryChange], *, parameters: TellingChanges | None = None
) -> bool:
    """Whether a read story is unread again: weighty caveat, changed figure or three new outlets."""
    rule = (parameters or load_change_rules()).changes
    return any(_deserves_unread(change, rule) for change in changes)


def _deserves_unread(change: StoryChange, rule: ChangeRules) -> bool:
    match change:
        case FigureChanged():
            return True
        case BulletAdded():
            return change.is_weighty_caveat
        case OutletsJoined(outlets=outlets):
            return len(outlets) >= rule.outlets_unread
        case ArticleRevised():
            return False


def _joined(before: Mapping[str, Any], after: Brief) -> list[OutletsJoined]:
    """Who tells it with a voice that was not there, each by the name of its earliest article."""
    known = set(before.get("voices", ()))
    known.update(normalised_outlet(source) for source in before.get("sources", ()))  # version 1
    speakers: dict[str, str] = {}
    for article in after.articles:
        if article.is_own_report:
            # Normalised once more: a brief of an older version has its outlets as they are written.
            speakers.setdefault(normalised_outlet(article.voice), article.source)
    outlets = sorted(source for voice, source in speakers.items() if voice not in known)
    return [OutletsJoined(tuple(outlets))] if outlets else []


def _new_bullets(
    before: Sequence[str], after: Brief, parameters: TellingChanges
) -> list[BulletAdded]:
    known: list[Proposition] = [proposition(text, "en", parameters.negations) for text in before]
    return [
        BulletAdded(line)
        for line in after.bullets
        if line.bullet.text not in before
        and not any(
            same_proposition(
                proposition(line.bullet.named, "en", parameters.negations), k, parameters.brief
            )
            for k in known
        )
    ]


def _changed_figures(before: Mapping[str, Any], after: Brief) -> list[FigureChanged]:
    """Values that only new articles give, of things for which the known ones gave another.

    What is comparable was judged with the articles' text at hand, by ``find_disagreements``.
    """
    known = frozenset(before.get("articles", ()))
    changes: dict[str, FigureChanged] = {}
    for disagreement in after.disagreements:
        change = _newest_value(disagreement, known)
        if change is not None:
            changes.setdefault(disagreement.counts, change)
    return list(changes.values())


def _newest_value(disagreement: Disagreement, known: frozenset[str]) -> FigureChanged | None:
    old = [r for r in disagreement.values if _articles(r) & known]
    new = [r for r in disagreement.values if not _articles(r) & known]
    return FigureChanged(disagreement, old[-1], new[-1]) if old and new else None


def _articles(reported: Reported) -> set[str]:
    return {p.article_id for p in reported.places}

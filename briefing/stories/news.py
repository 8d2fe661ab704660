"""What changed in a story since the reader last looked at it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.model import Brief, Figure, News, Place, Span, StoryFigure
from briefing.stories.compare import Interval, counted, disjoint, interval
from briefing.stories.data import load_weights
from briefing.stories.points import Said, said, same_point

Snapshot = dict[str, Any]
"""A small JSON value: what a brief showed. Its shape is for this module alone."""

_GAINED = re.compile(r"\+(\d+)")
_WEIGHTY = 3


def snapshot(brief: Brief) -> Snapshot:
    """What a brief shows, for ``news`` to compare with later."""
    return {
        "version": 1,
        "sources": sorted(_sources(brief)),
        "bullets": [b.bullet.text for b in brief.bullets],
        "figures": [
            {
                "thing": sorted(counted(f.figure.counts)),
                "unit": f.figure.unit,
                "surface": f.figure.surface,
                "value": f.figure.value,
                "value_to": f.figure.value_to,
                "bound": f.figure.bound,
            }
            for f in brief.figures
            if f.figure.key and f.figure.counts
        ],
    }


def news(before: Mapping[str, Any] | None, after: Brief) -> tuple[News, ...]:
    """What ``after`` tells that the snapshot ``before`` did not; nothing where there is no before.

    At most six: changed figures, new caveats of weight 3 (kind ``caveat``), how many outlets joined
    (the text begins with ``+N``), then new bullets, caveats of less weight among them.
    """
    if before is None:
        return ()
    caveats, bullets = _new_bullets(before.get("bullets", ()), after)
    found = [*_changed_figures(before.get("figures", ()), after), *caveats]
    gained = sorted(_sources(after) - set(before.get("sources", ())))
    if gained:
        noun = "source" if len(gained) == 1 else "sources"
        found.append(News("outlets", f"+{len(gained)} {noun}: {', '.join(gained[:3])}"))
    return tuple([*found, *bullets][: load_weights().news.most])


def deserves_unread(found: Sequence[News]) -> bool:
    """Whether a read story is unread again: weighty caveat, changed figure or three new outlets."""
    return any(n.kind in ("caveat", "figure") or _gained(n) for n in found)


def _gained(item: News) -> bool:
    match = _GAINED.match(item.text) if item.kind == "outlets" else None
    return match is not None and int(match.group(1)) >= load_weights().news.outlets_unread


def _sources(brief: Brief) -> set[str]:
    return {a.source for a in brief.articles if a.copy_of is None}


def _new_bullets(before: Sequence[str], after: Brief) -> tuple[list[News], list[News]]:
    known: list[Said] = [said(text, "en") for text in before]
    caveats, bullets = [], []
    for b in after.bullets:
        line = b.bullet.text
        if line in before or any(same_point(said(line, "en"), k) for k in known):
            continue
        place = Place(b.article_id, b.bullet.evidence)
        mark = b.bullet.caveat
        if mark is not None and mark.weight >= _WEIGHTY:
            caveats.append(News("caveat", line, place))
        else:
            bullets.append(News("bullet", line, place))
    return caveats, bullets


def _changed_figures(before: Sequence[Mapping[str, Any]], after: Brief) -> list[News]:
    """Key figures whose value lies outside all that was shown before for the same thing."""
    found = []
    for f in after.figures:
        if not (f.figure.key and f.figure.counts):
            continue
        thing = sorted(counted(f.figure.counts))
        old = [o for o in before if o["thing"] == thing and o["unit"] == f.figure.unit]
        if old and all(disjoint(_interval_of(o), interval(f.figure)) for o in old):
            found.append(_change(old[0]["surface"], f))
    return found


def _change(surface: str, f: StoryFigure) -> News:
    text = f"{f.figure.counts} {surface} → {f.figure.surface}"
    return News("figure", text, Place(f.article_id, f.figure.evidence))


def _interval_of(old: Mapping[str, Any]) -> Interval:
    return interval(
        Figure(
            old["surface"], old["value"], Span(0, 0), (), old["value_to"], old["unit"], old["bound"]
        )
    )

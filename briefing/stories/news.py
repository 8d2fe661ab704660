"""What changed in a story since the reader last looked at it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.model import Brief, Disagreement, News, Place, Reported
from briefing.stories.data import load_weights
from briefing.stories.points import Said, said, same_point

Snapshot = dict[str, Any]
"""A small JSON value: what a brief showed. Its shape is for this module alone."""

_GAINED = re.compile(r"(\d+)")
_LAST_WORDS = re.compile(r"(?<=\d)\s\D+\Z")
_WEIGHTY = 3


def snapshot(brief: Brief) -> Snapshot:
    """What a brief shows, for ``news`` to compare with later."""
    return {
        "version": 1,
        "sources": sorted(_sources(brief)),
        "bullets": [b.bullet.text for b in brief.bullets],
        "articles": sorted(a.article_id for a in brief.articles),
    }


def news(before: Mapping[str, Any] | None, after: Brief) -> tuple[News, ...]:
    """What ``after`` tells that the snapshot ``before`` did not; nothing where there is no before.

    At most six: how many outlets joined (the text begins with their number), changed figures, new
    caveats of weight 3 (kind ``caveat``), then new bullets, caveats of less weight among them, and
    what an opinion piece argues.
    """
    if before is None:
        return ()
    caveats, bullets = _new_bullets(before.get("bullets", ()), after)
    found = []
    gained = sorted(_sources(after) - set(before.get("sources", ())))
    if gained:
        noun = "source" if len(gained) == 1 else "sources"
        found.append(News("outlets", f"{len(gained)} more {noun}: {', '.join(gained[:3])}"))
    found += [*_changed_figures(before, after), *caveats, *bullets]
    return tuple(found[: load_weights().news.most])


def deserves_unread(found: Sequence[News]) -> bool:
    """Whether a read story is unread again: weighty caveat, changed figure or three new outlets."""
    return any(n.kind in ("caveat", "figure") or _gained(n) for n in found)


def _gained(item: News) -> bool:
    match = _GAINED.match(item.text) if item.kind == "outlets" else None
    return match is not None and int(match.group(1)) >= load_weights().news.outlets_unread


def _sources(brief: Brief) -> set[str]:
    return {a.source for a in brief.articles if a.copy_of is None and a.follows is None}


def _new_bullets(before: Sequence[str], after: Brief) -> tuple[list[News], list[News]]:
    known: list[Said] = [said(text, "en") for text in before]
    caveats, bullets = [], []
    for b in after.bullets:
        line = b.bullet.named
        if b.bullet.text in before or any(same_point(said(line, "en"), k) for k in known):
            continue
        place = Place(b.article_id, b.bullet.evidence)
        mark = b.bullet.caveat
        if mark is not None and mark.weight >= _WEIGHTY and not b.argued:
            caveats.append(News("caveat", line, place))
        else:
            bullets.append(News("bullet", line, place, b.argued))
    return caveats, bullets


def _changed_figures(before: Mapping[str, Any], after: Brief) -> list[News]:
    """Values that only new articles give, of things for which the known ones gave another.

    What is comparable was judged with the articles' text at hand, by ``find_disagreements``.
    """
    known = frozenset(before.get("articles", ()))
    found: dict[str, News] = {}
    for told in after.disagreements:
        old = [r for r in told.values if _articles(r) & known]
        new = [r for r in told.values if not _articles(r) & known]
        if old and new and told.counts not in found:
            found[told.counts] = _change(told, old[-1], new[-1])
    return list(found.values())


def _articles(reported: Reported) -> set[str]:
    return {p.article_id for p in reported.places}


def _change(told: Disagreement, old: Reported, new: Reported) -> News:
    before, after = _inside(old.surface), _inside(new.surface)
    unit = _LAST_WORDS.search(after)
    if unit and before.endswith(unit.group()):
        before = before.removesuffix(unit.group())
    arrow = "→" if told.verdict == "updated" else "≠"
    return News("figure", f"{told.counts} {before} {arrow} {after}", new.places[0])


def _inside(surface: str) -> str:
    """A surface as it stands inside a line: no capital because a sentence began with it."""
    return surface[0].lower() + surface[1:] if surface[1:2].islower() else surface

"""The user's own rules for the pages of single sites: what holds the article, what is taken out."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.config import SiteSettings
from briefing.config.selectors import Step, read_selector

_NEVER_DROPPED = frozenset({"html", "head", "body"})


def site_rule(rules: Iterable[SiteSettings], url: str | None) -> SiteSettings | None:
    """The rule for the page at ``url``: of its host, or of the nearest domain that it is under."""
    try:
        host = _ascii(urlsplit(url or "").hostname or "")
    except ValueError:
        return None
    fitting = [rule for rule in rules if f".{host}".endswith(f".{_ascii(rule.host)}")]
    return max(fitting, key=lambda rule: len(_ascii(rule.host)), default=None)


def _ascii(host: str) -> str:
    """A host as it stands in requests (IDNA); as it is written where it is none."""
    host = host.lower().rstrip(".")
    with suppress(UnicodeError):
        return host.encode("idna").decode()
    return host


def apply_rule(root: Any, rule: SiteSettings) -> bool:
    """Take out of the page ``root`` what ``rule`` drops, then all but what it keeps.

    In one walk, however many selectors and elements there are. False where it keeps something that
    the page does not have: then the page is as it was. Raises ValueError for a wrong selector.
    """
    keep = read_selector(rule.keep) if rule.keep else ()
    drop = [step for selector in rule.drop for step in read_selector(selector)]
    kept, dropped = _matched(root, (*keep, *drop), len(keep))
    if keep and not kept:
        return False
    for element in dropped:
        element.clear(keep_tail=True)  # an empty block still parts the lines around it
    if not any(element.tag in _NEVER_DROPPED for element in kept):
        _keep_only(root, kept)
    for script in list(root.iter("script")):  # the article's text once more, as structured data
        script.clear(keep_tail=True)
    return True


def _keep_only(root: Any, kept: Sequence[Any]) -> None:
    body = root.find("body")
    if not kept or body is None:
        return
    for element in kept:
        element.tail = None
        # Not an "aside" or of the class "related" any more: the user says that it is the article.
        element.tag = "div"
        element.attrib.clear()
    for child in list(body):
        body.remove(child)
    body.text = None
    body.extend(kept)


@dataclass(slots=True)
class _Level:
    """The steps that hold for an element (bits), its ancestors, and its children so far."""

    own: int = 0
    above: int = 0
    last_child: int = 0
    children: int = 0
    kept: bool = False


def _matched(root: Any, steps: Sequence[Step], keeping: int) -> tuple[list[Any], list[Any]]:
    """The outermost elements to keep and to drop; the first ``keeping`` steps say what to keep."""
    from lxml import etree

    keep_bits = sum(1 << i for i, step in enumerate(steps[:keeping]) if step.last)
    drop_bits = sum(1 << i for i, step in enumerate(steps) if step.last and i >= keeping)
    kept: list[Any] = []
    dropped: list[Any] = []
    levels = [_Level()]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            levels.pop()
            continue
        parent = levels[-1]
        own = _holding(element, steps, parent)
        parent.last_child = own
        parent.children |= own
        is_kept = bool(own & keep_bits)
        if is_kept and not parent.kept:
            kept.append(element)
        levels.append(_Level(own, parent.above | parent.own, kept=is_kept or parent.kept))
        if own & drop_bits and element.tag not in _NEVER_DROPPED:
            dropped.append(element)
        if element.tag == "head" or (dropped and dropped[-1] is element):
            walker.skip_subtree()
    return kept, dropped


def _holding(element: Any, steps: Sequence[Step], parent: _Level) -> int:
    """The steps (bits) that hold for ``element``, one further in each selector than before."""
    own = 0
    before = {
        " ": parent.above | parent.own,
        ">": parent.own,
        "+": parent.last_child,
        "~": parent.children,
    }
    attributes = element.attrib
    for i, step in enumerate(steps):
        reached = not step.combinator or before[step.combinator] >> (i - 1) & 1
        if reached and step.holds(element.tag, attributes):
            own |= 1 << i
    return own

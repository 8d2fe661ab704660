"""What a page's tree holds but a browser does not show: hidden elements, hover boxes, print notes.

Consent and cookie notices are taken out with them: they lie over the page, not in it.
"""

import re
from collections.abc import Iterator
from typing import Any

_LARGEST_HIDDEN = 0.3
"""Share of a page's text that one hidden element may have; a larger one is shown by a script."""
_LARGEST_NOTICE = 0.8
"""The same for a consent notice, which may be longer than the article that it lies over."""
_LEAST_LEFT = 200
"""Characters that have to be left of the page for a large notice to be taken out."""
_LONGEST_NAMES = 300
"""Characters of a class attribute that are read; the ones of a whole page can have thousands."""

_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NAMES = frozenset(
    "hidden hide is-hidden invisible u-hidden offscreen sr-only visually-hidden visuallyhidden"
    " screen-reader-text screen-reader-only screenreader-only a11y-hidden print-only only-print"
    " print-header print-footer visible-print visible-print-block visible-print-inline".split()
)
_HOVER_NAME = re.compile(
    r"(?:^|[-_])(?:tooltip|popover|popup|hovercard|hover-card|rollover-block|modal|lightbox)"
    r"(?:$|[-_](?:content|text|box|inner|body|dialog|block))"
)
_SHOWN_AGAIN = re.compile(r"^\w+:(?:block|flex|grid|inline)")
_CONSENT_NAME = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|cmp|onetrust|didomi|usercentrics)[-_]?"
    r"(?:$|\s|banner|notice|wall|bar|popup|modal|dialog|overlay|consent|message|box|layer|container"
    r"|policy)"
)
_PAGE_PARTS = frozenset({"html", "head", "body", "main"})


def remove_hidden(root: Any) -> None:
    """Take out of the page ``root`` what is not shown, but for what holds most of its text."""
    whole = _text_length(root)
    for element, is_notice in list(_outermost(root)):  # before any is taken out
        length = _text_length(element)
        allowed = length <= _LARGEST_HIDDEN * whole or (
            is_notice and length <= _LARGEST_NOTICE * whole and whole - length >= _LEAST_LEFT
        )
        if allowed:
            element.drop_tree()
            whole -= length


def _outermost(root: Any) -> Iterator[tuple[Any, bool]]:
    """The outermost hidden elements and notices; whether each is a notice."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if not isinstance(element.tag, str) or element.tag in _PAGE_PARTS or not element.attrib:
            continue
        names = _names(element)
        is_notice = bool(_CONSENT_NAME.search(names))
        if is_notice or is_hidden(element, names):
            walker.skip_subtree()
            yield element, is_notice


def _names(element: Any) -> str:
    attributes = element.attrib
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return names[:_LONGEST_NAMES].lower()


def is_hidden(element: Any, names: str) -> bool:
    """Whether an element is not shown: by attribute, style or the usual ``names`` of classes."""
    attributes = element.attrib
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" or attributes.get("role") == "tooltip":
        return True
    if _STYLE.search(attributes.get("style", "")):
        return True
    classes = names.split()
    if any(name in _NAMES or _HOVER_NAME.search(name) for name in classes):
        return not any(_SHOWN_AGAIN.match(name) for name in classes)
    return False


def _text_length(element: Any) -> int:
    """Characters of an element's text, but for scripts' and styles'."""
    length = 0
    for node in element.iter():
        if node.text and isinstance(node.tag, str) and node.tag not in ("script", "style"):
            length += len(node.text.strip())
        if node.tail and node is not element:
            length += len(node.tail.strip())
    return length

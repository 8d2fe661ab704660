"""HTML to lxml's tree of elements, and the walk through it."""

from collections.abc import Iterator
from typing import Any

EMPHASIS = frozenset({"b", "em", "i", "strong"})
"""Elements that emphasise words."""


def parse_html(source: str) -> Any:
    """The root of ``source``, a page or a piece of one.

    Raises ValueError where there is no element at all, or where it is nested so deep (256 levels)
    that libxml2 has dropped what lies deeper.
    """
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except LxmlError as error:
        raise ValueError(str(error)) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError("nested too deep")
    return root


def walk(root: Any, dropped: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """``start`` and ``end`` of every element within ``root``, without recursion.

    What has a tag in ``dropped`` comes as an element that holds no others; a comment or processing
    instruction, which has no text of its own but a tail, only as its end.
    """
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start" and element.tag in dropped:
            walker.skip_subtree()
        yield ("start" if event == "start" else "end"), element

"""HTML to lxml's tree of elements."""

from typing import Any


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

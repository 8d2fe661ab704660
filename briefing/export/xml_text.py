"""Text that may stand in XML 1.0."""

import re

# XML 1.0, production 2 (Char): what is left out here cannot be written there, escaped or not.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` without what is no character of XML. It is not escaped."""
    return _NO_CHARACTER.sub("", text)

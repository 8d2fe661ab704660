"""Text from outside, made safe to store and to show."""

import re

# C0 but tab and newline, DEL, C1 (Unicode 15, General_Category Cc), and the bidirectional
# overrides and isolates of UAX #9 that can reorder a line beyond itself.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
# A whole escape sequence (ECMA-48 CSI, OSC, DCS, APC, PM, SOS), so that its payload goes too.
_ESCAPE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"
    "|\x1b[ -/]*[0-~]"
)
_SPACE = re.compile(r"\s+")
_INNER_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


def strip_controls(text: str) -> str:
    """``text`` without escape sequences, control characters and bidirectional overrides.

    Newlines and tabs stay. A carriage return becomes a newline unless one follows.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", _ESCAPE.sub("", text))


def clean_line(text: str) -> str:
    """One line: no control characters, white space folded to single spaces, ends trimmed."""
    return _SPACE.sub(" ", strip_controls(text)).strip()


def clean_text(text: str) -> str:
    """A text whose paragraphs are lines: white space folded, empty lines dropped, ends trimmed."""
    return _LINES.sub("\n", _INNER_SPACE.sub(" ", strip_controls(text))).strip()


def folded(text: str) -> str:
    """``text`` for comparing: small letters, single spaces, straight apostrophes."""
    return " ".join(text.lower().replace("’", "'").split())

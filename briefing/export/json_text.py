"""JSON that is safe to show: one line or indented, with nothing in it that a terminal obeys."""

import json
import re

# JSON itself escapes C0. These may stand raw in a JSON string (RFC 8259), but not on a terminal:
# DEL, C1, line separators, bidirectional overrides, what has no width (``strip_controls`` takes
# the same away); and lone surrogates cannot be written at all.
_UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def json_text(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON text, which reads back to the same value. No newline at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

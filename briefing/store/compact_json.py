"""The JSON of digests and briefs as it is kept: lists of spans as the steps between them.

``[[10, 15], [274, 279]]`` is kept as ``[10, 5, 259, 5]``: where a span begins after the end of the
one before, and how long it is. What was kept before without that is read too.
"""

import json
from typing import Any

from briefing.store.rows import dumps

_SPANS = ("evidence", "mentions", "kept", "sentences")
"""The members that are lists of spans wherever they stand: never lists of numbers."""


def compact_dumps(value: Any) -> str:
    """The JSON of what ``findings_to_json`` or ``brief_to_json`` gave."""
    return dumps(_in_steps(value))


def compact_loads(text: str) -> Any:
    """The inverse of ``compact_dumps``; other JSON as it is. Raises ValueError."""
    return json.loads(text, object_hook=_with_spans)


def _in_steps(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _steps(v) if k in _SPANS else _in_steps(v) for k, v in value.items()}
    return [_in_steps(v) for v in value] if isinstance(value, list) else value


def _steps(spans: Any) -> Any:
    """The steps of spans; anything else as it is."""
    steps: list[int] = []
    last = 0
    if not isinstance(spans, list):
        return spans
    for span in spans:
        match span:
            case [int(start), int(end)]:
                steps += (start - last, end - start)
                last = end
            case _:
                return spans
    return steps


def _with_spans(value: dict[str, Any]) -> dict[str, Any]:
    for name in _SPANS:
        steps = value.get(name)
        if steps and type(steps[0]) is int:
            spans, last = [], 0
            for at in range(0, len(steps) - 1, 2):
                start = last + steps[at]
                last = start + steps[at + 1]
                spans.append([start, last])
            value[name] = spans
    return value

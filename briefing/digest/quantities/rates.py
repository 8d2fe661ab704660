"""Measures in a time: "34 metres a second" is 34 m/s, and "12 litres per minute" 12 l/min."""

import re

_OTHERS = {
    "Sekunde": "second", "Minute": "minute", "Stunde": "hour", "Tag": "day", "Jahr": "year",
    "seconde": "second", "minute": "minute", "heure": "hour", "jour": "day", "an": "year",
    "segundo": "second", "minuto": "minute", "hora": "hour", "día": "day", "año": "year",
}  # fmt: skip
_TIME = re.compile(
    r"(?:\s(?:a|an|per|every)\s(?P<word>second|minute|hour|day|week|month|year)"
    rf"|\s(?:pro|je|par|por)\s(?P<other>{'|'.join(_OTHERS)})"
    r"|\s?/\s?(?P<sign>s|sec|min|h|hr|hour|day|year))(?!\w)"
    r"(?!\s(?:ago|earlier|later|before|after|time|try|attempt|round|or\stwo)\b)"
)
_LONG = {"s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour"}
_SHORT = {"second": "s", "minute": "min", "hour": "h"}
_IN_SIGNS = frozenset(["mm", "cm", "m", "km", "m³", "l", "mg", "g", "kg", "t"])
_IN_WORDS = frozenset(
    ["inches", "feet", "yards", "miles", "gallons", "cubic feet", "tons", "barrels"]
)
_OWN = {"miles/h": "mph"}


def with_rate(sentence: str, unit: str, end: int) -> tuple[str, int]:
    """The unit of a measure that ends at ``end`` of a sentence, and its end, with the time it is
    measured in ("m/s", "mph", "feet a second") where one follows.
    """
    if unit not in _IN_SIGNS and unit not in _IN_WORDS:
        return unit, end
    time = _TIME.match(sentence, end)
    if time is None:
        return unit, end
    sign = time["sign"]
    word = time["word"] or _OTHERS.get(time["other"] or "") or _LONG.get(sign, sign)
    short = f"{unit}/{_SHORT.get(word, word)}"
    if unit in _IN_SIGNS or short in _OWN:
        return _OWN.get(short, short), time.end()
    return f"{unit} {'an' if word == 'hour' else 'a'} {word}", time.end()

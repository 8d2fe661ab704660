"""Figures in the language of a text: magnitudes, units and number words of German, French and
Spanish ("2,5 Mrd. Euro", "3 000 tonnes", "dos mil barcos")."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from briefing.digest.quantities.language_bounds import with_bound
from briefing.digest.quantities.language_exclusions import find_no_figures
from briefing.digest.quantities.language_pairs import join_in_language
from briefing.digest.quantities.number_words import LANGUAGES
from briefing.digest.quantities.numbers import find_quantities, may_count
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.quantities.rates import with_rate
from briefing.digest.quantities.spelled import in_digits, may_be_spelled
from briefing.model import Span

_MAGNITUDES = {
    "de": {
        "tausend": 1e3, "mio.": 1e6, "mio": 1e6, "million": 1e6, "millionen": 1e6,
        "tsd.": 1e3, "tsd": 1e3, "mrd.": 1e9, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9,
        "billion": 1e12, "billionen": 1e12,
    },
    "fr": {
        "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
        "billion": 1e12, "billions": 1e12,
    },
    "es": {
        "mil": 1e3, "millón": 1e6, "millones": 1e6, "mil millones": 1e9,
        "billón": 1e12, "billones": 1e12,
    },
}  # fmt: skip
_UNITS = {
    "%": "%", "prozent": "%", "pour cent": "%", "por ciento": "%",
    "euro": "EUR", "euros": "EUR", "€": "EUR",
    "dollar": "USD", "dollars": "USD", "dólar": "USD", "dólares": "USD",
    "us-dollar": "USD", "$": "USD",
    "prozentpunkt": "percentage points", "prozentpunkte": "percentage points",
    "prozentpunkten": "percentage points", "point de pourcentage": "percentage points",
    "points de pourcentage": "percentage points",
    "pourcentage": "percentage points", "punto porcentual": "percentage points",
    "puntos porcentuales": "percentage points",
    "franken": "CHF", "francs suisses": "CHF", "francos suizos": "CHF", "pfund": "GBP",
    "meter": "m", "metern": "m", "mètre": "m", "mètres": "m", "metro": "m", "metros": "m",
    "zentimeter": "cm", "zentimetern": "cm", "centimètre": "cm", "centimètres": "cm",
    "centímetro": "cm", "centímetros": "cm", "millimeter": "mm", "millimètres": "mm",
    "milímetros": "mm", "quadratmeter": "m²", "quadratmetern": "m²", "mètres carrés": "m²",
    "metros cuadrados": "m²", "quadratkilometer": "km²", "quadratkilometern": "km²",
    "kilomètres carrés": "km²", "kilómetros cuadrados": "km²", "km2": "km²", "m2": "m²",
    "kubikmeter": "m³", "kubikmetern": "m³", "mètres cubes": "m³", "metros cúbicos": "m³",
    "hektar": "ha", "hectare": "ha", "hectares": "ha", "hectárea": "ha", "hectáreas": "ha",
    "kilogramm": "kg", "kilo": "kg", "kilos": "kg", "kilogrammes": "kg", "kilogramos": "kg",
    "gramm": "g", "grammes": "g", "gramos": "g", "liter": "l", "litern": "l", "litre": "l",
    "litres": "l", "litro": "l", "litros": "l", "stundenkilometer": "km/h",
    "kilomètres-heure": "km/h", "kilomètres/heure": "km/h", "grad": "degrees",
    "grad celsius": "°C", "degré": "degrees", "degrés": "degrees", "degrés celsius": "°C",
    "grado": "degrees", "grados": "degrees", "grados celsius": "°C", "grados centígrados": "°C",
    "kilometer": "km", "kilometern": "km", "kilomètre": "km", "kilomètres": "km",
    "kilómetro": "km", "kilómetros": "km", "km": "km",
    **dict.fromkeys("sekunde sekunden seconde secondes segundo segundos".split(), "seconds"),
    **dict.fromkeys("minute minuten minutes minuto minutos".split(), "minutes"),
    **dict.fromkeys("stunde stunden heure heures hora horas".split(), "hours"),
    **dict.fromkeys("tag tage tagen jour jours día días".split(), "days"),
    **dict.fromkeys("woche wochen semaine semaines semana semanas".split(), "weeks"),
    **dict.fromkeys("monat monate monaten mois mes meses".split(), "months"),
    **dict.fromkeys("jahr jahre jahren an ans année années año años".split(), "years"),
    "tonne": "t", "tonnen": "t", "tonnes": "t", "tonelada": "t", "toneladas": "t",
}  # fmt: skip
_BILLION = re.compile("billion", re.IGNORECASE)
_SIGNS = ("mm", "cm", "m²", "m³", "m", "ha", "kg", "t")


def _names(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_FOLLOWING = {
    language: re.compile(
        r"[\s\u00a0\u202f]?"
        rf"(?:(?P<scale>(?:{_names(scales)})(?!\w)|(?-i:M|Mds?)(?=\s?[€$])))?"
        r"(?:[\s\u00a0\u202f]*(?:d['’]|de\s)?"
        rf"(?P<unit>(?:{_names(_UNITS)})(?!\w)|(?-i:{'|'.join(_SIGNS)})(?![\w’'-])))?",
        re.IGNORECASE,
    )
    for language, scales in _MAGNITUDES.items()
}
_LETTERS = {"m": 1e6, "md": 1e9, "mds": 1e9}  # "173 M€"


# Languages of which the numbers are read and that write a comma before decimals.
_COMMA_LANGUAGES = frozenset("de fr es it pt nl pl sv da no fi cs ru tr id".split())
_LONGEST = 5000  # code points; what is longer is no sentence


def may_count_in(language: str | None) -> Callable[[Iterable[str]], bool]:
    """What tells whether a number may stand among the words (in lower case) of a sentence."""
    return partial(may_be_spelled, language=language) if language in LANGUAGES else may_count


def find_in_language(sentence: str, language: str | None) -> list[Quantity]:
    """The figures of a sentence of ``language`` (ISO 639-1; English where it is not known) in
    reading order, in digits and, of English, German, French and Spanish, in words."""
    if language not in LANGUAGES:
        comma = language in _COMMA_LANGUAGES
        return find_quantities(sentence, decimal_comma=comma, in_words=not comma)
    if len(sentence) > _LONGEST:
        return []
    written = in_digits(sentence, language)
    found = find_quantities(written.sentence, decimal_comma=True, in_words=False)
    extended = in_language(written.sentence, found, language)
    return written.as_written(join_in_language(written.sentence, extended, language))


def in_language(
    sentence: str, quantities: Sequence[Quantity], language: str | None
) -> list[Quantity]:
    """The figures with the magnitude and the unit that words of ``language`` give them."""
    pattern = _FOLLOWING.get(language or "")
    if pattern is None:
        return list(quantities)
    scales = _MAGNITUDES[language or ""]
    none = find_no_figures(sentence, language or "")
    return [
        with_bound(
            sentence,
            _extended(sentence, _with_long_scale(sentence, q), pattern, scales),
            language or "",
        )
        for q in quantities
        if not any(span.overlaps(q.core) for span in none)
    ]


def _with_long_scale(sentence: str, quantity: Quantity) -> Quantity:
    """A figure of which English would read "1 Billion" as a thousand millions."""
    if quantity.scale != 1e9 or not _BILLION.search(sentence, *quantity.core):
        return quantity
    return replace(quantity, value=quantity.value * 1000, scale=1e12)


def _extended(
    sentence: str, quantity: Quantity, pattern: re.Pattern[str], scales: dict[str, float]
) -> Quantity:
    """The figure up to the end of its magnitude and unit; as it was where it has a unit."""
    in_points = quantity.unit == "points"  # "5 points de pourcentage"
    if (quantity.unit and not in_points) or quantity.change or quantity.spelled:
        return quantity
    match = pattern.match(sentence, quantity.span.end)
    if match is None or not (match["scale"] or match["unit"]):
        return quantity
    named = " ".join((match["scale"] or "").lower().split())
    scale = scales.get(named) or _LETTERS.get(named, 1.0)
    if quantity.scale > 1:
        scale = 1.0
    upper = quantity.value_to
    measured = " ".join((match["unit"] or "").lower().split())
    unit = _UNITS.get(measured, measured)
    unit, end = with_rate(sentence, unit, match.end())
    return replace(
        quantity,
        span=Span(quantity.span.start, end),
        core=Span(quantity.core.start, end),
        value=round(quantity.value * scale, 6),
        value_to=None if upper is None else round(upper * scale, 6),
        unit=unit,
        scale=quantity.scale * scale,
    )

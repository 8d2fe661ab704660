"""Numbers that are no figures in German, French and Spanish: days of a month, clock times,
ordinals, places in a text or a building, ages.
"""

import re

from briefing.model import Span

_NUMBERS = (
    r"\s?\d+[a-z]?(?:(?:,\s|\s?[-–/]\s?|\s(?:und|bis|oder|et|ou|à|y|o|al?)\s)\d+[a-z]?)*\b"
    r"(?![.,]\d)"
)
_MONTHS = {
    "de": "januar jänner februar märz april mai juni juli august september oktober november"
    " dezember jan feb mär mrz apr aug sept okt nov dez",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " janv févr avr juil sept oct nov déc",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre"
    " diciembre ene feb mar abr jun jul ago sept oct nov dic",
}
# Words that a number belongs to; with a full stop where they are abbreviations.
_LABELS = {
    "de": "§ §§ art. abs. nr. nrn. s. kap. abb. tab. rn. rz. ziff. kl. bd. artikel absatz paragraf"
    " nummer seite kapitel abbildung klasse platz rang zimmer gleis raum linie block bundesstraße"
    " hausnummer tor",
    "fr": "art. al. chap. p. pp. vol. fig. no. n° nº article articles alinéa page pages chapitre"
    " numéro chambre quai ligne voie",
    "es": "art. arts. pág. págs. núm. núms. n. cap. fig. vol. n° nº artículo artículos página"
    " páginas capítulo número calle carrera cra. n.º habitación andén línea puerta siglo",
}
_CLOCK = r"\d{1,2}(?:[.:]\d{2})?"
# An hour where nothing that it could count follows.
_HOUR = r"(?:1?\d|2[0-4])(?![\d.,:]*\d)"
_END = r"(?=\s*(?:[.,;:!?)”“\"»]|\Z))"
_GERMAN_TIMES = (
    "und|oder|am|in|früh|morgens|abends|nachts|mittags|vormittags|nachmittags|morgen|heute"
)
# A word in lower case that is neither a unit nor stands before a noun: "gegen elf kam sie".
_GERMAN_GOES_ON = (
    r"(?=\s(?-i:(?!(?:km|kg|cm|ha|bis|oder|und|auf|pro|je)\b)(?![a-zäöüß]+(?:e|en|er|es)\s[A-ZÄÖÜ])"
    r"[a-zäöüß]{2}))"
)
_SPANISH_TIMES = r"y|menos|en|de\sla|del|se|con|para|por|hasta|a|al"
_OTHERS = {
    "de": (
        r"(?<![\d.,])\d{1,3}\.(?=\s\S|[-–/])",
        rf"(?<![\d.,]){_CLOCK}(?:\s?(?:bis|und|oder|[-–])\s?{_CLOCK})?\suhr\b(?:\s[0-5]?\d\b)?",
        rf"\b(?:halb|punkt|viertel\s(?:vor|nach)|kurz\s(?:vor|nach))\s{_HOUR}",
        rf"\b[1-5]?\d\s(?:vor|nach)\s(?:halb\s)?{_HOUR}(?!\s(?:%|(?-i:[A-ZÄÖÜ])))",
        rf"\b(?:um|gegen|ab|seit|bis)\s{_HOUR}(?:{_END}|(?=\s(?:{_GERMAN_TIMES})\s))",
        rf"\b(?:um|gegen)\s{_HOUR}{_GERMAN_GOES_ON}",
        r"\bmit\s\d{1,3}\sjahren\b(?!\s(?:haft|gefängnis|erfahrung))|\bein(?:e|er|es)\svon\s\d{1,3}\b",
        r"\b(?:eine?n?|\d+)\s(?:euro|franken|meter)\s\d{1,2}\b",
        rf"\bzwischen\s{_HOUR}\sund\s{_HOUR}{_GERMAN_GOES_ON}",
        r"\b\d{1,2}\szu\s(?:\d{1,2}|eins|null)\b(?!\s?(?:%|(?-i:[A-ZÄÖÜ])))",
        r"\baußer\s8\b|\b\d{1,3}-?jährige?\w*|\b\d{1,3}\sjahre\salt\b|\b\d{1,3}-?mal\b",
    ),
    "fr": (
        r"\b\d{1,2}\s?h(?:\s?\d{2})?\b",
        r"\b(?:à|dès|vers|jusqu['’]à|avant|après)\s\d{1,2}\sheures?\b(?:\s\d{2}\b)?",
        r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s\d{1,2}\b(?!\s[^\W\d_]+s\b)",
        r"\b(?:de|entre)\s\d{1,2}\s?(?:h|heures?)?\s(?:à|et)\s\d{1,2}\s?(?:h|heures)\b",
        r"\b(?:est|était|sera)\s(?:environ\s)?\d{1,2}\s?(?:h|heures)\b",
        r"\b\d{1,2}\s?heures?\s(?:moins|et\s(?:demie|quart)|du\s(?:matin|soir)|précises)\b",
        rf"\b(?:tous|toutes)\s(?:les\s)?{_HOUR}(?:{_END}|(?=\s(?:ont|sont|se|à|en|dans)\b))",
        r"\bles\s\d{1,2}\s(?:ont|sont|se|en|ne|avaient|étaient|seront|auront)\b",
        r"\bannées\s\d0\b(?!\s[^\W\d_]+s\b)|\b15\sde\sfrance\b|\b\d{1,2}\sdu\smois\b",
        r"\b(?:le|du|au)\s\d{2,3}0\smètres\b|\bles\s100\spas\b",
        r"\bà\s\d{1,3}\sans\b|\b(?:une?|\d+)\s(?:euros?|francs?|mètres?)\s\d{1,2}\b|\b\d+\s[^\W\d_]+\set\sdemie?\b",
        rf"\bune?\s(?:[^\W\d_]+\s)?sur\s{_HOUR}(?!\s(?:%|[^\W\d_]+s\b))",
        rf"\b(?:le|du|au)\s{_HOUR}{_END}|\b(?:le|du|au)\s(?:2[5-9]|3[01]){_END}",
        r"\b\d{1,2}\s?à\s(?:un|zéro|[01])\b(?![\s.,]?\d)|\b\d{1,3}\s[^\W\d_]+\ssur\s\d{1,3}\b(?!\s?%)",
        r"\b\d+(?:ers?|res?|ères?|es?|èmes?|nde?s?)\b",
        r"\b\d{1,4}(?:\sbis)?,?\s(?:de\sla\s)?(?:rue|avenue|boulevard|place|quai)\b",
        r"\bâgée?s?\sde\s\d{1,3}\sans\b",
    ),
    "es": (
        rf"\blas?\s{_CLOCK}(?:\s(?:horas?|h)\b|(?=\sde\sla\s(?:mañana|tarde|noche)\b))",
        rf"\blas\s{_HOUR}(?:{_END}|(?=\s(?:{_SPANISH_TIMES})\b))(?:\s(?:y|menos)\s\d{{1,2}})?",
        (
            rf"\b(?:a|y|sobre|hacia|desde|hasta|tras)\slas\s{_HOUR}(?=\s[^\W\d_]+(?<!s)\b)"
            r"(?:\s(?:y|menos)\s\d{1,2})?"
        ),
        r"\b(?:los|las)\s\d{1,2}\s(?:[^\W\d_]+(?:aron|ieron|eron)|han|se|son|están|estaban|eran)\b",
        r"\b\d{1,2}\sde(?:\seste|\sese|l)\smes\b|\bdía\s\d{1,2}\b(?!\s[^\W\d_]+s\b)",
        r"\b(?:de|entre)\s\d{1,2}\s(?:a|y)\s\d{1,2}\shoras\b|\b(?:el|un|su|del|al)\s11\b",
        r"\b100\spor\s100\b|\ba\slos\s\d{1,3}\saños\b|\b(?:década\sde\slos|años)\s\d0\b(?!\s[^\W\d_]+s\b)",
        r"\b(?:una?|\d+)\s(?:euros?|pesos?|metros?)\s(?:con\s)?\d{1,2}\b",
        r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\s\d{1,2}\b(?!\s[^\W\d_]+s\b)",
        r"\b\d+\s[^\W\d_]+\sy\smedi[oa]\b|\bun[oa]?\s(?:[^\W\d_]+\s)?de\scada\s\d{1,3}\b",
        rf"\b(?:el|del|al|los)\s{_HOUR}{_END}|\b(?:el|del|al)\s(?:2[5-9]|3[01]){_END}",
        r"\b\d{1,2}\sa\s(?:uno|cero|[01])\b(?![\s.,]?\d)|\b\d{1,3}\s[^\W\d_]+\sde\scada\s\d{1,3}\b",
        r"\b\d{1,2}[.:]\d{2}\s(?:horas|h)\b|\blas?\s\d{1,2}[.:]\d{2}\b",
        r"\b\d+(?:\.?[ºª°]|er|ra|do|da|to|ta|vo|va|mo|ma)(?!\w)",
        r"\b\d{1,3}\saños\sde\sedad\b",
        r"\b(?:hombre|mujer|joven|niñ[oa]|chic[oa])\sde\s\d{1,3}\saños\b",
    ),
}


def find_no_figures(sentence: str, language: str) -> list[Span]:
    """The stretches of a sentence of ``language`` (ISO 639-1) whose numbers are no figures."""
    pattern = _PATTERNS.get(language)
    return [] if pattern is None else [Span(*m.span()) for m in pattern.finditer(sentence)]


def _pattern(language: str) -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in _LABELS[language].split())
    months = _MONTHS[language].replace(" ", "|")
    of = r"(?:\sde)?" if language == "es" else ""
    days = r"(?<![\d.,])\d{1,2}(?:er)?\.?(?:\s(?:et|au|ou|y|al|o|bis|und)\s\d{1,2})?"
    dates = rf"{days}{of}\s(?:{months})\b"
    return re.compile(
        "|".join((dates, rf"(?<!\w)(?:{labels}){_NUMBERS}", *_OTHERS[language])), re.IGNORECASE
    )


_PATTERNS = {language: _pattern(language) for language in _MONTHS}

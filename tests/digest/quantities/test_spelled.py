"""Numbers in German, French and Spanish words have their value, and what only looks like one is
none.

The spellers below are written from the languages' rules of spelling, not from the reader's lists.
"""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.digest.quantities.figures import read_figures
from briefing.digest.quantities.languages import find_in_language
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.sentences.document import read_document
from briefing.model import Article
from tests.growth import assert_linear

CASES = [
    [field.strip() for field in line.split("|")]
    for line in Path(__file__)
    .with_name("spelled_in_languages.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


def shown(quantity: Quantity) -> str:
    upper = f"..{quantity.value_to:.10g}" if quantity.value_to is not None else ""
    return f"{quantity.value:.10g}{upper}"


@pytest.mark.parametrize(("language", "sentence", "figures"), CASES)
def test_the_figures_of_a_sentence_are_those_listed(
    language: str, sentence: str, figures: str
) -> None:
    assert [shown(q) for q in find_in_language(sentence, language)] == figures.split()


def german(n: int, *, alone: bool = True) -> str:
    units = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
    if n >= 1000:
        rest = german(n % 1000) if n % 1000 else ""
        return f"{german(n // 1000, alone=False)}tausend{rest}"
    if n >= 100:
        return f"{units[n // 100]}hundert{german(n % 100) if n % 100 else ''}"
    if n >= 20:
        tens = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()[
            n // 10 - 2
        ]
        return f"{units[n % 10]}und{tens}" if n % 10 else tens
    if n > 12:
        stems = {16: "sech", 17: "sieb"}
        return f"{stems.get(n, units[n - 10])}zehn"
    return "eins" if n == 1 and alone else units[n]


def french(n: int, *, final: bool = True) -> str:
    """By the spelling before 1990, with spaces around "cent" and "mille"."""
    small = (
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
        " seize dix-sept dix-huit dix-neuf"
    ).split()
    if n < 20:
        return small[n]
    if n < 70:
        tens = "vingt trente quarante cinquante soixante".split()[n // 10 - 2]
        link = " et " if n % 10 == 1 else "-"
        return f"{tens}{link}{small[n % 10]}" if n % 10 else tens
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante-{small[n - 60]}"
    if n < 100:
        return "quatre-vingt" + (f"-{small[n - 80]}" if n > 80 else "s" if final else "")
    if n < 1000:
        hundreds, rest = divmod(n, 100)
        head = "cent" if hundreds == 1 else f"{small[hundreds]} cent"
        if not rest:
            return head + ("s" if hundreds > 1 and final else "")
        return f"{head} {french(rest, final=final)}"
    thousands, rest = divmod(n, 1000)
    head = "mille" if thousands == 1 else f"{french(thousands, final=False)} mille"
    return f"{head} {french(rest)}" if rest else head


def spanish(n: int, *, before_noun: bool = False) -> str:
    small = (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
        " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés"
        " veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
    ).split()
    if n < 30:
        word = small[n]
        return {"uno": "un", "veintiuno": "veintiún"}.get(word, word) if before_noun else word
    if n < 100:
        tens = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()[n // 10 - 3]
        return f"{tens} y {spanish(n % 10, before_noun=before_noun)}" if n % 10 else tens
    if n < 1000:
        hundreds, rest = divmod(n, 100)
        if n == 100:
            return "cien"
        words = (
            "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos"
            " ochocientos novecientos"
        ).split()
        tail = f" {spanish(rest, before_noun=before_noun)}" if rest else ""
        return words[hundreds - 1] + tail
    thousands, rest = divmod(n, 1000)
    head = "mil" if thousands == 1 else f"{spanish(thousands, before_noun=True)} mil"
    return f"{head} {spanish(rest, before_noun=before_noun)}" if rest else head


NUMBERS = st.integers(2, 999_999) | st.sampled_from(range(2, 2000))


@given(NUMBERS)
@example(1)
def test_a_german_number_is_read_as_it_was_spelled(n: int) -> None:
    found = find_in_language(f"Die Werft baute {german(n)} Boote.", "de")
    assert [q.value for q in found] == ([n] if n > 1 else [])


@given(NUMBERS)
@example(1)
def test_a_french_number_is_read_as_it_was_spelled(n: int) -> None:
    found = find_in_language(f"Le chantier a fini {french(n)} barques.", "fr")
    assert [q.value for q in found] == ([n] if n > 1 else [])


@given(NUMBERS)
@example(1)
def test_a_spanish_number_is_read_as_it_was_spelled(n: int) -> None:
    found = find_in_language(f"El astillero hizo {spanish(n, before_noun=True)} barcos.", "es")
    assert [q.value for q in found] == ([n] if n > 1 else [])


@given(st.integers(2, 999), st.integers(2, 999_999))
def test_millions_have_what_stands_behind_them(n: int, rest: int) -> None:
    millions = {
        "de": f"Es fehlen {german(n)} Millionen {german(rest)} Kronen.",
        "fr": f"Il manque {french(n, final=False)} millions {french(rest)} couronnes.",
        "es": f"Faltan {spanish(n)} millones {spanish(rest, before_noun=True)} coronas.",
    }
    for language, sentence in millions.items():
        found = find_in_language(sentence, language)
        assert [q.value for q in found] == [n * 1_000_000 + rest]


WORDS = st.sampled_from(
    "zwei zwölf hundert Millionen ein eine halbe Komma bis und deux cent mille quatre vingt et un"
    " douzaine de virgule à treinta y cinco mil millones medio coma por ciento neuf Sept 12 3,5 . ,"
    " Uhr Boote - „".split()
)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
@given(words=st.lists(WORDS, max_size=14), glue=st.sampled_from([" ", "-", "\u00a0"]))
def test_a_figure_lies_where_its_words_stand(language: str, words: list[str], glue: str) -> None:
    sentence = glue.join(words)
    past = 0
    for quantity in find_in_language(sentence, language):
        assert past <= quantity.span.start <= quantity.core.start
        assert quantity.core.start < quantity.core.end <= quantity.span.end <= len(sentence)
        past = quantity.core.end


@pytest.mark.parametrize(
    ("language", "sentence", "surface", "unit", "bound"),
    [
        ("de", "Es fehlen zwei Millionen Euro.", "zwei Millionen Euro", "EUR", ""),
        ("de", "Der Turm ist vierzig Meter hoch.", "vierzig Meter", "m", ""),
        ("fr", "Il faut deux cent mille euros.", "deux cent mille euros", "EUR", ""),
        ("fr", "Une vingtaine de barques manquent.", "Une vingtaine", "", "about"),
        ("fr", "Une douzaine de barques manquent.", "Une douzaine", "", ""),
        ("fr", "Un taux de sept pour cent.", "sept pour cent", "%", ""),
        ("es", "Faltan dos mil millones de euros.", "dos mil millones de euros", "EUR", ""),
        ("es", "Un centenar de barcos falta.", "Un centenar", "", "about"),
    ],
)
def test_a_figure_in_words_has_its_place_unit_and_bound(
    language: str, sentence: str, surface: str, unit: str, bound: str
) -> None:
    (found,) = read_figures(read_document(Article("a", sentence, title="", language=language)))
    quantity = found.quantity
    assert (quantity.span.of(sentence), quantity.unit, quantity.bound) == (surface, unit, bound)
    assert quantity.spelled


@pytest.mark.parametrize("language", ["nl", "it", "sv"])
def test_english_words_are_no_numbers_in_another_language(language: str) -> None:
    assert find_in_language("Ten slotte kwamen six dozen bij half twee.", language) == []


def test_a_sentence_of_number_words_takes_linear_time() -> None:
    assert_linear(lambda n: "deux cent " * n, lambda text: find_in_language(text, "fr"), 100)

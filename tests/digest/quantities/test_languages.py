"""German, French and Spanish figures have the value and the unit that their words give them."""

import pytest

from briefing.digest.quantities.figures import read_figures
from briefing.digest.sentences.document import read_document
from briefing.model import Article


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("de", "Das Hafenamt zahlt 2,5 Milliarden Euro für die Brücke.", 2.5e9, "EUR"),
        ("de", "Der Umsatz der Werft stieg auf 12 Mrd. Euro im Jahr.", 1.2e10, "EUR"),
        ("de", "Die Werft erhält 350 Mio. Euro für die Schiffe.", 3.5e8, "EUR"),
        ("de", "Der Umsatz stieg um 3,4 Prozent in Ulvane.", 3.4, "%"),
        ("de", "Der Kahn trägt 3.000 Tonnen Erz.", 3000, "t"),
        ("de", "Der Tunnel ist 12,5 Kilometer lang.", 12.5, "km"),
        ("fr", "Le port paie 2,5 milliards d'euros pour le pont.", 2.5e9, "EUR"),
        ("fr", "La ville investit 350 millions d’euros.", 3.5e8, "EUR"),
        ("fr", "Le chômage recule de 3,4 pour cent à Ulvane.", 3.4, "%"),
        ("fr", "Environ 12 000 personnes ont manifesté.", 12000, ""),
        ("fr", "La barge porte 3 000 tonnes de minerai.", 3000, "t"),
        ("es", "El puerto paga 2,5 mil millones de euros por el puente.", 2.5e9, "EUR"),
        ("es", "La ciudad invierte 350 millones de euros.", 3.5e8, "EUR"),
        ("es", "El plan cuesta 1.500 millones de euros.", 1.5e9, "EUR"),
        ("es", "El paro baja un 3,4 por ciento.", 3.4, "%"),
        ("es", "El túnel mide 12,5 kilómetros.", 12.5, "km"),
        ("de", "Der Zins stieg um 0,5 Prozentpunkte.", 0.5, "percentage points"),
        ("de", "Der Stadt fehlt 1 Billion Euro.", 1e12, "EUR"),
        ("de", "Der Zug fuhr 250 Kilometer pro Stunde.", 250, "km/h"),
        ("de", "Der Park misst 40 Hektar.", 40, "ha"),
        ("de", "Die Barke kostet 12 500 Franken.", 12500, "CHF"),
        ("fr", "Le parc mesure 30 mètres carrés.", 30, "m²"),
        ("fr", "La pompe débite 50 litres par minute.", 50, "l/min"),
        ("fr", "Le taux monte de 5 points de pourcentage.", 5, "percentage points"),
        ("fr", "Le port gère 1 234,5 tonnes.", 1234.5, "t"),
        ("es", "El tren va a 250 kilómetros por hora.", 250, "km/h"),
        ("es", "La deuda suma 2 billones de euros.", 2e12, "EUR"),
        ("es", "Hay 816 000 habitantes.", 816000, ""),
        ("fr", "Le port coûte 173 M€ à la ville.", 1.73e8, "EUR"),
        ("fr", "Le port coûte 2,5 Md€ à la ville.", 2.5e9, "EUR"),
        ("de", "Die Werft zahlt 350 Tsd. Euro.", 3.5e5, "EUR"),
        ("de", "Der Kahn trägt 3,5 t Erz.", 3.5, "t"),
        ("fr", "L’épave repose par 38 m de fond.", 38, "m"),
        ("fr", "La peine est de 18 mois.", 18, "months"),
        ("de", "Der Streik dauerte 6 Wochen.", 6, "weeks"),
        ("es", "El juicio duró 11 semanas.", 11, "weeks"),
        ("en", "The port pays 2.5 million euros for the bridge.", 2.5e6, "EUR"),
    ],
)
def test_a_figure_has_its_scale_and_unit(language: str, text: str, value: float, unit: str) -> None:
    found = read_figures(read_document(Article("a", text, title="", language=language)))
    assert [(c.quantity.value, c.quantity.unit) for c in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("language", "text", "value", "upper"),
    [
        ("de", "Es kostet 2 bis 3 Mrd. Euro.", 2e9, 3e9),
        ("de", "Es kostet 2-3 Mrd. Euro.", 2e9, 3e9),
        ("fr", "Il faut 2 à 3 millions d’euros.", 2e6, 3e6),
        ("es", "Cuesta entre 2 y 3 millones de euros.", 2e6, 3e6),
        ("de", "7 von 10 Befragten stimmen zu.", 0.7, None),
        ("fr", "7 sur 10 habitants approuvent.", 0.7, None),
        ("es", "7 de cada 10 vecinos aprueban.", 0.7, None),
    ],
)
def test_a_range_and_a_share_are_one_figure(
    language: str, text: str, value: float, upper: float | None
) -> None:
    (found,) = read_figures(read_document(Article("a", text, title="", language=language)))
    assert (found.quantity.value, found.quantity.value_to) == (value, upper)


def test_a_move_from_one_value_to_another_is_no_range() -> None:
    text = "Subió de 2 a 3 millones de euros."
    found = read_figures(read_document(Article("a", text, title="", language="es")))
    assert [(c.quantity.value, c.quantity.value_to) for c in found] == [(2e6, None), (3e6, None)]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "Ulvane siegte 3:2 gegen Lohburg.", []),
        ("de", "Er kam um 6 Uhr 30.", []),
        ("de", "Am 3. Mai bzw. 12. Juni 2025 kamen 90 Leute.", [90]),
        ("de", "Am 15. werde das Urteil erwartet.", []),
        ("de", "Der Verein spielt in der 1. Bundesliga.", []),
        ("de", "Der Rat tagt von 8 bis 10 Uhr und um 18.30 Uhr.", []),
        ("de", "Nach §§ 263 ff. drohen 5 Jahre Haft.", [5]),
        ("de", "Das steht in Art. 5 Abs. 1 und auf Seite 12.", []),
        ("de", "Ein 42-jähriger Mann fand 300 Euro.", [300]),
        ("fr", "Le 3 mai 2024, à 18 h 30, il a vu 90 personnes.", [90]),
        ("fr", "Le tribunal cite l’article 5 et la page 12.", []),
        ("fr", "La séance ouvre à 20 heures, pour la 3e fois.", []),
        ("es", "El 3 de mayo de 2024 llegaron 90 personas.", [90]),
        ("es", "CIUDAD VELMA, 3 oct (Noticias Velma) - Llegaron 90 personas.", [90]),
        ("fr", "Le feu a pris au 12 de la rue des Lilas.", []),
        ("es", "Llegó a las 18 horas y salió a las 20:30.", []),
        ("es", "Véase pág. 12 y el artículo 5.", []),
    ],
)
def test_days_clock_times_and_places_in_a_text_are_no_figures(
    language: str, text: str, values: list[float]
) -> None:
    found = read_figures(read_document(Article("a", text, title="", language=language)))
    assert [c.quantity.value for c in found] == values


def test_what_is_counted_ends_with_no_function_word() -> None:
    text = "Rund 180 Helfer und vier Hubschrauber suchten."
    found = read_figures(read_document(Article("a", text, title="", language="de")))
    assert [c.counted.phrase for c in found] == ["Helfer", "Hubschrauber suchten"]


@pytest.mark.parametrize(
    ("language", "text", "surface", "bound"),
    [
        ("de", "Mindestens zwölf Menschen starben.", "Mindestens zwölf", "more"),
        ("de", "Es kamen mehr als 200 Helfer.", "mehr als 200", "more"),
        ("de", "Es kamen nicht mehr als 200 Helfer.", "nicht mehr als 200", "less"),
        ("de", "Rund 2 bis 3 Millionen Euro fehlen.", "Rund 2 bis 3 Millionen Euro", "about"),
        ("de", "Ein Bericht über 200 Schiffe liegt vor.", "200", ""),
        ("fr", "Plus d’une centaine de barques manquent.", "Plus d’une centaine", "more"),
        ("fr", "Au moins neuf marins sont morts.", "Au moins neuf", "more"),
        ("fr", "Il manque près de 300 barques.", "près de 300", "about"),
        ("fr", "Il manque moins de 300 barques.", "moins de 300", "less"),
        ("es", "Al menos cinco marinos murieron.", "Al menos cinco", "more"),
        ("es", "Faltan unos 300 barcos.", "unos 300", "about"),
        ("es", "Faltan no más de 300 barcos.", "no más de 300", "less"),
    ],
)
def test_a_bound_belongs_to_its_figure(language: str, text: str, surface: str, bound: str) -> None:
    (found,) = read_figures(read_document(Article("a", text, title="", language=language)))
    assert (found.quantity.span.of(text), found.quantity.bound) == (surface, bound)


@pytest.mark.parametrize(
    "told",
    [
        (
            "It costs at least two million euros.",
            "Es kostet mindestens zwei Millionen Euro.",
            "Il en coûte au moins deux millions d’euros.",
            "Cuesta al menos dos millones de euros.",
        ),
        (
            "The strike took twelve weeks.",
            "Der Streik dauerte zwölf Wochen.",
            "La grève a duré 12 semaines.",
            "La huelga duró doce semanas.",
        ),
        (
            "Prices rose by three point five percent.",
            "Die Preise stiegen um drei Komma fünf Prozent.",
            "Les prix montent de trois virgule cinq pour cent.",
            "Los precios suben un 3,5 por ciento.",
        ),
        (
            "Seven out of ten boats are old.",
            "Sieben von zehn Booten sind alt.",
            "7 sur 10 barques sont vieilles.",
            "Siete de cada diez barcos son viejos.",
        ),
        (
            "They planted 20 to 30 trees.",
            "Sie pflanzten zwanzig bis dreißig Bäume.",
            "Ils ont planté vingt à trente arbres.",
            "Plantaron veinte o treinta árboles.",
        ),
        (
            "Half a million people came.",
            "Eine halbe Million Menschen kam.",
            "Un demi-million de personnes est venu.",
            "Vino medio millón de personas.",
        ),
    ],
)
def test_one_amount_is_equal_in_every_language(told: tuple[str, ...]) -> None:
    """What outlets give is compared by value, bound and unit, whatever language they write."""
    amounts = set()
    for language, text in zip(("en", "de", "fr", "es"), told, strict=True):
        (c,) = read_figures(read_document(Article("a", text, title="", language=language)))
        amounts.add((c.quantity.value, c.quantity.value_to, c.quantity.unit, c.quantity.bound))
    assert len(amounts) == 1

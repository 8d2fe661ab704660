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
        ("en", "The port pays 2.5 million euros for the bridge.", 2.5e6, "EUR"),
    ],
)
def test_a_figure_has_its_scale_and_unit(language: str, text: str, value: float, unit: str) -> None:
    found = read_figures(read_document(Article("a", text, title="", language=language)))
    assert [(c.quantity.value, c.quantity.unit) for c in found] == [(value, unit)]

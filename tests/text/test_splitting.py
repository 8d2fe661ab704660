"""Sentence ends in each language: a bar in a case stands for an end, and no other end is found."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import sentences
from tests.growth import assert_linear

ARTICLES = Path(__file__).parent.parent / "digest" / "articles"

ENGLISH = [
    "The council sat with J. Mols, said L. Ruud.|It adjourned.",
    "The mayor has a plan B.|Ruud knows it.",
    "They met in Washington D.C.|The senator came late.",
    "The ferry left at 9 p.m. Monday.|Nobody waved.",
    "It opened in 2019.|Then it shut.",
    "The score was 2-1.|Ostend won.",
    "É. Brandt and J.-P. Ruud signed.|They left.",
]

GLUED = [
    "They pulled the nets up.|The herring had gone.|Ruud wept.",
    'She told them to "go home."|Davin stayed.|"I like it here," he said.|Then he left.',
    'He saw "no use in it."|"When boats sink," he wrote, "so do we."',
    "“We sail.”|“We do not,” said Ruud.",
    "The address is docs.harbour.Example now.",
    "Ask the Ferry.Net team.",
    "It was signed by E.Brandt and read by Ruud.",
]
"""Paragraphs joined without a space: each bar stands for an end, and for no letter."""

GERMAN = {
    "a year, a score, a decimal or a rank ends a sentence": [
        "Das war im Jahr 2019.|Danach stieg die Zahl.",
        "Es endete 2:1.|Trainer Olk tobte.",
        "Die Quote lag bei 3,5.|Experten staunten.",
        "Sie kam auf Platz 3.|Das freute alle.",
        "Sie kam auf Platz 3.|Lohburg feierte.",
        "Der Bus hielt um 18.30.|Er war leer.",
    ],
    "an ordinal does not": [
        "Am 4. Mai und am 12. Juni wird gewählt.|Das 2. Quartal war gut.",
        "Der 1. FC Lohburg spielt in der 3. Liga.|Am 5. ist Training.",
        "Die Tat geschah vom 3. auf den 4. Mai.|Der 100. Gast kam.",
        "Das galt unter Otto XIV.|Danach fiel die Regel, die Otto XV. Gran einführte.",
        "1. Die Stadt zahlt.|Die Ziele sind: 1. Der Bau beginnt.",
    ],
    "a quotation ends with its closing mark": [
        "„Das ist falsch.“|Der Minister widersprach.",
        "‚Das ist neu.‘|Er lachte.",
        "»Wir bleiben!«|Das rief die Menge.",
        "«Das geht nicht.»|Der Rat lehnte ab.",
        "Er fragte: „Darf ich?“|„Nein“, sagte sie.",
        "„Ich gehe!“, rief er.|Sie schwieg.",
    ],
    "a spaced abbreviation holds together": [
        "Betroffen sind z. B. Banken, u. a. Sparkassen.|Der Rest wartet.",
        "Oberst a. D. Meier und Prof. Dr. h. c. Ohm kamen.|Sie blieben.",
        "Er ist Minister a. D.|Die Partei schwieg.",
        "Sie arbeitet i. d. R. Montags.|Ihr Sohn auch.",
        "Der Verein Licht e. V. sammelt.|Das Geld geht an Kinder.",
    ],
    "an initial goes on and a shortened name may end": [
        "Sie kam von A. Müller und F. Ohm.|Das war alles.",
        "J. R. R. Olk schrieb es mit Ä. Lund.|Es ist lang.",
        "Angeklagt ist Thomas M.|Er schweigt.",
        "Angeklagt ist Thomas M.|„Er war ruhig“, sagt ein Nachbar.",
        "Stefan E. schwieg.|Das Urteil fällt im Juni.",
        "Es fehlt an Vitamin D.|Forscher warnen.",
    ],
    "streets, pages, titles and amounts go on": [
        "Das Haus steht in der Gerberstr. 14 in Ohm.|Dort wohnt sie.",
        "Es steht auf S. 12 und in Art. 5 Abs. 1.|Lesen lohnt sich.",
        "Dr.-Ing. Götz Ambach zahlt 3,5 Mio. Euro.|Er verdient 5 Mio.|Die Firma wächst.",
        "Die Brücke misst 12 m.|Sie ist alt.",
    ],
}

SPANISH = {
    "an initial goes on": [
        "«Es un error», dijo J. Martínez.|Nadie respondió.",
        "Según el portavoz, A. Núñez, no hay datos.|Á. López calla.",
        "Detuvieron a R. P. L. y a M. A. Ruiz.|El juez los oyó.",
        "La casa de D. Juan y la de P. Ortega ardieron.|Nadie sabe por qué.",
    ],
    "a letter after its noun and a shortened name may end": [
        "El alcalde tiene un plan B.|García lo conoce.",
        "Le falta vitamina D.|Los médicos lo saben.",
        "El acusado es José M. G.|El juez decidirá el lunes.",
    ],
    "an acronym ends before a word that begins sentences": [
        "Viajó a Washington D.C.|El presidente lo recibió.",
        "La dueña es Minas del Sur S.A.|La sede está en Olmo.",
        "La dueña es Minas del Sur S. A.|La sede está en Olmo.",
        "Llegó a las 10 p.m.|La policía esperaba.",
        "Llegó a las 10 p. m.|«No vi nada», dijo.",
        "Negocia con EE. UU.|El Senado votará.",
        "Cayó en el 476 d. C.|Luego hubo paz.",
    ],
    "an acronym goes on before a name": [
        "Minas del Sur S.A. Olmo perdió dinero.|Nadie lo esperaba.",
        "Negocia con EE.UU. México y con la D.G.T. Nacional.|No hay plazo.",
    ],
    "dates, addresses and titles go on": [
        "OLMO, 4 Mar. (AGENCIA SUR) - El Gobierno aprobó la ley.|Rige ya.",
        "Nadaron en el mar.|Ayer hacía calor.",
        "El Sr. Gil y la Dra. Paz viven en la Cra. 8.ª con la Av. Norte.|Son vecinos.",
        "Lo confirma la Dir. Gral. de Puertos.|No hay dudas.",
        "La torre mide 2,5 m.|Es baja.",
    ],
    "a question, a cry and a quotation end with their marks": [
        "¿Por qué?|¿Quién lo sabe?|¡Nadie!",
        "«Es falso.»|El ministro calló.",
        "—¿Vienes? —preguntó Ana.|—No.",
    ],
}

FRENCH = {
    "a title and an initial go on": [
        "Selon M. Le Goff et MM. Petit et Rue, c'est faux.|M. Martin le confirme.",
        "Le maire, M. Danvers, a vu Mme Roy et Me Lair.|Il est parti.",
        "Le 1er mai, J.-P. Martin défile avec Ch. Roy.|Il pleut.",
        "D'après A. Petit et d’É. Roy, tout va bien.|On verra.",
    ],
    "a letter after its noun and a shortened name may end": [
        "Le maire a un plan B.|Martin l'a lu.",
        "Le suspect s'appelle Thomas M.|Il se tait.",
        "Le suspect, Thomas M., se tait.|Son avocat aussi.",
    ],
    "guillemets with spaces belong to their sentence": [
        "« Je pars. »|« Moi aussi. »|Elle se lève.",
        "« Je pars\u00a0!\u00a0»|Elle se lève.",
        "« Tu pars\u202f?\u202f» demande-t-il.|Elle rit.",
        "Il a dit : « Non. »|Silence.",
        "Nous l'avons depuis Noël. »",
    ],
    "an abbreviation ends before a word that begins sentences": [
        "On vend des pommes, des poires, etc.|Le marché ferme.",
        "On vend des pommes, etc.|Tout cela pousse ici.",
        "C'était en 52 av. J.-C.|Les tribus ont gagné.",
        "C'est l'avis de l'O.N.U.|L'assemblée a voté.",
        "C'est l’avis de l’O.N.U.|« Enfin », dit-il.",
        "La société Roy S. A.|Le siège est à Brume.",
        "Le mur mesure 2,5 m.|Les voisins râlent.",
        "La salle ouvre à 9 h.|« Peut-être », dit-elle.",
    ],
    "a question in quotation marks goes on behind them": [
        "« Pourquoi maintenant ? », s'interroge-t-il.|Nul ne le sait.",
        "« Quelle honte ! » ; la salle se tait.|Le maire sort.",
        "“Pourquoi maintenant ?”, demande Roy.|Nul ne le sait.",
    ],
    "an abbreviation goes on otherwise": [
        "Un fruit, p. ex. Pomone ou Roy, suffit.|Voilà.",
        "En 52 av. J.-C. Roy perd.|On gagne.",
        "Le décret n° 4 et l'art. 5 tombent.|C'est fait.",
        "L'O.N.U. Brume siège.|On attend.",
    ],
}

CASES = [
    pytest.param(language, case, id=f"{language}: {promise}: {case[:24]}")
    for language, promises in (
        ("en", {"as it was": ENGLISH}),
        ("de", GERMAN),
        ("es", SPANISH),
        ("fr", FRENCH),
    )
    for promise, cases in promises.items()
    for case in cases
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_a_sentence_ends_where_its_language_ends_it(language: str, case: str) -> None:
    text = case.replace("|", " ")
    assert [span.of(text) for span in sentences(text, language)] == case.split("|")


@pytest.mark.parametrize(
    "path", sorted(ARTICLES.glob("*/*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_an_article_is_split_as_its_writer_did_by_hand(path: Path) -> None:
    article = tomllib.loads(path.read_text(encoding="utf-8"))
    text = article["text"]
    spans = sentences(text, path.parent.name)
    assert [span.of(text) for span in spans] == article["sentences"]


@pytest.mark.parametrize("case", GLUED)
def test_paragraphs_joined_without_a_space_come_apart_again(case: str) -> None:
    text = case.replace("|", "")
    assert [text[span.start : span.end] for span in sentences(text)] == case.split("|")


def test_a_language_without_files_is_split_by_the_english_rules() -> None:
    for case in ENGLISH:
        text = case.replace("|", " ")
        assert sentences(text, "xx") == sentences(text, "en")


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@given(st.text(alphabet=st.sampled_from("aB. !?…„“«»'’:-4\u00a0\nV."), max_size=120))
def test_no_word_is_lost_in_any_language(language: str, text: str) -> None:
    spans = sentences(text, language)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert "".join("".join(s.of(text) for s in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("piece", [".", "A. ", "z. ", "12. ", "! » ", "„(«"])
def test_a_page_of_marks_is_split_in_linear_time(language: str, piece: str) -> None:
    assert_linear(lambda n: piece * n, lambda text: sentences(text, language), 1_000)

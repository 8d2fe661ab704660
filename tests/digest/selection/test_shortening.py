# ruff: noqa: E501 (a sentence before and after is read best on one line)
"""What a shortened bullet promises: words are left out, and no truth with them."""

import itertools
import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.lexicon import load_lexicon
from briefing.digest.selection.shortening import shorten
from briefing.digest.sentences.document import Sentence
from briefing.model import CaveatKind, Cue, Span
from tests.growth import assert_linear

LANGUAGES = ("en", "de", "fr", "es")


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(0, Span(start, start + len(text)), text, 0, (), (), True)


def cue(text: str, words: str, start: int = 0) -> Cue:
    at = start + text.index(words)
    return Cue(CaveatKind.LIMITATION, 2, words, Span(at, at + len(words)))


def short(text: str, language: str = "en", carries: str | None = None) -> str:
    mark = cue(text, carries) if carries is not None else None
    return shorten(sentence(text), load_lexicon(language), mark).text


PORT = "The port authority closed the bridge to lorries on Monday."


@pytest.mark.parametrize(
    ("promise", "before", "after"),
    [
        ("a dateline in capitals goes", f"KESTREL SOUND (Reuters) - {PORT}", PORT),
        ("two spaces in a dateline are one", f"Kestrel Sound  (CNN)  {PORT}", PORT),
        ("a dateline with an unknown agency goes", f"KESTREL SOUND (Norrane Agency) — {PORT}", PORT),
        ("a dateline goes with its date", f"KESTREL SOUND, May 4 (Reuters) — {PORT}", PORT),
        ("a town and its country go", f"Harrow Bay, Norrane (CNN) {PORT}", PORT),
        ("a tag glued to its sentence goes", f"(CNN){PORT}", PORT),
        ("a town with a dash goes", f"Harrow Bay – {PORT}", PORT),
        ("a town, its country and a dash go", f"Harrow Bay, Norrane — {PORT}", PORT),
        ("a known place with a colon goes", f"NEW DELHI: {PORT}", PORT),
        ("what is no place keeps its colon", f"Harrow Nation: {PORT}", f"Harrow Nation: {PORT}"),
        ("a tag with a dash goes", f"(AP) — {PORT}", PORT),
        ("a link to the text before goes", "Meanwhile, Ada Brun opened the old harbour to visitors.", "Ada Brun opened the old harbour to visitors."),
        ("an addition to what is not shown goes", "In addition, Kestrel Sound lost its last ferry in spring.", "Kestrel Sound lost its last ferry in spring."),
        ("an example of what is not shown goes", "For example, Harrow Bay closed its market in winter.", "Harrow Bay closed its market in winter."),
        ("a leading and goes", "And Ada Brun opened the old harbour to visitors.", "Ada Brun opened the old harbour to visitors."),
        ("a tag and an opener go both", "(CNN)Meanwhile, Ada Brun opened the old harbour to visitors.", "Ada Brun opened the old harbour to visitors."),
        ("a pointer at a picture goes", "The old lighthouse (pictured) fell into the sea at Harrow Bay.", "The old lighthouse fell into the sea at Harrow Bay."),
        ("a pointer at a chart goes", "Rents in Harrow Bay fell for the whole of spring (see chart).", "Rents in Harrow Bay fell for the whole of spring."),
        ("an abbreviation that is not used goes", "The Norrane Harbour Authority (NHA) closed the bridge to lorries.", "The Norrane Harbour Authority closed the bridge to lorries."),
        ("an explanation in brackets goes", "The mayor opened the ferry (a gift of the hauliers' union) with a song.", "The mayor opened the ferry with a song."),
        ("an aside between dashes goes", "Kestrel Sound — a quiet town in the north — lost its ferry to a storm.", "Kestrel Sound lost its ferry to a storm."),
        ("an aside between double hyphens goes", "Kestrel Sound -- a quiet town in the north -- lost its ferry to a storm.", "Kestrel Sound lost its ferry to a storm."),
        ("an aside between glued dashes goes", "Kestrel Sound—a quiet town in the north—lost its ferry to a storm.", "Kestrel Sound lost its ferry to a storm."),
        ("a comma after an aside stays", "In Kestrel Sound – a quiet town of sailors –, the ferry was lost.", "In Kestrel Sound, the ferry was lost."),
        ("a relative clause about the subject goes", "Ada Brun, who joined the firm in Harrow Bay, was elected mayor of the town.", "Ada Brun was elected mayor of the town."),
        ("a clause with which goes", "The bridge, which crosses the sound, has lost its last railing.", "The bridge has lost its last railing."),
        ("an apposition goes", "Kestrel Sound, a town of fishermen and sailors, has lost its last ferry.", "Kestrel Sound has lost its last ferry."),
        ("a last clause goes", "The town council named the new ferry for Ada Brun, who sailed it to the island.", "The town council named the new ferry for Ada Brun."),
        ("a last clause with which goes", "The storm destroyed the last wooden pier of the port, which stood beside the market.", "The storm destroyed the last wooden pier of the port."),
        ("a pronoun's say-so about a plain fact goes", "The last ferry left the harbour on Monday evening, she said.", "The last ferry left the harbour on Monday evening."),
        ("its news conference goes along", "The last ferry left the harbour on Monday evening, he told reporters at a news conference.", "The last ferry left the harbour on Monday evening."),
        ("a pronoun's say-so in the middle goes", "The last ferry, he said, had left the harbour on Monday evening.", "The last ferry had left the harbour on Monday evening."),
        ("the form of a saying goes, the sayer stays", "The harbour was closed for the night, the port authority said in a statement.", "The harbour was closed for the night, the port authority said."),
        ("the day of a saying goes beside another day", "The harbour was closed on Sunday, the port authority said on Tuesday.", "The harbour was closed on Sunday, the port authority said."),
        ("white space is made single", "The port  authority\tclosed the bridge\u00a0to lorries.", "The port authority closed the bridge to lorries."),
    ],
)  # fmt: skip
def test_what_a_bullet_does_not_need_goes(promise: str, before: str, after: str) -> None:
    assert short(before) == after, promise


@pytest.mark.parametrize(
    ("promise", "text"),
    [
        ("a word in capitals is no dateline", "NATO — the alliance — sent a ship to the quiet harbour."),
        ("a denial is no dateline", "NOT GUILTY — The hauliers left the court with a song on Monday."),
        ("no letter is made a capital", "Meanwhile, the port authority closed the bridge to lorries."),
        ("a contrast stays", "However, Ada Brun closed the bridge to all lorries on Monday."),
        ("a leading but stays", "But Ada Brun closed the bridge to all lorries on Monday."),
        ("the only day stays", "On Tuesday, Ada Brun closed the bridge to all the lorries."),
        ("six words are left at least", "Meanwhile, Ada Brun left the harbour."),
        ("a number in brackets stays", "The mayor opened the ferry (a gift worth $40) with a song."),
        ("a number in words stays", "The mayor opened the ferry (a gift of two old unions) with a song."),
        ("a number between dashes stays", "Kestrel Sound — a town of 4,000 people — lost its ferry to a storm."),
        ("a hedge in brackets stays", "The mayor opened the ferry (a gift that may be returned) with a song."),
        ("a least in brackets stays", "The union now rules the town (at least the quiet harbour)."),
        ("a reach between dashes stays", "Every shop — outside the old town of Harrow — was closed for a week."),
        ("a condition between dashes stays", "The new bank — when it opens its doors — gives loans to sailors."),
        ("an exception in brackets stays", "Every shop closed (other than the old bakery), the council found."),
        ("a source in brackets stays", "The town lost its ferry (according to the harbour police) in spring."),
        ("an abbreviation that is used stays", "The Norrane Harbour Authority (NHA) closed a bridge of the NHA."),
        ("a bracket that is no abbreviation stays", "The bridge was closed by Ada Brun (SPD) for all the lorries."),
        ("a name that is used from here on stays", "The council passed the Harbour and Quay Repairs Act (the Quay Act) in spring."),
        ("a bracket within a word stays", "The mayor(s) of the two towns closed the bridge to lorries."),
        ("an adjective in brackets stays", "The (former) mayor of Harrow Bay closed the bridge to lorries."),
        ("an adjective before its noun stays", "She heard various (unnamed by the paper) sailors sing at night."),
        ("an aside that makes a plural stays", "The mayor — and her old deputy — were seen at the harbour."),
        ("an aside that parts two clauses stays", "The bridge is old — a gift of the union — and the town wants it."),
        ("a name between dashes stays", "The winning team — the Kestrel Harriers — was cheered at the harbour."),
        ("a correction between dashes stays", "Ada Brun — she’s Ada Holt these days — opened the old harbour."),
        ("three dashes are left alone", "The bridge — old and grey as it is — stood — so far as anyone knew."),
        ("a quotation stays whole", "“Ada Brun, who joined the firm in May, was our mayor,” she said."),
        ("a bracket in a quotation stays", "“The mayor (a friend of the hauliers) was late again,” she said."),
        ("a half quotation is left alone", "“The bridge (a gift of the hauliers' union) was never safe."),
        ("a quotation keeps its speaker", "The bridge was “a disgrace to all of the town”, she said."),
        ("a single quotation keeps its speaker", "The bridge was ‘a disgrace to all of the town’, she said."),
        ("a judgement keeps its speaker", "The bridge was the worst in the whole of Norrane, she said."),
        ("a forecast keeps its speaker", "The bridge will stand for another winter in Norrane, she said."),
        ("a doubt keeps its speaker", "The bridge could stand for another winter in Norrane, she said."),
        ("a word about oneself keeps its speaker", "He had left the harbour with the ferry at night, he said."),
        ("a report of the dead keeps its speaker", "Sailors were killed at the harbour on Monday evening, he said."),
        ("a source with a name stays", "The bridge was closed for the night on Monday, Ada Brun said."),
        ("according to stays", "The bridge was closed for the night, according to the harbour police."),
        ("the only day of a saying stays", "The bridge was closed for the night, the port authority said on Tuesday."),
        ("a clause about the speaker stays", "Ada Brun, who works for the hauliers, said the bridge was closed."),
        ("a role of the speaker stays", "Ada Brun, a friend of the hauliers, said the bridge was closed."),
        ("a clause with a negation stays", "The bridge, which was never quite finished, has lost a railing."),
        ("a clause with a number stays", "Ada Brun, who joined the firm in 2011, was elected mayor of the town."),
        ("a clause with a hedge stays", "Ada Brun, who allegedly joined the firm, was elected mayor of it."),
        ("a clause with a source stays", "Ada Brun, who police said joined the firm, was elected mayor of it."),
        ("a clause after a comma stays", "The mayor, Ada Brun, who joined the firm, was elected by the town."),
        ("a clause before a list stays", "The bridge, which crosses the sound, the pier and the quay fell down."),
        ("a name that a pronoun needs stays", "The firm, which Ada Brun founded, is older than her own house."),
        ("a consequence stays", "The storm destroyed the last wooden pier of the port, which led to a strike."),
        ("eight words stand before a clause that goes", "The town named Ada Brun, who sailed to the island."),
        ("a last clause about the speaker stays", "The bridge was closed for the night, said Ada Brun, who sailed it home."),
        ("a next sentence stays", "The town has named the ferry for Ada, who sailed it home. The town sang."),
    ],
)  # fmt: skip
def test_what_a_bullet_needs_stays(promise: str, text: str) -> None:
    assert short(text) == text, promise


@pytest.mark.parametrize(
    ("text", "carries", "after"),
    [
        ("The ferry sailed on Monday evening from the old quay, she said.", "sailed", None),
        ("The bridge, which crosses the sound, has lost its railing.", "lost", None),
        ("The mayor opened the ferry (a gift of the union) with a song.", "gift", None),
        ("And Ada Brun opened the old harbour to visitors.", "And", None),
        ("The harbour was closed for the night, sailors said in a statement.", "closed", None),
        (
            "(CNN)The mayor opened the ferry (a gift of the union) with a song.",
            "song",
            "The mayor opened the ferry with a song.",
        ),
    ],
)
def test_a_caveat_keeps_its_cue_its_clauses_and_its_source(
    text: str, carries: str, after: str | None
) -> None:
    assert short(text, carries=carries) == (after or text)


def test_the_cue_is_found_where_the_sentence_stands_in_its_article() -> None:
    text = "The mayor opened the ferry (a gift of the union) with a song."
    held = cue(text, "gift", start=500)
    assert shorten(sentence(text, 500), load_lexicon("en"), held).text == text
    free = cue(text, "song", start=500)
    assert "gift" not in shorten(sentence(text, 500), load_lexicon("en"), free).text


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("de", "Berlin (dpa) - Der Hafen von Kestrelsund ist seit Montag für Laster gesperrt.", "Der Hafen von Kestrelsund ist seit Montag für Laster gesperrt."),
        ("de", "Der Leuchtturm (Foto) ist in der Nacht ins Meer gestürzt.", "Der Leuchtturm ist in der Nacht ins Meer gestürzt."),
        ("de", "Die Norranische Hafenbehörde (NHB) hat die Brücke gesperrt.", "Die Norranische Hafenbehörde hat die Brücke gesperrt."),
        ("de", "Kestrelsund – die stille Stadt am Meer – hat die letzte Fähre verloren.", "Kestrelsund hat die letzte Fähre verloren."),
        ("de", "Die letzte Fähre habe den Hafen am Abend verlassen, sagte sie.", "Die letzte Fähre habe den Hafen am Abend verlassen."),
        ("fr", "PARIS (Reuters) - Le port de Kestrel a fermé le pont aux camions lundi.", "Le port de Kestrel a fermé le pont aux camions lundi."),
        ("fr", "Le phare de Kestrel (photo) est tombé dans la mer cette nuit.", "Le phare de Kestrel est tombé dans la mer cette nuit."),
        ("fr", "Le maire de Kestrel – la petite ville du nord – a fermé le pont.", "Le maire de Kestrel a fermé le pont."),
        ("fr", "Le grand bateau a quitté le port lundi soir, a-t-elle dit.", "Le grand bateau a quitté le port lundi soir."),
        ("es", "Madrid (EFE).- El puerto de Kestrel cerró el puente a los camiones.", "El puerto de Kestrel cerró el puente a los camiones."),
        ("es", "El faro de Kestrel (en la foto) cayó al mar esta noche.", "El faro de Kestrel cayó al mar esta noche."),
        ("es", "El alcalde de Kestrel – la pequeña ciudad del norte – cerró el puente.", "El alcalde de Kestrel cerró el puente."),
        ("es", "El último barco salió del puerto el lunes por la noche, dijo.", "El último barco salió del puerto el lunes por la noche."),
    ],
)  # fmt: skip
def test_other_languages_lose_datelines_asides_and_pronouns(
    language: str, before: str, after: str
) -> None:
    assert short(before, language) == after


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Brücke wurde gestern von Olaf Brun (SPD) für Laster gesperrt."),
        ("de", "Kestrelsund – die angeblich stillste Stadt – hat die Fähre verloren."),
        ("de", "Kestrelsund – mit drei Häfen am Meer – hat die Fähre verloren."),
        ("de", "Die Brücke wird noch einen Winter halten, sagte sie."),
        ("fr", "Le maire – le seul qui n’ait rien dit – a fermé le pont."),
        ("fr", "« Le pont était la honte de la ville », a-t-elle dit."),
        ("es", "El alcalde – el menos votado sin duda – cerró el puente."),
        ("es", "El puente es el peor de toda la costa norte, dijo."),
        ("xx", "Meanwhile, Ada Brun opened the harbour (see chart) to visitors."),
    ],
)
def test_other_languages_keep_doubt_numbers_and_quotations(language: str, text: str) -> None:
    assert short(text, language) == text


ROAD = "The council of Harrow Bay voted late on Monday evening to close the old coast road to all lorries and buses between the market and the lighthouse"


@pytest.mark.parametrize(
    ("promise", "text", "after"),
    [
        ("a last participle goes", f"{ROAD}, bringing a long quarrel between the hauliers and the fishermen to its end.", f"{ROAD}."),
        ("a last relative clause goes", f"{ROAD}, where the cliff has been falling into the sea piece by piece.", f"{ROAD}."),
        ("a last apposition goes", f"{ROAD}, a stretch that the hauliers have used as their short way to the port.", f"{ROAD}."),
        ("a second clause goes", f"{ROAD}, and it asked the hauliers to use the bridge beside the old mill.", f"{ROAD}."),
        ("the time of a plain fact goes", f"{ROAD}, after the cliff fell into the sea beside the old mill.", f"{ROAD}."),
        ("what stands behind a semicolon goes", f"{ROAD}; the hauliers must use the bridge beside the old mill.", f"{ROAD}."),
        ("whoever says it stays", f"{ROAD}, bringing a long quarrel with the hauliers to its end, Ada Brun said on Tuesday.", f"{ROAD}, Ada Brun said."),
        ("an apposition behind the subject goes", "Ada Brun, a fisherman's daughter from the far end of Harrow Bay whom the whole town knows by her nickname, has opened the old coast road to the lorries and buses of the port again.", "Ada Brun has opened the old coast road to the lorries and buses of the port again."),
        ("a long opening phrase goes", "Speaking beside the old mill where the lorries of the hauliers had gathered early in the morning, Ada Brun opened the old coast road to the lorries and buses of the port again.", "Ada Brun opened the old coast road to the lorries and buses of the port again."),
    ],
)  # fmt: skip
def test_a_long_bullet_loses_what_its_grammar_can_spare(
    promise: str, text: str, after: str
) -> None:
    assert short(text) == after, promise


@pytest.mark.parametrize(
    ("promise", "tail"),
    [
        ("a number", ", bringing a quarrel of the hauliers that has lasted 12 years to its end."),
        ("a hedge", ", which may bring the long quarrel between the hauliers and the town to its end."),
        ("a denial", ", which the hauliers and the fishermen of the town had not wanted at all."),
        ("a suspicion", ", where the suspected arsonist of the mill was last seen beside the cliff."),
        ("a doubtful source", ", where a former keeper saw the cliff fall into the sea beside the mill."),
        ("a quotation", ", bringing what the hauliers of the port call “the long war” to its end."),
        ("the rest of a list", ", open the bridge beside the old mill, and has sent the hauliers a letter."),
        ("its condition", ", if the hauliers of the port agree to use the bridge beside the mill."),
    ],
)  # fmt: skip
def test_a_long_bullet_keeps_what_changes_its_meaning(promise: str, tail: str) -> None:
    assert short(ROAD + tail) == ROAD + tail, promise


def test_a_long_caveat_keeps_its_clauses() -> None:
    text = f"{ROAD}, bringing a long quarrel between the hauliers and the fishermen to its end."
    assert short(text, carries="quarrel") == text


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [", bringing the long quarrel of the two towns to its end", ", where the cliff has fallen", ", a friend of the sailors", ", who may have left", ", and it will not close again", "; the two mills are shut", ", after the storm", ", police said", ", according to a former keeper", " “as it was”"]
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["", "Speaking at the mill, ", "In the suspected arson, ", "During the storm of 2019, "]),
)  # fmt: skip
def test_a_long_bullet_loses_no_hedge_denial_number_or_source(
    tails: list[str], opening: str
) -> None:
    text = f"{opening}{ROAD}{''.join(tails)}."
    result = short(text)
    assert weighty(result, "en") == weighty(text, "en")
    for kept in ("said", "according", "former", "suspected", "“as it was”"):
        assert result.count(kept) == text.count(kept)
    assert is_subsequence(list(result.replace(" ", "")), list(text))


_DATELINES = {
    "en": ["KESTREL SOUND (Reuters) - ", "(CNN)", "Harrow Bay, Norrane (AP) — "],
    "de": ["Berlin (dpa) - ", "(dpa) – "],
    "fr": ["PARIS (Reuters) - ", "(AFP) - "],
    "es": ["Madrid (EFE).- "],
}
_OPENERS = {
    "en": ["Meanwhile, ", "And ", "But ", "In addition, ", "However, ", "Unless it rains, "],
    "de": ["Aber ", "Zudem: ", "Obwohl es regnet, "],
    "fr": ["Mais ", "En outre, ", "Sauf accord, "],
    "es": ["Pero ", "Además, ", "Sin embargo, "],
}
_SUBJECTS = {
    "en": ["Ada Brun", "The port", "“The town”", "About 40 sailors", "The Norrane Harbour Group"],
    "de": ["Ada Brun", "Der Hafen", "„Die Stadt“", "Rund 40 Matrosen", "Die Norranische Bank"],
    "fr": ["Ada Brun", "Le port", "« La ville »", "Environ 40 marins", "La Banque de Norrane"],
    "es": ["Ada Brun", "El puerto", "«La ciudad»", "Unos 40 marineros", "El Banco de Norrane"],
}
_ASIDES = {
    "en": [" (pictured)", " (NHG)", " (a gift of the union)", " (not a gift at all)", " — a town of sailors —", " – if it ever opens –", " -- the second in a row --", ", who may have left,", ", which crosses the sound,", ", a friend of sailors,", ", he said,", ' ("a friend")'],
    "de": [" (Foto)", " (NB)", " (die alte Stadt am Meer)", " – kaum ein stiller Ort –", " – die Stadt am Meer –", ", der zwei Schiffe hat,"],
    "fr": [" (photo)", " (BN)", " (la vieille ville du nord)", " – sans aucun doute permis –", " – la ville du nord –", ", qui n’a rien dit,"],
    "es": [" (foto)", " (BN)", " (la vieja ciudad del norte)", " – sin duda alguna posible –", " – la ciudad del norte –", ", que no dijo nada,"],
}  # fmt: skip
_VERBS = {
    "en": [" has closed the bridge to lorries", " may close two bridges", " had not seen “the ferry”", " was elected by most of the town", " names the ferry for Ada Holt"],
    "de": [" hat die Brücke für Laster gesperrt", " soll zwei Brücken sperren", " hatte „die Fähre“ nicht gesehen"],
    "fr": [" a fermé le pont aux camions", " pourrait fermer deux ponts", " n’a pas vu « le bac »"],
    "es": [" cerró el puente a los camiones", " podría cerrar dos puentes", " no vio «el barco»"],
}  # fmt: skip
_TAILS = {
    "en": ["", ", he said", ", she told reporters on Monday", ", the firm said in a statement", ", police said on Tuesday", ", who sailed it to the island", ", which was never found", ", according to two officials", " (see chart)", ", but it failed"],
    "de": ["", ", sagte sie", ", sagte er am Montag", ", laut zwei Beamten", " (siehe Grafik)", ", aber nicht ganz"],
    "fr": ["", ", a-t-elle dit", ", selon deux sources", " (voir photo)", ", mais sans succès"],
    "es": ["", ", dijo", ", según dos fuentes", " (foto)", ", pero sin éxito"],
}  # fmt: skip
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_KEPT = {
    "en": "two second nineteen half",
    "de": "zwei drei halb",
    "fr": "deux trois moitié",
    "es": "dos tres mitad",
}


@st.composite
def assembled(draw: st.DrawFn) -> tuple[str, str, str]:
    """A language, a dateline (perhaps none), and a sentence of clauses that follows it."""
    language = draw(st.sampled_from(LANGUAGES))
    parts = [
        draw(st.sampled_from(["", *_OPENERS[language]])),
        draw(st.sampled_from(_SUBJECTS[language])),
        *draw(st.lists(st.sampled_from(_ASIDES[language]), max_size=2)),
        draw(st.sampled_from(_VERBS[language])),
        *draw(st.lists(st.sampled_from(_ASIDES[language]), max_size=1)),
        *draw(st.lists(st.sampled_from(_TAILS[language]), max_size=2)),
        draw(st.sampled_from([".", "!", "?", "…", "."])),
    ]
    return language, draw(st.sampled_from(["", *_DATELINES[language]])), "".join(parts)


def is_subsequence(shorter: list[str], longer: list[str]) -> bool:
    rest = iter(longer)
    return all(word in rest for word in shorter)


def weighty(text: str, language: str) -> list[str]:
    """The hedges, denials, contrasts and numbers of a text, in order."""
    lexicon = load_lexicon(language)
    words = lexicon.hedges | {c.strip(" ,") for c in lexicon.contrasts}
    words |= set(_KEPT[language].split())
    low = [w.replace("’", "'") for w in _WORD.findall(text.lower())]
    return [w for w in low if w in words or w[0].isdigit()]


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(assembled())
def test_a_bullet_is_its_evidence_with_words_left_out_in_order(made: tuple[str, str, str]) -> None:
    language, dateline, text = made
    result = short(dateline + text, language)
    assert is_subsequence(_WORD.findall(result), _WORD.findall(dateline + text))
    assert is_subsequence(list(result.replace(" ", "")), list(dateline + text))


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(assembled())
def test_no_hedge_denial_contrast_or_number_is_lost(made: tuple[str, str, str]) -> None:
    language, dateline, text = made
    result = short(dateline + text, language)
    assert weighty(result, language) == weighty(text, language)


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(assembled())
def test_quotations_stay_whole_and_brackets_in_pairs(made: tuple[str, str, str]) -> None:
    language, dateline, text = made
    result = short(dateline + text, language)
    quotation = re.compile(r"“[^”]*”|„[^“]*“|«[^»]*»|\"[^\"]*\"")
    assert quotation.findall(result) == quotation.findall(text)
    assert result.count("(") == result.count(")")


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(assembled())
def test_six_words_a_capital_and_the_last_stop_remain(made: tuple[str, str, str]) -> None:
    language, dateline, text = made
    result = short(dateline + text, language)
    assert len(_WORD.findall(result)) >= min(6, len(_WORD.findall(dateline + text)))
    assert not result[0].islower()
    assert result[-1] == text[-1]
    assert result == " ".join(result.split())


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(assembled(), st.data())
def test_the_cue_of_a_caveat_is_never_lost(made: tuple[str, str, str], data: st.DataObject) -> None:
    language, dateline, text = made
    whole = dateline + text
    words = list(_WORD.finditer(whole))
    carries = data.draw(st.sampled_from(words))
    mark = Cue(CaveatKind.DISPUTE, 2, carries.group(), Span(7 + carries.start(), 7 + carries.end()))
    result = shorten(sentence(whole, 7), load_lexicon(language), mark).text
    assert _WORD.findall(whole).count(carries.group()) == 1 or carries.group() in result
    assert carries.group() in _WORD.findall(result)


def letters(text: str) -> str:
    """``text`` without its white space."""
    return "".join(text.split())


@settings(deadline=None)
@given(assembled(), st.integers(0, 9))
def test_the_spans_that_were_kept_are_the_text_up_to_white_space(
    made: tuple[str, str, str], start: int
) -> None:
    language, dateline, text = made
    article = "." * start + dateline + text
    result = shorten(sentence(dateline + text, start), load_lexicon(language), None)
    assert letters("".join(span.of(article) for span in result.kept)) == letters(result.text)
    assert all(a.end < b.start for a, b in itertools.pairwise(result.kept))
    assert all(span.of(article) == span.of(article).strip() != "" for span in result.kept)


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(assembled())
def test_a_short_bullet_shortened_again_loses_no_hedge(made: tuple[str, str, str]) -> None:
    language, dateline, text = made
    once = short(dateline + text, language)
    assert weighty(short(once, language), language) == weighty(once, language)


@settings(deadline=None)  # the first text of a language reads its lexicon
@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_shortened_without_an_error_and_adds_nothing(text: str, language: str) -> None:
    result = short(text, language)
    assert is_subsequence(list(result.replace(" ", "")), list(text))


@pytest.mark.parametrize(
    "odd", [", who was", " (a b c", " — a b c", "“", ", he said", "A B, ", "(CNN) ", " - ", "AB "]
)
def test_a_very_long_sentence_takes_linear_time(odd: str) -> None:
    for language in LANGUAGES:
        assert_linear(
            lambda n: "The port " + odd * n + " was closed.",
            partial(short, language=language),
            100,
        )

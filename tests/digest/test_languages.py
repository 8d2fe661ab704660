"""Digests beyond English: labelled German, French and Spanish articles, and languages without a
lexicon."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from briefing.digest.lexicon import load_lexicon
from briefing.digest.pipeline import digest_article
from briefing.digest.sentences.document import read_document
from briefing.digest.wordlists import has_lexicon
from briefing.model import CAVEAT_LANGUAGES, Article, Cue, Digest, Span
from briefing.text import detect_language

ARTICLES = Path(__file__).parent / "articles"
LANGUAGES = ("de", "fr", "es")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article labelled by hand, and its digest. found: the caveats by number of sentence."""

    name: str
    labels: dict[str, Any]
    digest: Digest
    found: dict[int, Cue]

    def sentence(self, span: Span) -> int:
        """The number of the sentence at ``span``."""
        return self.digest.sentences.index(span)

    def caveats(self, least: int) -> dict[int, str]:
        """The kinds of the labelled caveats of that weight or more, by number of sentence.

        Those in the main claim may be labelled or not: they are left out.
        """
        return {
            c["sentence"]: c["kind"]
            for c in self.labels["caveats"]
            if c["weight"] >= least and c["sentence"] != self.labels["main"]
        }


@cache
def labelled(language: str) -> Sequence[Labelled]:
    """The labelled articles of a language, digested."""
    return [_digested(path, language) for path in sorted((ARTICLES / language).glob("*.toml"))]


def _digested(path: Path, language: str) -> Labelled:
    labels = tomllib.loads(path.read_text(encoding="utf-8"))
    digest = digest_article(
        Article(
            id=path.stem,
            title=labels["title"],
            source=None,
            text=labels["text"],
            language=language,
        )
    )
    spans = list(digest.sentences)
    found = {spans.index(c.evidence[0]): c.mark for c in digest.caveats}
    found.pop(labels["main"], None)
    return Labelled(path.stem, labels, digest, found)


@pytest.fixture(params=LANGUAGES)
def articles(request: pytest.FixtureRequest) -> Sequence[Labelled]:
    """The six articles of each language in turn."""
    return labelled(request.param)


# ── Labelled articles ────────────────────────────────────────────────────────────────────────


def test_the_main_claim_is_a_bullet_without_its_dateline(articles: Sequence[Labelled]) -> None:
    told = 0
    for article in articles:
        language = article.digest.article.language
        for bullet in article.digest.bullets:
            if article.sentence(bullet.evidence[0]) == article.labels["main"]:
                datelines = load_lexicon(language).datelines
                assert datelines is not None
                told += datelines.match(bullet.text) is None
    assert len(articles) == 6
    assert told >= 5


def test_no_boilerplate_or_subhead_is_a_bullet(articles: Sequence[Labelled]) -> None:
    for article in articles:
        never = {*article.labels["boilerplate"], *article.labels["subheads"]}
        taken = {article.sentence(b.evidence[0]) for b in article.digest.bullets}
        assert not never & taken, article.name


def test_boilerplate_and_subheads_are_all_that_is_no_prose(articles: Sequence[Labelled]) -> None:
    for article in articles:
        never = {*article.labels["boilerplate"], *article.labels["subheads"]}
        document = read_document(article.digest.article)
        assert {s.index for s in document.sentences if not s.prose} == never, article.name


def test_most_caveats_are_found_and_most_that_are_found_are_caveats(
    articles: Sequence[Labelled],
) -> None:
    wanted = sum(len(a.caveats(least=2)) for a in articles)
    hit = sum(len(a.caveats(least=2).keys() & a.found.keys()) for a in articles)
    right = sum(len(a.caveats(least=1).keys() & a.found.keys()) for a in articles)
    claimed = sum(len(a.found) for a in articles)
    assert hit / wanted >= 0.75
    assert right / claimed >= 0.75


def test_most_caveats_are_given_their_kind(articles: Sequence[Labelled]) -> None:
    verdicts = [
        a.found[number].kind == kind
        for a in articles
        for number, kind in a.caveats(least=1).items()
        if number in a.found
    ]
    assert sum(verdicts) / len(verdicts) >= 0.8


def test_a_cue_is_words_of_its_sentence(articles: Sequence[Labelled]) -> None:
    for article in articles:
        for caveat in article.digest.caveats:
            cue, (sentence,) = caveat.mark, caveat.evidence
            assert sentence.start <= cue.cue_span.start < cue.cue_span.end <= sentence.end
            assert cue.cue_span.of(article.digest.article.text) == cue.cue


# ── Languages without a lexicon ──────────────────────────────────────────────────────────────

POLISH = """\
Rada Zielonego Brodu zdecydowała w poniedziałek o zamknięciu mostu kolejowego dla ciężarówek.
Za uchwałą głosowało dziewiętnastu radnych, przeciw było siedmiu, a dwóch wstrzymało się od głosu.
Według inżynierów pęknięcia w dwóch filarach pojawiły się już w styczniu ubiegłego roku.
Przewoźnicy twierdzą, że nikt ich nie uprzedził o planowanym zamknięciu przeprawy.
Burmistrz zapowiedział, że naprawa potrwa co najmniej osiem miesięcy i pochłonie cztery miliony.
Dzieci z drugiego brzegu będą do tego czasu dowożone do szkoły promem."""

FINNISH = """\
Kuusirannan kaupunginvaltuusto päätti maanantaina sulkea vanhan rautatiesillan raskailta autoilta.
Päätöksen puolesta äänesti yhdeksäntoista valtuutettua ja sitä vastaan seitsemän.
Insinöörien mukaan kahdessa pilarissa on ollut halkeamia jo viime tammikuusta lähtien.
Kuljetusyrittäjät sanovat, ettei kukaan kertonut heille sulkemisesta etukäteen.
Kaupunginjohtaja arvioi korjauksen kestävän vähintään kahdeksan kuukautta.
Toisen rannan lapset kulkevat siihen asti kouluun lautalla."""

TURKISH = """\
Yeşilgeçit belediye meclisi pazartesi günü eski demiryolu köprüsünü kamyonlara kapatma kararı aldı.
Karar yediye karşı on dokuz oyla kabul edildi, iki üye çekimser kaldı.
Mühendisler köprünün iki ayağındaki çatlakların geçen ocak ayından beri bilindiğini söyledi.
Nakliyeciler kapatma konusunda kendilerine önceden haber verilmediğini savunuyor.
Belediye başkanı onarımın en az sekiz ay süreceğini ve dört milyona mal olacağını açıkladı.
Karşı kıyıdaki çocuklar o zamana kadar okula vapurla gidecek."""

OTHERS = {"pl": POLISH, "fi": FINNISH, "tr": TURKISH}


def test_caveats_are_said_to_be_sought_where_there_is_a_lexicon_for_them() -> None:
    files = (resources.files("briefing.digest") / "lexicons").iterdir()
    named = {name for file in files if has_lexicon(name := file.name.removesuffix(".toml"))}
    assert named == CAVEAT_LANGUAGES


@pytest.mark.parametrize("language", OTHERS)
def test_the_language_of_a_text_is_told(language: str) -> None:
    assert detect_language(OTHERS[language]) == language


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_without_a_lexicon_gets_bullets_and_claims_no_caveats(language: str) -> None:
    text = OTHERS[language]
    digest = digest_article(
        Article(id=language, title=None, source=None, text=text, language=language)
    )
    assert len(digest.bullets) == 4
    assert digest.caveats == ()
    for bullet in digest.bullets:
        assert bullet.caveat is None
        assert bullet.text == bullet.evidence[0].of(text)


MIXED = """\
Der Stadtrat von Mühlrain hat am Montag den Abriss der alten Brücke beschlossen.
Bindend ist der Beschluss allerdings nicht, denn das letzte Wort hat der Kreis.
“We would rather keep the old bridge,” said Ada Brun, who visits every summer.
« Le pont fait partie de notre histoire », a déclaré le maire de la commune voisine.
Ein Gutachten, das die Stadt bezahlt hat, rechnet mit Kosten von acht Millionen Euro.
El puente se inauguró en 1913 y desde entonces lo han cruzado tres generaciones."""


@pytest.mark.parametrize("language", [*LANGUAGES, "en", "pl"])
def test_a_text_of_several_languages_is_digested_in_any_of_them(language: str) -> None:
    digest = digest_article(
        Article(id="mixed", title="Mühlrain", source=None, text=MIXED, language=language)
    )
    assert 1 <= len(digest.bullets) <= 4
    assert all(b.evidence[0] in digest.sentences for b in digest.bullets)


def test_a_text_of_several_languages_keeps_the_caveat_of_its_own() -> None:
    digest = digest_article(
        Article(id="mixed", title="Mühlrain", source=None, text=MIXED, language="de")
    )
    assert "Bindend ist der Beschluss allerdings nicht" in MIXED
    assert any(c.evidence[0].of(MIXED).startswith("Bindend") for c in digest.caveats)

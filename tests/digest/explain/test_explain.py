"""What is said of each sentence: its verdict, scores, cues and reasons, in a reader's words."""

import re

import pytest

from briefing.digest import digest_article
from briefing.digest.explain import Explained, explain, ordinal, signed
from briefing.digest.explain.attributions import feature_groups
from briefing.digest.features.document_features import Features
from briefing.digest.selection.ranking import CaveatFeatures
from briefing.model import Article, UsageError
from tests.cli.ran import briefing
from tests.digest.documents import BRIDGE

FERRY = Article(
    id="ferry",
    title="Ostrel council buys a second-hand ferry",
    text="""\
The council of Ostrel voted on Tuesday to buy a second-hand ferry for the crossing to Little Skarn.
The vessel will cost 4.2 million crowns and can carry 60 cars, the council's treasurer said.
But there's a catch.
The ferry has not been inspected, and the council has not verified the seller's records.
On Tuesday the council of Ostrel voted to buy a second-hand ferry for the crossing to Skarn.
Critics say the price is too high for a ship of that age.
Photo: the ferry at its berth
The seller denied that the engine had failed twice last winter.
The crossing takes 25 minutes when the sea is calm.
About 900 people live on Little Skarn.
The first crossing is planned for the spring, when the ice has gone.""",
)
FAEHRE = Article(
    id="faehre",
    language="de",
    title="Der Rat von Ostrel kauft eine Fähre",
    text="""\
Der Rat von Ostrel hat am Dienstag beschlossen, eine gebrauchte Fähre für die Überfahrt zu kaufen.
Das Schiff kostet 4,2 Millionen Kronen und fasst 60 Autos.
Aber der Verkäufer bestritt, dass der Motor im Winter ausgefallen sei.
Es ist nicht klar, wann die Fähre ankommt.
Die Überfahrt dauert bei ruhiger See 25 Minuten.""",
)
GREEK = Article(
    id="greek", language="el", text="Το πλοίο έφτασε. Το συμβούλιο ψήφισε. Η θάλασσα ήταν ήρεμη."
)
ALL = (BRIDGE, FERRY, FAEHRE, GREEK)


def one(told: tuple[Explained, ...], words: str) -> Explained:
    """The sentence that holds these words."""
    return next(e for e in told if words in e.text)


def words_of(told: Explained) -> list[str]:
    """All that a reader is told of a sentence."""
    weighed = [w for w in (told.rank, told.caveat) if w is not None]
    reasons = [r.words for w in weighed for r in w.reasons]
    return [told.verdict, *reasons, *(c.name for c in told.cues)]


@pytest.mark.parametrize("article", ALL, ids=lambda a: a.id)
def test_every_sentence_is_explained_once_and_in_order(article: Article) -> None:
    told = explain(article)
    assert tuple(e.span for e in told) == digest_article(article).sentences
    assert [e.number for e in told] == list(range(1, len(told) + 1))
    assert all(e.text == e.span.of(article.text) for e in told)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 30])
@pytest.mark.parametrize("article", ALL, ids=lambda a: a.id)
def test_the_verdict_of_every_bullet_says_bullet_and_of_no_other(
    article: Article, count: int
) -> None:
    digest = digest_article(article, bullets=count)
    taken = {b.evidence[0] for b in digest.bullets}
    told = explain(article, count)
    assert {e.span for e in told if e.bullet} == taken
    assert {e.span for e in told if e.verdict.startswith("bullet: ")} == taken
    if taken:
        assert [e.verdict for e in told].count("bullet: the main claim") == 1


def test_a_pointer_says_so() -> None:
    assert one(explain(FERRY), "a catch").verdict == "not taken: only points to the next"


def test_a_line_that_is_no_prose_says_so_and_is_not_weighed() -> None:
    photo = one(explain(FERRY), "Photo:")
    assert photo.verdict == "no prose"
    assert (photo.rank, photo.caveat, photo.place, photo.cues) == (None, None, None, ())


def test_a_sentence_that_says_the_same_as_a_bullet_names_it() -> None:
    told = explain(FERRY, 30)
    doubled = one(told, "On Tuesday the council")
    other = re.fullmatch(r"not taken: said the same as sentence (\d+)", doubled.verdict)
    assert other is not None
    assert told[int(other[1]) - 1].text.startswith("The council of Ostrel voted")
    assert told[int(other[1]) - 1].bullet


def test_what_was_not_taken_says_how_it_ranked() -> None:
    told = explain(FERRY)
    prose = [e for e in told if e.prose]
    below = [e for e in prose if e.verdict.startswith("not taken: ranked")]
    assert below
    for e in below:
        assert e.place is not None
        assert f"ranked {ordinal(e.place)} of {len(prose)}" in e.verdict
        assert e.verdict.endswith(", no seat left") == (e.place <= 4)
    ranks = sorted(prose, key=lambda e: e.place or 0)
    scores = [e.rank.score for e in ranks if e.rank is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == len(prose)


@pytest.mark.parametrize("article", ALL, ids=lambda a: a.id)
def test_a_sentence_is_a_caveat_from_the_threshold_on(article: Article) -> None:
    marks = {c.evidence[0]: c.mark for c in digest_article(article).caveats}
    for e in explain(article):
        assert e.mark == marks.get(e.span)
        assert (e.caveat is None) == (e.needed is None)
        if e.caveat is not None and e.needed is not None and e.cues:
            assert (e.mark is not None) == (e.caveat.score >= e.needed)


def test_the_cues_of_a_sentence_are_named_with_their_words() -> None:
    denial = one(explain(FERRY), "The seller denied")
    assert ("denied", "denial") in {(c.words, c.name) for c in denial.cues}
    assert denial.caveat is not None
    assert denial.caveat.reasons[0].words == "says 'denied'"


def test_the_reasons_speak_of_what_sets_a_sentence_apart() -> None:
    told = explain(BRIDGE)
    first, last = told[0].rank, told[-1].rank
    assert first is not None
    assert last is not None
    assert "near the head" in [r.words for r in first.reasons if r.score > 0]
    assert "far from the head" in [r.words for r in last.reasons if r.score < 0]
    pointed = one(told, "does not apply").caveat
    assert pointed is not None
    assert pointed.reasons[0].words == "announced by the sentence before"


@pytest.mark.parametrize("article", ALL, ids=lambda a: a.id)
def test_reasons_are_readable(article: Article) -> None:
    for e in explain(article):
        for words in words_of(e):
            assert not re.search(r"_|cue:|~|\bNEG\b|\^|\$|<n>|[{}]", words), words


def test_a_wording_is_told_only_where_it_stands() -> None:
    for article in (BRIDGE, FERRY):
        for e in explain(article):
            for words in words_of(e):
                quoted = re.search(r"^(?:says|opens with|ends with|a negated) '(.+)'$", words)
                assert quoted is None or quoted[1] in e.text


def test_reasons_are_few_and_the_heaviest_come_first() -> None:
    for e in explain(BRIDGE):
        for weighed in (e.rank, e.caveat):
            scores = [r.score for r in weighed.reasons] if weighed is not None else []
            pros, cons = [s for s in scores if s > 0], [-s for s in scores if s < 0]
            assert scores == [*pros, *(-c for c in cons)]
            for side in (pros, cons):
                assert side == sorted(side, reverse=True)
                assert len(side) <= 3


def test_every_feature_has_words_and_is_shown_once() -> None:
    shown = [name for group in feature_groups() for name in group.of]
    assert sorted(shown) == sorted([*Features._fields, *CaveatFeatures._fields])
    assert all(group.by in group.of for group in feature_groups())


def test_of_another_algorithm_the_order_and_the_caveats_are_told() -> None:
    told = explain(BRIDGE, 3, "lex-rank")
    bullets = [e for e in told if e.bullet]
    assert sorted(e.verdict for e in bullets) == [f"bullet: {n} by lex-rank" for n in _FIRST]
    assert all(e.rank is None for e in told)
    assert one(told, "denied").mark is not None
    assert {e.verdict for e in told if e.prose and not e.bullet} == {"not taken by lex-rank"}
    with pytest.raises(UsageError):
        explain(BRIDGE, 3, "no-such-rank")


_FIRST = ("1st", "2nd", "3rd")


def test_an_article_without_text_has_nothing_to_explain() -> None:
    assert explain(Article(id="empty", text="")) == ()
    assert len(explain(Article(id="word", text="Rain."))) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_places_are_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_scores_are_written_with_a_true_minus() -> None:
    assert (signed(-1.1), signed(0.84), signed(0.25, 1, plus="+")) == ("−1.10", "0.84", "+0.2")


def test_reasons_do_not_depend_on_the_order_of_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for seed in "12":
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        told.append(briefing("digest", "-", "--explain", stdin=FERRY.text.encode()).err)
    assert "says" in told[0]
    assert told[0] == told[1]

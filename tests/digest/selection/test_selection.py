"""What bullets and caveats promise."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest import ALGORITHMS, digest_article
from briefing.digest.caveats.judgement import Judgement
from briefing.digest.caveats.marking import Marking
from briefing.digest.explain import explain
from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.lexicon import load_lexicon
from briefing.digest.parameters import load_parameters
from briefing.digest.selection.selection import Candidate, shown_marks
from briefing.digest.sentences.document import read_document
from briefing.model import Article, CaveatKind, Cue, Digest, UsageError
from tests.digest.documents import BRIDGE

_PARTIES = ("hauliers' union", "ferry company", "harbour board", "bus company", "city council")


@pytest.fixture(scope="module")
def digest() -> Digest:
    return digest_article(BRIDGE)


def test_the_main_claim_comes_first_without_its_dateline(digest: Digest) -> None:
    assert digest.bullets[0].text.startswith("The port authority closed the Kestrel Sound bridge")


def test_weighty_caveats_have_seats(digest: Digest) -> None:
    found = {c.evidence for c in digest.caveats}
    assert any("does not apply" in b.text for b in digest.bullets)
    assert len([b for b in digest.bullets if b.evidence in found]) >= 2


def test_what_the_writer_calls_a_catch_has_a_seat_before_surer_caveats() -> None:
    surer = [f"The {who} denied that its members had broken the limit." for who in _PARTIES]
    catch = "Drivers may cross at night and pay a toll of four crowns."
    text = "\n".join([BRIDGE.text.splitlines()[0], *surer, f"But there's a catch. {catch}"])
    told = digest_article(Article("x", text, BRIDGE.title))
    assert catch in [b.text for b in told.bullets]
    seats = [
        e.text
        for e in explain(Article("x", text, BRIDGE.title))
        if "bullet" in e.verdict and "seat" in e.verdict
    ]
    assert catch in seats


@pytest.mark.parametrize(
    "caveat",
    [
        "The authority's director declined to comment.",
        "Two officials spoke on condition of anonymity.",
        "“We deny that our members ignored earlier limits,” a hauliers' union said.",
    ],
)
def test_what_changes_little_by_itself_gets_no_seat(caveat: str) -> None:
    article = Article("x", f"{BRIDGE.text}\n{caveat}", BRIDGE.title)
    reasons = [e.verdict for e in explain(article) if e.text == caveat]
    assert reasons
    assert not any("seat" in reason and "bullet" in reason for reason in reasons)


def test_at_most_two_bullets_are_marked_and_never_the_main_claim() -> None:
    claim = "The port authority may close the bridge, officials who asked not to be named said."
    denials = [f"The {who} denied that its members had broken the limit." for who in _PARTIES]
    for count in (1, 4, 8):
        text = "\n".join([claim, *denials])
        digest = digest_article(Article("x", text, "Bridge may close"), bullets=count)
        assert digest.bullets[0].caveat is None
        assert sum(b.caveat is not None for b in digest.bullets) <= 2


@pytest.mark.parametrize(
    "precedent",
    [
        "Closures like the one of this week are not uncommon on the sound.",
        "It is not the first time that the port authority has closed it.",
        "Such closures are nothing new on the sound.",
    ],
)
def test_that_the_news_is_nothing_new_is_told_with_its_example(precedent: str) -> None:
    claim = "The port authority closed the Kestrel Sound bridge to lorries on Monday."
    plain = "The bridge joins the old harbour to the market, and the ferry sails below it."
    example = "In 2016 the port authority closed it to lorries for eleven weeks."
    text = f"{claim}\n{plain}\n{precedent} {example}\n{plain.replace('ferry', 'tug')}"
    told = digest_article(Article("x", text, "Kestrel Sound bridge closed to lorries"))
    (bullet,) = [b for b in told.bullets if b.text.startswith(precedent)]
    assert bullet.text == f"{precedent} {example}"
    assert bullet.caveat is not None
    assert bullet.caveat.kind is CaveatKind.PRECEDENT
    assert [text[a:b] for a, b in bullet.evidence] == [precedent, example]
    alone = Article("x", text.replace(example, ""), "Kestrel Sound bridge closed to lorries")
    assert precedent in [b.text for b in digest_article(alone).bullets]


def test_the_main_claim_is_told_first_wherever_it_stands() -> None:
    scene = "It was a grey morning on the quay, and nobody spoke."
    article = Article("x", f"{scene}\n{BRIDGE.text}", BRIDGE.title)
    assert "closed the Kestrel Sound bridge" in digest_article(article).bullets[0].text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (CaveatKind.LIMITATION, "does not apply"),
        (CaveatKind.DISPUTE, "denied"),
        (CaveatKind.UNCERTAINTY, "not immediately clear"),
        (CaveatKind.PRECEDENT, "not uncommon"),
    ],
)
def test_a_caveat_is_found_named_and_its_cue_stands_in_the_text(
    digest: Digest, kind: CaveatKind, words: str
) -> None:
    found = [c for c in digest.caveats if words in c.evidence[0].of(BRIDGE.text)]
    assert [c.mark.kind for c in found] == [kind]
    mark = found[0].mark
    assert mark.cue_span.of(BRIDGE.text) == mark.cue
    assert found[0].evidence[0].contains(mark.cue_span)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The cap would take effect only if the senate approved it in autumn.", "condition"),
        ("An earlier version of this article misstated the bridge's weight.", "correction"),
        ("The officials spoke on condition of anonymity.", "sourcing"),
        ("The closure was first reported by the Sound Courier.", "sourcing"),
    ],
)
def test_every_kind_of_caveat_has_its_wordings(sentence: str, kind: str) -> None:
    lead = "The port authority closed the bridge to lorries on Monday, the senate was told."
    found = digest_article(Article("x", f"{lead}\n{sentence}", "Bridge closed")).caveats
    assert [c.mark.kind for c in found] == [kind]


def test_a_bare_pointer_is_neither_bullet_nor_caveat(digest: Digest) -> None:
    lines = [b.text for b in digest.bullets] + [
        c.evidence[0].of(BRIDGE.text) for c in digest.caveats
    ]
    assert not any("a catch" in line for line in lines)


def test_boilerplate_is_no_bullet_even_when_there_is_room() -> None:
    digest = digest_article(BRIDGE, bullets=12)
    assert not any("Read more" in b.text for b in digest.bullets)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_there_are_never_more_bullets_than_asked_for(count: int) -> None:
    assert len(digest_article(BRIDGE, bullets=count).bullets) <= count


def test_bullets_stand_in_reading_order_behind_the_claim_and_once(digest: Digest) -> None:
    places = [b.evidence[0] for b in digest.bullets][1:]
    assert places == sorted(set(places))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *BRIDGE.text.split("\n"),
                "OSLEN, May 4 (Agency) — It did not, however, rain. It may.",
                "NOT SO FAST (NN) - nobody was hurt, perhaps.",
                "\u202eodd \x00 text…",
                "1,900 2 3",
            ]
        ),
        max_size=12,
    )
)
def test_a_bullet_only_leaves_words_out_and_never_a_hedge(lines: list[str]) -> None:
    text = "\n".join(lines)
    hedges = load_lexicon("en").hedges
    for bullet in digest_article(Article("x", text)).bullets:
        evidence = _words(" ".join(s.of(text) for s in bullet.evidence))
        rest = iter(evidence)
        assert all(word in rest for word in _words(bullet.text))
        assert {w for w in evidence if w in hedges} <= set(_words(bullet.text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_digest_whose_spans_lie_inside_it(text: str) -> None:
    digest = digest_article(Article("x", text))
    spans = [*digest.sentences]
    spans += [s for b in digest.bullets for s in b.evidence]
    spans += [c.mark.cue_span for c in digest.caveats if c.mark.cue]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert digest.article.text == text


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_of_sumys_is_there_by_name(algorithm: str) -> None:
    digest = digest_article(BRIDGE, bullets=3, algorithm=algorithm)
    assert 1 <= len(digest.bullets) <= 3


def test_ours_is_a_sumy_summariser_that_takes_the_same_sentences() -> None:
    from sumy.summarizers import AbstractSummarizer

    from briefing.digest.summarizers import BriefingSummarizer, SumyDocument

    document = read_document(BRIDGE)
    summarizer = BriefingSummarizer()
    assert isinstance(summarizer, AbstractSummarizer)
    taken = [str(s) for s in summarizer(SumyDocument(document), 4)]
    bullets = digest_article(BRIDGE).bullets
    assert taken == [b.evidence[0].of(BRIDGE.text) for b in bullets]


def test_an_unknown_algorithm_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="lex-rank"):
        digest_article(BRIDGE, algorithm="lexrank")


@pytest.mark.parametrize("text", ["", " \n ", "1 2 3", "…", "One sentence only", "x" * 100_000])
def test_texts_with_little_to_say_get_honest_digests(text: str) -> None:
    digest = digest_article(Article("x", text))
    assert len(digest.bullets) <= 1
    assert digest.caveats == ()


def test_a_language_without_a_lexicon_gets_bullets_and_no_caveats() -> None:
    text = "Satama suljettiin maanantaina. Lautat eivät kulkeneet, mutta bussit kulkivat kuitenkin."
    digest = digest_article(Article("x", text, language="fi"))
    assert digest.bullets
    assert digest.caveats == ()


LEANING = """\
Work on the lift at Horn Rock began three years ago.
But it will now cost the council of Ostrel 9 million crowns, twice the price that was agreed.
The treasurer of Ostrel told the council that steel has become dearer.
This is what the builder had warned of in a letter.
A vote on the higher price is due in June.
Ostrel borrowed 4 million crowns for the lift in 2024, and pays 200,000 a year for it.
The treasurer declined to say where the council would find the rest.
Some 70,000 visitors a year climb Horn Rock by its stairs.
Its oldest step is said to be older than the harbour.
But that could not be independently verified."""


def test_a_claim_that_leans_on_the_sentence_before_has_it_beside_it() -> None:
    made = digest_article(Article("lift", LEANING, "Lift will cost Ostrel council twice the price"))
    assert made.bullets[0].text.startswith("Work on the lift")
    assert made.bullets[1].text.startswith("But it will now cost")


def test_a_caveat_that_no_bullet_explains_has_no_seat() -> None:
    told = {e.text: e for e in explain(Article("lift", LEANING))}
    leaning = told["But that could not be independently verified."]
    assert leaning.mark is not None
    assert leaning.verdict == "not taken: only sentence 9 explains how it opens"


def test_an_aside_in_brackets_is_no_main_claim() -> None:
    aside = "(The council of Ostrel met in the old lift house at Horn Rock that day.)"
    told = {e.text: e.verdict for e in explain(Article("lift", f"{aside}\n{LEANING}"))}
    assert told[aside] != "bullet: the main claim"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"But we never said so," the mayor of Ostrel noted.', False),
        ("The lift is open, but the council of Ostrel has not paid for it.", True),
        ('"The lift is open," the mayor said, but the council has not paid for it.', True),
        ("But not one of us has paid for it,” the mayor of Ostrel said.", False),
    ],
)
def test_a_but_in_a_quotation_is_no_cue(text: str, found: bool) -> None:
    cues = load_lexicon("en").read(text).cues
    assert any(hit.span.of(text).lower() == "but" for hit in cues) is found


def test_that_somebody_did_not_comment_is_told_once() -> None:
    silent = ["The builder of the lift declined to comment.", "The mayor declined to comment."]
    article = Article("lift", "\n".join([LEANING, *silent]))
    texts = [b.text for b in digest_article(article).bullets]
    assert sum("declined to" in text for text in texts) == 1


_CUT = "The authority warned that without a grant by 4 May the whole bridge would"


@pytest.mark.parametrize("end", ["...", "…", ",...", " [...]", " […]", " ...", "…”"])
def test_a_last_sentence_that_stops_in_the_middle_is_no_bullet(end: str) -> None:
    first = "The port authority closed the Kestrel Sound bridge to lorries on Monday."
    article = Article("x", f"{first} {_CUT}{end}", "Kestrel Sound bridge closed")
    assert [b.text for b in digest_article(article).bullets] == [first]
    assert [e.verdict for e in explain(article)][-1] == "not taken: the text stops in its middle"
    alone = digest_article(Article("x", f"{_CUT}{end}", "Kestrel Sound bridge closed"))
    assert [b.text for b in alone.bullets] == [f"{_CUT}{end}"]


@pytest.mark.parametrize("end", [" cost €4m....", ' cost €4m, "or more..." it added.'])
def test_a_last_sentence_that_ends_can_be_a_bullet(end: str) -> None:
    first = "The port authority closed the Kestrel Sound bridge to lorries on Monday."
    told = digest_article(Article("x", f"{first} {_CUT}{end}", "Kestrel Sound bridge closed"))
    assert len(told.bullets) == 2


def _candidate(index: int, kind: CaveatKind | None, probability: float) -> Candidate:
    sentence = read_document(BRIDGE).sentences[index]
    cue = Cue(kind, 2, "", sentence.span, probability)
    judgement = Judgement(0.0, None, cue, probability=probability)
    features = DocumentFeatures(read_document(BRIDGE)).sentences
    analysis = next(a for a in features if a.sentence.index == index)
    return Candidate(sentence, analysis, judgement, 0.0)


@pytest.mark.parametrize(
    ("kind", "probability", "short", "marked"),
    [
        (None, 0.7, True, False),
        (None, 0.8, True, True),
        (None, 0.7, False, True),
        (CaveatKind.DISPUTE, 0.7, True, True),
    ],
)
def test_the_beginning_of_an_article_shows_no_unsure_mark_without_a_kind(
    kind: CaveatKind | None, probability: float, *, short: bool, marked: bool
) -> None:
    """The judges learned from whole articles: of a beginning they know less."""
    assert bool(shown_marks([_candidate(0, kind, probability)], 1, short=short)) is marked


def test_what_somebody_clarifies_in_a_quotation_is_no_correction_of_the_report() -> None:
    note = "Clarification: An earlier version said that the bridge was closed on Sunday."
    marking = Marking(load_parameters("encoder"))
    plain, quoted = (read_document(Article("x", text)).sentences[0] for text in (note, f"“{note}"))
    judgement = marking.by_rule(plain, -3.0)
    assert judgement is not None
    assert judgement.mark is not None
    assert judgement.mark.kind is CaveatKind.CORRECTION
    assert marking.by_rule(quoted, -3.0) is None

"""Texts that no editor would write: the digest is honest about them, in bounded work, and never
fails (line 32 of the checklist of hostile input)."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from briefing.digest.pipeline import digest_article
from briefing.model import READ_TO, Article, Digest
from tests.cli.ran import briefing, briefing_here

MEGABYTE = 1_000_000
LANGUAGES = ("en", "de", "fr", "es", "pl")

# Nouns that make sentences of their own, so that no two say the same.
_SUBJECTS = "harbour council bridge quarry minister ferry school market railway mill".split()
_DEEDS = "opened closed bought sold flooded painted counted praised refused moved".split()
_THINGS = "piers boats tunnels lamps rivers stamps orchards bells kilns ropes maps".split()


def article(text: str, language: str = "en", title: str | None = "Bridge shut") -> Article:
    """An article of ``text``."""
    return Article(id="hostile", title=title, source=None, text=text, language=language)


def digest(text: str, language: str = "en", title: str | None = "Bridge shut") -> Digest:
    """The digest of ``text``, of which all that the contract says of spans holds."""
    made = digest_article(article(text, language, title))
    end = 0
    for span in made.sentences:
        assert end <= span.start < span.end <= len(text)
        end = span.end
    assert len(made.bullets) <= 4
    for bullet in made.bullets:
        assert set(bullet.evidence) <= set(made.sentences)
    for caveat in made.caveats:
        assert set(caveat.evidence) <= set(made.sentences)
        assert caveat.mark.cue_span.of(text) == caveat.mark.cue
    return made


def story(count: int) -> str:
    """``count`` sentences, five a paragraph, hardly any two alike."""
    made = []
    for number in range(count):
        subject = _SUBJECTS[number % 10]
        deed = _DEEDS[number // 10 % 10]
        thing = _THINGS[number // 100 % 11]
        made.append(f"The {subject} {deed} {number} {thing} after the storm of {thing}{number}.")
    lines = (" ".join(made[at : at + 5]) for at in range(0, count, 5))
    return "\n".join(lines)


# ── Little or nothing ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ["Bridge shut", "", None])
@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\n ", "\u200b"])
def test_hostile_32_an_empty_text_has_an_empty_digest(
    text: str, title: str | None, language: str
) -> None:
    made = digest(text, language, title)
    assert (made.bullets, made.caveats, made.figures, made.entities) == ((), (), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_32_one_sentence_is_its_own_digest(language: str) -> None:
    text = "The port authority closed the bridge to lorries on Monday."
    assert [b.evidence[0].of(text) for b in digest(text, language).bullets] == [text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "12,345 67 8.9 - 10% / 11:12",
        "...!!! ??? ...",
        "— — — * * * ___",
        "🚢🌉🚢\n🌉🌉🌉",
        "()[]{}<>",
    ],
)
def test_hostile_32_a_text_without_letters_has_no_bullets(text: str, language: str) -> None:
    made = digest(text, language)
    assert (made.bullets, made.caveats, made.entities) == ((), (), ())


BOILERPLATE = {
    "en": """\
Read more: The bridges of the Sound
Photo: Jo Vik/Sound Courier
Sign up for our newsletter and get it in your inbox.
By Ada Brun
What happens next
© Sound Courier 2026. All rights reserved.""",
    "de": """\
Lesen Sie auch: Die Brücken am Sund
Foto: Jo Vik/Sundbote
Jetzt unseren Newsletter abonnieren
Von Ada Brun
Wie es weitergeht
Alle Rechte vorbehalten.""",
    "fr": """\
Lire aussi : Les ponts du détroit
Photo : Jo Vik/Le Courrier
Abonnez-vous à notre newsletter
Par Ada Brun
Et maintenant ?
Tous droits réservés.""",
    "es": """\
Lea también: Los puentes del estrecho
Foto: Jo Vik/El Correo
Suscríbete a nuestra newsletter
Por Ada Brun
Qué pasa ahora
Todos los derechos reservados.""",
}


@pytest.mark.parametrize("language", BOILERPLATE)
def test_hostile_32_a_page_of_only_boilerplate_has_no_bullets_and_no_caveats(language: str) -> None:
    made = digest(BOILERPLATE[language], language)
    assert (made.bullets, made.caveats) == ((), ())


# ── Much ─────────────────────────────────────────────────────────────────────────────────────

QUARTER = MEGABYTE // 4
WALLS = {
    "words without a stop": "the wall of the harbour may not hold and " * (MEGABYTE // 41),
    "capitals": "The Wall Of Harrow Bay May Not Hold And " * (QUARTER // 40),
    "one word": "a" * QUARTER,
    "commas": "Harrow, " * (QUARTER // 8),
    "numbers": "12,345 " * (QUARTER // 7),
    "brackets": "(" * QUARTER,
    "quotation marks": "“" * QUARTER,
    "apostrophes": "l'" * (QUARTER // 2),
    "handles": "a@b" * (QUARTER // 3),
    "an address": "https://" + "a.b/" * (QUARTER // 4),
    "spaces": "a" + " " * QUARTER + "b",
    "combining marks": "e" + "\u0301" * QUARTER,
}


@pytest.mark.parametrize("wall", WALLS)
def test_hostile_32_one_sentence_of_a_megabyte_or_a_quarter_of_it_is_digested(wall: str) -> None:
    made = digest(WALLS[wall])
    assert len(made.sentences) == 1
    assert len(made.bullets) <= 1


@pytest.mark.parametrize("language", ["de", "fr", "es", "pl"])
def test_hostile_32_one_sentence_of_a_megabyte_is_digested_in_every_language(language: str) -> None:
    made = digest(WALLS["words without a stop"], language)
    assert (len(made.sentences), len(made.bullets)) == (1, 1)


def test_hostile_32_ten_thousand_sentences_have_four_bullets() -> None:
    made = digest(story(10_000))
    assert len(made.sentences) == 10_000
    assert len(made.bullets) == 4


def test_hostile_32_a_book_is_read_to_a_depth_and_its_digest_says_so() -> None:
    text = story(READ_TO) + "\n" + "The mayor of Pell denied all 7,000 charges at once.\n" * 9
    made = digest(text)
    assert len(made.sentences) == READ_TO + 9
    assert not any(c.evidence[0].start >= made.sentences[READ_TO].start for c in made.caveats)
    assert 7000 not in {f.value for f in made.figures}
    ran = briefing_here("digest", "-", stdin=text.encode())
    assert "Only the first 3,000 of 3,009 sentences" in " ".join(ran.out.split())


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python and of C, ``work`` makes."""
    made = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("language", ["en", "de", "pl"])
def test_hostile_32_twice_the_sentences_are_twice_the_work(language: str) -> None:
    some, more = story(400), story(800)
    digest(more, language)  # what is read and compiled once
    one = calls(lambda: digest_article(article(some, language)))
    two = calls(lambda: digest_article(article(more, language)))
    assert two < 2.4 * one


# ── Through the command ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "bullets"),
    [
        ("", 0),
        ("...", 0),
        (BOILERPLATE["en"], 0),
        ("The port authority closed the bridge to lorries on Monday.", 1),
        ("Zarząd portu zamknął w poniedziałek stary most dla wszystkich ciężarówek.", 1),
        (WALLS["capitals"], 1),
        (story(300), 4),
    ],
    ids=["empty", "no letters", "boilerplate", "a sentence", "Polish", "a megabyte", "a story"],
)
def test_hostile_32_the_command_is_done_with_every_such_text(text: str, bullets: int) -> None:
    ran = briefing_here("digest", "-", "--format", "json", "--title", "Bridge", stdin=text.encode())
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.json["bullets"]) == bullets
    assert bullets or ran.json["caveats"] == []


def test_hostile_32_the_command_says_that_there_is_nothing_to_say() -> None:
    ran = briefing_here("digest", "-", stdin=BOILERPLATE["en"].encode())
    assert ran.code == 0
    assert "nothing here to make bullets of" in ran.out
    assert "No caveats" not in ran.out


def test_hostile_32_bytes_that_are_no_text_end_no_batch() -> None:
    lines = b'{"id": "a", "text": ""}\n{"id": "b", "text": "\\u0000\\u0301"}\n\xff\xfe\n'
    ran = briefing("digest", "--jsonl", "-", stdin=lines)
    assert ran.code == 1
    assert [set(line) >= {"bullets"} for line in ran.lines] == [True, True, False]
    assert ran.lines[2]["error"]

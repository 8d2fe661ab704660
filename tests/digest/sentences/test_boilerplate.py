"""Which lines of a page are running text, and which never become bullets."""

import json
from pathlib import Path

import pytest

from briefing.digest.pipeline import digest_article
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article

BEFORE = (
    "The port authority closed the Kestrel Sound bridge to lorries on Monday.",
    "Inspectors had found cracks in two of its piers, the authority said.",
)
AFTER = (
    "The closure affects about 1,900 lorries a day.",
    "The mayor is expected to visit the bridge on Thursday with the engineers.",
)


def page(*lines: str, language: str = "en") -> Document:
    """An article of these lines, laid out."""
    text = "\n".join(lines)
    return read_document(
        Article(id="page", title="Bridge shut", source=None, text=text, language=language)
    )


def prose_of(line: str, *, language: str = "en") -> str:
    """What is prose of a line in the midst of an article."""
    document = page(*BEFORE, line, *AFTER, language=language)
    return " ".join(s.text for s in document.prose if s.paragraph == len(BEFORE))


# ── What is no prose ─────────────────────────────────────────────────────────────────────────

CAPTIONS = [
    "Pictured right, is the harbour master, Ada Brun, with two of the divers.",
    "From left: Ada Brun, Jo Vik and Robert Lund at the quay.",
    "A view of the cracked pier on Monday. (Norrane Agency/Jo Vik)",
    "A view of the cracked pier from the north bank (Norrane Agency/Jo Vik)",
    "In this photo provided by the port authority, divers look at a pier.",
    "Photo: Jo Vik/Sound Courier",
    "File photo: the bridge in 2019.",
    "Image credit: Norrane Museum",
    "(Left to right) Ada Brun and Jo Vik.",
    "© Sound Courier 2026",
]
BYLINES = [
    "By Ada Brun",
    "By Ada Brun and Jo Vik, Sound Courier",
    "Reporting by Ada Brun in Oslen; editing by Jo Vik.",
    "(Reporting by Ada Brun; Editing by Jo Vik)",
    "SNN's Ada Brun reported from Oslen, and Jo Vik wrote in Harrow.",
    "Ada Brun reported from Oslen, Norrane.",
    "Ada Brun reported and wrote from Harrow.",
    "SNN's Ada Brun, Jo Vik and Robert Lund contributed to this report.",
    "Journalist Ada Brun in Oslen contributed to this report.",
    "Ada Brun is a columnist for the Sound Courier.",
    "Ada Brun is a freelance writer based in Harrow.",
    "With inputs from PNA",
    "Norrane Agency",
    "PNA",
]
CALLS = [
    "Read more: The bridges of the Sound",
    "Read more.",
    "See also: Ferries are full",
    "Related: Ferries are full",
    "Sign up for our morning newsletter and get it in your inbox.",
    "Subscribe to our weekly podcast wherever you listen.",
    "Tune in to Channel Nine at 8 p.m. on Sunday.",
    "Listen to the full episode of the Harbour Podcast here.",
    "Follow us on Facebook and Instagram.",
    "Click here for the full list of closures.",
    "Do you have a story to tell?",
    "Share your thoughts with us in the comments.",
    "What do you think? Let us know.",
    "Have you been affected by the closure? Email newsroom@courier.example.",
    "For more information, visit www.soundbridge.example.",
    "Tickets: www.soundbridge.example/tickets",
    "newsroom@courier.example",
    "https://courier.example/bridge",
    "This article was originally published in the Harbour Review.",
    "We may earn a commission when you buy through our links.",
    "The views expressed in this article are the author's own.",
    "Disclaimer: this page is no advice to buy or sell shares.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "Advertisement",
    "You can see the piers in the video above.",
    "If you are affected by any of this, call the Samaritans of the Sound on 0100.",
]
STRUCTURE = [
    "What happens next",
    "What happens next .",
    "Who pays?",
    "How long will the repairs of the bridge take?",
    "THE WEAK PIERS",
    "‘We had no warning’",
    "4:14 p.m.",
    "16:05",
    "10 p.m.",
    "___",
    "RRP: 49.95",
    "#KestrelSound #bridges",
]
POSTS = [
    "We would rather wait than swim. Honestly. pic.twitter.com/ab12Cd34Ef",
    "Nobody told the ferries, it seems. https://t.co/ab12Cd34Ef",
    "— Ada Brun (@adabrun) May 4, 2026",
    "Nobody told the ferries. — Ada Brun (@adabrun) May 4, 2026",
]


@pytest.mark.parametrize("line", CAPTIONS + BYLINES + CALLS + STRUCTURE + POSTS)
def test_a_line_that_is_no_prose_is_none(line: str) -> None:
    assert prose_of(line) == ""


@pytest.mark.parametrize("line", CAPTIONS + BYLINES + CALLS + STRUCTURE + POSTS)
def test_a_line_that_is_no_prose_is_never_a_bullet(line: str) -> None:
    document = page(*BEFORE, line, *AFTER)
    digest = digest_article(document.article, bullets=8)
    own = [s.span for s in document.sentences if s.paragraph == len(BEFORE)]
    assert len(digest.bullets) >= 3
    assert not any(span in own for b in digest.bullets for span in b.evidence)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Lesen Sie auch: Die Brücken am Sund"),
        ("de", "Über Sundwerft: Die Sundwerft AG mit Sitz in Harlow baut Fähren."),
        ("de", "Was halten Sie von der Sperre? Schreiben Sie uns!"),
        ("de", "Foto: Jo Vik/Sundbote"),
        ("de", "(dpa)"),
        ("fr", "Lire aussi : Les ponts du détroit"),
        ("fr", "À propos de Sundval : fondé en 1961, Sundval construit des ferries."),
        ("fr", "Vous habitez le quartier du port ? Écrivez-nous !"),
        ("fr", "Photo : Jo Vik/Le Courrier"),
        ("es", "Lea también: Los puentes del estrecho"),
        ("es", "Foto: Jo Vik/El Correo"),
        ("es", "Puedes seguir a la sección de Mares en nuestras redes."),
    ],
)
def test_other_languages_know_their_own_lines(language: str, line: str) -> None:
    assert prose_of(line, language=language) == ""


def test_the_paragraph_under_a_heading_about_the_company_is_no_prose() -> None:
    document = page(
        *BEFORE,
        "About Soundworks Holdings",
        "Soundworks builds ferries for 17 countries. It was founded in 1961.",
        "Media contact",
        "Jo Vik answers questions of the press in the mornings.",
        "What happens next",
        *AFTER,
    )
    assert [s.text for s in document.prose] == [*BEFORE, *AFTER]


def test_what_stands_above_the_signature_of_a_post_is_the_post() -> None:
    document = page(
        *BEFORE,
        "Nobody told the ferries. I would rather swim.",
        "— Ada Brun (@adabrun) May 4, 2026",
        *AFTER,
    )
    assert [s.text for s in document.prose] == [*BEFORE, *AFTER]


def test_a_dateline_cut_off_by_its_full_stop_is_no_prose() -> None:
    document = page("HARROW, Calif. (AP) — The bridge was shut on Monday, officials said.", *AFTER)
    assert document.prose[0].text.endswith("on Monday, officials said.")
    assert "HARROW, Calif." not in [s.text for s in document.prose]


def test_the_agency_behind_the_last_sentence_is_no_prose() -> None:
    document = page(*BEFORE, "The bridge opens again in May, the mayor said. PNA")
    assert document.prose[-1].text == "The bridge opens again in May, the mayor said."


# ── What looks alike and is prose ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "By Monday evening, the fire was out.",
        "By then Ada Brun had left the harbour.",
        "Sponsored by Senator Jo Vik, the bill would close the bridge for good.",
        "Watch makers sold fewer clocks in Norrane last year.",
        "More on the east bank than on the west had voted for the bridge.",
        "Sources told the Courier that the piers were never inspected.",
        "Posted sailors had seen the cracks in January.",
        "Advertisement sales of the paper fell by a tenth.",
        "The network changed its privacy policy and its terms of service in May.",
        "Subscribers left the newspaper in droves, its owner said.",
        "Read together, the two reports say that the bridge is unsafe.",
        "About 200 people stood on the quay.",
        "#BridgeGate was the talk of the town for weeks.",
        "Ada Brun reported the cracks to the police in January.",
        "Ada Brun wrote to the minister twice and got no answer.",
        "Photos of the piers had been on the mayor's desk for months.",
        "Pictured as a hero by his party, the mayor lost the vote.",
        "Contact with the divers was lost at noon.",
        "An earlier version of this article misstated the weight of the bridge.",
        "Editor's note: an earlier version of this article misstated the toll.",
        "“Why now?” asked the harbour master.",
        "Is it safe? Nobody on the quay could say.",
        "Here is what the seven members of the council want from the minister:",
        "He denied it.",
    ],
)
def test_a_sentence_that_only_looks_like_such_a_line_stays_prose(line: str) -> None:
    assert prose_of(line) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Anm. d. Red.: In einer früheren Fassung war von 32 Rissen die Rede."),
        ("de", "Über Nacht schloss die Hafenbehörde die Brücke."),
        ("fr", "À propos de la fermeture, le maire n'a rien voulu dire."),
        ("es", "Por Ada Brun votaron más de mil vecinos del puerto."),
    ],
)
def test_other_languages_keep_their_sentences(language: str, line: str) -> None:
    assert prose_of(line, language=language) == line


def test_a_summary_without_a_full_stop_is_prose_where_it_is_all_there_is() -> None:
    assert page("Port authority closes Kestrel Sound bridge to lorries").prose


def test_a_page_of_headlines_is_none() -> None:
    lines = ["Bridge shut to lorries", "Ferries are full again", "Mayor on holiday in Oslen"]
    assert not page(*lines, "Weather for the coast").prose


def test_a_page_all_in_capitals_is_read_all_the_same() -> None:
    assert len(page(*(line.upper() for line in BEFORE + AFTER)).prose) == 4


def test_a_page_with_detached_full_stops_is_read_all_the_same() -> None:
    """As some corpora are: words and marks apart."""
    assert len(page(*(line.replace(".", " .") for line in BEFORE + AFTER)).prose) == 4


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("th", "การท่าเรือสั่งปิดสะพานเคสเตรล สำหรับรถบรรทุก ตั้งแต่วันจันทร์"),
        ("zh", "港务局周一关闭了大桥。"),
        ("ko", "KBS는 월요일 다리를 폐쇄했다고 보도했다."),
    ],
)
def test_scripts_without_capitals_are_prose(language: str, line: str) -> None:
    assert page(line, line + line, line, line, language=language).prose


# ── Measured ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def labelled(shared: Path) -> list[tuple[Document, dict[str, list[int]], list[list[int]]]]:
    """The hand-labelled articles, laid out, with their labels and the labels' sentences."""
    found = []
    for name in ("articles", "caveats"):
        path = shared / "data" / "labels" / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            article = Article(id=row["id"], title=row["title"], source=None, text=row["text"])
            good = {*(row["bullets"] or ()), *(c["sentence"] for c in row["caveats"] or ())}
            labels = {"boilerplate": row["boilerplate"] or [], "good": sorted(good)}
            found.append((read_document(article), labels, row["sentences"]))
    return found


Labelled = list[tuple[Document, dict[str, list[int]], list[list[int]]]]


def test_most_labelled_boilerplate_is_no_prose(labelled: Labelled) -> None:
    told = []
    for document, labels, spans in labelled:
        bad = [spans[n] for n in labels["boilerplate"]]
        for start, end in bad:
            own = [s for s in document.sentences if s.span.start < end and s.span.end > start]
            if all(any(a <= s.span.start and s.span.end <= b for a, b in bad) for s in own):
                told.append(not any(s.prose for s in own))
    assert len(told) > 400
    assert sum(told) / len(told) >= 0.85


def test_no_labelled_bullet_or_caveat_is_called_no_prose(labelled: Labelled) -> None:
    lost = [
        sentence.text
        for document, labels, spans in labelled
        for start, end in (spans[n] for n in labels["good"])
        for sentence in document.sentences
        if start <= sentence.span.start < sentence.span.end <= end
        if len(sentence.words) > 2 and not sentence.prose
    ]
    assert lost == []

"""The packaged encoder: it answers for what it reads, and what it says is explained; without it the
linear models judge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import pytest
from rich.style import Style

from briefing.cli.explain_output import explanation
from briefing.digest.caveats import judges
from briefing.digest.caveats.encoder_judge import EncoderJudge
from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.encoder import encoder as module
from briefing.digest.encoder.encoder import READ_TO, Answers, Encoder, load_encoder, why_missing
from briefing.digest.explain import explain
from briefing.digest.pipeline import digest_article
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article, Span
from briefing.ui.panes.explanation import explanation_items
from briefing.ui.widgets.styles import ThemeStyles
from briefing.wording import LEFT_OUT
from tests.digest.documents import BRIDGE


@pytest.fixture(autouse=True)
def switched_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The encoder is used here, and nothing of it is remembered before or after."""
    monkeypatch.delenv("BRIEFING_ENCODER")
    caches = (why_missing, load_encoder, judges.judge_for)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_every_sentence_has_its_answers() -> None:
    document = read_document(Article("bridge", BRIDGE.text, BRIDGE.title))
    answers = load_encoder().read(document)
    assert list(answers) == [s.index for s in document.sentences]
    assert all(abs(sum(a.kinds) - 1) < 1e-6 for a in answers.values())


def test_the_same_article_has_the_same_digest() -> None:
    article = Article("bridge", BRIDGE.text, BRIDGE.title)
    assert digest_article(article) == digest_article(article)


@pytest.mark.parametrize("text", ["", "Yes", "Yes. " * 3000, "\x00\ufffd" * 50, "ß" * 5000])
def test_odd_texts_have_a_digest_without_more_than_two_marks(text: str) -> None:
    digest = digest_article(Article("odd", text, "Odd"))
    assert sum(b.caveat is not None for b in digest.bullets) <= 2


def test_a_long_article_is_judged_to_a_depth() -> None:
    text = " ".join(f"The harbour board closed pier {n} on Monday." for n in range(READ_TO + 50))
    document = read_document(Article("long", text))
    assert len(load_encoder().read(document)) == READ_TO


def test_other_languages_and_the_quick_judge_do_without_it() -> None:
    assert isinstance(judges.judge_for("en"), EncoderJudge)
    assert isinstance(judges.judge_for("en", quick=True), LearnedJudge)
    assert judges.judge_for("de").name == "rules"
    assert judges.judge_for("xx").name == "none"


@pytest.mark.parametrize("broken", ["missing", "cut", "no words"])
def test_weights_that_cannot_be_read_leave_the_judging_to_the_linear_models(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = Path(str(module.weights_folder()))
    for name in ("encoder.onnx", "encoder_vocabulary.txt"):
        content = (packaged / name).read_bytes()
        (tmp_path / name).write_bytes(content[: len(content) // 2] if broken == "cut" else content)
    if broken == "missing":
        (tmp_path / "encoder.onnx").unlink()
    if broken == "no words":
        (tmp_path / "encoder_vocabulary.txt").write_bytes(b"\xff\xfe")
    monkeypatch.setattr(module, "weights_folder", lambda: tmp_path)
    assert "cannot be read" in (why_missing() or "")
    assert isinstance(judges.judge_for("en"), LearnedJudge)


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_ENCODER", "off")
    assert "switched off" in (why_missing() or "")
    assert isinstance(judges.judge_for("en"), LearnedJudge)


def test_a_sentence_is_read_again_in_other_words() -> None:
    document = read_document(Article("bridge", BRIDGE.text, BRIDGE.title))
    encoder, ban = load_encoder(), document.sentences[3]
    first, again, other = encoder.reread(document, 3, [ban.text, ban.text, "It rained."])
    assert first == again
    assert first.caveat > other.caveat
    assert encoder.reread(document, 3, []) == []
    assert first == encoder.read(document)[3]
    (quick,) = encoder.reread(document, 3, [ban.text], quick=True)
    assert quick.caveat > other.caveat


def test_the_encoder_names_itself_its_probabilities_and_the_words_that_moved_it() -> None:
    told = explain(BRIDGE)
    assert {e.judge.words for e in told} == {"the encoder, with linear models"}
    assert all(e.judge.rereads for e in told)
    denial = next(e for e in told if "union denied" in e.text)
    assert denial.mark is not None
    assert denial.caveat is not None
    assert denial.probability is not None
    assert denial.sureness is not None
    assert abs(denial.probability - (denial.mark.probability or 0)) < 0.001
    assert 0 < denial.sureness <= 1
    assert "denied" in denial.caveat.reasons[0].words
    assert denial.caveat.reasons[0].score > 0


def test_reasons_are_worked_out_only_of_what_was_taken_or_is_a_caveat() -> None:
    told = [e for e in explain(BRIDGE, 1) if e.caveat is not None]
    for e in told:
        assert e.caveat is not None
        assert not e.caveat.reasons or e.bullet or e.mark is not None
    assert any(not e.caveat.reasons for e in told if e.caveat is not None)


def test_only_the_sentence_asked_about_is_read_again_else_at_most_eight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    reread = Encoder.reread

    def counted(
        self: Encoder, document: Document, number: int, texts: Sequence[str], *, quick: bool
    ) -> list[Answers]:
        read.append(number)
        return reread(self, document, number, texts, quick=quick)

    monkeypatch.setattr(Encoder, "reread", counted)
    explain(BRIDGE, asked=Span(0, 1))
    assert set(read) == {0}
    read.clear()
    clauses = ("pier", "harbour", "bridge", "market", "school", "ferry", "quay", "tower") * 4
    text = " ".join(f"It is not clear when the {c} opens again." for c in clauses)
    explain(Article("many", text))
    assert len(set(read)) == 8


def test_both_outputs_say_how_the_words_of_the_encoder_count() -> None:
    lines = list(explanation(BRIDGE, bullets=4, algorithm="briefing", width=200))
    assert lines[1] == f"Caveats were judged by the encoder, with linear models. {LEFT_OUT}"
    assert any(re.search(r"its kind's \.\d\d · for: says '.*denied", line) for line in lines)
    denial = next(e for e in explain(BRIDGE) if "union denied" in e.text)
    styles = ThemeStyles(**{field.name: Style() for field in fields(ThemeStyles)})
    items = explanation_items(denial, 10, "Sound Courier", styles)
    shown = [item.text.plain for item in items]
    assert "        judged by the encoder, with linear models" in shown
    assert shown[-1] == LEFT_OUT

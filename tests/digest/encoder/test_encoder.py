"""The packaged encoder: it answers for what it reads; without it the linear models judge."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.digest.caveats import judges
from briefing.digest.caveats.encoder_judge import EncoderJudge
from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.encoder import encoder as module
from briefing.digest.encoder.encoder import READ_TO, load_encoder, why_missing
from briefing.digest.pipeline import digest_article
from briefing.digest.sentences.document import read_document
from briefing.model import Article
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

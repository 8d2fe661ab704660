"""The packaged encoder: what it says of each sentence of a document."""

import hashlib
import importlib.util
import math
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, NamedTuple

from briefing.digest.encoder.windows import Window, place_of, window_of, windows_of
from briefing.digest.encoder.word_pieces import WordPieces
from briefing.digest.sentences.document import Document
from briefing.model import BriefingError, CaveatKind

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

READ_TO = 100
"""Sentences of an article that the encoder reads: half an hour of a reader's time."""
KINDS = (
    CaveatKind.LIMITATION,
    CaveatKind.UNCERTAINTY,
    CaveatKind.DISPUTE,
    CaveatKind.PRECEDENT,
    CaveatKind.SOURCING,
    CaveatKind.CONDITION,
    CaveatKind.CORRECTION,
)
"""In the order of the encoder's answers."""
SWITCH = "BRIEFING_ENCODER"
"""Set to ``off``, the environment variable of this name leaves all judging to the linear models."""
_NO_RUNTIME = "onnxruntime is not installed"
_SLOWER = ["SkipLayerNormFusion"]  # its one operator takes five times as long as the two it joins
_WEIGHTS, _VOCABULARY = "encoder.onnx", "encoder_vocabulary.txt"


class Answers(NamedTuple):
    """What the encoder says of a sentence, as it was trained: nothing is calibrated.

    caveat: log-odds that it is one, of any weight. heavy: of weight 2 or 3. kinds: the probability
    of each of ``KINDS``, were it one. bullet: log-odds that an editor would take it. claim: how
    much rather it is the main claim than the sentences around it (their softmax).
    """

    caveat: float
    heavy: float
    kinds: tuple[float, ...]
    bullet: float
    claim: float


class Encoder:
    """Runs on one core. version: the head of the hash of its weights."""

    def __init__(self, session: "InferenceSession", pieces: WordPieces, version: str) -> None:
        self._session = session
        self._pieces = pieces
        self.version = version

    def read(self, document: Document) -> dict[int, Answers]:
        """Its answers by the number of the sentence, of the first ``READ_TO``."""
        sentences = document.sentences[:READ_TO]
        windows = windows_of(
            self._pieces.read(document.title),
            [self._pieces.read(sentence.text) for sentence in sentences],
            opener=self._pieces.open,
            separator=self._pieces.separator,
        )
        found: dict[int, Answers] = {}
        for window in windows:  # one at a time: side by side they take longer and more memory
            logits = self._run(window, len(document.sentences))
            for (number, _, _), row in zip(window.places, logits, strict=True):
                found[number] = answers_of(row)
        return found

    def reread(
        self, document: Document, number: int, texts: Sequence[str], *, quick: bool = False
    ) -> list[Answers]:
        """Its answers for sentence ``number``, one of the first ``READ_TO``, were it each of
        ``texts``.

        quick: in a third of the time, without what follows the sentence.
        """
        end = number + 1 if quick else READ_TO
        pieces = self._pieces
        marks = {"opener": pieces.open, "separator": pieces.separator}
        title = pieces.read(document.title)
        sentences = [pieces.read(s.text) for s in document.sentences[:end]]
        found = []
        for text in texts:
            sentences[number] = pieces.read(text)
            if quick:
                window = window_of(number, title, sentences, **marks)
            else:
                windows = windows_of(title, sentences, **marks)
                window = next(w for w in windows if w.places[-1][0] >= number)
            logits = self._run(window, len(document.sentences))
            found.append(answers_of(logits[number - window.places[0][0]]))
        return found

    def _run(self, window: Window, count: int) -> list[list[float]]:
        """The logits of each sentence of a window, in an article of ``count`` sentences."""
        import numpy as np

        pool = np.zeros((1, len(window.places), len(window.tokens)), np.float32)
        for row, (_, first, end) in enumerate(window.places):
            pool[0, row, first:end] = 1 / (end - first)
        place = [place_of(number, count) for number, _, _ in window.places]
        given = {
            "tokens": np.array([window.tokens], np.int64),
            "pool": pool,
            "place": np.array([place], np.float32),
        }
        (answers,) = self._session.run(["answers"], given)
        logits: list[list[float]] = answers[0].tolist()
        return logits


def weights_folder() -> Traversable:
    """Where the packaged files stand."""
    return files("briefing.digest") / "weights"


def answers_of(logits: Sequence[float]) -> Answers:
    """The answers out of a sentence's logits: no caveat, weight 1, more; kinds; bullet; claim."""
    none, light, heavy = logits[:3]
    kinds = logits[3 : 3 + len(KINDS)]
    highest = max(kinds)
    powers = [math.exp(k - highest) for k in kinds]
    total = sum(powers)
    return Answers(
        caveat=_log_sum(light, heavy) - none,
        heavy=heavy - _log_sum(none, light),
        kinds=tuple(p / total for p in powers),
        bullet=logits[-2],
        claim=logits[-1],
    )


def _log_sum(a: float, b: float) -> float:
    return max(a, b) + math.log1p(math.exp(-abs(a - b)))


def why_not_tried() -> str | None:
    """Why the encoder is not even loaded, in words; None where it would be. Loads nothing."""
    if os.environ.get(SWITCH) == "off":
        return f"it is switched off by {SWITCH}"
    return None if _has_runtime() else _NO_RUNTIME


def _has_runtime() -> bool:
    return importlib.util.find_spec("onnxruntime") is not None


@cache
def why_missing() -> str | None:
    """Why there is no encoder here, in words; None where there is one."""
    why = why_not_tried()
    if why is not None:
        return why
    try:
        load_encoder()
    except BriefingError as error:
        return error.what
    return None


@cache
def load_encoder() -> Encoder:
    """The packaged encoder, loaded once. Raises BriefingError where it cannot be run."""
    if not _has_runtime():
        raise BriefingError(_NO_RUNTIME)
    import onnxruntime

    folder = weights_folder()
    try:
        weights = (folder / _WEIGHTS).read_bytes()
        pieces = (folder / _VOCABULARY).read_text(encoding="utf-8").splitlines()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(
            weights, options, ["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        return Encoder(session, WordPieces(pieces), hashlib.sha256(weights).hexdigest()[:12])
    except Exception as error:  # onnxruntime's own errors have no common class
        raise BriefingError(f"its weights cannot be read ({type(error).__name__})") from error

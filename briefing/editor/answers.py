"""What a second editor answers, checked, whatever its server claims to have checked."""

import json
import re
from collections.abc import Sequence

from briefing.editor.questions import CLAIM, KINDS, Choice, Pick, Question
from briefing.model import BriefingError
from briefing.text.clean import clean_line

LONGEST = 20_000  # characters of an answer
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_SHOWN = 40  # characters of what was wrong


class AnswerError(BriefingError):
    """An answer that is not wholly valid; ``what`` says why."""


def read_answer(text: str, question: Question) -> Choice:
    """The choice that an answer makes: its first JSON value, behind any thoughts.

    Raises AnswerError where anything about it is wrong: then nothing of it is used.
    """
    if len(text) > LONGEST:
        raise AnswerError(f"the answer is longer than {LONGEST:,} characters")
    listed = _picks(_first_json(_THOUGHT.sub("", text)))
    if not listed:
        raise AnswerError("the answer picks nothing")
    if len(listed) > question.count:
        raise AnswerError(f"the answer has {len(listed):,} picks; {question.count} were asked for")
    picks = [_pick(value, question) for value in listed]
    if len({pick.sentence for pick in picks}) < len(picks):
        raise AnswerError("the answer picks a sentence twice")
    if sum(pick.kind == CLAIM for pick in picks) > 1:
        raise AnswerError("the answer names two main claims")
    return Choice(tuple(picks))


def _first_json(text: str) -> object:
    start = re.search(r"[\[{]", text)
    if start is None:
        raise AnswerError("the answer has no JSON in it")
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start.start())
    except (ValueError, RecursionError) as error:
        raise AnswerError("the answer's JSON cannot be read") from error
    return value


def _picks(value: object) -> Sequence[object]:
    match value:
        case {"picks": [*picks]}:
            return picks
    raise AnswerError('the answer has no list "picks"')


def _pick(value: object, question: Question) -> Pick:
    match value:
        case [number, kind]:
            pass
        case {"s": number, "kind": kind, **rest} if not rest:
            pass
        case _:
            raise AnswerError(f"{_said(value)} is no pick")
    if type(number) is not int:
        raise AnswerError(f"{_said(number)} is no number of a sentence")
    if not 1 <= number <= len(question.numbers):
        raise AnswerError(f"there is no sentence {_said(number)}")
    if not isinstance(kind, str) or kind not in KINDS:
        raise AnswerError(f"{_said(kind)} is no kind")
    return Pick(question.numbers[number - 1], kind)


def _said(value: object) -> str:
    """The beginning of a value, in a line."""
    text = clean_line(json.dumps(value, ensure_ascii=False)[: 10 * _SHOWN])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

"""Words that move a judge are found by leaving them out, whoever the judge is."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.explain.leaving_out import moving_words

WEIGHTS = {"not": 2.0, "clear": 1.0, "perhaps": 0.5, "sunny": -1.5, "the": 0.1}


def weigh(texts: Sequence[str]) -> list[float]:
    """A judge of words alone: those it knows add up."""
    return [sum(WEIGHTS.get(w.strip(".,").lower(), 0.0) for w in text.split()) for text in texts]


def told(text: str) -> list[tuple[str, float]]:
    """What is found, scores rounded."""
    return [(r.words, round(r.score, 3)) for r in moving_words(text, weigh, weigh)]


def test_neighbours_are_left_out_together_and_what_weighs_little_is_not_told() -> None:
    found = told("It is not clear when the quay, perhaps sunny then, will open.")
    assert found == [("says 'not clear'", 3.0), ("says 'perhaps'", 0.5), ("says 'sunny'", -1.5)]


def test_a_word_that_moves_more_alone_is_told_alone() -> None:
    def either(texts: Sequence[str]) -> list[float]:
        # Without both words something else takes their place.
        return [0.5 if "no" not in t and "proof" not in t else weighed(t) for t in texts]

    def weighed(text: str) -> float:
        return 1.0 * ("no" in text) + 0.4 * ("proof" in text)

    (reason,) = moving_words("There is no proof.", either, either)
    assert reason.words == "says 'no'"
    assert reason.score == pytest.approx(1.0)


def test_what_was_found_quickly_is_told_only_if_it_holds() -> None:
    def settled(texts: Sequence[str]) -> list[float]:
        return [0.9 * ("clear" in t) - 1.0 * ("perhaps" in t) for t in texts]

    (reason,) = moving_words("It is clear that it is, perhaps, sunny.", weigh, settled)
    assert reason.words == "says 'clear'"
    assert reason.score == pytest.approx(0.9)


@pytest.mark.parametrize("text", ["", "Rain.", "…", "Nothing here moves anybody."])
def test_a_sentence_without_words_that_move_has_no_reasons(text: str) -> None:
    assert told(text) == []


def test_a_long_sentence_is_read_again_a_bounded_number_of_times() -> None:
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> list[float]:
        asked.extend(texts)
        return weigh(texts)

    found = moving_words("It was calm " * 100 + "but not clear.", counted, counted)
    assert len(asked) <= 36
    assert len(found) == 1
    assert found[0].words.endswith("clear'")


@given(st.lists(st.sampled_from([*WEIGHTS, "quay", "a", "“", "—", "1,900"]), max_size=60))
def test_reasons_are_few_stand_in_the_sentence_and_the_heaviest_come_first(
    words: list[str],
) -> None:
    text = " ".join(words)
    reasons = moving_words(text, weigh, weigh)
    for reason in reasons:
        assert reason.words.removeprefix("says '").removesuffix("'") in text
    pros = [r.score for r in reasons if r.score > 0]
    cons = [r.score for r in reasons if r.score < 0]
    assert [r.score for r in reasons] == [*sorted(pros, reverse=True), *sorted(cons)]
    assert len(pros) <= 3
    assert len(cons) <= 2

"""A quick look at a sentence rules out no pattern that would find something."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.quantities import exclusions

PARTS = (
    *"25-– ,.'(:",
    *("Two", "Gang of ", "Eight", "the Big ", "42", "2016", ".45", "-cal ", " caliber", "mm "),
    *("9 mm", "gun", "B-", "Mk", "Ada Brun", "she", ", ", " (", ") ", " was ", " now ", "turned "),
)
LOOKS = (
    (exclusions._CAPITAL_MAY, exclusions._CAPITAL_WORD),
    (exclusions._GLUED, exclusions._MODEL),
    (exclusions._AGE_MAY, exclusions._AGE_AFTER_NAME),
    (exclusions._SCORE_MAY, exclusions._SCORE),
)
CALIBRES = next(each for each in exclusions._TRIGGERED if "cal" in each[0])

sentences = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@pytest.mark.parametrize(("look", "pattern"), LOOKS)
@settings(max_examples=200)
@given(sentence=sentences)
def test_a_pattern_finds_nothing_where_the_look_before_it_does_not(
    look: re.Pattern[str], pattern: re.Pattern[str], sentence: str
) -> None:
    assert look.search(sentence) or not pattern.search(sentence)


@settings(max_examples=200)
@given(sentences)
def test_a_calibre_has_one_of_its_triggers(sentence: str) -> None:
    triggers, pattern = CALIBRES
    assert any(trigger in sentence for trigger in triggers) or not pattern.search(sentence)


CLOCK_PARTS = (
    *("half", "a quarter", "five", "ten", "twenty-five", " past ", " to ", "at ", "until ", "six"),
    *(" o'clock", " o’clock", " in the ", " this ", " that ", "early", " tomorrow ", "tonight"),
    *("morning", "afternoon", "evening", " at night", " a.m.", " pm", " am ", ",", " on ", "9"),
)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(CLOCK_PARTS), max_size=8).map("".join))
def test_a_clock_time_passes_the_short_look_and_has_its_trigger(sentence: str) -> None:
    for triggers, _ in exclusions._CLOCK:
        if any(trigger in sentence for trigger in triggers):
            assert exclusions._may_tell_the_time(sentence)

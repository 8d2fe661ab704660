"""Selectors of the user's own rules: read, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config.selectors import LONGEST_SELECTOR, AttributeTest, Step, read_selector


def test_a_selector_is_one_step_for_each_element_in_it() -> None:
    assert read_selector("Main > p.lead[data-kind^=intro]:not(.ad)") == (
        Step("main"),
        Step(
            "p",
            (AttributeTest("data-kind", "^=", "intro"), AttributeTest("class", "~=", "lead")),
            (Step(None, (AttributeTest("class", "~=", "ad"),)),),
            combinator=">",
            last=True,
        ),
    )
    assert [step.last for step in read_selector("a b, #c")] == [False, True, True]


@pytest.mark.parametrize(
    "selector",
    [
        "",
        "p[",
        "p >",
        "..a",
        "p:has(a)",
        "p:is(.a)",
        "p:where(.a)",
        "p:first-child",
        "p:nth-of-type(2n)",
        "p:not(a b)",
        "p::before",
        "svg|a",
        "[a!=b]",
        "[a=b i]",
        ":is(" * 200 + "a" + ")" * 200,
        "p" + " p" * LONGEST_SELECTOR,
    ],
)
def test_what_is_no_selector_or_cannot_be_matched_in_one_walk_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_selector(selector)


@given(st.text(alphabet="ab.#[]=^$*~|:not(), >+'\"\\\\\0é1i", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        steps = read_selector(text)
    except ValueError:
        return
    assert steps[-1].last
    assert not steps[0].combinator

"""What a command beside the reader says is wrong is told without the name of the program."""

from briefing.ui.error_lines import error_in, without_name


def test_the_first_line_that_says_what_is_wrong_is_found_among_others() -> None:
    lines = ["{", "a warning", "briefing: no room on the disk", "briefing: it ended early"]
    assert error_in(lines) == "no room on the disk"
    assert error_in(lines[:2]) == error_in([]) == ""


def test_a_line_that_does_not_begin_with_the_name_stays_as_it_is() -> None:
    assert without_name("briefing: hook a: no room") == "hook a: no room"
    assert without_name("the briefing: at nine") == "the briefing: at nine"

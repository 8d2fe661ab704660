"""What is told as a change of an article, what is not, and that no text makes it slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import SentenceChange, Span
from briefing.stories.revisions import notice, sentence_changes
from briefing.text import sentences
from tests.growth import assert_linear

FIRST = (
    "The port of Saltmere closed the bridge on Monday.\n"
    "Repairs will take 12 weeks, the harbour master said.\n"
    "Buses may still cross."
)


def story_article(before: str, after: str) -> tuple[SentenceChange, ...]:
    return sentence_changes(before, sentences(before), after, sentences(after))


def test_a_sentence_that_came_one_that_went_and_one_reworded() -> None:
    after = (
        "The port of Saltmere closed the bridge on Monday.\n"
        "Repairs could take 12 weeks, the harbour master said.\n"
        "A hauliers' group called it a disgrace."
    )
    reworded, removed, added = story_article(FIRST, after)
    assert (reworded.kind, removed.kind, added.kind) == ("reworded", "removed", "added")
    assert reworded.before == "Repairs will take 12 weeks, the harbour master said."
    assert reworded.after == "Repairs could take 12 weeks, the harbour master said."
    assert reworded.numbers == ()
    assert removed.before == "Buses may still cross."
    assert added.after == "A hauliers' group called it a disgrace."


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ("It takes 12 weeks to mend.", "It takes 15 weeks to mend.", (("12", "15"),)),
        ("Two men of the crew fell.", "Three men of the crew fell.", (("Two", "Three"),)),
        (
            "It cost $3 million in all.",
            "It cost $3 billion in all.",
            (("$3 million", "$3 billion"),),
        ),
        ("It rose by 4% in a year.", "It rose by 5% in a year.", (("4%", "5%"),)),
        ("It rose by 4% in a year.", "It fell by 4% in a year.", ()),
        ("It holds 44,000 tonnes.", "It holds 44000 tonnes of coal.", ()),
    ],
)
def test_a_number_that_changed_is_told_as_such(
    before: str, after: str, numbers: tuple[tuple[str, str], ...]
) -> None:
    (change,) = story_article(before, after)
    assert change.kind == "reworded"
    assert change.numbers == numbers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“It is shut”, she said.", "'It is shut,' she said"),
        ("The Harbour Bridge is shut.", "The harbour bridge is shut."),
        ("It holds 44,000 tonnes.", "It holds 44000 tonnes."),
        ("Wages rose 4 per cent.", "Wages rose 4%."),
        ("Port of Saltmere closed the bridge.", "The port of Saltmere closed a bridge."),
        ("Updated 10:42 GMT, 4 May 2026", "Last updated on 5 May 2026 at 11:07"),
        ("Published 3 hours ago\nIt is shut.", "Published 5 hours ago\nIt is shut."),
        ("It is shut. Buses may cross.", "Buses may cross. It is shut."),
        ("It is shut.", "It is shut."),
    ],
)
def test_what_carries_no_news_is_no_change(before: str, after: str) -> None:
    assert story_article(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The bridge will open on Friday.", "The bridge will not open on Friday."),
        ("The meeting began at 10:00.", "The meeting began at 10:30."),
        ("They paid £5 for each.", "They paid €5 for each."),
        ("It stood at -3 degrees.", "It stood at 3 degrees."),
        ("Published reports named 3 men.", "Published reports named 4 men."),
    ],
)
def test_a_small_change_that_says_something_else_is_told(before: str, after: str) -> None:
    assert len(story_article(before, after)) == 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("An earlier version of this article said that the repair takes 12 weeks.", "correction"),
        ("A previous version of the story misspelt the name of the director.", "correction"),
        ("Correction: the bridge is in Saltmere, not in Upper Fenwick.", "correction"),
        ("Correction (4 May): the crane weighs 44 tonnes.", "correction"),
        ("This story has been corrected to give the name of the ship.", "correction"),
        ("This article was amended on 5 May to remove a quotation.", "correction"),
        ("This article originally gave the wrong date.", "correction"),
        ("This article has been updated with a comment by the port.", "update"),
        ("The minister announced a correction to the budget.", ""),
        ("The law was amended in March.", ""),
        ("The report has been read by the crew.", ""),
        ("An earlier version of the bill failed in 2021.", ""),
        ("Correction officers left the prison.", ""),
    ],
)
def test_a_notice_is_known_by_what_it_says_of_the_article(line: str, kind: str) -> None:
    assert notice(line) == kind
    (change,) = story_article(FIRST, f"{FIRST}\n{line}")
    assert (change.kind, change.notice) == ("added", kind)


def test_a_notice_that_was_there_at_first_is_no_news() -> None:
    line = "Correction: the crane weighs 44 tonnes, not 40 tonnes as we said."
    assert story_article(f"{FIRST}\n{line}", f"{FIRST}\n{line}") == ()
    (change,) = story_article(f"{FIRST}\n{line}", f"{FIRST}\n{line.replace('44', '45')}")
    assert change.notice == ""


text = st.lists(
    st.sampled_from(
        [
            "It is shut.",
            "It is open.",
            "Buses cross at 9.",
            "Buses cross at 10.",
            "“So?”",
            "\n",
            "…",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(before=text | st.text(max_size=80), after=text | st.text(max_size=80))
def test_every_span_holds_what_is_shown_and_nothing_is_told_twice(before: str, after: str) -> None:
    found = story_article(before, after)
    assert story_article(before, before) == ()
    for change in found:
        assert (change.before_span is None) == (change.kind == "added")
        assert (change.after_span is None) == (change.kind == "removed")
        assert change.before == (change.before_span.of(before) if change.before_span else "")
        assert change.after == (change.after_span.of(after) if change.after_span else "")
        assert 0 <= change.at <= len(after)
    olds = [c.before_span for c in found if c.before_span]
    news = [c.after_span for c in found if c.after_span]
    assert len(set(olds)) == len(olds)
    assert len(set(news)) == len(news)
    assert [c.at for c in found] == sorted(c.at for c in found)


@pytest.mark.parametrize(
    ("before", "after", "size"),
    [
        ("It is shut. ", "It is open. ", 3_000),
        ("a ", "b ", 20_000),
        ("Ship {0} lies at the pier. ", "Ship {0}0 lies at the quay. ", 95),
        ("1,", "2,", 10_000),
        ("this article ", "the article was ", 2_500),
    ],
    ids=["repeats", "one sentence", "all alike", "commas", "nearly a notice"],
)
def test_giant_texts_are_compared_in_linear_time(before: str, after: str, size: int) -> None:
    def pair(count: int) -> tuple[str, list[Span], str, list[Span]]:
        texts = ["".join(piece.format(n) for n in range(count)) for piece in (before, after)]
        return texts[0], sentences(texts[0]), texts[1], sentences(texts[1])

    assert_linear(pair, lambda texts: sentence_changes(*texts), size)

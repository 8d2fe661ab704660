"""A second editor's choice moves what is chosen, never a word of it."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from briefing.digest import digest_article
from briefing.digest.sentences.document import read_document
from briefing.editor import Choice, Pick, combined
from briefing.editor.questions import KINDS
from briefing.model import CaveatKind, Digest, SecondEditor
from briefing.model.codec import digest_from_json, digest_to_json
from tests.editor.articles import ARTICLE, OURS, SENTENCES, assert_faithful, lines_of

DOCUMENT = read_document(ARTICLE)
AT = datetime(2026, 12, 1, 7, tzinfo=UTC)


def with_picks(*picks: tuple[int, str], lead: bool = False, count: int = 4) -> Digest:
    """The digest with these picks, sentences counted from 1."""
    choice = Choice(tuple(Pick(number - 1, kind) for number, kind in picks))
    return combined(OURS, DOCUMENT, choice, count, SecondEditor("tiny", AT, lead))


_NUMBERS = st.lists(st.integers(1, len(SENTENCES)), min_size=1, max_size=4, unique=True)
_CAVEATS = st.sampled_from(KINDS[1:])


@hypothesis_settings(max_examples=40)
@given(_NUMBERS, st.lists(_CAVEATS, min_size=4, max_size=4), st.booleans(), st.booleans())
def test_every_choice_gives_a_faithful_digest(
    numbers: list[int], kinds: list[str], lead: bool, has_claim: bool
) -> None:
    if has_claim:
        kinds[0] = "claim"
    digest = with_picks(*zip(numbers, kinds, strict=False), lead=lead)
    assert_faithful(digest)
    assert digest_from_json(digest_to_json(digest)).bullets
    if lead:
        assert sorted(lines_of(digest)) == sorted(numbers)
    else:
        assert digest.caveats == OURS.caveats
        assert lines_of(digest)[0] == lines_of(OURS)[0]


def test_our_own_choice_again_changes_no_bullet() -> None:
    digest = with_picks(*((number, "fact") for number in lines_of(OURS)))
    assert [b.text for b in digest.bullets] == [b.text for b in OURS.bullets]
    assert {b.by for b in digest.bullets} == {("briefing", "editor")}


def test_a_pick_that_nearly_ranked_comes_in_and_one_far_below_stays_out() -> None:
    ours = set(lines_of(OURS))
    came_in = {
        number
        for number in range(1, len(SENTENCES) + 1)
        if number not in ours and number in lines_of(with_picks((number, "fact")))
    }
    assert came_in
    assert len(came_in) < len(SENTENCES) - len(ours)


def test_it_is_told_who_chose_what() -> None:
    digest = with_picks((1, "claim"), (7, "condition"), lead=False)
    by = dict(zip(lines_of(digest), (b.by for b in digest.bullets), strict=True))
    assert by[1] == ("briefing", "editor")
    assert all(who == ("briefing",) for number, who in by.items() if number not in (1, 7))
    assert digest.editor == SecondEditor("tiny", AT)
    led = with_picks((4, "claim"), (7, "fact"), lead=True)
    assert [b.by for b in led.bullets] == [("editor",)] * 2 or 7 in lines_of(OURS)


def test_an_editor_that_leads_orders_and_names() -> None:
    digest = with_picks((6, "fact"), (3, "claim"), (8, "condition"), (1, "dispute"), lead=True)
    assert lines_of(digest)[0] == 3
    marks = {n: b.caveat for n, b in zip(lines_of(digest), digest.bullets, strict=True)}
    assert marks[3] is None
    assert marks[6] is None
    assert marks[8] is not None
    assert marks[8].kind is CaveatKind.CONDITION
    assert marks[1] is not None
    assert marks[1].kind is CaveatKind.DISPUTE
    assert any(caveat.mark == marks[1] for caveat in digest.caveats)


def test_no_more_is_marked_than_in_a_digest_of_ours() -> None:
    digest = with_picks((2, "dispute"), (3, "dispute"), (4, "dispute"), (5, "dispute"), lead=True)
    assert sum(bullet.caveat is not None for bullet in digest.bullets) == 2


def test_a_ranking_of_another_algorithm_is_not_weighed_only_told() -> None:
    ours = digest_article(ARTICLE, algorithm="luhn")
    choice = Choice((Pick(9, "fact"), Pick(0, "fact")))
    editor = SecondEditor("tiny", AT)
    digest = combined(ours, DOCUMENT, choice, 4, editor, weigh=False)
    assert [b.text for b in digest.bullets] == [b.text for b in ours.bullets]
    assert all(b.by for b in digest.bullets)
    led = combined(ours, DOCUMENT, choice, 4, replace(editor, lead=True), weigh=False)
    assert sorted(lines_of(led)) == [1, 10]


def test_the_json_tells_it_and_is_read_back() -> None:
    digest = with_picks((1, "claim"), (6, "dispute"), lead=True)
    value = digest_to_json(digest)
    assert value["editor"] == {"model": "tiny", "at": "2026-12-01T07:00:00Z", "lead": True}
    assert value["bullets"][1]["editor_kind"] == "dispute"
    assert "editor" in value["bullets"][1]["by"]
    again = digest_from_json(value)
    assert again.editor == digest.editor
    assert [b.by for b in again.bullets] == [b.by for b in digest.bullets]


def test_without_a_second_editor_the_json_says_nothing_of_one() -> None:
    value = digest_to_json(OURS)
    assert "editor" not in value
    assert not {"by", "editor_kind"} & value["bullets"][0].keys()

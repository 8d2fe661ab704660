"""The same point in the words of each outlet: whose sentence is whose, and where they differ."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.model import Article, Digest, Disagreement, Figure, Place, Reported, Span
from briefing.text.clean import clean_line
from briefing.ui.app import Reader
from briefing.ui.panes.point import articles_of, differing, outlet_points, point_items, verdict_of
from briefing.ui.panes.wordings import CAME
from briefing.ui.screens.point import PointScreen
from briefing.ui.screens.side_by_side import MOST_COLUMNS
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.widgets.wrapped_list import Item
from tests.ui.driver import (
    LEAST,
    MEDIUM,
    NARROW,
    TALL,
    WIDE,
    ReaderDriver,
    at,
    reader_on,
    styled_words,
)
from tests.ui.edition_stories import SHARED, said_twice
from tests.ui.frozen import NOW
from tests.ui.story_fixture import story_of
from tests.ui.test_source import STYLES

BROAD = (150, 40)

TEXTS = {
    "1": ("Courier", "The port of Saltmere shut. Repairs will take 12 weeks, said 1200 people."),
    "2": ("Beacon", "Repairs will take 15 weeks, said 1200 people. The ferry runs."),
    "3": ("Radio Vale", "repairs will take 12 weeks, said 1200 people."),
    "4": ("Vale Herald", "A bridge like that keeps 12 men busy, as the port's master knows."),
}


def _sentence(name: str) -> Span:
    text = TEXTS[name][1]
    start = max(0, text.casefold().find("repairs"))
    return Span(start, text.index(".", start) + 1)


PLACES = tuple(Place(name, (_sentence(name),)) for name in TEXTS)
PASSAGE = Passage.of_place(PLACES[0], "Bullet 1", "Repairs", PLACES)


def read(name: str) -> tuple[Article, Digest]:
    """An article whose digest has its number of weeks or men, and that of the people."""
    source, text = TEXTS[name]
    hours = timedelta(hours=int(name))
    article = Article(name, text, "Port", None, source, published=NOW - hours)
    sentence = _sentence(name)
    figures = []
    for surface in ("12", "15", "1200"):
        start = text.find(f" {surface} ") + 1
        if start:
            span = Span(start, start + len(surface))
            figures.append(Figure(surface, float(surface), span, (sentence,)))
    return article, Digest(article, (sentence,), (), (), tuple(figures), (), (), ())


def value(amount: float, *names: str) -> Reported:
    """What outlets say how many weeks it takes."""
    places = tuple(p for p in PLACES if p.article_id in names)
    outlets = tuple(TEXTS[name][0] for name in names)
    return Reported(f"{amount:.0f}", amount, None, "", "", places, outlets, NOW, NOW)


WEEKS = Disagreement("repairs", "differ", (value(12, "1", "3"), value(15, "2")))


def lines(number: int, *told: Disagreement) -> list[Item]:
    """The lines of one outlet."""
    points = outlet_points(PASSAGE, read)
    return point_items(PASSAGE, points, number, differing(told, points), STYLES, NOW)


def test_each_outlet_has_its_own_sentence_with_its_time_and_the_way_to_it() -> None:
    points = outlet_points(PASSAGE, read)
    assert [p.source for p in points] == [source for source, _ in TEXTS.values()]
    assert verdict_of(PASSAGE, points, STYLES).plain == "Bullet 1 in the words of 4 outlets"
    first = lines(0)
    assert [i.text.plain for i in first] == [
        "06:02",
        "Repairs will take 12 weeks, said 1200 people.",
    ]
    target = first[1].target
    assert isinstance(target, Passage)
    assert (target.article_id, target.focus, target.places) == ("1", PLACES[0].evidence[0], PLACES)


def test_numbers_that_outlets_differ_on_are_marked_and_no_others() -> None:
    marked = [styled_words(lines(n, WEEKS), STYLES.evidence) for n in range(4)]
    assert marked == [["12"], ["15"], ["12"], []]


def test_what_the_story_does_not_know_to_differ_is_not_marked() -> None:
    assert [styled_words(lines(n), STYLES.evidence) for n in range(4)] == [[]] * 4
    alone = Disagreement("repairs", "differ", (value(12, "1", "3"), value(20)))
    assert [styled_words(lines(n, alone), STYLES.evidence) for n in range(4)] == [[]] * 4


def test_whose_words_a_sentence_has_is_said_and_what_is_other_in_it_underlined() -> None:
    assert [lines(n)[-1].text.plain for n in range(3)] == [
        "Repairs will take 12 weeks, said 1200 people.",
        "as Courier but for the words underlined",
        "word for word as Courier",
    ]
    assert [styled_words(lines(n), CAME) for n in range(4)] == [[], ["15"], [], []]
    assert lines(3)[-1].text.plain == TEXTS["4"][1]


def test_sentences_that_do_not_follow_one_another_are_parted_and_their_numbers_stay_exact() -> None:
    _, text = TEXTS["1"]
    both = Place("1", (Span(0, text.index(" Repairs")), _sentence("1")))
    passage = Passage.of_place(both, "Bullet 1", "", (both, PLACES[1], PLACES[2]))
    points = outlet_points(passage, read)
    items = point_items(passage, points, 0, differing([WEEKS], points), STYLES, NOW)
    assert items[-1].text.plain.startswith("The port of Saltmere shut. … Repairs will")
    assert styled_words(items, STYLES.evidence) == ["12"]


def test_an_article_that_says_it_twice_is_one_outlet() -> None:
    again = Place("2", (Span(TEXTS["2"][1].index("The ferry"), len(TEXTS["2"][1])),))
    passage = Passage.of_place(PLACES[0], "Bullet 1", "", (PLACES[0], PLACES[1], again))
    points = outlet_points(passage, read)
    assert articles_of(passage) == ["1", "2"]
    items = point_items(passage, points, 1, [], STYLES, NOW)
    said = [item.text.plain for item in items if item.target is not None]
    assert said == ["Repairs will take 15 weeks, said 1200 people.", "The ferry runs."]


# ── On the screen ────────────────────────────────────────────────────────────────────────────


async def shared_line(driver: ReaderDriver) -> Passage:
    """Put the cursor on a bullet that several articles have."""
    await driver.on(SHARED.id)
    driver.edition.go("brief")
    number = said_twice(SHARED)
    assert number is not None
    label = f"Bullet {number + 1}"
    assert driver.view("brief").move_where(lambda t: isinstance(t, Passage) and t.label == label)
    await driver.pilot.pause()
    target = driver.view("brief").current
    assert isinstance(target, Passage)
    return target


def names_of(driver: ReaderDriver) -> tuple[bool, list[str]]:
    """Whether the outlets stand one below the other, and the views that have them."""
    below = driver.app.screen.has_class("below")
    several = len(driver.app.screen.query("#values WrappedList"))
    return below, ["stacked"] if below else [f"value-{n}" for n in range(several)]


@pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, TALL, WIDE, BROAD])
@pytest.mark.parametrize("from_source", [False, True])
async def test_every_outlets_sentence_is_a_key_away_and_enter_goes_to_it_and_esc_back(
    sample: Path, size: tuple[int, int], from_source: bool
) -> None:
    async with at(reader_on(sample), size) as driver:
        passage = await shared_line(driver)
        if from_source:
            await driver.press("enter")
        focus = driver.focus
        await driver.press("V")
        assert driver.screen == "PointScreen"
        below, names = names_of(driver)
        assert below == (size not in (WIDE, BROAD))
        targets = [
            i.target for n in names for i in driver.view(n).items if isinstance(i.target, Passage)
        ]
        assert [(t.article_id, t.focus) for t in targets] == [
            (p.article_id, p.evidence[0])
            for name in articles_of(passage)
            for p in passage.places
            if p.article_id == name
        ]
        sources = [driver.app.session.article(a).source for a in articles_of(passage)]
        await driver.press("right_curly_bracket")
        second = getattr(driver.app.screen.focused, "current", None)
        assert isinstance(second, Passage)
        assert second.article_id == articles_of(passage)[1]
        await driver.press("enter")
        assert driver.screen == "ArticleScreen"
        sentence = driver.view("article").current
        assert isinstance(sentence, SourceSentence)
        article = driver.app.session.article(second.article_id)
        assert second.focus is not None
        assert article.source == sources[1]
        assert sentence.text == clean_line(second.focus.of(article.text))
        await driver.press("V")  # back to the words of all
        assert driver.screen == "PointScreen"
        assert getattr(driver.app.screen.focused, "current", None) == second
        await driver.press("escape")
        assert (driver.screen, driver.focus) == ("EditionScreen", focus)


async def test_another_point_is_shown_over_one_that_stands_below(sample: Path) -> None:
    async with at(reader_on(sample)) as driver:
        passage = await shared_line(driver)
        await driver.press("V")
        driver.app.show_feeds()
        await driver.pilot.pause()
        driver.app.show_words(replace(passage, places=passage.places[::-1]), "Another story")
        await driver.pilot.pause()
        names = [type(screen).__name__ for screen in driver.app.screen_stack]
        assert names[-3:] == ["PointScreen", "FeedsScreen", "PointScreen"]


async def test_the_key_says_why_it_shows_nothing(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        await driver.press("V")
        assert driver.status == "go to a bullet or a figure for the words of each outlet"
        await driver.press("enter", "V")
        assert driver.status == "no other outlet has this point"
        await driver.press("enter", "V")
        assert driver.status == "no other outlet has this point"
        driver.edition.go("figures")
        await driver.press("V")  # the values have a comparison of their own
        assert driver.screen == "ComparisonScreen"


async def test_an_article_from_a_list_says_that_no_other_outlet_is_known(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "enter", "enter", "V")
        assert driver.screen == "ArticleScreen"
        assert driver.said == "no other outlet has this point"


async def test_the_words_of_very_many_outlets_stand_one_below_the_other(sample: Path) -> None:
    async with at(reader_on(sample), (250, 40)) as driver:
        with driver.kept() as store:
            digests = [d for row in store.article_rows() if (d := store.digest(row.id)) is not None]
        assert len(digests) > MOST_COLUMNS
        places = tuple(Place(d.article.id, d.sentences[:1]) for d in digests)
        passage = Passage.of_place(places[0], "Bullet 1", "", places)
        await driver.app.push_screen(PointScreen(driver.app.session, passage, "Story"))
        await driver.press(*["right_curly_bracket"] * (len(places) - 1))
        assert names_of(driver) == (True, ["stacked"])
        last = driver.view("stacked").current
        assert isinstance(last, Passage)
        assert last.article_id == places[-1].article_id

"""An edition and a digest about an invented harbour."""

from datetime import UTC, datetime, timedelta

from briefing.model import (
    Article,
    Basis,
    Brief,
    Bullet,
    Caveat,
    CaveatKind,
    Chapter,
    Coverage,
    Cue,
    Digest,
    Disagreement,
    Edition,
    EditionCounts,
    Entity,
    Figure,
    First,
    Insertion,
    Link,
    OutletsJoined,
    Place,
    Reported,
    ScorePart,
    Span,
    Story,
    StoryBullet,
    StoryEntity,
    StoryFigure,
    StoryLink,
    StoryRow,
    Window,
)

NOW = datetime(2026, 5, 5, 7, 2, tzinfo=UTC)
TEXT = (
    "The port authority closed the bridge to lorries. It said 44 t is the limit.\n"
    "Buses may still cross."
)
CLAIM, LIMIT, BUSES = Span(0, 48), Span(49, 75), Span(76, 98)
CUE = Cue(CaveatKind.LIMITATION, 3, "may still cross", Span(82, 97))
FIGURE = Figure("44 t", 44, Span(57, 61), (LIMIT,), unit="t", counts="weight limit", key=True)
PERSON = Entity("Ada Brun", "person", (Span(0, 1),), "port director", None, key=True)


def digest(
    title: str = "Harbour bridge closed to lorries",
    basis: Basis = Basis.FULL,
    *,
    caveat: bool = True,
) -> Digest:
    article = Article(
        "a1",
        TEXT,
        title,
        "https://coast.example/bridge",
        "Coast Courier",
        "Jo Vale",
        NOW - timedelta(hours=15),
        "en",
        basis,
    )
    insertion = Insertion(0, "It", "The port authority", (CLAIM,))
    bullets = [
        Bullet(CLAIM.of(TEXT), None, (CLAIM,)),
        Bullet(LIMIT.of(TEXT), None, (LIMIT,), (insertion,)),
    ]
    if caveat:
        bullets.append(Bullet(BUSES.of(TEXT), CUE, (BUSES,)))
    return Digest(
        article,
        (CLAIM, LIMIT, BUSES),
        tuple(bullets),
        (Caveat(CUE, (BUSES,)),) if caveat else (),
        (FIGURE,),
        (PERSON,),
        (Link("see-also", "Inspection report", "https://port.example/report"),),
        (),
    )


def story(number: int = 1, headline: str = "Harbour bridge closed to lorries") -> Story:
    said = digest(headline)
    first_at = NOW - timedelta(hours=15)
    places = (Place("a1", (LIMIT,)),)

    def reported(surface: str, value: float, outlet: str) -> Reported:
        return Reported(surface, value, None, "t", "", places, (outlet,), first_at, first_at)

    brief = Brief(
        headline=headline,
        lead="a1",
        bullets=(
            StoryBullet(said.bullets[0], "a1", "Coast Courier", 2),
            StoryBullet(said.bullets[1], "a1", "Coast Courier", 2),
            StoryBullet(said.bullets[2], "a2", "Harbour Post", 1),
        ),
        figures=(StoryFigure(FIGURE, "a1", 1, differs=True),),
        entities=(StoryEntity(PERSON, "a1"),),
        articles=(
            Coverage(
                "a1",
                "Coast Courier",
                headline,
                "https://coast.example/bridge",
                first_at,
                voice="coast",
            ),
            Coverage(
                "a2",
                "Harbour Post",
                "Lorries out",
                "https://harbour.example/1",
                NOW,
                Basis.SUMMARY,
                voice="harbour",
            ),
        ),
        first=First("a1", "Coast Courier", "time"),
        disagreements=(
            Disagreement(
                "weight limit",
                "differ",
                (reported("44 t", 44, "Coast Courier"), reported("40 t", 40, "Harbour Post")),
            ),
        ),
        links=(StoryLink(Link("see-also", "Report", "https://port.example/report"), "a1"),),
    )
    row = StoryRow(f"s{number}", headline, 2, 2, NOW, 3.5, "Local", "Buses may still cross.")
    return Story(
        row,
        brief,
        (ScorePart("words", 0.0, name="two outlets tell it"),),
        (Chapter("s9", "Cracks found", NOW - timedelta(days=9)),),
        (OutletsJoined(("Harbour Post",)),),
    )


def edition(*stories: Story, above: int | None = None, all_stories: int | None = None) -> Edition:
    count = len(stories)
    counts = EditionCounts(
        count if all_stories is None else all_stories,
        count if above is None else above,
        2 * count,
        2,
        count,
    )
    return Edition(Window(NOW - timedelta(hours=24), NOW), counts, stories)

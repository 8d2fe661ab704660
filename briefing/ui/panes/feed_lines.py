"""The feeds as the lines of a list, by category."""

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from briefing.config import SearchSettings
from briefing.model import FeedRow
from briefing.model.tags import TagCount
from briefing.text.clean import clean_line
from briefing.ui.panes.shelves import tag_items
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item

ALL_ARTICLES = ArticleSource("All articles")
STARRED = ArticleSource("Starred", starred=True)


def feed_items(
    rows: list[FeedRow],
    styles: ThemeStyles,
    searches: Sequence[SearchSettings] = (),
    tags: Sequence[TagCount] = (),
) -> list[Item]:
    """All articles, the starred ones, those with tags, the saved searches, then each category with
    its feeds; unread and all counted."""
    items = [
        Item(
            styled("All articles", style=styles.strong), ALL_ARTICLES, right=_counts(rows, styles)
        ),
        Item(styled("★ Starred", style=styles.strong), STARRED),
        *tag_items(tags, styles),
    ]
    if searches:
        items.append(Item(Text()))
        items.append(Item(styled("Searches", style=styles.strong)))
    items += [
        Item(Text(f"  {clean_line(s.name)}"), ArticleSource(s.name, query=s.query), hang=4)
        for s in searches
    ]
    folders: dict[str, list[FeedRow]] = {}
    for row in sorted(rows, key=lambda r: (r.feed.category.lower(), r.feed.display_name.lower())):
        folders.setdefault(row.feed.category, []).append(row)
    for category, inside in folders.items():
        name = category or "Without a category"
        items.append(Item(Text()))
        items.append(
            Item(
                styled(name, style=styles.strong),
                ArticleSource(name, category=category),
                right=_counts(inside, styles),
            )
        )
        items += [_feed_item(row, styles) for row in inside]
    return items


def recounted(
    items: Sequence[Item], rows: list[FeedRow], feed_id: str | None, styles: ThemeStyles
) -> list[tuple[int, Item]]:
    """The lines that count the articles of a feed, with their places, as ``rows`` count them."""
    of_feed = [row for row in rows if row.feed.id == feed_id]
    found = []
    for place, item in enumerate(items):
        source = item.target
        if not isinstance(source, ArticleSource):
            continue
        counted: list[FeedRow] = []
        if source == ALL_ARTICLES:
            counted = rows
        elif source.feed_id == feed_id:
            counted = of_feed
        elif source.category is not None and any(
            row.feed.category == source.category for row in of_feed
        ):
            counted = [row for row in rows if row.feed.category == source.category]
        if counted:
            found.append((place, replace(item, right=_counts(counted, styles))))
    return found


def _feed_item(row: FeedRow, styles: ThemeStyles) -> Item:
    feed = row.feed
    text = Text(f"  {feed.display_name}")
    if not feed.weight:
        text.append("  muted", style=styles.muted)
    source = ArticleSource(feed.display_name, feed_id=feed.id)
    below = None
    if feed.error:
        below = styled("    ⚠ ", style=styles.heavy)
        below.append(clean_line(feed.error), style=styles.muted)
    return Item(text, source, hang=4, right=_counts([row], styles), below=below)


def _counts(rows: list[FeedRow], styles: ThemeStyles) -> Text:
    unread, articles = sum(row.unread for row in rows), sum(row.articles for row in rows)
    return styled(f"{unread:,} / {articles:,}", style=styles.muted)

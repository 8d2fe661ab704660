"""The shelves of the Feeds view that the reader fills: what is read later, and what has tags."""

from collections.abc import Sequence

from briefing.model.tags import LATER, TagCount, same_tag
from briefing.text.clean import clean_line
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item


def tag_items(tags: Sequence[TagCount], styles: ThemeStyles) -> list[Item]:
    """The shelf of what is read later, there when empty too, then each tag with its count."""
    later = next((tag for tag in tags if same_tag(tag.name, LATER)), TagCount(LATER, 0))
    items = [_item("◷ Later", later, styles, ArticleSource("Later", tag=LATER))]
    for tag in tags:
        if not same_tag(tag.name, LATER):
            name = f"#{clean_line(tag.name)}"
            items.append(_item(name, tag, styles, ArticleSource(name, tag=tag.name)))
    return items


def _item(words: str, tag: TagCount, styles: ThemeStyles, target: ArticleSource) -> Item:
    count = str(tag.articles) if tag.articles else ""
    return Item(styled(words, style=styles.strong), target, right=styled(count, style=styles.muted))

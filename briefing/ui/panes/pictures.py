"""The pictures of an article as lines beside its text: what they show, never the pictures."""

from briefing.model import Article, Picture
from briefing.text import clean_line
from briefing.text.urls import host_and_port
from briefing.ui.targets import PictureLine
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item

SIGN = "▣"
_LEAD = f"  {SIGN} picture: "


def pictures_of(article: Article) -> tuple[Picture, ...]:
    """The pictures of an article in the order of its text, first those that its feed encloses."""
    enclosed = [Picture(e.url) for e in article.enclosures if e.kind == "image"]
    known = {picture.url for picture in article.pictures}
    found = (*(p for p in enclosed if p.url not in known), *article.pictures)
    return tuple(sorted(found, key=lambda picture: picture.at))


def picture_lines(article: Article, styles: ThemeStyles) -> list[tuple[int, Item]]:
    """A line for each picture, with the place in the text that it comes behind; 0: before it."""
    return [
        (picture.at, _line(number, picture, styles))
        for number, picture in enumerate(pictures_of(article))
    ]


def picture_words(picture: Picture) -> str:
    """What a picture shows, or where it comes from where nobody says."""
    return clean_line(picture.words) or f"from {clean_line(host_and_port(picture.url))}"


def _line(number: int, picture: Picture, styles: ThemeStyles) -> Item:
    words = picture_words(picture)
    text = styled(f"{_LEAD}{words}", style=styles.muted)
    return Item(text, PictureLine(number, words), hang=2)

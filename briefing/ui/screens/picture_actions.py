"""What the key for pictures does, on every screen that shows an article."""

from briefing.model import Article
from briefing.ui.depth import Depth
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import PictureLine, Target


def tells_pictures(screen: ReaderScreen, session: ReadingSession) -> bool:
    """Whether an article's pictures have lines; those of the demo's articles are nowhere."""
    return session.settings.reader.images == "asked" and not reader_app(screen).sample


def show_picture(
    screen: ReaderScreen, session: ReadingSession, article: Article, target: Target | None
) -> None:
    """Show the picture whose line is ``target``, else the article's first, or say why not. Until
    then nothing of it was fetched. Raises StoreError where the article is gone.
    """
    from briefing.ui.panes.pictures import pictures_of
    from briefing.ui.widgets.picture import has_library

    pictures = pictures_of(article)
    if reader_app(screen).sample:
        screen.refuse("the demo fetches no pictures")
    elif session.settings.reader.images != "asked":
        screen.refuse('pictures are off: images = "asked" under [reader]')
    elif not pictures:
        screen.refuse("no picture of this article is known")
    elif not has_library():
        screen.notify('Pictures need an extra: pip install "briefing[images]"', severity="warning")
    elif reader_app(screen).depth is not Depth.TRUE:
        screen.refuse("this terminal has too few colours for pictures")
    else:
        from briefing.ui.screens.picture import PictureScreen

        number = target.number if isinstance(target, PictureLine) else 0
        feed_id = session.article_row(article.id).feed_id
        feed = session.feed(feed_id) if feed_id is not None else None
        number = min(number, len(pictures) - 1)
        screen.app.push_screen(PictureScreen(session, pictures, number, feed))

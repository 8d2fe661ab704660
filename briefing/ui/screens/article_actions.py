"""What keys do to the article behind a line, on every screen that shows one."""

from textual.app import App

from briefing.model import Article, without_credentials
from briefing.ui.formatting import truncate
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.session import ReadingSession
from briefing.wording import enclosure_line

NO_OTHER_OUTLET = "no other outlet has this point"
NO_ARTICLE = "there is no article here"
LINK_NUMBER = "type the number of a link"
ADDRESS_STAYS = 20.0
"""Seconds that a message with an address to copy stays."""


def open_in_browser(app: App[object], session: ReadingSession, url: str | None) -> str | None:
    """Open an article's page in the user's browser: where the reader is drawn in one, in that.
    Returns what went wrong, in words."""
    from briefing.ui.browser import check_page, open_page

    if not url:
        return "It has no page."
    if not app.is_web:
        return open_page(url, session.settings.browser)
    if (problem := check_page(url)) is None:
        app.open_url(without_credentials(url))
    return problem


def show_page(screen: ReaderScreen, session: ReadingSession, url: str | None) -> None:
    """Open an address in the browser, and say so, or why not."""
    problem = open_in_browser(screen.app, session, url)
    if problem:
        tell_problem(screen, problem)
    else:
        screen.say(f"opened {truncate(url or '', 60)}")
        spot = screen.spot
        if spot is not None:
            reader_app(screen).run_hooks("open", story=spot.story, article=spot.article)


def tell_problem(screen: ReaderScreen, problem: str) -> None:
    """Say why an address was not opened. Without a browser it is on the clipboard, and is shown
    whole: not every terminal takes a clipboard from a program."""
    from briefing.ui.browser import NO_BROWSER

    if problem.startswith(NO_BROWSER):
        screen.app.copy_to_clipboard(problem.removeprefix(NO_BROWSER))
        screen.say_whole(problem, ADDRESS_STAYS)
    else:
        screen.notify(problem, severity="warning", timeout=ADDRESS_STAYS)


def open_enclosure(screen: ReaderScreen, session: ReadingSession, article: Article) -> None:
    """Open the first of what is enclosed with an article, and say so, or why not."""
    if not article.enclosures:
        screen.refuse("nothing is enclosed with this article")
        return
    first = article.enclosures[0]
    problem = open_in_browser(screen.app, session, first.url)
    if problem:
        tell_problem(screen, problem)
        return
    more = len(article.enclosures) - 1
    others = f"; {more} more: # and the number" if more else ""
    screen.say(f"opened {enclosure_line(first)}{others}")


def copy_with_source(app: App[object], text: str, source: str | None, url: str | None) -> None:
    """Put a line and whose it is on the clipboard."""
    parts = [part for part in (source, url) if part]
    app.copy_to_clipboard(f"{text}\n— {', '.join(parts)}\n")


def toggle_article_star(screen: ReaderScreen, session: ReadingSession, article_id: str) -> None:
    """Star an article, or take its star away, and say so. Raises StoreError where it is gone."""
    row = session.article_row(article_id)
    starred = not row.starred
    session.star_article(article_id, starred)
    if starred:
        reader_app(screen).run_hooks("star", article=article_id)
    words = "article starred" if starred else "star taken away from the article"
    screen.did(words, lambda: [session.star_article(article_id, not starred)], row.title)

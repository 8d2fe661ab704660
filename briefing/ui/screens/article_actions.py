"""What keys do to the article behind a line, on every screen that shows one."""

from textual.app import App

from briefing.model import Article
from briefing.ui.formatting import truncate
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.session import ReadingSession
from briefing.wording import enclosure_line

NO_OTHER_OUTLET = "no other outlet has this point"
NO_ARTICLE = "there is no article here"
LINK_NUMBER = "type the number of a link"
ADDRESS_STAYS = 20.0
"""Seconds that a message with an address to copy stays."""


def open_in_browser(session: ReadingSession, url: str | None) -> str | None:
    """Open an article's page in the user's browser. Returns what went wrong, in words."""
    from briefing.ui.browser import open_page

    return open_page(url, session.settings.browser) if url else "It has no page."


def show_page(screen: ReaderScreen, session: ReadingSession, url: str | None) -> None:
    """Open an address in the browser, and say so, or why not."""
    problem = open_in_browser(session, url)
    if problem:
        screen.notify(problem, severity="warning", timeout=ADDRESS_STAYS)
    else:
        screen.say(f"opened {truncate(url or '', 60)}")


def open_enclosure(session: ReadingSession, article: Article) -> tuple[str, str]:
    """Open the first of what is enclosed with an article. Returns what was opened, and what went
    wrong, in words; one of them is empty.
    """
    if not article.enclosures:
        return "", "nothing is enclosed with this article"
    first = article.enclosures[0]
    problem = open_in_browser(session, first.url)
    if problem:
        return "", problem
    more = len(article.enclosures) - 1
    others = f"; {more} more: # and the number" if more else ""
    return f"opened {enclosure_line(first)}{others}", ""


def copy_with_source(app: App[object], text: str, source: str | None, url: str | None) -> None:
    """Put a line and whose it is on the clipboard."""
    parts = [part for part in (source, url) if part]
    app.copy_to_clipboard(f"{text}\n— {', '.join(parts)}\n")


def toggle_article_star(screen: ReaderScreen, session: ReadingSession, article_id: str) -> None:
    """Star an article, or take its star away, and say so. Raises StoreError where it is gone."""
    row = session.article_row(article_id)
    starred = not row.starred
    session.star_article(article_id, starred)
    words = "article starred" if starred else "star taken away from the article"
    screen.did(words, lambda: [session.star_article(article_id, not starred)], row.title)

"""Subscription lists in and out: the path of an OPML file is asked for, a command does the rest."""

from pathlib import Path

from textual import work

from briefing.ui.command_words import words_for_people
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.ask import AskScreen


def path_typed(text: str) -> Path:
    """The file that is meant: ``~`` is the home folder. Raises ValueError where it can be none."""
    if not text:
        raise ValueError("Type the path of a file.")
    try:
        # Absolute: no command takes it for an option, or for its standard input.
        path = Path(text).expanduser().absolute()
        path.exists()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ValueError(f"There can be no such file ({reason}).") from error
    return path


class ImportScreen(AskScreen):
    """Follows every feed of a list. The card stays, with what is wrong, where none was added."""

    def __init__(self) -> None:
        super().__init__(
            "Import feeds",
            "The path of an OPML file, or of newsboat's urls. What is followed already stays.",
            check=path_typed,
        )

    def answered(self, answer: str) -> None:
        """A path was given."""
        self._import(path_typed(answer))

    @work(exclusive=True, group="feed-list")
    async def _import(self, path: Path) -> None:
        self.say("importing …")
        lines: list[str] = []
        app = reader_app(self)
        before = {row.feed.id for row in app.session.feed_rows()}
        await app.session.have_let_go()
        code = await app.run_beside(["feeds", "import", str(path)], lines.append)
        words = words_for_people(lines)
        if code not in (0, 1):
            self.fail(words or "that did not work")
            return
        app.session.feeds_were_added(before)
        self.dismiss(None)
        self.app.notify(words, title="Imported")
        app.refresh_feeds()


class ExportScreen(AskScreen):
    """Writes the feeds as OPML, without passwords. A file that is there is replaced on a second
    Enter only."""

    def __init__(self) -> None:
        super().__init__(
            "Export feeds",
            "The path of the OPML file to write; passwords in addresses are left out.",
            "~/feeds.opml",
            check=path_typed,
        )
        self._replacing: Path | None = None

    def answered(self, answer: str) -> None:
        """A path was given."""
        path = path_typed(answer)
        if path.is_file() and self._replacing != path:
            self._replacing = path
            self.say("That file is there already: enter again replaces it.")
        else:
            self._export(path)

    @work(exclusive=True, group="feed-list")
    async def _export(self, path: Path) -> None:
        lines: list[str] = []
        code = await reader_app(self).run_beside(["feeds", "export", str(path)], lines.append)
        words = words_for_people(lines)
        if code:
            self.fail(words or "that did not work")
            return
        self.dismiss(None)
        self.app.notify(words, title="Exported")

"""A command that is typed in the reader: its words, what it is given, and those typed before."""

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.config import OpenSettings, folders, replace_private
from briefing.config.hooks import PLACEHOLDERS
from briefing.hooks.calling import MEGABYTE, Answer, call_program, filled
from briefing.hooks.subjects import Subject
from briefing.text import clean_line

EVENT = "pipe"
MOST_KEPT = 100
"""Commands that are remembered."""
LONGEST = 3600.0
"""Seconds that a command may take that nobody ends."""
_OF_A_SHELL = frozenset({"|", "||", "&", "&&", ";", "<", ">", ">>", "2>", "2>&1"})
_NEWSBOAT = ("{url}", "{title}", "{description}", "{feed}")
_BOOKMARK_SECONDS = 30.0


def words_of(line: str) -> list[str]:
    """The words of a command line, as ``shlex`` has them. Raises ValueError, in words, where it has
    none, cannot be read, or is for a shell."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise ValueError(f"this cannot be read: {str(error).lower()}") from None
    if not words:
        raise ValueError("type a command")
    found = next((word for word in words if word in _OF_A_SHELL), None)
    if found is not None:
        raise ValueError(f"no shell runs this, {found} would be a word: sh -c '…' runs one")
    return words


async def pipe(
    words: Sequence[str], subject: Subject, *, as_json: bool, on_piece: Callable[[bytes], None]
) -> Answer:
    """Give a story or an article to a command, which runs where the reader does. on_piece: told of
    its answer as it comes; more than a megabyte of it is not waited for."""
    return await call_program(
        filled(words, subject.words(EVENT)),
        subject.json if as_json else subject.text.encode("utf-8", "replace"),
        clean_line(words[0]),
        seconds=LONGEST,
        limit=MEGABYTE,
        own=subject.environment("", EVENT),
        cwd=_here(),
        on_piece=on_piece,
    )


async def bookmark(settings: OpenSettings, subject: Subject) -> Answer:
    """Give a story or an article to the bookmark command, which is there. Without placeholders it
    takes what newsboat's ``bookmark-cmd`` takes: address, title, description, feed."""
    command = settings.bookmark
    words = subject.words("bookmark")
    if not {f"{{{name}}}" for name in PLACEHOLDERS} & set(command):
        command = (*command, *_NEWSBOAT)
    return await call_program(
        filled(command, words),
        subject.json,
        "bookmark",
        seconds=_BOOKMARK_SECONDS,
        limit=MEGABYTE,
        own=subject.environment("bookmark", "bookmark"),
        cwd=_here(),
    )


def _here() -> str | None:
    try:
        return str(Path.cwd())
    except OSError:  # the folder is gone
        return None


# ── What was typed ───────────────────────────────────────────────────────────────────────────


def _path() -> Path:
    return folders().data / "commands"


def commands_before() -> list[str]:
    """The commands that were typed, the latest last; none where they cannot be read."""
    try:
        text = _path().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line for each in text.splitlines() if (line := clean_line(each))][-MOST_KEPT:]


def keep_command(line: str) -> None:
    """Remember a command as the latest, each once. Raises OSError."""
    kept = [each for each in commands_before() if each != line][-(MOST_KEPT - 1) :]
    replace_private(_path(), "".join(f"{each}\n" for each in (*kept, line)))

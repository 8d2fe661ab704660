"""The only module that prints: data to standard output, everything else to standard error.

What is written is plain text: escape sequences and control characters that came with it from
outside are removed here once more, whatever was done before.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from briefing.model import BriefingError, StoreError, UsageError
from briefing.model.writing import is_read_only
from briefing.text.clean import strip_controls
from briefing.text.credentials import strip_credentials

WIDEST_COLUMN = 60
"""Cells to which a column of a table is filled up."""
_STYLES = {"bold": "1", "red": "31", "yellow": "33", "green": "32", "dim": "2"}


class Progress(Protocol):
    """How far something long has come."""

    def update(self, stage: str, done: int, total: int | None) -> None:
        """``done`` of ``total``, where that is known, in the stage so named."""


class Output:
    """Where a command's words go. One for each run, made of the process's streams."""

    def __init__(self, stdout: TextIO, stderr: TextIO) -> None:
        self._stdout = stdout
        self._stderr = stderr
        for stream in (stdout, stderr):
            if isinstance(stream, TextIOWrapper):
                # A terminal of another encoding shows "?" where it has no letter; it never fails.
                stream.reconfigure(errors="replace")

    @classmethod
    def of_process(cls) -> "Output":
        """The output of this process as its streams stand now."""
        return cls(sys.stdout, sys.stderr)

    # ── Data ─────────────────────────────────────────────────────────────────────────────

    def text(self, text: str) -> None:
        """A line, or a whole document, of data."""
        cleaned = strip_credentials(strip_controls(text), "")
        self._stdout.write(cleaned.removesuffix("\n") + "\n")

    def line(self, text: str) -> None:
        """A line that has been made of ``plain`` parts, styled perhaps."""
        self._stdout.write(text + "\n")

    def document(self, text: str) -> None:
        """A rendered document: UTF-8 into a file or a pipe, whatever the locale."""
        if isinstance(self._stdout, TextIOWrapper) and not self._stdout.isatty():
            self.bytes_out().write(strip_controls(text).encode("utf-8", "replace"))
        else:
            self._stdout.write(strip_controls(text))

    def rendered(self, content: bytes, *, is_text: bool) -> None:
        """What an exporter made. Raises UsageError where it is no text and would go to a terminal.

        is_text: it is UTF-8 text, and is cleaned like every other.
        """
        if is_text:
            self.document(strip_credentials(content.decode("utf-8"), ""))
        elif self._stdout.isatty():
            raise UsageError("this format is not for a terminal", "--format", "Use --output FILE")
        else:
            self.bytes_out().write(content)

    def json(self, value: object, *, lines: bool = False) -> None:
        """One JSON document, indented; with ``lines`` on one line and written at once."""
        from briefing.export.json_text import json_text

        # Without a mark: what stands there is an address still.
        document = strip_credentials(json_text(value, indent=None if lines else 2), "")
        self.document(document + "\n")
        if lines:
            self._stdout.flush()

    def listed(self, name: str, items: Sequence[object], *, lines: bool, **beside: object) -> None:
        """A list as JSON: an object that has it as ``name``, and what stands ``beside`` it; or with
        ``lines`` each item on a line of its own (https://jsonlines.org), and nothing else."""
        if not lines:
            self.json({"version": 1, **beside, name: items})
            return
        for item in items:
            self.json(item, lines=True)

    def bytes_out(self) -> BinaryIO:
        """Standard output for documents that are UTF-8 whatever the locale says."""
        self._stdout.flush()
        binary: BinaryIO = self._stdout.buffer
        return binary

    # ── Words to the user ────────────────────────────────────────────────────────────────

    def say(self, text: str) -> None:
        """A line to whoever started the command."""
        self._stderr.write(_plain(text) + "\n")

    def ask(self, question: str) -> None:
        """A question whose answer is typed behind it."""
        self._stderr.write(question)
        self._stderr.flush()

    def aligned(self, line: str) -> None:
        """A line like one of ``say``, its spaces kept: it stands in columns."""
        self._stderr.write(strip_credentials(strip_controls(line).replace("\n", " ")) + "\n")

    def warn(self, text: str) -> None:
        """Something that did not go well, and does not end the command."""
        self._stderr.write(f"{self.style('warning:', 'yellow', error=True)} {_plain(text)}\n")

    def error(self, error: BriefingError) -> None:
        """``briefing: <where>: <what>. <mend>``, the one way an error is shown."""
        self._stderr.write(
            f"{self.style('briefing:', 'red', error=True)} {_plain(error_text(error))}\n"
        )
        for line in error.shown.splitlines():
            self.aligned(f"    {line}")

    def flush(self) -> None:
        """Everything written leaves the process. Raises BrokenPipeError where nobody reads."""
        self._stdout.flush()
        self._stderr.flush()

    # ── The terminal ─────────────────────────────────────────────────────────────────────

    @property
    def width(self) -> int:
        """The terminal's width in cells; 80 where data goes elsewhere."""
        return shutil.get_terminal_size((80, 24)).columns if self._stdout.isatty() else 80

    @property
    def has_bar(self) -> bool:
        """Whether ``progress`` shows a bar."""
        return _styled(self._stderr, colour=False)

    @staticmethod
    def plain(text: str) -> str:
        """``text`` in one line, without control characters and credentials."""
        return _plain(text)

    def style(self, text: str, style: str, *, error: bool = False) -> str:
        """``text`` in a style, where its stream is a terminal that may be styled."""
        if not _styled(self._stderr if error else self._stdout):
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar on a terminal; nothing elsewhere, where plain lines tell the same."""
        if not self.has_bar:
            yield _Silence()
            return
        with _bar(self._stderr) as bar:
            yield bar


class _Silence:
    def update(self, stage: str, done: int, total: int | None) -> None:
        """Say nothing."""


@contextmanager
def _bar(stream: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with RichProgress(*columns, console=Console(file=stream), transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        class Bar:
            def update(self, stage: str, done: int, total: int | None) -> None:
                if stage not in tasks:
                    tasks[stage] = shown.add_task(_plain(stage), total=total)
                shown.update(tasks[stage], completed=done, total=total)

        yield Bar()


def _styled(stream: TextIO, *, colour: bool = True) -> bool:
    if colour and os.environ.get("NO_COLOR"):
        return False
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def error_text(error: BriefingError) -> str:
    """``<where>: <what>. <mend>`` in one line."""
    sentence = error.what.rstrip(". ") + "."
    head = f"{error.where}: {sentence}" if error.where else sentence
    mend = error.mend.strip()
    if not mend:
        return head
    return f"{head} {mend}" if mend[-1] in ".?!" else f"{head} {mend}."


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines whose columns stand under each other; the last is as long as it is.

    A cell longer than ``WIDEST_COLUMN`` moves what follows it in its own line only.
    """
    from briefing.export.wrap import cells

    cleaned = [[_plain(cell) for cell in row] for row in rows]
    if not cleaned:
        return
    columns_of_cells = zip(*cleaned, strict=True)
    widths = [min(WIDEST_COLUMN, max(map(cells, column))) for column in columns_of_cells]
    for row in cleaned:
        padded = [c + " " * (w - cells(c)) for c, w in zip(row, widths, strict=True)]
        yield "  ".join(padded).rstrip()


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """``path`` for writing: it appears whole, at the end, or not at all.

    What is no regular file (a device, a pipe) is written as it is. Raises StoreError where it
    cannot be written, before any work is done, and where this process is to read only.
    """
    if is_read_only():
        raise StoreError("nothing is written", str(path), "Start without --read-only to write it")
    if path.exists() and not path.is_file():
        with _translated(path), path.open("wb") as device:
            yield device
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _translated(path):
        file = partial.open("wb")
    try:
        with _translated(path), file:  # closing it writes too
            yield file
        with _translated(path):
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_rendered(out: Output, content: bytes, path: str | Path | None, *, is_text: bool) -> None:
    """What an exporter made, into the file ``path``, or where that is None to standard output.
    Raises StoreError where the file cannot be written, UsageError as ``Output.rendered``."""
    if path is None:
        out.rendered(content, is_text=is_text)
    else:
        with output_file(Path(path)) as file:
            file.write(content)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """An OSError of ``path`` itself in our words; those of others pass."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"the output cannot be written ({reason})", str(path)) from error


def _plain(text: str) -> str:
    """One line without control characters and without the credentials of an address."""
    return strip_credentials(" ".join(strip_controls(text).split()))


def join(parts: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last

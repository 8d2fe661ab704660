"""A folder with a file for each story, in which only what an export wrote is written over.

A story keeps its file, whatever becomes of its headline. A file that somebody has changed since is
left alone, and so is every file without our mark (``briefing.export.ownership``).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from briefing.cli.output import output_file
from briefing.export import ExportOptions, StoryExporter
from briefing.export.identity import story_tag
from briefing.export.ownership import WITHIN, is_as_written, owner
from briefing.model import StoreError, Story
from briefing.model.writing import MEND, is_read_only

_LONGEST_NAME = 48  # characters of a headline: with four bytes each, names stay below 255


@dataclass(slots=True)
class Written:
    """What became of the stories. ``left``: files that others changed, or that are not ours."""

    new: int = 0
    changed: int = 0
    same: int = 0
    left: tuple[Path, ...] = ()


def write_stories(
    stories: Iterable[Story], folder: Path, exporter: StoryExporter, options: ExportOptions
) -> Written:
    """Write a file for each story into ``folder``, which is made where it is not there.

    Raises StoreError where the folder or a file of it cannot be read or written, or this process is
    to read only.
    """
    if is_read_only():
        raise StoreError("nothing is written", str(folder), MEND)
    done = Written()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = dict(_known(folder, exporter.suffix))
        for story in stories:
            name = story_tag(story.id)
            path = known.get(name) or _free(folder, story, exporter, options.zone)
            _write(path, name, exporter.render_story(story, options), done)
    except OSError as error:
        raise StoreError(
            f"the folder cannot be written ({error.strerror or error})", str(folder)
        ) from error
    return done


def _known(folder: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    """The names of the stories that have a file there already, and these."""
    for path in sorted(folder.glob(f"*{suffix}"), reverse=True):  # of copies, the first counts
        if path.is_file():
            with path.open("rb") as file:
                name = owner(file.read(WITHIN))
            if name is not None:
                yield name, path


def _write(path: Path, name: str, content: bytes, done: Written) -> None:
    before = path.read_bytes() if path.exists() else None
    if before == content:
        done.same += 1
        return
    if before is not None and not (owner(before) == name and is_as_written(before)):
        done.left += (path,)
        return
    with output_file(path) as file:
        file.write(content)
    if before is None:
        done.new += 1
    else:
        done.changed += 1


def _free(folder: Path, story: Story, exporter: StoryExporter, zone: tzinfo | None) -> Path:
    """A name that no file has: of the day and the headline, with the story's identifier if need
    be. That name is another's too only where somebody wants it to be; it is then left alone."""
    published = min((a.published for a in story.brief.articles), default=story.row.latest)
    stem = f"{published.astimezone(zone):%Y-%m-%d} {slug(story.brief.headline)}"
    path = folder / f"{stem}{exporter.suffix}"
    if path.exists() or path.is_symlink():
        return folder / f"{stem} {slug(story.id)}{exporter.suffix}"
    return path


def slug(text: str) -> str:
    """``ferry-fares-rise``: letters and digits of any script in small letters, hyphens between."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = (c if c.isalnum() or unicodedata.combining(c) else " " for c in folded)
    words = "".join(letters).split()
    name = "-".join(words) or "story"
    if len(name) <= _LONGEST_NAME:
        return name
    cut = name[: _LONGEST_NAME + 1].rpartition("-")[0]  # between two words, where there are two
    return cut or name[:_LONGEST_NAME]

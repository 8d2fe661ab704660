"""Who chose a bullet, where a second editor was asked."""

from collections.abc import Iterator

from briefing.model import Bullet, Digest, SecondEditor
from briefing.text.clean import clean_line
from briefing.wording.marks import caveat_name
from briefing.wording.times import full_time

_NAMES = {
    ("briefing",): "ours",
    ("editor",): "theirs",
    ("briefing", "editor"): "both",
}


def chosen_by(bullet: Bullet) -> str:
    """``ours``, ``theirs`` or ``both``; with the kind of caveat that the editor alone reads in it.
    Nothing where no second editor was asked.
    """
    words = _NAMES.get(bullet.by, "")
    shown = bullet.caveat.kind if bullet.caveat is not None else None
    if words and bullet.editor_kind is not None and bullet.editor_kind != shown:
        words += f" (second editor: {caveat_name(bullet.editor_kind)}?)"
    return words


def editor_line(editor: SecondEditor) -> str:
    """Who the second editor was, and when he was asked."""
    role = "chosen by" if editor.lead else "chosen with"
    return f"{role} {clean_line(editor.model)[:60]}, {full_time(editor.at, None)}"


def editor_lines(digest: Digest) -> Iterator[str]:
    """A line for the editor, and one for each bullet; none where there was none."""
    if digest.editor is None:
        return
    line = editor_line(digest.editor)
    yield f"{line[0].upper()}{line[1:]}:"
    for number, bullet in enumerate(digest.bullets, 1):
        yield f"  {number}  {chosen_by(bullet)}"

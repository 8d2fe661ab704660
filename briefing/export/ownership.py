"""Knowing again the files that an export wrote, and whether anybody has changed them since.

A file that stands for one story carries a mark near its beginning: the story's name (``identity``)
and the SHA-256 of the file with zeros in its place. A file without one is not ours; one whose hash
is another was edited, and is its editor's.
"""

import hashlib
import re

from briefing.export.identity import story_tag

_NONE = b"0" * 64
_MARK = re.compile(rb"(?P<tag>tag:[^\s\"<>]+)\s{1,3}sha256:(?P<hash>[0-9a-f]{64})")
WITHIN = 4096
"""Bytes from the beginning of a file in which its mark stands."""


def unsigned_mark(story_id: str) -> str:
    """The mark of a story's file that is not signed yet. The first in a file is its mark."""
    return f"{story_tag(story_id)} sha256:{_NONE.decode()}"


def signed(content: bytes) -> bytes:
    """``content`` with the hash in its mark. Raises ValueError where it has no mark."""
    found = _mark(content)
    if found is None:
        raise ValueError("the file has no mark")
    start, end = found.span("hash")
    return content[:start] + _hash(content, found) + content[end:]


def owner(content: bytes) -> str | None:
    """The name of the story for which the file was written; None where it is none of ours."""
    found = _mark(content)
    return found["tag"].decode("ascii", "replace") if found is not None else None


def is_as_written(content: bytes) -> bool:
    """Whether the file was written by an export and not changed since."""
    found = _mark(content)
    return found is not None and found["hash"] == _hash(content, found)


def _mark(content: bytes) -> re.Match[bytes] | None:
    return _MARK.search(content, 0, WITHIN)


def _hash(content: bytes, mark: re.Match[bytes]) -> bytes:
    start, end = mark.span("hash")
    return hashlib.sha256(content[:start] + _NONE + content[end:]).hexdigest().encode()

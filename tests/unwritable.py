"""A store that its reader may not write: by the rights of the file, or of its folder."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOW = ("file", "folder")
"""What may not be written."""

_VERSION = 0x20080522  # of capset's structures, with two words of 32 bits a set
_IGNORES_RIGHTS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


@contextmanager
def unwritable(path: Path, how: str) -> Iterator[None]:
    """The store at ``path`` may not be written meanwhile, by the system's administrator neither.

    Processes that are started meanwhile are not bound by it where he starts them.
    """
    place, mode = (path, 0o400) if how == "file" else (path.parent, 0o500)
    before = place.stat().st_mode
    place.chmod(mode)
    try:
        with _bound_by_rights():
            yield
    finally:
        place.chmod(before & 0o777)


@contextmanager
def _bound_by_rights() -> Iterator[None]:
    """This thread, and those it starts, are bound by rights though it may be root's."""
    if os.geteuid() or sys.platform != "linux":
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()
    _called(libc.capget, header, sets)
    effective = sets[0]
    sets[0] = effective & ~_IGNORES_RIGHTS
    _called(libc.capset, header, sets)
    try:
        yield
    finally:
        sets[0] = effective
        _called(libc.capset, header, sets)


def _called(function: object, *given: object) -> None:
    assert callable(function)
    if function(*given):
        raise OSError(ctypes.get_errno(), "the capabilities of this thread cannot be changed")

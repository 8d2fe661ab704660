"""What makes a digest, in a short string: the store keeps it, and digests anew where it differs."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.digest.caveats.judges import CaveatJudge

PROGRAM = 4  # raised by hand with each change of code that can change a digest
_FOLDERS = ("lexicons", "weights")
_DIGITS = 12
_QUICK = "quick"


def produced_by(judge: "CaveatJudge | None" = None, *, quick: bool = False) -> str:
    """``digest-1+3f2a…``: the program's version and a hash of the packaged weights and lexicons.

    judge: of caveats, where another than the languages' own judges; its name and version follow.
    quick: by the judge that needs milliseconds, for want of time for the language's own.
    """
    known = f"digest-{PROGRAM}+{_data_hash()}"
    if judge is not None:
        return f"{known} {judge.name}-{judge.version}"
    return f"{known} {_QUICK}" if quick else known


def is_quick(maker: str) -> bool:
    """Whether the judge that needs milliseconds made a digest, not the language's own."""
    return maker.endswith(f" {_QUICK}")


@cache
def _data_hash() -> str:
    """A hash of the names and contents of the data files, the same on every system."""
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        files = (resources.files("briefing.digest") / folder).iterdir()
        for file in sorted((f for f in files if f.is_file()), key=lambda f: f.name):
            digest.update(f"{folder}/{file.name}\0".encode())
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:_DIGITS]


def is_older(maker: str, current: str) -> bool:
    """Whether ``maker`` is of an older program than ``current``, or of the same with other data.

    What tells nothing (of a program that did not say) is older; what a newer program made is not.
    Which of its judges it was makes no difference.
    """
    maker = maker.removesuffix(f" {_QUICK}")
    return maker != current and _program(maker) <= _program(current)


def seem_current(makers: Iterable[str]) -> bool:
    """Whether digests by these makers are this program's or a newer one's, as far as can be told
    without the data files, whose reading takes a tenth of a second: all of this program have one
    data.
    """
    of_this = set()
    for maker in makers:
        if _program(maker) < PROGRAM:
            return False
        if _program(maker) == PROGRAM:
            of_this.add(maker.partition(" ")[0])
    return len(of_this) <= 1


def _program(maker: str) -> int:
    number = maker.partition("-")[2].partition("+")[0]
    return int(number) if number.isascii() and number.isdigit() else 0

"""The bundled sample edition: invented news of an invented country, with its own "now".

``tools/build_sample.py`` makes ``sample.sqlite3`` of ``outlets.toml`` and ``articles/``.
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import cast

from briefing.model import StoreError
from briefing.model.codec import time_from_json

_FOLDER = Path(__file__).parent


def sample_path() -> Path:
    """The packaged store. It is for reading only: a reader writes marks, so it takes a copy."""
    return _FOLDER / "sample.sqlite3"


def sample_now() -> datetime:
    """The moment at which the sample edition is read."""
    return _moment("now")


def earlier_visit() -> datetime:
    """When the sample's reader was there before: "since you last looked" counts from then."""
    return _moment("earlier_visit")


def copy_sample(to: Path) -> Path:
    """A copy of the sample's store at ``to``, to be used and thrown away; ``to`` again.

    Raises StoreError where it cannot be written.
    """
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample_path(), to)
    except OSError as error:
        raise StoreError(
            f"the bundled sample cannot be copied ({error.strerror or error})",
            str(to),
            "Install the program again, or free some space.",
        ) from error
    return to


def _moment(key: str) -> datetime:
    import tomllib

    text = (_FOLDER / "outlets.toml").read_text(encoding="utf-8")
    return cast("datetime", time_from_json(tomllib.loads(text)[key]))

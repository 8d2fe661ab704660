"""The bundled sample edition, for the demo."""

import tomllib
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import cast

from briefing.model import StoreError
from briefing.model.codec import time_from_json

_FOLDER = "briefing.sample"


def copy_sample(folder: Path) -> Path:
    """A copy of the sample store in ``folder``, to be used and thrown away. Raises StoreError."""
    target = folder / "sample.sqlite3"
    try:
        target.write_bytes(files(_FOLDER).joinpath("sample.sqlite3").read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"the bundled sample cannot be used ({reason})", str(target), "Install briefing again"
        ) from error
    return target


def sample_now() -> datetime:
    """The moment at which the sample edition is read."""
    text = files(_FOLDER).joinpath("outlets.toml").read_text(encoding="utf-8")
    return cast("datetime", time_from_json(tomllib.loads(text)["now"]))

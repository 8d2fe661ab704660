"""What the reader adds to the configuration file: at its end, all that stands there as it was."""

from contextlib import suppress
from pathlib import Path

from briefing.config.described import toml_value
from briefing.config.load import checked
from briefing.config.private import opened_private, private_folder
from briefing.config.settings import SearchSettings, Settings
from briefing.model import ConfigError


def add_search(path: Path, search: SearchSettings) -> Settings:
    """Add a saved search to the file ``path``, which is made where it is not there; the settings
    as they are then. Raises ConfigError where the search is wrong, its name is taken, the file is
    wrong, or it cannot be written: it stays as it was then.
    """
    beside = path.resolve().with_name(f"{path.name}.new")
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        values = f"name = {toml_value(search.name)}\nquery = {toml_value(search.query)}"
        text = f"{before.rstrip()}\n\n[[searches]]\n{values}\n".lstrip()
        settings = checked(text, path)
        content = text.encode()
        private_folder(path.parent)
        with open(beside, "wb", opener=opened_private) as file:
            file.write(content)
        beside.replace(path.resolve())
    except (OSError, UnicodeError) as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        what = f"the search cannot be kept ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(what, str(path), "Check that you may write there") from error
    return settings

"""The user's own configuration file, as tests write it."""

from pathlib import Path

from briefing.config import config_path


def write(text: str | bytes) -> Path:
    """Write the configuration file; where it is."""
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path

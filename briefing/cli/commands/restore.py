"""``briefing restore``: put a backup in the place of what is there, which is kept."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.cli.context import Context
from briefing.config import Settings, config_path, folders, load_settings, user_themes_folder
from briefing.model import StoreError

EXAMPLES = ("briefing restore briefing-2026-05-04.zip", "briefing restore --store-only OLD.bak")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="what `briefing backup` wrote, or a copy that stands beside the store",
    )
    parser.add_argument(
        "--store-only", action="store_true", help="leave the configuration and the themes alone"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Check all of the backup, then put it in place. Raises StoreError, ConfigError."""
    from briefing.refresh import no_refresh
    from briefing.store.archive import CONFIGURATION, put_back, read_archive

    path: Path = args.file.expanduser()
    if not path.is_file():
        raise StoreError("there is no such file", str(path), "Nothing was changed.")
    data = folders().data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data, prefix=".restore-") as unpacked:
        source, others = read_archive(path, Path(unpacked))
        if args.store_only:
            others = {}
        settings = context.settings
        if CONFIGURATION in others:
            settings = _settings(others[CONFIGURATION], Path(unpacked))
        store = settings.store_path
        with no_refresh(store):
            kept = put_back(store, source)
    out = context.out
    for file, old in _write(others):
        out.say(f"{file} was restored{f'; the one before is {old}' if old else ''}.")
    out.say(f"The store was restored{f'; the one before is {kept}' if kept else ''}.")
    return 0


def _settings(text: str, folder: Path) -> Settings:
    """The settings of a restored configuration, which say where the store is."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def _write(others: Mapping[str, str]) -> list[tuple[Path, Path | None]]:
    """Write what differs, keeping what was there; each file, and where the old one is."""
    written = []
    for name, text in others.items():
        theme = name.removeprefix("themes/")
        file = config_path() if theme == name else user_themes_folder() / theme
        old = None
        if file.exists():
            if file.read_bytes() == text.encode():
                continue
            old = file.with_name(f"{file.name}.before-restore.bak")
            file.replace(old)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8", newline="")
        written.append((file, old))
    return written

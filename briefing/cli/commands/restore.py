"""``briefing restore``: put a backup in the place of what is there, which is kept."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.cli.context import Context
from briefing.config import (
    Settings,
    config_path,
    folders,
    load_settings,
    private_folder,
    user_themes_folder,
)
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
    from briefing.store import unwritable
    from briefing.store.archive import CONFIGURATION, put_back, read_archive

    path: Path = args.file.expanduser()
    if not path.is_file():
        raise StoreError("there is no such file", str(path), "Nothing was changed.")
    data = folders().data
    with _writing(data):
        private_folder(data)
        beside = TemporaryDirectory(dir=data, prefix=".restore-")
    with beside as unpacked:
        source, others = read_archive(path, Path(unpacked))
        if args.store_only:
            others = {}
        settings = context.settings
        if CONFIGURATION in others:
            settings = _settings(others[CONFIGURATION], Path(unpacked))
        store = settings.store_path
        if (refusal := unwritable(store)) is not None:
            raise refusal
        with no_refresh(store):
            kept = put_back(store, source)
    out = context.out
    out.say(f"The store was restored{f'; the one before is {kept}' if kept else ''}.")
    for file, old in _write(others, context.now):
        out.say(f"{file} was restored{f'; the one before is {old}' if old else ''}.")
    return 0


def _settings(text: str, folder: Path) -> Settings:
    """The settings of a restored configuration, which say where the store is."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def _write(others: Mapping[str, str], now: datetime) -> Iterator[tuple[Path, Path | None]]:
    """Write what differs, keeping what was there; each file, and where the old one is."""
    for name, text in others.items():
        theme = name.removeprefix("themes/")
        file = config_path() if theme == name else user_themes_folder() / theme
        old = None
        with _writing(file):
            if file.exists():
                if file.read_bytes() == text.encode():
                    continue
                old = file.with_name(f"{file.name}.before-restore.bak")
                if old.exists():  # of a restore before: what the user had at first stays
                    old = file.with_name(f"{file.name}.before-restore-{now:%Y%m%dT%H%M%S.%f}.bak")
                file.replace(old)
            private_folder(file.parent)
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8", newline="")
        yield file, old


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"it cannot be written ({error.strerror or error})"
        raise StoreError(what, str(file), "Check its folder, and the room on the disk.") from error

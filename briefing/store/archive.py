"""A backup: one ZIP file with the store, the configuration and the themes.

Restoring reads all of it before anything is replaced, and keeps what was there.
"""

import re
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.config import private_folder
from briefing.model import StoreError
from briefing.store.copies import (
    check_copy,
    copy_before,
    copy_store,
    private_file,
    put_in_place,
    replace_content,
    replace_file,
)
from briefing.store.migrate import bring_copy_up_to_date
from briefing.store.schema import UPDATE
from briefing.store.store import Store

STORE = "briefing.sqlite3"
CONFIGURATION = "config.toml"
_OTHER = re.compile(r"config\.toml|themes/[\w -][\w. -]*\.toml")
_MOST_BYTES = 1_000_000  # of a configuration or a theme
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)
"""What reading a damaged archive raises; an unknown compression is a RuntimeError too."""


def write_archive(store: Path, others: Mapping[str, Path], target: Path) -> None:
    """Write the store and ``others``, by their names in the archive, to ``target``.

    The store may be in use, also by a refresh: what is written is as it was at one moment. The
    file is private, and appears whole or not at all. Raises StoreError.
    """
    partial = target.with_name(f".{target.name}.part")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            copy = Path(folder) / STORE
            copy_store(store, copy)
            with (
                private_file(partial).open("wb") as file,
                zipfile.ZipFile(
                    file, "w", zipfile.ZIP_DEFLATED, compresslevel=3, strict_timestamps=False
                ) as archive,
            ):
                archive.write(copy, STORE)
                for name, path in sorted(others.items()):
                    archive.write(path, name)
        put_in_place(partial, target)
    except OSError as error:
        what = f"the backup cannot be written ({error.strerror or error})"
        mend = "Check its folder, and the room on the disk."
        raise StoreError(what, str(target), mend) from error
    finally:
        partial.unlink(missing_ok=True)


def read_archive(path: Path, folder: Path) -> tuple[Path, dict[str, str]]:
    """Unpack a backup into ``folder`` and check all of it: its store, the texts of its other files.

    ``path`` may be a store's own copy too. An older version's store is brought up to date. Raises
    StoreError where it is no backup, is cut short or damaged, or is a newer version's.
    """
    store = private_file(folder / STORE)
    try:
        others = _unpack(path, store)
    except _FAULTS as error:
        reason = error.strerror if isinstance(error, OSError) else None
        what = f"the backup is damaged or cut short ({reason or error})"
        raise StoreError(what, str(path), "Nothing was changed. Name another backup.") from error
    try:
        check_copy(store)
        bring_copy_up_to_date(store)
    except StoreError as error:
        mend = error.mend if error.mend == UPDATE else "Name another backup."
        mend = f"Nothing was changed. {mend}"
        raise StoreError(f"no store can be restored: {error.what}", str(path), mend) from error
    return store, others


def put_back(path: Path, source: Path) -> Path | None:
    """Put the checked store ``source`` in the place of the one at ``path``; where that is kept.

    Whoever has it open sees the new content. Raises StoreError; then it is as it was.
    """
    made = path.with_name(f".{path.name}.restored")
    try:
        private_folder(path.parent)
        shutil.copyfile(source, private_file(made))
        if not path.exists() or not path.stat().st_size:
            replace_file(path, made)
            return None
        kept = copy_before(path, "restore")
        try:
            Store.open(path).close()
        except StoreError:
            replace_file(path, made)  # it cannot be opened: nobody uses it
        else:
            replace_content(path, made)
    except OSError as error:
        what = f"the store cannot be written ({error.strerror or error})"
        raise StoreError(what, str(path), "Check its folder, and the room on the disk.") from error
    finally:
        made.unlink(missing_ok=True)
    return kept


def _unpack(path: Path, store: Path) -> dict[str, str]:
    with path.open("rb") as file:
        if file.read(16) == b"SQLite format 3\x00":
            shutil.copyfile(path, store)
            return {}
    others = {}
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if STORE not in names:
            raise zipfile.BadZipFile(f"there is no {STORE} in it")
        with archive.open(STORE) as packed, store.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, 1 << 20)  # its checksum is compared at the end
        for name in names:
            if _OTHER.fullmatch(name):
                with archive.open(name) as packed:
                    content = packed.read(_MOST_BYTES + 1)
                if len(content) > _MOST_BYTES:
                    raise zipfile.BadZipFile(f"{name} is larger than a megabyte")
                others[name] = content.decode("utf-8", "strict")
    return others

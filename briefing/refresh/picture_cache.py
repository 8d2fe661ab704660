"""Pictures that were asked for, in the cache folder: the least recently shown go first."""

import hashlib
import json
import logging
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from briefing.config.private import private_folder
from briefing.ingest.rasters import Raster
from briefing.model.writing import is_read_only

MOST = 50_000_000
"""Bytes of all pictures that are kept."""
_log = logging.getLogger(__name__)
_ENDING = ".picture"


class PictureCache:
    """Rasters by the address that they came from, one file each: a line of JSON, then JPEG.

    Names are hashes, so that no address decides where a file is written. A folder that cannot be
    written, or a broken file, only means that a picture is fetched again.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder = folder
        self._most = most

    def get(self, url: str) -> Raster | None:
        """The picture of an address, which counts as shown now; None where it is not kept."""
        path = self._path(url)
        try:
            head, mark, jpeg = path.read_bytes().partition(b"\n")
            told = json.loads(head)
            raster = Raster(jpeg, int(told["width"]), int(told["height"]), str(told["kind"]))
            if not is_read_only():
                os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.info("a kept picture cannot be read: %r", error)
            return None
        return raster if mark and len(jpeg) == told.get("bytes") else None

    def put(self, url: str, raster: Raster) -> None:
        """Keep a picture, and let go of the least recently shown beyond the limit.

        Nothing is kept where this process is to read only.
        """
        if is_read_only():
            return
        told = {
            "width": raster.width,
            "height": raster.height,
            "kind": raster.kind,
            "bytes": len(raster.jpeg),
        }
        try:
            private_folder(self._folder)
            with NamedTemporaryFile(dir=self._folder, suffix=".new", delete=False) as new:
                new.write(json.dumps(told).encode() + b"\n" + raster.jpeg)
            Path(new.name).replace(self._path(url))  # whole, or not at all
            self._shrink()
        except OSError as error:
            _log.info("a picture cannot be kept: %r", error)

    def _shrink(self) -> None:
        found = [(path, path.stat()) for path in self._folder.glob(f"*{_ENDING}")]
        room = self._most
        for path, stat in sorted(found, key=lambda pair: pair[1].st_mtime_ns, reverse=True):
            room -= stat.st_size
            if room < 0:
                path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        name = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=20).hexdigest()
        return self._folder / f"{name}{_ENDING}"

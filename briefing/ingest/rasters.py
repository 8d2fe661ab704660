"""A picture of somebody's to one of our own: checked, scaled down, written anew.

For a worker process: a decoder is much code in C on bytes of strangers. Only PNG, JPEG, GIF and
WebP are opened, by what they are and not by what they are called; of several frames the first.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from briefing.model import ParseError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MAX_PIXELS = 25_000_000
"""Pixels of the largest picture that is decoded: a small file can hold very many."""
LARGEST = (1600, 1200)
"""Pixels that a large terminal shows; a picture is scaled down to so many."""
_QUALITY = 88
_MEND = "Press o to open it in the browser"


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as it is shown. jpeg: its pixels, scaled down, in a file of our own making. width,
    height: pixels of the original; kind: its format."""

    jpeg: bytes
    width: int
    height: int
    kind: str


def read_raster(content: bytes) -> Raster:
    """The picture in ``content``. Raises ParseError: it is none that is read, broken, or has more
    than ``MAX_PIXELS``.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        most = MAX_PIXELS // 1_000_000
        raise ParseError(f"the picture has more than {most} million pixels", "", _MEND) from None
    except UnidentifiedImageError:
        raise ParseError("it is no PNG, JPEG, GIF or WebP picture", "", _MEND) from None
    except (ParseError, MemoryError):
        raise
    except Exception as error:  # what Pillow raises on a broken file is of a dozen kinds
        raise ParseError("the picture is broken", "", _MEND) from error


def _read(content: bytes) -> Raster:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        kind, full = opened.format or "", opened.size
        opened.draft("RGB", LARGEST)  # JPEG alone: it is decoded smaller
        image = ImageOps.exif_transpose(opened)
        image.thumbnail(LARGEST)
        if image.mode in ("RGBA", "LA", "PA", "P"):
            image = image.convert("RGBA")
            ground = Image.new("RGBA", image.size, "white")  # as a page has behind it
            image = Image.alpha_composite(ground, image)
        written = BytesIO()
        image.convert("RGB").save(written, "JPEG", quality=_QUALITY)
        return Raster(written.getvalue(), *full, "JPEG" if kind == "MPO" else kind)

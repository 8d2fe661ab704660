"""Pictures for tests, made as they are needed."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), color: str = "#204080") -> bytes:
    """A picture of one colour in a format of Pillow's, its left half of another."""
    image = Image.new("RGB", size, color)
    image.paste("#e0a020", (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, kind)
    return written.getvalue()


def pixel_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A small PNG file of very many pixels (PNG, 11.2.1: the header names the size)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = bytes(1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")

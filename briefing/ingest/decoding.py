"""Content codings undone (RFC 9110, 8.4.1; RFC 7932; RFC 8878), never beyond a limit.

httpx would decode each piece of the network whole, and a kilobyte can stand for gigabytes.
"""

import zlib

CODINGS = "gzip, deflate, br, zstd"
"""What is offered in ``Accept-Encoding``."""

_WINDOW = 8 * 1024 * 1024  # of zstd on the web (RFC 9659)
_PIECE = 256 * 1024
_MEMBERS = 300  # of one body, each of which is copied anew
_TOO_MANY = "the body has too many parts"


class TooLargeError(ValueError):
    """What comes out is larger than the limit."""


def decoded(raw: bytes, coding: str, limit: int) -> bytes:
    """``raw`` without its coding, at most ``limit`` bytes.

    coding: one of ``CODINGS``, ``identity`` or empty. Raises TooLargeError, and ValueError where
    ``raw`` is broken, breaks off or is coded otherwise.
    """
    match coding.strip().lower().removeprefix("x-"):
        case "" | "identity":
            content = raw
        case "gzip":
            content = _inflated(raw, limit, zlib.MAX_WBITS | 16)
        case "deflate":
            content = _deflated(raw, limit)
        case "br":
            content = _brotli(raw, limit)
        case "zstd":
            content = _zstd(raw, limit)
        case other:
            raise ValueError(f"nobody asked for the coding {other[:20]!r}")
    if len(content) > limit:
        raise TooLargeError("larger than the limit")
    return content


def _inflated(raw: bytes, limit: int, window: int) -> bytes:
    """The members of a gzip file, or one stream of zlib, one after the other."""
    out = bytearray()
    for _ in range(_MEMBERS):
        if not raw:
            break
        decoder = zlib.decompressobj(window)
        try:
            out += decoder.decompress(raw, limit + 1 - len(out))
        except zlib.error as error:
            if out and window & 16:  # what follows the last member is padding
                break
            raise ValueError(str(error)) from error
        if len(out) > limit:
            raise TooLargeError("larger than the limit")
        if not decoder.eof:
            raise ValueError("the compressed body ends too early")
        raw = decoder.unused_data if window & 16 else b""
    else:
        if raw:
            raise ValueError(_TOO_MANY)
    return bytes(out)


def _deflated(raw: bytes, limit: int) -> bytes:
    """zlib's format, or the bare stream that some servers send in its place."""
    try:
        return _inflated(raw, limit, zlib.MAX_WBITS)
    except TooLargeError:
        raise
    except ValueError:
        return _inflated(raw, limit, -zlib.MAX_WBITS)


def _brotli(raw: bytes, limit: int) -> bytes:
    import brotli

    decoder = brotli.Decompressor()
    out = bytearray()
    try:
        out += decoder.process(raw, output_buffer_limit=_PIECE)
        while not decoder.is_finished():
            if len(out) > limit:
                raise TooLargeError("larger than the limit")
            piece = decoder.process(b"", output_buffer_limit=_PIECE)
            if not piece and decoder.can_accept_more_data():
                raise ValueError("the compressed body ends too early")
            out += piece
    except brotli.error as error:
        raise ValueError(str(error)) from error
    return bytes(out)


def _zstd(raw: bytes, limit: int) -> bytes:
    import zstandard

    decoder = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    out, rest = bytearray(), raw
    try:
        for _ in range(_MEMBERS):
            if not rest:
                break
            frame = decoder.decompressobj(read_across_frames=False)
            # Small pieces in: each can grow by far, but not without bounds.
            for at in range(0, len(rest), _ZSTD_PIECE):
                out += frame.decompress(rest[at : at + _ZSTD_PIECE])
                if len(out) > limit:
                    raise TooLargeError("larger than the limit")
                if frame.eof:
                    rest = frame.unused_data + rest[at + _ZSTD_PIECE :]
                    break
            else:
                raise ValueError("the compressed body ends too early")
        else:
            if rest:
                raise ValueError(_TOO_MANY)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
    return bytes(out)


_ZSTD_PIECE = 1024
"""Bytes in: a block of zstd is at most 128 kB out of four bytes in (RFC 8878, 3.1.1.2.2)."""

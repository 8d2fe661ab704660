"""The body of an answer: read piece by piece, decoded, never beyond a limit."""

from collections.abc import AsyncIterable
from typing import Literal

from briefing.ingest import decoding, failures
from briefing.model import FetchError

Kind = Literal["feed", "page", "picture"]

_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")


def refuse_media(url: str, media: str) -> None:
    """Raise FetchError where ``media``, the type of what stands at ``url``, is none of a page."""
    if media.startswith(_NO_PAGES):
        raise FetchError(f"it is no page but {media}", failures.shown(url), "Open it in a browser")


async def read_body(
    pieces: AsyncIterable[bytes], coding: str, limit: int, url: str, kind: Kind
) -> bytes:
    """The body that comes in ``pieces``, without its ``coding`` (RFC 9110, 8.4).

    limit: bytes, of what is sent and of what it decodes to. Raises FetchError, about ``url``:
    an empty body, one that is too large, broken, or compressed more than once.
    """
    # A chain of codings multiplies what a small body can grow to; nobody honest sends one.
    if "," in coding:
        raise FetchError("the answer is compressed more than once", failures.shown(url))
    chunks: list[bytes] = []
    size = 0
    async for chunk in pieces:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit, url, kind)
        chunks.append(chunk)
    try:
        content = decoding.decoded(b"".join(chunks), coding, limit)
    except decoding.TooLargeError:
        raise _too_large(limit, url, kind) from None
    except ValueError as error:
        raise failures.broken_error(url, error) from error
    if not content.strip():
        raise FetchError("the server sent an empty document", failures.shown(url))
    return content


def _too_large(limit: int, url: str, kind: Kind) -> FetchError:
    mend = f"Raise fetch.max_{kind}_mb in the configuration, if you trust it"
    return FetchError(
        f"it is larger than the limit of {limit // 1_000_000} MB",
        failures.shown(url),
        "Open it in a browser" if kind == "picture" else mend,
    )

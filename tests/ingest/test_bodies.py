"""bodies promises: a whole body within the limit or a failure that says what is wrong with it."""

import zlib
from collections.abc import AsyncIterator

import pytest

from briefing.ingest.bodies import Kind, read_body, refuse_media
from briefing.model import FetchError

URL = "https://ada:s3cret@courier.example/feed.xml"
MB = 1_000_000


async def pieces(*parts: bytes, then: type[Exception] | None = None) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if then is not None:
        raise then


async def test_pieces_are_put_together_before_they_are_decoded() -> None:
    packed = zlib.compress(b"The pier is shut.")
    parts = [packed[at : at + 3] for at in range(0, len(packed), 3)]
    assert await read_body(pieces(*parts), "deflate", MB, URL, "feed") == b"The pier is shut."
    assert await read_body(pieces(*parts), "", MB, URL, "feed") == packed


@pytest.mark.parametrize("kind", ["feed", "page"])
async def test_polite_16_no_piece_beyond_the_limit_is_asked_for(kind: Kind) -> None:
    endless = pieces(b"x" * MB, b"y", then=AssertionError)
    with pytest.raises(FetchError, match="limit of 1 MB") as caught:
        await read_body(endless, "", MB, URL, kind)
    assert f"fetch.max_{kind}_mb" in caught.value.mend
    with pytest.raises(FetchError, match="limit of 1 MB"):
        await read_body(pieces(zlib.compress(b"x" * (MB + 1))), "deflate", MB, URL, kind)
    assert len(await read_body(pieces(b"x" * MB), "", MB, URL, kind)) == MB


@pytest.mark.parametrize(
    ("body", "coding", "what"),
    [
        (b"", "", "empty document"),
        (b" \r\n ", "", "empty document"),
        (b"x", "gzip, br", "compressed more than once"),
        (b"x", "gzip", "broke off or is not valid"),
    ],
)
async def test_what_is_wrong_with_a_body_is_told_without_the_password(
    body: bytes, coding: str, what: str
) -> None:
    with pytest.raises(FetchError, match=what) as caught:
        await read_body(pieces(body), coding, MB, URL, "feed")
    assert "s3cret" not in str(caught.value)


def test_only_what_is_known_to_be_no_page_is_refused() -> None:
    refused = []
    for media in ("image/png", "", "text/html", "application/pdf", "application/xhtml+xml", "x/y"):
        try:
            refuse_media(URL, media)
        except FetchError as error:
            refused.append(error.what)
    assert refused == ["it is no page but image/png", "it is no page but application/pdf"]

"""Pictures of strangers: few formats, by what they are; no more pixels than can be shown."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from briefing.ingest.rasters import LARGEST, MAX_PIXELS, Raster, read_raster
from briefing.model import ParseError
from tests.pictures import picture, pixel_bomb


def _pixels(raster: Raster) -> Image.Image:
    image = Image.open(BytesIO(raster.jpeg), formats=("JPEG",))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_four_formats_are_read(kind: str) -> None:
    raster = read_raster(picture(kind, (64, 48)))
    assert (raster.width, raster.height, raster.kind) == (64, 48, kind)
    red, green, blue = _pixels(raster).getpixel((5, 20))  # type: ignore[misc]
    assert abs(red - 0xE0) < 12
    assert abs(green - 0xA0) < 12
    assert abs(blue - 0x20) < 12


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PPM", "ICO", "PCX", "TGA"])
def test_no_other_format_is_read(kind: str) -> None:
    with pytest.raises(ParseError, match="no PNG, JPEG, GIF or WebP"):
        read_raster(picture(kind))


@pytest.mark.parametrize("content", [b"<html>no</html>", b"", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"GIF"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ParseError):
        read_raster(content)


def test_a_large_picture_is_scaled_down_and_tells_its_own_size() -> None:
    raster = read_raster(picture("JPEG", (4000, 1000)))
    assert (raster.width, raster.height) == (4000, 1000)
    assert _pixels(raster).size == (LARGEST[0], LARGEST[0] // 4)


@pytest.mark.parametrize("size", [(5001, 5000), (8000, 4000), (30_000, 30_000)])
def test_more_pixels_than_the_limit_are_not_decoded(size: tuple[int, int]) -> None:
    bomb = pixel_bomb(*size)
    assert len(bomb) < 200_000
    assert size[0] * size[1] > MAX_PIXELS
    with pytest.raises(ParseError, match="more than 25 million pixels"):
        read_raster(bomb)


def test_a_moving_picture_shows_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in ("#ff0000", "#0000ff")]
    written = BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = _pixels(read_raster(written.getvalue())).getpixel((10, 10))  # type: ignore[misc]
    assert red > 200 > 50 > blue


def test_what_is_transparent_is_shown_on_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert min(_pixels(read_raster(written.getvalue())).getpixel((10, 10))) > 250  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.data())
def test_whatever_the_bytes_there_is_a_picture_or_an_error_in_words(
    kind: str, data: st.DataObject
) -> None:
    content = bytearray(picture(kind))
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    problem = None
    try:
        raster = read_raster(bytes(content))
    except ParseError as error:
        problem = error
    if problem is None:
        assert _pixels(raster).width <= LARGEST[0]
    else:
        assert problem.what
        assert problem.mend

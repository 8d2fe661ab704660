"""An enclosure in words: what it is, how long or how large, and where it comes from."""

import pytest

from briefing.model import Enclosure
from briefing.wording import enclosure_line, enclosure_note


@pytest.mark.parametrize(
    ("enclosure", "line"),
    [
        (
            Enclosure("https://www.hour.example/41.mp3", "audio/mpeg", 2000, 2040),
            "▶ audio · 34 min · hour.example",
        ),
        (
            Enclosure("https://u:secret@hour.example:8443/v", "video/mp4", 2_140_000),
            "▶ video · 2.1 MB · hour.example",
        ),
        (Enclosure("https://h.example", "audio/ogg", 0, 7500), "▶ audio · 2 h 05 min · h.example"),
        (Enclosure("https://h.example/v", "audio/ogg", None, 45), "▶ audio · 45 s · h.example"),
        (Enclosure("https://h.example/m", "application/pdf", 512), "↓ pdf · 512 bytes · h.example"),
        (
            Enclosure("https://h.example/t", "application/x-bittorrent", 120_000),
            "↓ bittorrent · 120 kB · h.example",
        ),
        (Enclosure("https://h.example/x"), "↓ file · h.example"),
        (Enclosure("https://h.example/x", "image/png"), "↓ image · h.example"),
    ],
)  # fmt: skip
def test_an_enclosure_is_one_quiet_line(enclosure: Enclosure, line: str) -> None:
    assert enclosure_line(enclosure) == line
    assert enclosure_note(enclosure) in line

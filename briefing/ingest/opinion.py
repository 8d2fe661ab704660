"""Whether a piece is opinion: where its feed, its page or its address says so.

Nothing is guessed from the text. An analysis is no opinion, nor is a report on opinions.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.text.clean import clean_line

_LONGEST = 60  # characters of a section's name, or of what stands before a title's colon
_PARTS = re.compile(r"\s*[|/>»›•·&+,:]\s*|\s+[-–—]\s+")
_HEAD = re.compile(
    r"[\"'“”„«»‚‘’\s]*(?:[\[(](?P<set>[^\])]{2,60})[\])]|(?P<led>[^:|»]{2,60}?)\s*(?:[:|»]|\s[-–—]\s))"
)
_GOES_ON = re.compile(r"[-’']?\w| \w")


def says_opinion(labels: Sequence[str], title: str | None, url: str | None, language: str) -> bool:
    """Whether a piece is said to be opinion.

    labels: what its publisher files it under: its categories, its page's sections and kinds
    (schema.org's ``OpinionNewsArticle``), the feed's title; not the user's folder. title: counts
    where a label stands before it ("Opinion: …") or apart in it ("… | Opinion"). url: counts by
    its folders. language: ISO 639-1; English names of sections are known in all languages.
    """
    names = _section_names(language)
    site = _site(url)
    return (
        any(_labels_opinion(clean_line(label), names, site) for label in labels)
        or _titled(clean_line(title or ""), names)
        or not _marks("folders").isdisjoint(_folders(url))
    )


def _labels_opinion(label: str, names: tuple[re.Pattern[str], ...], site: frozenset[str]) -> bool:
    if len(label) > _LONGEST:
        return False
    plain = _plain(label)
    if plain in _marks("kinds"):
        return True
    whole = [label] if plain not in _marks("outlets") else []
    return any(
        _is_section(part, names)
        for part in (*whole, *_PARTS.split(label))
        if _plain(part) not in _marks("outlets") and _squeezed(part) not in site
    )


def _titled(title: str, names: tuple[re.Pattern[str], ...]) -> bool:
    head = _HEAD.match(title)
    if head and _is_section(head["set"] or head["led"], names):
        return True
    return any(_is_section(part, names, whole=True) for part in title.split("|")[1:])


def _is_section(name: str, names: tuple[re.Pattern[str], ...], *, whole: bool = False) -> bool:
    """Whether a name is that of opinion; ``whole``: and of nothing else."""
    folded = name.strip().lower()
    for pattern in names:
        match = pattern.match(folded)
        if match is None or not match[0]:
            continue
        rest = folded[match.end() :]
        # "Opinion polls" are none; "comment by Ada Brun" goes on after more than one word.
        if not rest or not (whole or (" " not in match[0].strip() and _GOES_ON.match(rest))):
            return True
    return False


def _folders(url: str | None) -> Iterator[str]:
    """The folders of an address, without the name of the page itself."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return
    yield from (_plain(unquote(folder)) for folder in path.split("/")[:-1] if folder)


def _site(url: str | None) -> frozenset[str]:
    """The parts of an address's host: an outlet's own name is no section of it."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return frozenset()
    return frozenset(_squeezed(part) for part in host.split("."))


def _plain(text: str) -> str:
    """``text`` in lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.strip().lower().replace("’", "'"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def _squeezed(text: str) -> str:
    return "".join(c for c in _plain(text) if c.isalnum())


@cache
def _data() -> Mapping[str, Any]:
    """The packaged lists of ``opinion.toml``."""
    file = resources.files("briefing.ingest") / "opinion.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _marks(name: str) -> frozenset[str]:
    """One list of words that hold in any language."""
    return frozenset(_data()[name])


@cache
def _section_names(language: str) -> tuple[re.Pattern[str], ...]:
    """The names of sections of opinion in a language and in English."""
    by_language: Mapping[str, list[str]] = _data()["sections"]
    patterns = [
        pattern for code in dict.fromkeys((language, "en")) for pattern in by_language.get(code, ())
    ]
    return tuple(re.compile(pattern) for pattern in patterns)

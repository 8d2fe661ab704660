"""What digest and stories both stand on: cleaning, sentences, words, stems, languages, addresses.

Names are imported when they are first used: a screen that only cleans a line does not pay for
sentences.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.text.clean import clean_line, clean_text, strip_controls
    from briefing.text.languages import base_language, detect_language, language_of
    from briefing.text.splitting import paragraphs, sentences
    from briefing.text.tokenizing import Token, stem, stop_words, terms, terms_of, tokens, words
    from briefing.text.urls import canonical_url
    from briefing.text.wordtable import WordTable

__all__ = [
    "Token",
    "WordTable",
    "base_language",
    "canonical_url",
    "clean_line",
    "clean_text",
    "detect_language",
    "language_of",
    "paragraphs",
    "sentences",
    "stem",
    "stop_words",
    "strip_controls",
    "terms",
    "terms_of",
    "tokens",
    "words",
]

_HOMES = {
    "clean": ("clean_line", "clean_text", "strip_controls"),
    "languages": ("base_language", "detect_language", "language_of"),
    "splitting": ("paragraphs", "sentences"),
    "urls": ("canonical_url",),
    "wordtable": ("WordTable",),
    "tokenizing": ("Token", "stem", "stop_words", "terms", "terms_of", "tokens", "words"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import ``name`` from its module (PEP 562), once."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"briefing.text.{home}"), name)
    globals()[name] = value
    return value

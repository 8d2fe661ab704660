"""What digest and stories both stand on: cleaning, sentences, words, stems, languages, addresses.

Names are imported when they are first used: a screen that only cleans a line does not pay for
sentences.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names

if TYPE_CHECKING:
    from briefing.text.clean import clean_line, clean_text, shortened, strip_controls
    from briefing.text.languages import base_language, detect_language, language_of
    from briefing.text.splitting import is_cut_off, paragraphs, sentences
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
    "is_cut_off",
    "language_of",
    "paragraphs",
    "sentences",
    "shortened",
    "stem",
    "stop_words",
    "strip_controls",
    "terms",
    "terms_of",
    "tokens",
    "words",
]

_HOMES = {
    "clean": ("clean_line", "clean_text", "shortened", "strip_controls"),
    "languages": ("base_language", "detect_language", "language_of"),
    "splitting": ("is_cut_off", "paragraphs", "sentences"),
    "urls": ("canonical_url",),
    "wordtable": ("WordTable",),
    "tokenizing": ("Token", "stem", "stop_words", "terms", "terms_of", "tokens", "words"),
}
__getattr__ = lazy_names(__name__, _HOMES)

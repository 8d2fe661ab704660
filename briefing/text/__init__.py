"""What digest and stories both stand on: cleaning, sentences, words, stems, languages, addresses."""

from briefing.text.clean import clean_line, clean_text, strip_controls
from briefing.text.languages import base_language, detect_language
from briefing.text.sentences import paragraphs, sentences
from briefing.text.urls import canonical_url
from briefing.text.words import Token, stem, stop_words, terms, terms_of, tokens, words

__all__ = [
    "Token",
    "base_language",
    "canonical_url",
    "clean_line",
    "clean_text",
    "detect_language",
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

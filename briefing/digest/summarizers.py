"""Sumy's summarisers by name, and ours as one more of them.

Importing this module imports sumy; only a process that digests does.
"""

from collections.abc import Callable
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers import AbstractSummarizer

from briefing.digest.selection.selection import select
from briefing.digest.sentences.document import Document
from briefing.text import stem, stop_words, words


class Tokenizer:
    """Sumy's tokenizer interface over ours: no NLTK data is ever looked for."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph."""
        from briefing.text import sentences

        return tuple(s.of(paragraph) for s in sentences(paragraph, self.language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The lower-case words of a sentence."""
        return tuple(words(sentence))


class IndexedSentence(SumySentence):  # type: ignore[misc]
    """A sumy sentence that knows its number in our document."""

    __slots__ = ("index",)

    def __init__(self, text: str, tokenizer: Tokenizer, index: int) -> None:
        super().__init__(text, tokenizer)
        self.index = index


class SumyDocument(ObjectDocumentModel):  # type: ignore[misc]
    """Our document in sumy's shape: prose sentences by paragraph."""

    def __init__(self, document: Document) -> None:
        tokenizer = Tokenizer(document.article.language)
        by_paragraph: dict[int, list[IndexedSentence]] = {}
        for sentence in document.prose:
            by_paragraph.setdefault(sentence.paragraph, []).append(
                IndexedSentence(sentence.text, tokenizer, sentence.index)
            )
        super().__init__(Paragraph(group) for group in by_paragraph.values())
        self.source = document


class BriefingSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """The product's own choice of bullets as a sumy summariser."""

    def __call__(self, document: SumyDocument, sentences_count: int) -> tuple[IndexedSentence, ...]:
        """At most ``sentences_count`` sentences, in reading order."""
        selection = select(document.source, int(sentences_count))
        taken = {s.sentence.index for s in selection.selected}
        return tuple(s for s in document.sentences if s.index in taken)


def _stemmer(language: str) -> Callable[[str], str]:
    return lambda word: stem(word.lower(), language)


def _make(name: str, language: str, document: Document) -> Any:
    stemmer = _stemmer(language)
    match name:
        case "briefing":
            return BriefingSummarizer(stemmer)
        case "edmundson":
            return _edmundson(stemmer, language, document)
        case "kl":
            from sumy.summarizers.kl import KLSummarizer as Kind
        case "lex-rank":
            from sumy.summarizers.lex_rank import LexRankSummarizer as Kind
        case "lsa":
            from sumy.summarizers.lsa import LsaSummarizer as Kind
        case "luhn":
            from sumy.summarizers.luhn import LuhnSummarizer as Kind
        case "random":
            from sumy.summarizers.random import RandomSummarizer as Kind
        case "reduction":
            from sumy.summarizers.reduction import ReductionSummarizer as Kind
        case "sum-basic":
            from sumy.summarizers.sum_basic import SumBasicSummarizer as Kind
        case "text-rank":
            from sumy.summarizers.text_rank import TextRankSummarizer as Kind
        case _:
            raise ValueError(name)
    summarizer = Kind(stemmer)
    summarizer.stop_words = stop_words(language)
    return summarizer


def _edmundson(stemmer: Callable[[str], str], language: str, document: Document) -> Any:
    """Edmundson's method wants word sets: the title's words count for, our hedges against."""
    from sumy.summarizers.edmundson import EdmundsonSummarizer

    summarizer = EdmundsonSummarizer(stemmer)
    title = [w for w in words(document.title) if w not in stop_words(language)]
    summarizer.bonus_words = title or ["said"]
    summarizer.stigma_words = tuple(document.lexicon.hedges)
    summarizer.null_words = tuple(stop_words(language)) or ("the",)
    return summarizer


def rank_with_sumy(document: Document, algorithm: str, count: int) -> list[int]:
    """The numbers of the sentences that a sumy algorithm takes, at most ``count``."""
    if not document.prose or count <= 0:
        return []
    summarizer = _make(algorithm, document.article.language, document)
    taken = summarizer(SumyDocument(document), count)
    return [s.index for s in taken]

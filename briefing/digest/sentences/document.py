"""An article laid out for digesting: sentences with their words and terms, counted once."""

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from briefing.digest.cues import CueHit
from briefing.digest.lexicon import Lexicon, load_lexicon
from briefing.digest.sentences.boilerplate import PageSentence, body_text_mask
from briefing.model import READ_TO, Article, Span
from briefing.text import sentences, terms_of, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article.

    index: its number, from 0. paragraph: the number of its line, from 0.
    words: lower-case; terms: stems without stop words. prose: no caption, byline or subhead.
    cues: the wordings of caveats in it. From the ``READ_TO``th on a sentence is not read: it has
    no words and is no prose.
    """

    index: int
    span: Span
    text: str
    paragraph: int
    words: tuple[str, ...]
    terms: tuple[str, ...]
    prose: bool
    cues: tuple[CueHit, ...] = ()


@dataclass(frozen=True)
class Document:
    """An article with its sentences and the lexicon of its language."""

    article: Article
    sentences: tuple[Sentence, ...]
    lexicon: Lexicon

    @property
    def text(self) -> str:
        """The article's text; every span counts in it."""
        return self.article.text

    @property
    def title(self) -> str:
        """The article's title, or nothing."""
        return self.article.title or ""

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The stems of the title."""
        return frozenset(terms_of(words(self.title), self.article.language))

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences that could be bullets; never empty while there is a sentence with words."""
        return tuple(s for s in self.sentences if s.prose)

    @cached_property
    def term_sets(self) -> tuple[frozenset[str], ...]:
        """The distinct terms of each sentence of ``prose``."""
        return tuple(frozenset(s.terms) for s in self.prose)

    @cached_property
    def term_counts(self) -> Mapping[str, int]:
        """In how many sentences of ``prose`` each term stands."""
        return Counter(itertools.chain.from_iterable(self.term_sets))


def read_document(article: Article) -> Document:
    """``article`` laid out: one pass for sentences, words, terms and what is prose.

    Of its sentences ``READ_TO`` are read.
    """
    lexicon = load_lexicon(article.language)
    text = article.text
    spans = sentences(text, article.language)
    page = []
    cues = []
    paragraph = -1
    line_end = -1
    for span in spans[:READ_TO]:
        if span.start > line_end:
            paragraph += 1
            stop = text.find("\n", span.start)
            line_end = len(text) if stop < 0 else stop
        written = span.of(text)
        reading = lexicon.read(written)
        page.append(PageSentence(written, tuple(words(written)), paragraph, reading.boilerplate))
        cues.append(reading.cues)
    prose = body_text_mask(lexicon, page)
    read = tuple(
        Sentence(
            index,
            spans[index],
            sentence.text,
            sentence.line,
            sentence.words,
            tuple(terms_of(sentence.words, article.language)),
            prose[index],
            cues[index],
        )
        for index, sentence in enumerate(page)
    )
    unread = tuple(
        Sentence(index, span, span.of(text), paragraph, (), (), False)
        for index, span in enumerate(spans[READ_TO:], READ_TO)
    )
    return Document(article, read + unread, lexicon)

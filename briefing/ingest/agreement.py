"""Whether a page tells what its feed's entry announced, and not of cookies or something else."""

import re

from briefing.ingest.results import Extracted
from briefing.model import Article
from briefing.text import canonical_url, detect_language, language_of, terms

LEAST_TERMS = 5
"""Different words that carry meaning; what has fewer cannot be weighed against a page."""
LEAST_SHARE = 1 / 3
"""Share of such words that a page of the same article has, of the title, the summary or both.

Of 94 real pages each had at least 0.6 of the words of its own title and description together, and
at least 0.38 of those of one; of other pages' one in twenty came to a third.
"""

NAMES_AT_ITS_ADDRESS, NAMES_ELSEWHERE = 2, 3
"""Names and numbers that a page in another language shares with its entry: where the entry's link
led to it, and where it led elsewhere. A notice on cookies may name the outlet."""
LEAST_OF_OWN_TITLE = 3
"""Words of its own title that the text of a page has, at least, and at least half of them."""

_NAME = re.compile(r"\b[^\W\d_][\w'’-]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_of_entry(page_text: str, title: str | None, summary: str, language: str | None) -> bool:
    """Whether ``page_text`` shares enough words with an entry's title or with its summary.

    Of a page with fewer words than the entry, it is the share of the page's (overlap coefficient).
    True where either says too little to tell. language: ISO 639-1, of the entry.
    """
    spoken = language or "en"
    announced = [set(terms(text, spoken)) for text in (title or "", summary)]
    announced.append(announced[0] | announced[1])
    weighed = [words for words in announced if len(words) >= LEAST_TERMS]
    found = set(terms(page_text, spoken)) if weighed else set()
    if not weighed or len(found) < LEAST_TERMS:
        return True
    return any(len(words & found) >= LEAST_SHARE * min(len(words), len(found)) for words in weighed)


def shares_a_word(text: str, title: str | None, language: str | None) -> bool:
    """Whether a sentence or two have a word of ``title`` that carries meaning."""
    spoken = language or "en"
    return not set(terms(title or "", spoken)).isdisjoint(terms(text, spoken))


def is_translated(page: Extracted, page_url: str, article: Article) -> bool:
    """Whether ``page`` is the one of an entry whose title and summary are in another language, as
    an aggregator's are: then hardly a word is shared.

    What a translation leaves as it is has to speak for it: names and numbers; or that the entry's
    link led to this address, or to one that the page says is its own, where the page's text is
    about its own title (a notice on cookies or a login is not). False where the languages are the
    same, and where nothing speaks for it.
    """
    spoken = language_of(page.text, page.language)
    announced = f"{article.title or ''}\n{article.text}"
    if detect_language(announced, article.language or spoken) == spoken:
        return False
    shared = len(_fixed(announced) & _fixed(page.text))
    if article.url is None or not _is_at(article.url, page_url, page.canonical):
        return shared >= NAMES_ELSEWHERE
    return shared >= NAMES_AT_ITS_ADDRESS or _is_about(page.text, page.title, spoken)


def _fixed(text: str) -> set[str]:
    """What stays as it is in a translation: words in capitals at their beginning, and numbers of
    two digits and more but years; numbers without what groups or divides their digits.
    """
    names = {word.casefold() for word in _NAME.findall(text) if word[0].isupper()}
    numbers = {
        digits
        for number in _NUMBER.findall(text)
        if len(digits := "".join(c for c in number if c.isdigit())) > 1
        and not _YEAR.fullmatch(number)
    }
    return names | numbers


def _is_at(link: str, page_url: str, canonical: str | None) -> bool:
    address = canonical_url(link)
    return address in (canonical_url(page_url), canonical and canonical_url(canonical))


def _is_about(text: str, title: str | None, language: str) -> bool:
    named = set(terms(title or "", language))
    shared = len(named & set(terms(text, language)))
    return shared >= LEAST_OF_OWN_TITLE and 2 * shared >= len(named)

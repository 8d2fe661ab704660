"""Whether a page tells what its feed's entry announced, and not of cookies or something else."""

from briefing.text import terms

LEAST_TERMS = 5
"""Different words that carry meaning; what has fewer cannot be weighed against a page."""
LEAST_SHARE = 1 / 3
"""Share of such words that a page of the same article has, of the title, the summary or both.

Of 94 real pages each had at least 0.6 of the words of its own title and description together, and
at least 0.38 of those of one; of other pages' one in twenty came to a third.
"""


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

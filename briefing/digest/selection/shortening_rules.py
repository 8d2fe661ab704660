"""What may be left out of a sentence: part ``shortening`` of a language's lexicon, compiled."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from briefing.digest.lexicon import Lexicon, load_lexicon

WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class ShorteningRules:
    """The packaged knowledge of a language, compiled: what may go, what ties, what must stay.

    place_opens: an article may open with the place that it is sent from.
    """

    lexicon: Lexicon
    place_opens: bool
    kept: frozenset[str]
    kept_phrases: tuple[str, ...]
    binding: frozenset[str]
    joining: frozenset[str]
    conditions: frozenset[str]
    finite: frozenset[str]
    say_so: frozenset[str]
    openers: re.Pattern[str] | None
    asides: re.Pattern[str] | None
    between: re.Pattern[str] | None
    said_between: re.Pattern[str] | None
    final: re.Pattern[str] | None
    said_when: re.Pattern[str] | None
    said_where: re.Pattern[str] | None
    times: re.Pattern[str] | None


@cache
def load_shortening_rules(language: str) -> ShorteningRules:
    """The rules of a language, read once."""
    lexicon = load_lexicon(language)
    data = lexicon.shortening

    def words(key: str) -> frozenset[str]:
        return frozenset(data.get(key, ()))

    def pattern(key: str, before: str = "", after: str = "") -> re.Pattern[str] | None:
        either = "|".join(data.get(key, ()))
        return re.compile(f"{before}({either}){after}", re.IGNORECASE) if either else None

    before_verb = f", (?={_any_of(words('finite'))})"
    spoken = (
        rf",[”\"’]? (?!{_any_of(words('binding') | words('conjunctions'))})[^,]+"
        f" {_any_of(lexicon.attribution_verbs)}"
    )
    somewhere = f"(?:{'|'.join(data.get('said_where', ()))})?"
    opening = {c.rstrip(" ,") for c in lexicon.contrasts}
    kept = {normalised(w) for w in lexicon.hedges | words("number_words") | opening}
    return ShorteningRules(
        lexicon=lexicon,
        place_opens=bool(data.get("place_opens")),
        kept=frozenset(w for w in kept if WORD.fullmatch(w)),
        kept_phrases=tuple(w for w in sorted(kept) if not WORD.fullmatch(w)),
        binding=words("binding"),
        joining=words("joining") | words("conjunctions"),
        conditions=words("conditions"),
        finite=words("finite"),
        say_so=words("say_so"),
        openers=pattern("openers"),
        asides=pattern("asides"),
        between=pattern("between", ", ", before_verb),
        said_between=pattern("said_between", ", ", before_verb),
        final=pattern("final", ", ", r"(?=[.!?…]+$)"),
        said_when=pattern("said_when", spoken + somewhere, r"(?=\.$)"),
        said_where=pattern("said_where", spoken, r"(?=\.$)"),
        times=pattern("times", r"\b", r"\b"),
    )


def _any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, whole."""
    return rf"(?:{'|'.join(map(re.escape, sorted(words)))})\b"


def normalised(text: str) -> str:
    """``text`` in lower case, with plain apostrophes."""
    return text.lower().replace("’", "'")


def word_parts(lowered: str) -> Iterator[str]:
    """The words of ``lowered``; those with an apostrophe also in parts: "n'est", "n", "est"."""
    for word in WORD.findall(lowered):
        yield word
        if "'" in word:
            yield from word.split("'")

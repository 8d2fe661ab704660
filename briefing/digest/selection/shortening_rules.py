"""What may be left out of a sentence: part ``shortening`` of a language's lexicon, compiled."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from briefing.digest.lexicon import Lexicon, load_lexicon

WORD = re.compile(r"\w+(?:['’]\w+)*")
_ENDED = re.compile(r"\w{3,}ed$")


@dataclass(frozen=True, slots=True)
class ShorteningRules:
    """The packaged knowledge of a language, compiled: what may go, what ties, what must stay.

    place_opens: an article may open with the place that it is sent from. The fields ``long_…`` say
    what else may go of a long sentence.
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
    long_kept: frozenset[str]
    long_final: re.Pattern[str] | None
    long_last: re.Pattern[str] | None
    long_when: re.Pattern[str] | None
    long_between: re.Pattern[str] | None
    long_opening: re.Pattern[str] | None
    long_source: re.Pattern[str] | None

    def has_verb(self, words: Iterable[str]) -> bool:
        """Whether one of ``words`` (lower case) is, as far as is known, the verb of a clause."""
        return any(word in self.finite or _ENDED.match(word) for word in words)


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
        long_kept=words("long_kept"),
        long_final=pattern("long_final", r"[,;] ", r"\b"),
        long_last=pattern("long_last", ", ", r"\b"),
        long_when=pattern("long_when", ", ", r"\b"),
        long_between=pattern("long_between", ", ", ", "),
        long_opening=pattern("long_opening"),
        long_source=pattern("long_source", ", ", r"(?=[.!?…]+$)"),
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

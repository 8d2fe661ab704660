"""Whether what a number counts can stand as a line of its own: a noun phrase, none of it cut."""

from functools import cache

from briefing.digest.quantities.phrase_after import CLAUSES, is_plural
from briefing.digest.quantities.phrases import ARTICLES, PREPOSITIONS, word_lists

_OPEN_ENDS = (
    PREPOSITIONS | ARTICLES | CLAUSES | frozenset("between over into not early late".split())
)
_VERBS_OF_OPINION = frozenset(
    "say says said saying believe believes believed think thinks thought agree agreed want wants"
    " get gets got go make"
    " makes took take takes found told see seen did done given giving compared like".split()
)
_MIDDLE = frozenset("own same other few many much alone further more less away ago tune".split())

_PRONOUNS = frozenset("he she it they we you i that there who what here".split())
_TIMES = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years".split()
)
_AMOUNTS = frozenset("percent cent million billion trillion % s th".split())
_CLAUSE = 4
_NOUNS_IN_ING = frozenset(
    "funding building meeting training hearing ruling wedding filing offering spending ceiling"
    " rating shooting earning"
    " saving sitting bombing killing drawing painting reading warning seating parking"
    " housing".split()
)
_NOUNS_TOO = frozenset(
    "increase decrease rise drop decline cut gain gains loss cost costs worth pay".split()
)


@cache
def _no_openings() -> frozenset[str]:
    """Words that no noun phrase begins with."""
    return (word_lists().stops | _VERBS_OF_OPINION) - frozenset(("all", "each", "every", "both"))


def is_complete(phrase: str) -> bool:
    """Whether ``phrase`` begins and ends as a noun phrase does."""
    words = ["u.s." if w == "US" else w.lower() for w in phrase.replace("’", "'").split()]
    if not words or words[-1] in _OPEN_ENDS or words[0] in _AMOUNTS:
        return False
    if words[-1] == "ones" and words[-2:-1] != ["loved"]:
        return False  # "$3,000 for older ones": of what was named before
    if words[0].partition("'")[0] in _PRONOUNS and "'" in words[0]:
        return False  # "they're", "that's"
    if words[0].endswith("ly") and words[1:2] and words[1] in PREPOSITIONS:
        return False  # "sharply from the peak"
    if words[0] in _VERBS_OF_OPINION and len(words) >= _CLAUSE:
        return True  # "48 percent said they liked the way"
    if words[0] in _no_openings():
        return False
    if len(words) == 1:
        word = words[0]
        lists = word_lists()
        return not (
            len(word) < 3
            or word in _MIDDLE
            or word in _TIMES
            or (word in lists.verbs and word not in _NOUNS_TOO)
            or word.endswith("ly")
            or (word.endswith("ing") and word not in _NOUNS_IN_ING)
        )
    return True


def names_several(phrase: str) -> bool:
    """Whether ``phrase`` can be what is counted by more than one: a plural, what happened to them,
    or a whole that a number says the size of ("a crowd of 40,000"). "By a vote of 168 to 55" counts
    no votes that it names.
    """
    lists = word_lists()
    telling = lists.states | lists.totals | lists.deeds.keys()
    return any(
        is_plural(w.lower(), lists) or w.lower() in telling or _is_plural_acronym(w)
        for w in phrase.split()
    )


def _is_plural_acronym(word: str) -> bool:
    return len(word) > 2 and word.endswith("s") and word[:-1].isupper()

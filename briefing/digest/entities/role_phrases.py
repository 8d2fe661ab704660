"""Descriptions of persons and organisations: what they name, where they begin and end."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from briefing.digest.entities.name_lists import NameLists, name_lists
from briefing.digest.entities.tokens import Tokens
from briefing.model import Span
from briefing.text import stop_words

MAX_BEFORE = 8  # words of a description before a name
MAX_AFTER = 24  # words of one after it
CUTS = frozenset("who whom whose which that when where while as because told said says but".split())
DETERMINERS = frozenset(["a", "an", "the", "his", "her", "its", "their", "our", "one"])
BEGINNERS = frozenset(("former", "late", "then", "ex", "retired", "longtime"))
STOPS = frozenset(',.;:—–()"“”?!')
PARTICIPLES = frozenset(("accused", "charged", "convicted", "suspected", "best", "known"))
COMPLEMENTS = frozenset(
    "of for at in from with to by on about between over against into under through".split()
)
# Words that change who somebody is said to be: never left out of a role.
QUALIFIERS = frozenset(
    "suspected alleged accused convicted former acting ex then late retired ousted deposed"
    " disgraced interim presumed"
    " reputed wanted jailed self-proclaimed self-styled self-described onetime one-time would-be"
    " outgoing incoming"
    " aspiring".split()
)
_POINTING = frozenset(("his", "her", "its", "their", "our", "my"))
_DANGLING = frozenset("of the and for to in by at from with a an on as or".split())
_OBJECT_WORDS = frozenset(["a", "an", "the", "its", "his", "her", "their"])


@dataclass(frozen=True, slots=True)
class Role:
    """Words that say who somebody is. ``kind``: what they show the name to be, if they do."""

    span: Span
    kind: str
    rank: int  # 0 the surest pattern
    words: tuple[str, ...] = ()  # in small letters

    @property
    def points_back(self) -> bool:
        """Whether it begins with a pronoun, whose noun it does not hold."""
        return self.words[:1] != () and self.words[0] in _POINTING

    def betters(self, other: "Role") -> bool:
        """Whether it says who somebody is better than another role, given earlier, does."""
        if self.rank < other.rank and other.rank > 2:
            return True
        if other.points_back:  # "his deputy": whose, the role does not say
            return self.rank <= 2 and len(self.words) > 1 and not self.points_back
        # "Minister …" first, "the Norranian foreign minister" later: the same office, told better
        short = len(other.words) == 1 and self.rank <= 2
        return short and len(self.words) > 1 and other.words[0] in self.words


@cache
def breaks_description() -> frozenset[str]:
    """The words that never stand inside a description: function words, but for a few."""
    return (stop_words("en") | name_lists().breaks) - frozenset(("former", "late", "then", "own"))


def type_of_description(words: list[str], lists: NameLists) -> str:
    """ "person" or "organisation" by the head noun of a description, or nothing."""
    if words[:2] == ["one", "of"] and len(words) > 2:
        return _type_of_one(words[2:], lists)
    if words[0] in PARTICIPLES:
        return "person"
    for word in words:
        if word in COMPLEMENTS:
            break
    else:
        word = ""
    head_end = words.index(word) if word else len(words)
    for noun in reversed(words[:head_end]):
        if noun in lists.either:
            return "either"
        if is_noun(noun, lists.nouns):
            return "person"
        if is_noun(noun, lists.kinds):
            # "Department of Tides information officer": the head stands at the end
            return "person" if is_noun(words[-1], lists.nouns) else "organisation"
    return ""


def _type_of_one(words: list[str], lists: NameLists) -> str:
    """The kind of "one of the …" by the first plural noun that says one."""
    for word in words:
        if is_plural_noun(word, lists.nouns):
            return "either" if word[:-1] in lists.either else "person"
        if is_plural_noun(word, lists.kinds):
            return "organisation"
    return ""


def is_noun(word: str, nouns: frozenset[str]) -> bool:
    """Whether a word, or its part behind the last hyphen, is one of ``nouns``."""
    return word in nouns or ("-" in word and word.rsplit("-", 1)[1] in nouns)


def is_plural_noun(word: str, nouns: frozenset[str]) -> bool:
    """Whether a word is a plural of one of ``nouns``."""
    return word.endswith("s") and (word[:-1] in nouns or word.replace("men", "man") in nouns)


def make_role(tokens: Tokens, first: int, last: int, kind: str, rank: int) -> Role | None:
    """The role that ``tokens[first:last]`` says, without what is no part of it; or None."""
    while first < last and _is_no_part(tokens.lows[first]):
        if tokens.lows[first : first + 2] == ["one", "of"]:
            break
        first += 1
    while last > first and (tokens.texts[last - 1] in STOPS or tokens.texts[last - 1] in _DANGLING):
        last -= 1
    while 0 < first < last and tokens.lows[first - 1] in QUALIFIERS:
        first -= 1
    if first >= last:
        return None
    return Role(tokens.span(first, last), kind, rank, tuple(tokens.lows[first:last]))


def _is_no_part(low: str) -> bool:
    """Whether a word before a description belongs to the sentence: an article, "adding"."""
    if low.endswith("ing") and low.isalpha():
        return low not in name_lists().descriptive
    return low in ("a", "an", "the", "one", "'", "’")


def noun_before(tokens: Tokens, at: int, lists: NameLists) -> bool:
    """Whether a noun for persons stands right before the token at ``at``."""
    return at > 0 and is_noun(tokens.lows[at - 1], lists.nouns)


def has_verb(words: list[str], lists: NameLists) -> bool:
    """Whether words after a name are a clause of their own ("…, the port authority confirmed")."""
    return any(
        word in lists.saying or (word.endswith("ed") and after in _OBJECT_WORDS)
        for word, after in pairwise([*words[1:], ""])
    )

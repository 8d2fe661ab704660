"""The phrase at the right of a number: "35 diplomats expelled from Velm", "9 of the 40 herds"."""

from briefing.digest.quantities.phrases import ARTICLES, PREPOSITIONS, Lists, Word

_MAX_NOUN = 7  # words of a noun phrase
_FURTHER = 5  # words by which a phrase may be longer, where it ends there
_COMPOUND = 3  # words by which a compound noun may go on behind the longest phrase
_MAX_TAIL = 7  # words of what follows it ("at the embassy in Riga")
_AUXILIARIES = frozenset("are were was is have has had been being already be".split())
_LINKS = PREPOSITIONS | {"with"}
# "in response to": what follows belongs to the verb, not to the noun.
_SIDE_NOTES = frozenset("response addition order total all recent".split())
_BEFORE_YEARS = frozenset("in since between of and".split())
_PRONOUNS = frozenset("them us these those whom which you it".split())
_IRREGULAR = frozenset(
    "held made sent built sold lost kept taken given seen found paid spent won hit shot set left"
    " bought"
    " brought caught drawn grown written driven led cut put stolen born known".split()
)
_MODALS = frozenset("will would can could may might shall should must".split())
_ORDINALS = frozenset("first second third fourth next last".split())
_NO_MEN = frozenset("specimen regimen abdomen acumen omen yemen semen amen".split())
_BEHIND_NOUNS = PREPOSITIONS | frozenset(("along", "across", "between", "among", "involving"))
# A new clause begins with these, so a phrase ends before them.
CLAUSES = frozenset(
    "and but or which because when while although if after before since until as than who that"
    " compared where according with".split()
)


def is_plural(word: str, lists: Lists) -> bool:
    """Whether a word in lower case is a plural noun by its look."""
    if word in lists.plurals or (word.endswith("men") and word not in _NO_MEN):
        return True
    return (
        len(word) > 3
        and word[-1] == "s"
        and not word.endswith(("ss", "us", "'s", "is"))
        and word not in lists.singular
    )


def skip_links(words: list[Word], at: int, *, unit: bool) -> int:
    """Past "of the", "worth of", "of them", "more" and the like between a number and its noun."""
    count = len(words)
    if at < count and words[at].low == "worth":
        at += 1
    links = ("of", "in", "to", "for", "on") if unit else ("of", "out")
    if at < count and words[at].low in links:
        at += 1 + (words[at].low == "out")
        while at < count and (words[at].low in ARTICLES or words[at].low in ("all", "those")):
            at += 1
        if at < count and words[at].low in _PRONOUNS:
            at += 1
    elif at < count and words[at].low in ("the", "all"):
        at += 1  # "half the members"
    if at + 1 < count and words[at].low == "more":
        at += 1
    return at


def noun_phrase(
    words: list[Word], first: int, stop: int, lists: Lists, *, joined: bool
) -> tuple[int, int] | None:
    """The noun phrase from ``first`` on: its head and its end with what belongs to it.

    stop: where the next figure begins. joined: the first word stood behind a hyphen.
    """
    at, head = first, -1
    stop = min(stop, len(words))
    while at < stop and at - first < _MAX_NOUN:
        word = words[at]
        if head >= 0 and not is_plural(word.low, lists):
            break
        if word.low in ("and", "or") and head < 0 and first < at and _goes_on(words, at, lists):
            at += 1
            continue
        if not word.text[0].isalnum() or word.low in lists.stops or _is_verb(word.low, lists):
            break
        at += 1
        if is_plural(word.low, lists) and not (joined and at == first + 1):
            head = at - 1
    if at == first:
        return None
    if head < 0:
        head = at - 1
        while head > first and words[head].low.endswith(("ly", "ed")):
            head -= 1
    return head, _tail(words, head, stop, lists)


def reach(words: list[Word], first: int, stop: int, most: int, lists: Lists) -> int:
    """The end of at most ``most`` words from ``first`` on that stay within the clause; less than
    ``first`` where there are none.

    Some words more where the clause ends by then, so that no phrase is cut; else the phrase ends
    before its last preposition, or before a verb with "to".
    """
    stop = min(stop, len(words))
    at = _clause_end(words, first, min(stop, first + most + _FURTHER))
    cut = at > first + most and not (at < first + most + _FURTHER or at == stop)
    if cut:
        at = _whole(words, first, first + most, lists)
    end = at
    while at > first and (words[at - 1].low in lists.stops or words[at - 1].low in _ORDINALS):
        at -= 1
    if cut or at < end:
        at = _without_cut_clause(words, first, at, lists)
    return at - 1


def _without_cut_clause(words: list[Word], first: int, end: int, lists: Lists) -> int:
    """The end of a phrase that stops in the middle of its clause: before what its noun will do
    ("39 million families will begin receiving the first …")."""
    for at in range(first + 1, end):
        if words[at].low in _MODALS:
            several = any(is_plural(word.low, lists) for word in words[first:at])
            return at if several else end
    return end


def _clause_end(words: list[Word], first: int, stop: int) -> int:
    at = first
    while at < stop:
        word = words[at]
        if not word.text[0].isalnum() or (word.low[0].isdigit() and not _is_year(words, at)):
            break
        if at > first + 1 and word.low in CLAUSES and not _joins_names(words, at, stop):
            break
        at += 1
    return at


def _whole(words: list[Word], first: int, at: int, lists: Lists) -> int:
    """Where a phrase that goes on behind ``at`` is best ended: before its last preposition."""
    for cut in range(at - 1, first + 1, -1):
        if words[cut].low in PREPOSITIONS and words[cut].low != "of":
            return cut
    end = at
    while end < len(words) and end - at < _COMPOUND and _is_noun_alike(words[end].low, lists):
        end += 1  # "instalments of the enhanced child tax credit": no noun is cut from its name
    return end if end == len(words) or not _is_noun_alike(words[end].low, lists) else at


def _is_noun_alike(word: str, lists: Lists) -> bool:
    """Whether a word may be one more noun of a compound: no function word, no form of a verb."""
    return (
        word.isalpha()
        and word not in lists.stops
        and word not in lists.verbs
        and word not in PREPOSITIONS
        and not word.endswith(("ed", "ing"))
    )


def _is_year(words: list[Word], at: int) -> bool:
    return len(words[at].low) == 4 and at > 0 and words[at - 1].low in _BEFORE_YEARS


def _joins_names(words: list[Word], at: int, stop: int) -> bool:
    """Whether the "and" at ``at`` stands between two names."""
    return (
        words[at].low == "and"
        and at + 1 < stop
        and words[at - 1].text[0].isupper()
        and words[at + 1].text[0].isupper()
    )


def _is_verb(word: str, lists: Lists) -> bool:
    """Whether a word is a verb of movement or being; those in s may be nouns ("hits", "cuts")."""
    return word in lists.verbs and word[-1] != "s" and word != "cost"


def _goes_on(words: list[Word], at: int, lists: Lists) -> bool:
    """Whether a noun phrase goes on after the "and" at ``at``: a plural noun comes soon."""
    if at + 1 < len(words) and _is_participle(words[at + 1].low):
        return False  # "12 people and injured dozens of others"
    for word in words[at + 1 : at + 4]:
        if not word.text[0].isalpha() or word.low in lists.stops or word.low in lists.numbers:
            return False
        if is_plural(word.low, lists):
            return True
    return False


def _tail(words: list[Word], head: int, stop: int, lists: Lists) -> int:
    """The last word of what belongs to the noun at ``head``."""
    end, at = head, head + 1
    if at < stop and words[at].low in ("and", "or") and _goes_on(words, at, lists):
        while not is_plural(words[at].low, lists):
            at += 1
        end, at = at, at + 1
    past = at
    while past < stop and past - at < 4 and words[past].low in _AUXILIARIES:
        past += 1
    if past < stop and (words[past].low in lists.states or _is_participle(words[past].low)):
        end, at = past, past + 1
    if at >= stop:
        return end
    word = words[at]
    if word.low in _BEHIND_NOUNS and not (at + 1 < stop and words[at + 1].low in _SIDE_NOTES):
        return _phrase(words, at, end, stop, lists)
    if word.low in ("who", "that") and at + 1 < stop:
        return _phrase(words, at, end, stop, lists, loose=True)
    return end


def _is_participle(word: str) -> bool:
    regular = len(word) > 4 and word.endswith("ed") and word not in ("need", "speed")
    return regular or word in _IRREGULAR


def _phrase(
    words: list[Word], begun: int, end: int, stop: int, lists: Lists, *, loose: bool = False
) -> int:
    """The end of a prepositional phrase or short relative clause that begins at ``begun``."""
    at = begun + 1
    while at < stop and at - begun <= _MAX_TAIL + loose:
        word = words[at]
        low = word.low
        if not word.text[0].isalnum() or low[0].isdigit() or low in lists.numbers:
            break
        if low in ARTICLES and at == begun + 1:
            at += 1
            continue
        if words[at - 1].text[0].isupper() and word.text[0].islower() and low not in _LINKS:
            attribute = words[begun + 1].low in ("a", "an", "the") and _is_noun_alike(low, lists)
            if not attribute:
                break  # a name ends the phrase: "in Velm lost"
            end = at  # but with an article it says which: "of the Velm vaccine"
            break
        if low in lists.stops and not loose and not _binds(words, at, lists):
            break
        end = at
        at += 1
    while end > begun and words[end].low in lists.stops:
        end -= 1
    return end if end > begun else begun - 1


def _binds(words: list[Word], at: int, lists: Lists) -> bool:
    """Whether a function word keeps a phrase together ("of", "in", "the", "and")."""
    low = words[at].low
    return (
        low in ("of", "in", "the", "and")
        and at + 1 < len(words)
        and words[at + 1].text[0].isalnum()
        and (low != "and" or not is_plural(words[at - 1].low, lists))
    )

"""Roles that stand behind a name: apposition, copula, relative clause, where somebody belongs."""

from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists
from briefing.digest.entities.role_phrases import (
    COMPLEMENTS,
    CUTS,
    DETERMINERS,
    MAX_AFTER,
    PARTICIPLES,
    STOPS,
    Role,
    breaks_description,
    has_verb,
    make_role,
    noun_before,
    type_of_description,
)
from briefing.digest.entities.tokens import Tokens

_CLOSING = CUTS | {"and"}
_ENDS = STOPS | {"-"}
_FINITE = frozenset(
    "is was are were has had have will would can could do does did don't doesn't didn't isn't"
    " wasn't don’t doesn’t didn’t"
    " isn’t wasn’t stands remains shows tells notes calls makes takes gets goes comes wants"
    " seems began became went came"
    " got took made gave told shot hurt won lost held spent sent met ran found kept left brought"
    " thought felt saw knew"
    " grew fell rose spoke wrote".split()
)
_CLAUSES = frozenset(("told", "said", "says"))
_TELLING = frozenset("says tells has was his does thinks wants hopes believes always".split())
_PERSONAL = frozenset(("his", "her", "their", "my", "our"))
_SPEAKERS = _PERSONAL | {"the", "its"}
_ADVERBS = frozenset(("also", "now", "then", "still", "once"))


def apposition_after(mention: Mention, lists: NameLists) -> Role | None:
    """Apposition at the right: "…, 45, a spokesman for the port," or "…, its director,"."""
    tokens = mention.tokens
    at = mention.last
    if (
        at >= len(tokens.texts)
        or tokens.texts[at] not in (",", "—", "–", "(", "-")
        or at - 1 in tokens.owns
    ):
        return None
    at += 1 + (tokens.texts[at : at + 2] == ["-", "-"])
    if at + 1 < len(tokens.texts) and tokens.texts[at].isdigit() and tokens.texts[at + 1] == ",":
        at += 2
    first = at
    opened = at < len(tokens.texts) and (tokens.lows[at] in DETERMINERS or at in tokens.owns)
    while at < len(tokens.texts) and at - first < MAX_AFTER:
        if tokens.texts[at] in _ENDS or (tokens.lows[at] in CUTS and at > first):
            break
        if (
            tokens.lows[at] == "and"
            and tokens.texts[at + 1 : at + 2]
            and tokens.texts[at + 1] in lists.given
        ):
            break
        at += 1
    closed = at >= len(tokens.texts) or tokens.texts[at] in _ENDS or tokens.lows[at] in _CLOSING
    words = tokens.lows[first:at]
    telling = at < len(tokens.texts) and tokens.lows[at] in _CLAUSES
    if telling and len(words) < 4 and words and words[0] in _SPEAKERS:
        return None  # "Ada Brun, the mayor said, had left"
    if _describes_another(tokens, first, at, lists):
        return None
    if not words or words[0] in CUTS or words[0] in ("and", "or"):
        return None
    kind = type_of_description(words, lists)
    if not kind or not closed:
        return None
    plain = (
        words[0] not in breaks_description()
        or words[0] in ("former", "now", "then")
        or words[0] in PARTICIPLES
    )
    if not opened and not plain:
        return None
    if any(w in _FINITE for w in words) or has_verb(words, lists):
        return None
    return make_role(tokens, first, at, kind, 1)


def _describes_another(tokens: Tokens, first: int, last: int, lists: NameLists) -> bool:
    """Whether the words behind a name describe one that comes after them: "the riot at Harbour
    House, her deputy, Ada Brun, said", "…, port secretary Ada Brun said"."""
    texts, lows = tokens.texts, tokens.lows
    if first >= last:
        return False
    follows = texts[last : last + 1] == [","] and texts[last + 1 : last + 2]
    if lows[first] in _PERSONAL and follows and texts[last + 1][0].isupper():
        return True
    for at in range(first + 1, last):
        if lows[at] in COMPLEMENTS:
            break  # "spokeswoman for port secretary Ada Brun"
        if texts[at] in lists.given and noun_before(tokens, at, lists):
            owner = not tokens.owns.isdisjoint(range(at, min(at + 3, last)))
            return not (owner and noun_before(tokens, last, lists))  # "Queen Ada's third daughter"
    return False


def copula(mention: Mention, lists: NameLists) -> Role | None:
    """ "… is a …", "… was the …"."""
    tokens = mention.tokens
    at = mention.last
    if at + 2 >= len(tokens.texts) or tokens.lows[at] not in ("is", "was"):
        return None
    first = at + 1 + (tokens.lows[at + 1] in _ADVERBS or tokens.lows[at + 1].endswith("ly"))
    if tokens.lows[first] not in DETERMINERS:
        return None
    end = first + 1
    while end < len(tokens.texts) and end - first < MAX_AFTER:
        if tokens.texts[end] in STOPS or tokens.lows[end] in CUTS:
            break
        if tokens.lows[end] == "and" and not noun_before(tokens, end, lists):
            break
        end += 1
    kind = type_of_description(tokens.lows[first:end], lists)
    return make_role(tokens, first, end, kind, 3) if kind else None


def relative_clause(mention: Mention) -> Role | None:
    """ "…, who is the head of the port,", "…, who runs the port,": the clause without its pronoun.

    What somebody once did ("who fled to Velm") is no role.
    """
    tokens = mention.tokens
    at = mention.last
    if at + 3 >= len(tokens.texts) or tokens.texts[at] != "," or tokens.lows[at + 1] != "who":
        return None
    first = at + 2
    verb = tokens.lows[first]
    if verb in ("is", "was"):
        if tokens.lows[first + 1] not in DETERMINERS:
            return None
        first += 1
    elif not verb.endswith("s") or verb in _TELLING or verb in breaks_description():
        return None
    end = first
    while end < len(tokens.texts) and end - first < 11 and tokens.texts[end] not in STOPS:
        if tokens.lows[end] in CUTS:
            break
        end += 1
    return make_role(tokens, first, end, "person", 4) if end - first > 1 else None


def affiliation(mention: Mention, lists: NameLists) -> Role | None:
    """Where somebody belongs: "… of the Norrane police"; for those without a better role."""
    tokens = mention.tokens
    at = mention.last
    if len(mention.words) < 2 or at + 1 >= len(tokens.texts) or at - 1 in tokens.owns:
        return None
    if mention.words[0] not in lists.given and not mention.titles:
        return None
    if tokens.lows[at] not in ("of", "from", "with"):
        return None
    end = at + 1 + (tokens.lows[at + 1] == "the")
    begun = end
    while end < len(tokens.texts) and end - begun < 8:
        word = tokens.texts[end]
        linked = tokens.lows[end] in ("of", "for", "and", "the") and end > begun
        if (
            tokens.lows[end] == "and"
            and tokens.texts[end + 1 : end + 2]
            and tokens.texts[end + 1] in lists.given
        ):
            break
        if not (word[0].isupper() or linked or tokens.lows[end] in lists.kinds or word == "police"):
            break
        end += 1
    while end > begun and tokens.lows[end - 1] in ("of", "for", "and", "the"):
        end -= 1
    whole = tokens.texts[begun:end]
    if end == begun or " ".join(whole) in lists.places:
        return None
    return make_role(tokens, at, end, "", 6)

"""What a name names, by itself and at one mention: a person, an organisation, a place; nothing
where that is not sure. What the whole article says of it: ``usage.py``.
"""

import re
from collections.abc import Sequence

from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists
from briefing.digest.entities.role_phrases import Role


def is_speaker(mention: Mention, lists: NameLists) -> bool:
    """Whether the name is the subject or inverted subject of a verb of saying."""
    tokens = mention.tokens
    after = tokens.texts[mention.last] if mention.last < len(tokens.texts) else ""
    before = tokens.texts[mention.lead - 1] if mention.lead else ""
    return after in lists.saying or before in ("said", "says")


def type_of_name(mention: Mention, role: Role | None, lists: NameLists) -> str:
    """The kind of a name of several words, by its words and by what stands about it; or ""."""
    words = mention.words
    whole = " ".join(words)
    if whole in lists.media or f"The {whole}" in lists.media or whole in lists.bodies:
        return "organisation"
    if words[-1] in lists.suffixes or (words[0] in lists.heads and "of" in words):
        return "organisation"
    if _titled(mention, lists):
        return "person"
    if role is not None and role.kind in ("person", "organisation") and role.rank != 2:
        return role.kind
    if not lists.suffixes.isdisjoint(words[1:]):
        return "organisation"
    if 2 <= len(words) <= 4 and (
        words[0] in lists.given or (_INITIALS.match(words[0]) and words[0] not in lists.not_names)
    ):
        return "person"
    if "of" in words or "&" in words or "for" in words:
        return "organisation"
    return ""


def _titled(mention: Mention, lists: NameLists) -> bool:
    return any(t in lists.titles or t in lists.courtesy for t in mention.titles)


def type_of_word(mention: Mention, word: str, role: Role | None, lists: NameLists) -> str:
    """The kind of a name of one word, or ""."""
    if word in lists.media or word in lists.suffixes or word in lists.bodies:
        return "organisation"
    if _titled(mention, lists):
        return "person"
    if not _SEAMS.search(word) and any(c.isupper() for c in word[1:]):
        return "organisation" if len(word) <= 6 or not word.isupper() else ""
    if role is not None and role.kind in ("person", "organisation") and role.rank != 2:
        return role.kind
    if word in lists.given:
        return "person"
    return ""


_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}\Z|St\.\Z")
_SEAMS = re.compile(r"[-’']")


def is_place(words: Sequence[str], lists: NameLists) -> bool:
    """Whether a name is that of a place or a day, by the packaged lists."""
    whole = " ".join(words)
    if len(words) > 1 and words[-1] in lists.sites and whole not in lists.bodies:
        return True
    if whole in lists.places or whole.rstrip(".") in lists.places or whole in lists.not_names:
        return True
    return len(words) > 1 and all(w in lists.places or w in lists.not_names for w in words)

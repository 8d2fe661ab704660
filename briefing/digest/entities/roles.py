"""Who a named person or organisation is, in the article's own words.

Patterns: title before the name ("President …"), description before it ("former spy …"),
with a complement or not ("minister of tides …"), in the plural before two names, apposition after
it (", a spokesman for …,") and before it ("the ambassador, …,"), copula ("… is a …"), relative
clause (", who …") and, for want of a better one, where somebody belongs ("… of the port police").
"""

from dataclasses import replace
from functools import cache

from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import name_lists
from briefing.digest.entities.role_phrases import STOPS, Role, breaks_description
from briefing.digest.entities.roles_after import (
    affiliation,
    apposition_after,
    copula,
    relative_clause,
)
from briefing.digest.entities.roles_before import (
    apposition_before,
    description_with_complement,
    shared_description,
    title_before,
)

_RANKS = frozenset(
    (
        "Gen General Lt Lieutenant Col Colonel Maj Major Capt Captain Sgt Sergeant Cpl Brig "
        "Adm Admiral Cmdr Prof Professor Dr Rev Mr Mrs Ms Officer Det Detective Supt "
        "Sen Sens Rep Reps Representative"
    ).split()
)
_GOING_ON = frozenset((",", "—", "–", "(", "-", "is", "was", "of", "from", "with"))
_AT_THE_LEFT = (title_before, description_with_complement, apposition_before, shared_description)
_EITHER_SIDE = (
    title_before,
    description_with_complement,
    apposition_after,
    apposition_before,
    shared_description,
    copula,
)


def role_of(mention: Mention) -> Role | None:
    """The role given at this mention, by the first pattern that fits; None where it gives none."""
    lists = name_lists()
    tokens, lead, last = mention.tokens, mention.lead, mention.last
    introduced = mention.first > lead or (
        lead > 0 and tokens.texts[lead - 1] not in _never_describe()
    )
    goes_on = last < len(tokens.texts) and tokens.lows[last] in _GOING_ON
    patterns = _EITHER_SIDE if goes_on else _AT_THE_LEFT if introduced else ()
    for pattern in patterns:
        role = pattern(mention, lists)
        if role is None:
            continue
        if (
            pattern is title_before
            and _has_only_rank(mention)
            and len(role.words) <= len(mention.titles)
        ):
            # "Lt. Col. Anna Veld, an adviser to …": the description says more than the rank
            return (
                apposition_after(mention, lists)
                or affiliation(mention, lists)
                or replace(role, rank=5)
            )
        return role
    return (relative_clause(mention) or affiliation(mention, lists)) if goes_on else None


@cache
def _never_describe() -> frozenset[str]:
    """What stands before most names, and never in or after a description: "in", "that", "said"."""
    lists = name_lists()
    telling = lists.nouns | lists.kinds | frozenset(("and", "the", "of"))
    words = {
        w for w in breaks_description() if w not in telling and w.islower() and not w.endswith("s")
    }
    return frozenset(w for w in words if "-" not in w) | (STOPS - frozenset(",—"))


def _has_only_rank(mention: Mention) -> bool:
    """Whether the titles before a name are a rank and nothing else."""
    return bool(mention.titles) and all(t.rstrip(".") in _RANKS for t in mention.titles)

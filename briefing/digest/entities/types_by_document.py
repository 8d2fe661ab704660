"""What a name names by how the whole article uses it: its kind where no mention gave it away, and
whether it is a place after all.
"""

import re
from collections.abc import Collection

from briefing.digest.entities.clustering import MentionCluster
from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists


def type_by_use(
    cluster: MentionCluster, singles: Collection[str], words: Collection[str], lists: NameLists
) -> str:
    """The kind of a name that no mention of it gave away, or "" where it stays unsure.

    singles: the names of one word in the article; words: all its words as they are written.
    """
    name = cluster.words
    if len(name) == 1:
        return "organisation" if cluster.says and not _SURNAME.search(name[0]) else ""
    person = _person_likely(cluster, singles, words, lists)
    if person >= _SURE:
        return "person"
    return "organisation" if cluster.says and person <= 0 else ""


_SURE = 1.5
_SURNAME = re.compile(
    r"(?:ski|sky|skyi|ov|ova|ev|eva|enko|chuk|vich|wicz|vić|vic|ić|ic|dze|ian|yan|sson|dottir|sen"
    r"|son|berg|stein|mann|man|feld|ez|ini|elli|etti|ucci|oglu|pour|zadeh|nejad|singh|wala|pally"
    r"|moto|yama|mura|kawa|puram|ngton|worth|field)\Z"
)


def _person_likely(
    cluster: MentionCluster, singles: Collection[str], words: Collection[str], lists: NameLists
) -> float:
    name = cluster.words
    mention = cluster.mentions[0]
    before = mention.tokens.lows[mention.lead - 1] if mention.lead else ""
    odd = any(not _PLAIN.match(w) for w in name)
    if not 2 <= len(name) <= 4 or odd or before == "the" or has_article(cluster):
        return -1.0
    score = 0.8 if len(name) <= 3 else 0.0
    score += 1.0 * (name[-1] in singles)
    score += 0.7 * bool(cluster.says)
    score += 0.7 * (_SURNAME.search(name[-1]) is not None)
    score += 1.0 * any(w in lists.given for w in name[:-1])
    score += 0.7 * any(_goes_on(m) for m in cluster.mentions)
    known = sum(w in lists.places or w in lists.not_names or w in lists.suffixes for w in name)
    common = sum(w.lower() in words for w in name)
    return score - 1.2 * known - 0.9 * common - 0.5 * (name[0] in lists.heads)


def has_article(cluster: MentionCluster) -> bool:
    """Whether a name mostly stands with "the", as those of persons do not: "the Europa Clipper"."""
    full = [m for m in cluster.mentions if len(m.words) > 1]
    with_the = [m for m in full if m.lead == m.first > 0 and m.tokens.lows[m.lead - 1] == "the"]
    return 2 * len(with_the) > len(full)


_PLAIN = re.compile(
    r"(?:(?:[Mm]a?c|[OD]’|[OD]'|al-|el-)?[^\W\d_][^\W\d_A-Z]+(?:-[^\W\d_]+)?|[A-Z]\.)\Z"
)


def _goes_on(mention: Mention) -> bool:
    """Whether what follows is said of persons: ", who", ", 45,"."""
    tokens = mention.tokens
    after = tokens.lows[mention.last : mention.last + 2]
    return (
        len(after) == 2 and after[0] == "," and (after[1] in ("who", "whose") or after[1].isdigit())
    )


def without_places(clusters: list[MentionCluster], lists: NameLists) -> list[MentionCluster]:
    """Without what the text uses as places: "in Ulvane", "Lake Sumeri", a dateline."""
    places = {
        " ".join(g.words).casefold()
        for g in clusters
        if _used_as_place(g, lists) or _is_dateline(g)
    }
    return [g for g in clusters if " ".join(g.words).casefold() not in places]


def _used_as_place(cluster: MentionCluster, lists: NameLists) -> bool:
    if cluster.kind or cluster.role is not None or cluster.says:
        return False
    words = cluster.words
    if len(words) > 1 and (words[0] in lists.landmarks or words[-1] in lists.landmarks):
        return True
    placed = sum(_is_placed(m, lists) for m in cluster.mentions)
    return 2 * placed > len(cluster.mentions)


def _is_placed(mention: Mention, lists: NameLists) -> bool:
    """Whether a name stands where places stand: after "in", or before ", California"."""
    tokens = mention.tokens
    if (
        mention.lead == mention.first
        and mention.lead
        and tokens.lows[mention.lead - 1] in lists.placing
    ):
        return True
    at = mention.last
    if at + 1 >= len(tokens.texts):
        return False
    if tokens.lows[at].capitalize() in lists.landmarks:
        return True  # "the Kalder valley"
    return tokens.texts[at] == "," and tokens.texts[at + 1] in lists.places


def _is_dateline(cluster: MentionCluster) -> bool:
    """Whether a name in capitals opens a report: "ULVANE (Tidewire) - …", "PARIS, May 3 - …"."""
    if len(cluster.words) > 2 or not all(w.isupper() and len(w) > 3 for w in cluster.words):
        return False
    return any(
        m.first == 0 and m.last < len(m.tokens) and m.tokens.texts[m.last] in "(,—–-"
        for m in cluster.mentions
    )

"""Names of outlets: which of them are one outlet's."""

import re

_NOT_NAME = re.compile(r"[^\w]+")
_DROPPED = frozenset(["the", "a", "news", "online", "newspaper", "com", "org", "co", "uk"])


def same_outlet(name: str, other_name: str) -> bool:
    """Whether two names are of one outlet: ``the Coast Courier`` and ``Coast Courier (online)``."""
    parts, other_parts = _name_parts(name), _name_parts(other_name)
    return bool(parts and other_parts) and (parts <= other_parts or other_parts <= parts)


def is_end_of_outlet(name: str, outlet: str) -> bool:
    """Whether ``name`` is the outlet's, or the end of it, by which a report calls itself: the
    ``Ledger`` of ``The Velm Ledger``, but no place in its name."""
    parts, of_outlet = (each.casefold().removeprefix("the ").split() for each in (name, outlet))
    return bool(parts) and of_outlet[-len(parts) :] == parts


def _name_parts(outlet: str) -> frozenset[str]:
    parts = [w for w in _NOT_NAME.split(outlet.casefold()) if w]
    return frozenset([w for w in parts if w not in _DROPPED] or parts)


def normalised_outlet(source: str) -> str:
    """The name of an outlet by which its spellings are one: its telling words, sorted."""
    return " ".join(sorted(_name_parts(source))) or source

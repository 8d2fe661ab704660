"""Which dollar "$" is, by the text or by the country of its outlet."""

import re
from urllib.parse import urlsplit

from briefing.model import Article

_HOMES = {"au": "AUD", "ca": "CAD", "nz": "NZD", "sg": "SGD", "hk": "HKD", "tw": "TWD"}
_NAMES = {
    "australian": "AUD",
    "canadian": "CAD",
    "new zealand": "NZD",
    "singapore": "SGD",
    "hong kong": "HKD",
    "taiwan": "TWD",
}
_OWN_MARKS = {
    "AUD": re.compile(r"\bAU?\$"),
    "CAD": re.compile(r"\bCA?\$"),
    "NZD": re.compile(r"\bNZ\$"),
    "SGD": re.compile(r"\bS\$"),
    "HKD": re.compile(r"\bHK\$"),
    "TWD": re.compile(r"\bNT\$"),
}
# "All figures in Canadian dollars": a statement about every amount of the text.
_STATED = re.compile(
    r"\b(?:amounts|figures|prices|sums|values)\s(?:are\s)?(?:given\s|stated\s|quoted\s)?in\s"
    rf"({'|'.join(_NAMES)})\s(?:dollars|currency)",
    re.IGNORECASE,
)


def home_currency(article: Article) -> str:
    """The ISO code that a bare "$" of ``article`` stands for.

    What the text states goes before the country of its address; where a text writes its own
    country's dollar in full ("A$5m"), the bare sign is the American one.
    """
    stated = _STATED.search(article.text)
    if stated:
        return _NAMES[" ".join(stated[1].lower().split())]
    host = _host(article.url)
    home = _HOMES.get(host.rpartition(".")[2], "USD")
    mark = _OWN_MARKS.get(home)
    return "USD" if mark is not None and mark.search(article.text) else home


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""

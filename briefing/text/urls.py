"""Addresses made comparable, by three rules for three questions. None of them raises.

- ``canonical_url``: is it the same page? The widest rule: tracking, mobile hosts and AMP fall away.
- ``feed_key``: is it the same subscription? The query stays whole, scheme and last slash do not.
- ``same_address``: is it the same request? Only the spelling may differ; for validators (RFC 9110).

No result is an address to open or fetch.
"""

from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_HOST_PREFIXES = ("www.", "m.", "mobile.", "amp.", "edition.", "touch.")
_TRACKING_PREFIXES = (
    "utm_",
    "at_",
    "ns_",
    "mc_",
    "pk_",
    "hsa_",
    "stm_",
    "oly_",
    "vero_",
    "__twitter_",
)
_TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid twclid igshid igsh mibextid CMP cmp smid"
    " smtyp ito ref ref_src ref_url referrer src source ncid cid ocid taid guccounter"
    " guce_referrer guce_referrer_sig sh share sharetype partner ftag mod spm xtor wt_mc wtmc"
    " rss feature intcmp icid campaign_id mkt_tok trk trkCampaign __tn__ r IR amp output outputType"
    " amp_js_v amp_gsa usqp".split()
)
_REDIRECTORS = {
    ("google.com", "/url"): ("url", "q"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("out.reddit.com", "/"): ("url",),
}


def canonical_url(url: str) -> str:
    """The page at ``url`` in the one form that is compared with others.

    Scheme and host are folded, mobile and AMP variants and known tracking parameters dropped,
    the rest of the query sorted. What is no http address comes back trimmed, as it is.
    """
    url = _unwrapped(url.strip())
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return url
    host = parts.hostname.lower()
    for prefix in _HOST_PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    query = sorted(
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if k not in _TRACKING and not k.startswith(_TRACKING_PREFIXES)
    )
    pairs = urlencode(query, errors="surrogatepass")
    return f"https://{host}{_path(parts.path)}" + (f"?{pairs}" if pairs else "")


def feed_key(url: str) -> str:
    """The subscription at ``url`` in the one form that tells it from others, as the store keeps it.

    No scheme, host in small letters, no last slash. The query stays whole: in a feed's address
    every parameter may choose another feed. What is no http or feed address comes back as it is.
    """
    scheme, mark, rest = url.partition("://")
    if not mark or scheme.lower() not in ("http", "https", "feed"):
        return url
    host, slash, path = rest.partition("/")
    return (host.lower() + slash + path).rstrip("/")


def same_address(one: str, other: str) -> bool:
    """Whether two spellings ask one server for one document, so that its validators hold for both.

    Percent escapes, the script of the host (IDNA), letter case of scheme and host, user info and
    fragment do not count. False where one of them cannot be read.
    """
    first = _request_target(one)
    return first is not None and first == _request_target(other)


def host_and_port(url: str) -> str:
    """The host of ``url`` in small letters, with the port where given, and without user info.

    Empty where it has none.
    """
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two http addresses are of one site: hosts of one registrable domain.

    Without a list of public suffixes: the last two labels, three after a short one such as "co.uk".
    """
    first, second = _domain(one), _domain(other)
    return bool(first) and first == second


def is_page(url: str) -> bool:
    """Whether an address can tell articles apart: a site's front page cannot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _request_target(url: str) -> tuple[str, str, str, str] | None:
    """Scheme, host (ASCII where it can be), path and query, unquoted; None for no address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2].lower()
    with suppress(UnicodeError):  # a label that is no IDNA stays as it is written
        host = host.encode("idna").decode()
    return parts.scheme.lower(), host, unquote(parts.path) or "/", unquote(parts.query)


def _domain(url: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(url)
        labels = (parts.hostname or "").lower().split(".")
        port = parts.port
    except ValueError:
        return ()
    if labels[-1].isdigit() or len(labels) < 2:
        return (*labels, str(port)) if labels != [""] else ()
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return tuple(labels[-3 if short else -2 :])


def _path(path: str) -> str:
    pieces = [p.split(";", 1)[0] for p in path.split("/") if p]
    if pieces and pieces[-1].lower() in ("index.html", "index.htm", "index.php", "amp", "amp.html"):
        pieces.pop()
    if pieces:
        pieces[-1] = pieces[-1].removesuffix(".amp")
    return "".join(f"/{p}" for p in pieces)


def _unwrapped(url: str, depth: int = 3) -> str:
    """The address inside a redirector's, where the redirector is a known one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    if host == "google.com" and parts.path.startswith("/amp/s/"):
        return "https://" + parts.path.removeprefix("/amp/s/")
    if host.endswith("cdn.ampproject.org") and "/s/" in parts.path:
        return "https://" + parts.path.split("/s/", 1)[1]
    wanted = _REDIRECTORS.get((host, parts.path or "/"), ())
    for key, value in parse_qsl(parts.query):
        if key in wanted and unquote(value).startswith("http") and depth:
            return _unwrapped(value, depth - 1)
    return url

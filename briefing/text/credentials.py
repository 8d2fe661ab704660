"""Names and passwords in addresses: what is shown or given to others has none."""

import re

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s\"<>?#\\]+@")


def strip_credentials(text: str, mark: str = "…@") -> str:
    """``text`` without the name and password (RFC 3986, 3.2.1) of any address in it; ``mark`` tells
    of them."""
    return _CREDENTIALS.sub(mark, text)

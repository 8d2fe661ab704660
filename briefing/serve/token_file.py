"""A token that outlives the server: in a file that its owner alone reads."""

import re
from pathlib import Path

from briefing.config import make_private, opened_private, private_folder
from briefing.model import BriefingError
from briefing.serve.access import LEAST_TOKEN, make_token

_LARGEST = 4096
_TOKEN = re.compile(r"[\w.~-]+", re.ASCII)  # what an address holds as it is (RFC 3986, 2.3)


def kept_token(path: Path) -> str:
    """The token in a file, which is made with one where it is not there.

    Raises BriefingError where it cannot be read or made, or holds no token.
    """
    try:
        if not path.exists():
            private_folder(path.parent)
            with open(path, "x", encoding="ascii", opener=opened_private) as file:
                file.write(f"{make_token()}\n")
        make_private(path)
        with path.open(encoding="ascii") as file:
            token = file.read(_LARGEST).strip()
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text of ASCII"
        raise BriefingError(f"the token's file cannot be used ({why})", str(path)) from error
    if len(token) < LEAST_TOKEN or not _TOKEN.fullmatch(token):
        what = f"the file holds no token of {LEAST_TOKEN} letters and digits or more"
        raise BriefingError(what, str(path), "Remove it: the next start makes one")
    return token

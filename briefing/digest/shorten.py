"""A bullet is its sentence, or that sentence with words left out where nothing is lost."""

import re

from briefing.digest.document import Sentence
from briefing.digest.lexicon import Lexicon
from briefing.model import Cue

# "HARROW BAY, May 4 (Agency) — The port …": where it was filed, not what happened.
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .'’\-]{2,40}(?:, [A-Z][\w .]{1,30})?(?:, \w+\.? \d{1,2})?"
    r" ?(?:\([A-Z][\w /.]{1,30}\) ?)?"
    r"|[A-Z][\w.'’ ,]{2,40} \([A-Z][\w /.]{1,20}\) ?)(?:—|–|--|-) ?"
)
_SOURCE_TAG = re.compile(r"^\([A-Z][A-Za-z ]{1,20}\) ?(?:—|–|--|-)? ?")
_ODD_SPACE = re.compile(r"\s+")


def shorten(sentence: Sentence, lexicon: Lexicon, cue: Cue | None) -> str:
    """The bullet's text: words of the sentence in order, some left out.

    Drops a leading dateline. Never drops the cue of a caveat, a hedge or a negation.
    """
    text = sentence.text
    for pattern in (_DATELINE, _SOURCE_TAG):
        match = pattern.match(text)
        if match and len(text) - match.end() > 30 and _safe(match.group(), lexicon):
            if cue is not None and cue.cue_span.start < sentence.span.start + match.end():
                continue
            text = text[match.end() :]
    return _ODD_SPACE.sub(" ", text).strip()


def _safe(dropped: str, lexicon: Lexicon) -> bool:
    return not (set(dropped.lower().split()) & lexicon.hedges)

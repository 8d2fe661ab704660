"""Text from outside, made safe to store and to show."""

import re
import unicodedata
from functools import cache

# C0 but tab and newline, DEL, C1 (Unicode, General_Category Cc), line separators, surrogates, and
# what is never seen by itself: soft hyphens, the bidirectional controls of UAX #9 (which reorder
# a line beyond itself), word joiners, invisible operators, annotations, byte order marks.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff]"
)
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # that words must not be glued over
# Where joiners, selectors and combining marks may be: not in Latin text and its punctuation.
# Told by what is not there: of large ranges the regular expression takes milliseconds to compile.
_SCRIPTS = re.compile("[^\x00-\u02ff\u2000-\u200a\u200e-\u20cf\u2100-\u2c7f]")
_EMOJI = (
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff]"
)
# Letters whose shape a joiner or non-joiner decides: Arabic, Syriac, N'Ko; the Indic scripts;
# Tibetan, Myanmar, Khmer, Mongolian.
_JOINING = (
    "[\u0600-\u061b\u061d-\u07ff\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u180a\u1810-\u18af"
    "\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc]"
)
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"  # Thai, Lao, Myanmar, Khmer
# Variation selectors that choose no form of an emoji or a Mongolian letter, and tags that do not
# spell the flag of a region after a black flag.
_SELECTORS = (
    rf"\ufe0f(?!(?<={_EMOJI}.)|(?<=[0-9#*].)(?=\u20e3))|\ufe0e(?<!{_EMOJI}.)|[\u034f\ufe00-\ufe0d\U000e0100-\U000e01ef]"
    r"|[\u180b-\u180d](?<![\u1820-\u18af].)"
    r"|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"
    r"|(?<=[\U000e0020-\U000e007f]{6})[\U000e0020-\U000e007f]+"
)
_SELECTING = re.compile("[\u034f\u180b-\u180d\ufe00-\ufe0f\U000e0020-\U000e01ef]")
# Joiners where nothing is joined or kept apart, and any beside a digit: no number hides anything.
_JOINERS = (
    rf"\u200b(?!(?<={_UNSPACED}.)(?<!\d.)(?!\d)(?={_UNSPACED}))"
    rf"|\u200c(?!(?<={_JOINING}.)(?<!\d.)(?!\d)(?={_JOINING}))"
    rf"|\u200d(?!(?<={_JOINING}.)(?<!\d.)(?![\u200b-\u200d]*\d)"
    rf"|(?:(?<={_EMOJI}.)|(?<={_EMOJI}\ufe0f.))(?={_EMOJI}))"
)
_MOST_MARKS = 4
"""Combining marks kept on one character: pointed Hebrew has as many, and no line is overflown."""
_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
_MOST_JOINED = 4  # emoji of one sequence; the families of RGI emoji have as many
_JOINED = rf"(?:{_EMOJI}\ufe0f?[\U0001f3fb-\U0001f3ff]?\u200d){{{_MOST_JOINED},}}"
# A whole escape sequence (ECMA-48 CSI, OSC, DCS, APC, PM, SOS), so that its payload goes too.
_ESCAPE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"
    "|\x1b[ -/]*[0-~]"
)
_SPACE = re.compile(r"\s+")
_INNER_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


@cache
def _rare(pattern: str) -> re.Pattern[str]:
    """A pattern that few texts need, and that takes milliseconds to compile."""
    return re.compile(pattern)


def strip_controls(text: str) -> str:
    """``text`` without escape sequences, control and invisible characters.

    Newlines and tabs stay, and so do joiners and variation selectors where a script or an emoji is
    written with them. Marks that combine with one character (UAX #44, Mn and Me) are limited, and
    so are emoji joined to one. Other ends of lines become newlines, CR and LF together one.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_visible = text.replace("\n", " ").replace("\xa0", " ").isprintable()
    if not is_visible:
        text = _CONTROL.sub("", _LINE_ENDS.sub("\n", _ESCAPE.sub("", text)))
    if text.isascii() or not _SCRIPTS.search(text):
        return text
    if _SELECTING.search(text):
        text = _rare(_SELECTORS).sub("", text)
    text = _MARKS.sub(_with_fewer_marks, text)
    if is_visible:  # joiners are format characters (Cf)
        return text
    return _rare(_JOINED).sub(_with_fewer_joiners, _rare(_JOINERS).sub("", text))


def _with_fewer_joiners(found: re.Match[str]) -> str:
    *joined, rest = found[0].split("\u200d", _MOST_JOINED - 1)
    return "\u200d".join([*joined, rest.replace("\u200d", "")])


def _with_fewer_marks(found: re.Match[str]) -> str:
    """The characters of a run of marks and signs, each sign with its first marks."""
    kept, marks = [], 0
    for character in found[0]:
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
        elif category != "Cf":
            marks = 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def clean_line(text: str) -> str:
    """One line: no control characters, white space folded to single spaces, ends trimmed."""
    return _SPACE.sub(" ", strip_controls(text)).strip()


def shortened(line: str, most: int) -> str:
    """``line``, or its beginning with an ellipsis: at most ``most`` characters, none cut in two."""
    if len(line) <= most:
        return line
    end = max(0, most - 1)
    # What combines with the character before it, or joins it to the next, is not left behind.
    while end and (
        unicodedata.category(line[end])[0] == "M" or "\u200d" in line[end - 1 : end + 1]
    ):
        end -= 1
    return line[:end].rstrip() + "…"


def clean_text(text: str) -> str:
    """A text whose paragraphs are lines: white space folded, empty lines dropped, ends trimmed."""
    return _LINES.sub("\n", _INNER_SPACE.sub(" ", strip_controls(text))).strip()


def folded(text: str) -> str:
    """``text`` for comparing: small letters, single spaces, straight apostrophes."""
    return " ".join(text.lower().replace("’", "'").split())

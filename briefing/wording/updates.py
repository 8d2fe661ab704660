"""What a figure was before it changed."""

from briefing.model import Reported, StoryFigure

_PART_OF_THE_NUMBER = frozenset(
    "% hundred thousand million billion trillion mn bn tn m k dozen per cent percent".split()
)


def before_line(line: StoryFigure) -> str:
    """``eight before`` of a figure that was "eight weeks" and is "12 weeks"; nothing where no
    earlier value is known. Not yet cleaned.
    """
    if line.before is None:
        return ""
    return f"{_beside(line.before, line.figure.surface)} before"


def update_line(line: StoryFigure) -> str:
    """``12 weeks, eight before``."""
    return f"{line.figure.surface}, {before_line(line)}" if line.before else line.figure.surface


def _beside(before: Reported, surface: str) -> str:
    """An earlier value as it stands behind the new one: the unit is said already, and no capital
    is left because a sentence began with it."""
    words, said = before.surface.split(), surface.split()
    while len(words) > 1 and said and words[-1] == said[-1] and _is_unit(words[-1]):
        words.pop()
        said.pop()
    text = " ".join(words)
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _is_unit(word: str) -> bool:
    return word.isalpha() and word.casefold() not in _PART_OF_THE_NUMBER

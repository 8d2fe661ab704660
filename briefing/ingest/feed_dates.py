"""Dates as feeds write them, read whole or not at all.

RFC 822 and 5322 with what writers make of them, RFC 3339, ISO 8601 (calendar, week and ordinal
dates, basic form, comma fractions), Unix times, numeric dates in either order, and names of
months and days in the languages of ``feed_dates.toml``. General date parsers are no help here:
dateparser needs 9 ms for a plain RFC 822 date and seconds for an unknown shape, and takes
"yesterday" for a date; dateutil fills in from today what a text leaves out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from briefing.ingest.date_names import date_names, plain

_LONGEST = 100  # characters of a date
# The two that nearly all feeds use, without the long way round.
_RFC_822 = re.compile(
    r"(?:[a-z]{3}, )?(\d{1,2}) ([a-z]{3}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?"
    r" (?:gmt|utc|z|([+-])(0\d|1[0-4])([0-5]\d))"
)
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-](?:0\d|1[0-4]):[0-5]\d)"
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d{1,9})?|(\d{12,13})|(\d{16})")
_DIGITS = re.compile(r"((?:19|2[01])\d{2})([01]\d)([0-3]\d)(?:([0-2]\d)([0-5]\d)([0-6]\d)?)?")
_WEEK = re.compile(r"\b(\d{4})-?w(\d{2})(?:-?([1-7]))?(?=t|\b)")
_DAY_AND_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(z|[+-]\d{2}:?\d{2})")
_TIME = re.compile(
    r"(?:(?<=\d)t|\bt)?(?<![\d:.])(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,](?P<fraction>\d{1,12}))?"
    r"|\s?h\s?(?P<h_minute>\d{2})?(?:\s?m?(?P<h_second>\d{2})s)?(?!\w)"
    r"|[.](?P<dot_minute>\d{2})(?:[.](?P<dot_second>\d{2}))?(?=\s*uhr)"
    r"|(?=\s*uhr)|(?=\s?[ap]\.?\s?m\b))"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?(?:\s*uhr)?"
)
_BASIC_TIME = re.compile(
    r"(?<=\d)t(?P<hour>\d{2})(?:(?P<minute>\d{2})(?P<second>\d{2})?)?(?:[.,](?P<fraction>\d{1,12}))?"
    r"(?=z|[+-]|\s|$)"
)
_OFFSET = re.compile(
    r"\s*(?:(?:utc|gmt|ut|z)\s?)?(?P<sign>[+-])(?P<hours>\d{2}|\d(?!\d))(?::?(?P<minutes>\d{2}))?"
    r"(?::\d{2})?z?(?![\d:])"
)
_PLACE = re.compile(r"\s*\[?([a-z]+(?:/[a-z_+-]+){1,2})\]?")
_ZONE = re.compile(r"\s*\(?([a-z]{1,5})\)?(?![\w.])")
_COMMENT = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_EAST_ASIAN = (
    (re.compile(r"(午前|上午|오전)\s*([\d:時时点시分분秒초 ]+)"), r"\2 am"),
    (re.compile(r"(午後|下午|오후)\s*([\d:時时点시分분秒초 ]+)"), r"\2 pm"),
    (re.compile("[年년月월]"), "-"),
    (re.compile(r"[時时点시分분](?=\s*\d)\s*"), ":"),
    (re.compile("[日일時时点시分분秒초]"), " "),
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_BETWEEN = frozenset(",./-'’()|·")
_CLEARER_TIMES = (
    (re.compile(r"\b((?:kl|klo|ore|godz|um)\.?\s?)(\d{1,2})\.(\d{2})\b"), r"\1\2:\3"),
    (re.compile(r"\b(\d{4}):(?=\d{2}:\d{2}:\d{2}\b)"), r"\1 "),  # as in web servers' logs
)
_MAYBE_NUMERIC = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A date by both orders of day and month (None: impossible), the time from its midnight, and
    the zone of both."""

    day_first: date | None
    month_first: date | None
    clock: timedelta
    zone: tzinfo = UTC


def feed_date(text: str, *, month_first: bool = False) -> datetime | None:
    """The UTC time that ``text`` names; None where any part of it is not understood.

    The day comes before the month unless the value can only be read the other way or
    ``month_first`` is given (see ``month_comes_first``). A zone that is not known, or none, is
    UTC. Two digits of a year are of 1950 to 2049 (RFC 5322, 4.3). Never raises.
    """
    if not text:  # most entries leave two of their three times out
        return None
    try:
        if moment := _common(text):
            return moment
        found = _reading(text)
        if found is None:
            return None
        orders = (found.day_first, found.month_first)
        day = next((d for d in (reversed(orders) if month_first else orders) if d), None)
        if day is None:
            return None
        midnight = datetime(day.year, day.month, day.day, tzinfo=found.zone)
        return (midnight + found.clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def month_comes_first(texts: Iterable[str]) -> bool:
    """Whether a feed's dates are written month first: one can only be read so, none otherwise."""
    proved = set()
    for text in texts:
        if not _MAYBE_NUMERIC.search(text[:_LONGEST]):
            continue
        try:
            found = _reading(text)
        except (ValueError, OverflowError):
            continue
        if found and (found.day_first is None) != (found.month_first is None):
            proved.add(found.day_first is None)
    return proved == {True}


def _common(text: str) -> datetime | None:
    """A date of RFC 3339 or 5322 as these have it; None where it is anything else."""
    if _RFC_3339.fullmatch(text):
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    if not (found := _RFC_822.fullmatch(text.lower())):
        return None
    day, name, year, hour, minute, second, sign, hours, minutes = found.groups()
    month = date_names().months.get(name)
    if month is None:
        return None
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    at = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    return at + offset if sign == "-" else at - offset


def _reading(text: str) -> _Reading | None:
    if len(text) > _LONGEST:
        return None
    words = plain(text.strip())
    if found := _DIGITS.fullmatch(words):
        year, month, day, hour, minute, second = (int(n or 0) for n in found.groups())
        clock = timedelta(hours=hour, minutes=minute, seconds=second)
        return _both(date(year, month, day), clock)
    if found := _EPOCH.fullmatch(words):
        return _unix(found)
    if not words.isascii():
        for pattern, plainer in _EAST_ASIAN:
            words = pattern.sub(plainer, words)
    for pattern, plainer in _CLEARER_TIMES:
        words = pattern.sub(plainer, words)
    if found := _DAY_AND_ZONE.fullmatch(words):
        words = f"{found[1]}t00:00{found[2]}"
    timed = _without_time(words)
    return _dated(*timed) if timed else None


def _unix(found: re.Match[str]) -> _Reading:
    """Seconds, milliseconds or microseconds since 1970."""
    seconds, milliseconds, microseconds = found.groups()
    since = (
        timedelta(seconds=int(seconds))
        if seconds
        else timedelta(milliseconds=int(milliseconds))
        if milliseconds
        else timedelta(microseconds=int(microseconds))
    )
    return _both(date(1970, 1, 1), since)


def _both(day: date, clock: timedelta) -> _Reading:
    return _Reading(day, day, clock)


def _without_time(words: str) -> tuple[str, timedelta, tzinfo] | None:
    """What is not the time of the day and its zone, the time from midnight, and the zone.

    None stands for a time that no clock shows.
    """
    found = _TIME.search(words) or _BASIC_TIME.search(words)
    if not found:
        return words, timedelta(), UTC
    clock = _clock(found.groupdict())
    end, zone = _zone(words, found.end())
    if clock is None or zone is None:
        return None
    return f"{words[: found.start()]} {words[end:]}", clock, zone


def _clock(parts: dict[str, str | None]) -> timedelta | None:
    minute_text = parts.get("minute") or parts.get("h_minute") or parts.get("dot_minute")
    second_text = parts.get("second") or parts.get("h_second") or parts.get("dot_second")
    hour, minute, second = (int(n or 0) for n in (parts["hour"], minute_text, second_text))
    if half := parts.get("half"):
        if not 1 <= hour <= 12 and not 13 <= hour <= 23:
            return None
        hour = hour if hour > 12 else hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    # A leap second is the one before it; a fraction is one of the smallest unit that is given.
    part = float(f"0.{parts.get('fraction') or 0}")
    unit = 1 if second_text else 60 if minute_text else 3600
    whole = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    return whole + timedelta(microseconds=int(part * unit * 1_000_000))


def _zone(words: str, at: int) -> tuple[int, tzinfo | None]:
    """Where the zone after a time ends, and the zone; None where there is no such."""
    names = date_names()
    zone: tzinfo | None = UTC
    if found := _OFFSET.match(words, at):
        at, zone = found.end(), _offset(found)
    elif (found := _PLACE.match(words, at)) and (place := _place(found[1])):
        return found.end(), place
    elif found := _ZONE.match(words, at):
        name = found[1]
        if name in names.zones:
            at, zone = found.end(), timezone(timedelta(minutes=names.zones[name]))
        elif not (name in names.months or name in names.weekdays or name in names.fillers):
            at = found.end()  # a zone that is not known
    while comment := _COMMENT.match(words, at):
        at = comment.end()
    return at, zone


def _offset(found: re.Match[str]) -> timezone | None:
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if found["sign"] == "-" else offset)


def _place(name: str) -> ZoneInfo | None:
    """The zone of a place in the IANA database: Europe/Berlin."""
    parts = ("_".join(p.capitalize() for p in part.split("_")) for part in name.split("/"))
    try:
        return ZoneInfo("/".join(parts))
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def _dated(words: str, clock: timedelta, zone: tzinfo) -> _Reading | None:
    """The date in ``words``, from which the time was taken away."""
    if found := _WEEK.search(words):
        rest = words[: found.start()] + words[found.end() :]
        week = date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1))
        return None if rest.strip(" t,") else _Reading(week, week, clock, zone)
    tokens = _TOKEN.findall(words.strip())
    if tokens and tokens[-1] == "t":
        tokens.pop()
    parts = _Parts.of(tokens)
    if parts is None:
        return None
    day_first, month_first = parts.in_both_orders()
    if parts.weekdays and day_first != month_first:
        fits = [d for d in (day_first, month_first) if d and d.isoweekday() in parts.weekdays]
        if len(fits) == 1:
            day_first, month_first = (d if d in fits else None for d in (day_first, month_first))
    return _Reading(day_first, month_first, clock, zone) if day_first or month_first else None


@dataclass(frozen=True, slots=True)
class _Parts:
    """A date's numbers as they stand, the month where a word names it, the days of the week."""

    numbers: tuple[str, ...]
    month: int | None
    weekdays: frozenset[int]

    @classmethod
    def of(cls, tokens: Sequence[str]) -> "_Parts | None":
        """None where a token is none that dates are made of."""
        names = date_names()
        numbers = tuple(token for token in tokens if token[0].isdigit())
        words = [t for t in tokens if t not in _BETWEEN and not t[0].isdigit()]
        months = [w for w in words if w in names.months]
        if len(months) > 1 and months[0] in names.weekdays:  # "mar, 5 mar": Tuesday comes first
            words.remove(months.pop(0))
        if len(months) > 1:
            return None
        weekdays: frozenset[int] = frozenset()
        for word in words:
            if word in months:
                continue
            if word in names.weekdays:
                weekdays = weekdays or names.weekdays[word]
            elif word not in names.fillers:
                return None
        return cls(numbers, names.months[months[0]] if months else None, weekdays)

    def in_both_orders(self) -> tuple[date | None, date | None]:
        """The date with the day first and with the month first; None where there is no such."""
        match [len(number) for number in self.numbers]:
            case [_, _] if self.month:
                day = self._with_named_month()
                return day, day
            case [4, 3]:  # ISO 8601, ordinal
                day = self._ordinal(self.numbers[0], self.numbers[1])
            case [7]:
                day = self._ordinal(self.numbers[0][:4], self.numbers[0][4:])
            case [8]:
                whole = self.numbers[0]
                day = _date(whole[:4], whole[4:6], whole[6:])
            case [4]:  # W3C-DTF knows a year alone, and a month
                day = _date(self.numbers[0], "1", "1")
            case [4, 1 | 2]:
                day = _date(self.numbers[0], self.numbers[1], "1")
            case [4, 1 | 2, 1 | 2]:
                day = _date(self.numbers[0], self.numbers[1], self.numbers[2])
            case [1 | 2, 1 | 2, 4]:
                one, two, year = self.numbers
                return _date(year, two, one), _date(year, one, two)
            case [1 | 2, 1 | 2, 2]:
                one, two, year = self.numbers
                orders = _date(year, two, one), _date(year, one, two)
                if any(orders):
                    return orders
                day = _date(one, two, year)
            case _:
                return None, None
        return (None, None) if self.month else (day, day)

    def _with_named_month(self) -> date | None:
        one, two = self.numbers
        day, year = (two, one) if len(one) > 2 or int(one) > 31 else (one, two)
        return _date(year, str(self.month), day) if len(day) <= 2 and len(year) in (2, 4) else None

    @staticmethod
    def _ordinal(year: str, day: str) -> date | None:
        found = date(int(year), 1, 1) + timedelta(days=int(day) - 1)
        return found if found.year == int(year) and int(day) else None


def _date(year: str, month: str, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 50 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None

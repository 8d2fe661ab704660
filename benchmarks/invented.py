"""Invented news out of sentence templates: the same seed gives the same articles."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

_STARTS = ("Ald", "Ber", "Cor", "Dun", "Esk", "Fen", "Gal", "Hol", "Ist", "Kel", "Lor", "Mar")
_MIDDLES = ("a", "e", "en", "in", "or", "u", "vi", "wa")
_ENDS = ("bridge", "dale", "ford", "ham", "mouth", "ness", "stead", "wick")
_FIRST = ("Ada", "Bruno", "Clara", "Dario", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas")
_SUBJECTS = (
    ("harbour bridge", "engineers", "the port authority", "lorries"),
    ("hospital wing", "doctors", "the hospital trust", "patients"),
    ("grain market", "traders", "the farmers' union", "farms"),
    ("tram line", "drivers", "the transport board", "passengers"),
    ("steel works", "workers", "the works council", "jobs"),
    ("river dam", "inspectors", "the water board", "households"),
    ("school reform", "teachers", "the education ministry", "pupils"),
    ("battery plant", "investors", "the company", "cells"),
    ("island ferry", "sailors", "the ferry company", "islanders"),
    ("housing grant", "tenants", "the city council", "flats"),
    ("vaccine trial", "researchers", "the university", "volunteers"),
    ("fishing quota", "skippers", "the fisheries office", "boats"),
    ("opera house", "musicians", "the theatre board", "tickets"),
    ("wind park", "neighbours", "the grid operator", "turbines"),
)
_EVENTS = (
    "was closed",
    "was approved",
    "was put on hold",
    "will cost twice as much",
    "was opened early",
    "lost its chief",
    "faces an inquiry",
    "was sold",
)
_LEADS = (
    "The {thing} of {town} {event} on {day} after {they} found {n} faults, {org} said.",
    "{Org} said on {day} that the {thing} of {town} {event}, {weeks} weeks after {they} had asked.",
    "In {town}, the {thing} {event} on {day}; about {count} {them} are affected.",
)
_BODY = (
    "About {count} {them} a day depend on the {thing}, according to {org}.",
    "{person}, who speaks for {they}, called the decision a relief and no surprise.",
    "The work is expected to take {weeks} weeks and to cost ${cost} million.",
    "The decision does not apply to {town}'s northern quarter, {org} said.",
    "It is not clear whether {they} will be paid for the time that is lost.",
    "{person} denied that {org} had known of the faults since spring.",
    "The figures could not be independently verified.",
    "The plan takes effect only if the council of {town} agrees by {day}.",
    "A similar case in {year} lasted {weeks} weeks longer than was announced.",
    "According to a person familiar with the talks, {org} had asked for twice as much.",
    "{Org} rose from {low} to {count} {them} within {weeks} years.",
    "{Person}, a professor in {town}, warned that {percent} percent of {them} would have to wait.",
    "The report on the {thing} has {n} chapters, and {they} have read two of them.",
    "Residents of {town} met on {day} evening, and most of them left before the vote.",
    "The mayor said that the {thing} would be looked at again in {weeks} weeks.",
    "{They} want {org} to publish its letters, which it has so far declined to do.",
    "Shops near the {thing} reported {percent} percent fewer customers than a week earlier.",
    "A first version of the plan was withdrawn in {year}, when {low} {them} were counted.",
    "{person} said that nobody should read the decision as a verdict.",
    "The next meeting is on {day}, and it is open to everybody in {town}.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True)
class Told:
    """One outlet's article on a story."""

    title: str
    text: str


def town(number: int) -> str:
    """One of 768 towns."""
    start, rest = divmod(number, len(_MIDDLES) * len(_ENDS))
    middle, end = divmod(rest, len(_ENDS))
    return _STARTS[start % len(_STARTS)] + _MIDDLES[middle] + _ENDS[end]


def story(number: int, seed: int) -> list[Told]:
    """One to nine outlets tell the same event, each in its own choice and order of sentences."""
    rng = random.Random(f"{seed}:{number}")
    values = _values(rng)
    outlets = min(9, 1 + int(rng.expovariate(0.55)))
    return [_told(rng, values) for _ in range(outlets)]


def _values(rng: random.Random) -> dict[str, str]:
    thing, they, org, them = rng.choice(_SUBJECTS)
    person = f"{rng.choice(_FIRST)} {rng.choice(_STARTS)}{rng.choice(_MIDDLES)}s"
    return {
        "thing": thing,
        "they": they,
        "They": they.capitalize(),
        "org": org,
        "Org": org[0].upper() + org[1:],
        "them": them,
        "town": town(rng.randrange(768)),
        "event": rng.choice(_EVENTS),
        "person": person,
        "Person": f"{rng.choice(_FIRST)} {rng.choice(_STARTS)}{rng.choice(_MIDDLES)}n",
        "day": rng.choice(_DAYS),
        "n": str(rng.randrange(2, 15)),
        "count": f"{rng.randrange(12, 99) * 100:,}",
        "low": f"{rng.randrange(100, 900)}",
        "weeks": str(rng.randrange(2, 40)),
        "cost": str(rng.randrange(2, 400)),
        "percent": str(rng.randrange(3, 80)),
        "year": str(rng.randrange(1998, 2024)),
    }


def _told(rng: random.Random, values: dict[str, str]) -> Told:
    body = rng.sample(_BODY, rng.randrange(9, len(_BODY)))
    sentences = [rng.choice(_LEADS), *body]
    text = "\n".join(" ".join(part) for part in _parted(sentences))
    title = f"{values['thing'].capitalize()} of {values['town']} {values['event']}"
    if rng.random() < 0.5:
        title = f"{values['Org']}: {values['thing']} of {values['town']} {values['event']}"
    return Told(title, text.format(**values))


def _parted(sentences: Sequence[str]) -> list[Sequence[str]]:
    return [sentences[at : at + 3] for at in range(0, len(sentences), 3)]

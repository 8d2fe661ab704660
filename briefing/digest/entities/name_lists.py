"""The packaged words about names: titles, heads and ends of organisations, places, given names."""

from dataclasses import dataclass
from functools import cache, partial

from briefing.digest.wordlists import entries, table, word_set, words_by_gender


@dataclass(frozen=True, slots=True)
class NameLists:
    """The packaged words about names."""

    titles: frozenset[str]
    courtesy: frozenset[str]
    nouns: frozenset[str]
    kinds: frozenset[str]
    suffixes: frozenset[str]
    heads: frozenset[str]
    alone: frozenset[str]
    landmarks: frozenset[str]
    placing: frozenset[str]
    not_names: frozenset[str]
    saying: frozenset[str]
    former: frozenset[str]
    breaks: frozenset[str]
    descriptive: frozenset[str]
    either: frozenset[str]
    places: frozenset[str]
    media: frozenset[str]
    given: frozenset[str]
    offices: frozenset[str]
    things: frozenset[str]
    events: frozenset[str]
    openers: frozenset[str]
    bodies: frozenset[str]
    sectors: frozenset[str]
    sites: frozenset[str]


@cache
def name_lists() -> NameLists:
    """The packaged lists, read once."""
    words = partial(word_set, "roles")
    return NameLists(
        titles=words("titles"),
        courtesy=words("courtesy"),
        nouns=words("nouns"),
        kinds=words("kinds"),
        suffixes=words("suffixes"),
        heads=words("heads"),
        alone=words("alone"),
        landmarks=words("landmarks"),
        placing=words("placing"),
        not_names=words("not_names"),
        saying=words("saying"),
        former=words("former"),
        breaks=words("breaks"),
        descriptive=words("descriptive"),
        either=words("either"),
        places=entries("places"),
        media=entries("media"),
        given=entries("given_names"),
        offices=words("offices"),
        things=words("things"),
        events=words("events"),
        openers=words("openers"),
        bodies=words("bodies"),
        sectors=words("sectors"),
        sites=words("sites"),
    )


@cache
def gender_of_given_name() -> dict[str, str]:
    """``he`` or ``she`` of given names that say it."""
    return words_by_gender(table("coreference")["en"], "names")

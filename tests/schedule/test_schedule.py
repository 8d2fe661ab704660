"""Timers and crontab lines: what is written, once, and nothing but that taken away again."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import BriefingError
from briefing.schedule import Command, Crontab, Systemd, crontab, scheduler
from briefing.schedule.crontab import line_of
from briefing.schedule.systemd import unit_files
from tests.schedule.fakes import FakeSystem

TIMES = [(6, 30), (18, 0)]
COMMAND = Command(("/opt/my tools/briefing", "schedule", "run"), {"BRIEFING_HOME": "/home/a b"})
OTHERS = "# of ann\nMAILTO=ann\n\n5 * * * * tide --table # briefing schedules\n"


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    return FakeSystem(tmp_path / "system", monkeypatch)


def test_the_crontab_gets_our_lines_and_every_other_stays(system: FakeSystem) -> None:
    system.with_crontab(OTHERS)
    plan = Crontab().plan(TIMES, COMMAND)
    ours = (
        "30 6 * * * BRIEFING_HOME='/home/a b' '/opt/my tools/briefing' schedule run"
        "  # briefing schedule"
    )
    assert plan.shown == ("the crontab:", f"+ {ours}", f"+ {ours.replace('30 6', '0 18')}")
    assert system.crontab == OTHERS
    Crontab().install(TIMES, COMMAND)
    assert system.crontab == f"{OTHERS}{ours}\n{ours.replace('30 6', '0 18')}\n"
    assert Crontab().status().times == tuple(TIMES)
    assert not Crontab().plan(TIMES, COMMAND).is_new
    Crontab().install(TIMES[:1], COMMAND)
    assert system.crontab == f"{OTHERS}{ours}\n"
    assert Crontab().removal().shown == ("the crontab:", f"- {ours}")
    Crontab().remove()
    assert system.crontab == OTHERS
    assert not Crontab().removal().is_new


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"))))
def test_no_line_but_ours_is_ever_taken_out(lines: list[str]) -> None:
    assert crontab._without(lines) == lines
    assert crontab._without(crontab._with(lines, TIMES, COMMAND)) == lines
    assert len(crontab._with(lines, TIMES, COMMAND)) == len(lines) + len(TIMES)


@pytest.mark.parametrize(
    "words", ["no crontab for ann", "crontab: can't open 'ann': No such file or directory"]
)
def test_a_user_without_a_crontab_gets_one(words: str, system: FakeSystem) -> None:
    system.with_crontab(none_yet=words)
    assert Crontab().status().times == ()
    Crontab().remove()
    Crontab().install(TIMES, COMMAND)
    assert len(system.crontab.splitlines()) == 2


@pytest.mark.parametrize("changed", ["schedule run >>/tmp/log 2>&1", "refresh"])
def test_a_line_of_ours_that_was_changed_stays(changed: str, system: FakeSystem) -> None:
    system.with_crontab("")
    Crontab().install(TIMES, COMMAND)
    first, second = system.crontab.splitlines(keepends=True)
    first = first.replace("schedule run", changed)
    system.with_crontab(first + second)
    assert Crontab().status().times == (TIMES[1],)
    Crontab().remove()
    assert system.crontab == first


def test_lines_of_others_stay_to_the_byte(system: FakeSystem) -> None:
    others = "# of ann\r\n5 5 * * * tide \r--table\n# caf\udce9 at the harbour\n"
    system.with_crontab(others)
    Crontab().install(TIMES, COMMAND)
    assert system.crontab.startswith(others)
    Crontab().remove()
    assert system.crontab == others


def test_a_percent_sign_is_no_end_of_a_line_of_the_crontab() -> None:
    line = line_of((6, 5), Command(("/a%b", "run"), {}))
    assert line == "5 6 * * * /a\\%b run  # briefing schedule"
    with pytest.raises(BriefingError, match="line break"):
        line_of((6, 5), Command(("/a\nb",), {}))


def test_a_crontab_that_cannot_be_read_is_not_written(system: FakeSystem) -> None:
    from tests.local_programs import script

    script(system.programs / "crontab", "echo denied >&2; exit 1")
    with pytest.raises(BriefingError, match="cannot be read"):
        Crontab().install(TIMES, COMMAND)


def test_the_timer_is_written_and_started_once_and_taken_away_whole(system: FakeSystem) -> None:
    system.with_systemd()
    plan = Systemd().plan(TIMES, COMMAND)
    assert not system.units.exists()
    assert any("OnCalendar=*-*-* 06:30:00" in line for line in plan.shown)
    Systemd().install(TIMES, COMMAND)
    started = ["--user daemon-reload", "--user enable --now briefing.timer"]
    assert system.asked == started
    assert sorted(path.name for path in system.units.iterdir()) == [
        "briefing.service",
        "briefing.timer",
    ]
    assert Systemd().status().times == tuple(TIMES)
    assert Systemd().status().problem == ""
    assert not Systemd().plan(TIMES, COMMAND).is_new
    assert Systemd().plan(TIMES[:1], COMMAND).is_new
    Systemd().remove()
    assert list(system.units.iterdir()) == []
    assert system.asked[2:] == ["--user disable --now briefing.timer", "--user daemon-reload"]
    Systemd().remove()
    assert len(system.asked) == 4


@pytest.mark.parametrize("name", ["briefing.service", "briefing.timer"])
def test_a_unit_of_somebody_else_or_one_that_was_changed_is_left_alone(
    name: str, system: FakeSystem
) -> None:
    system.with_systemd()
    system.units.mkdir(parents=True)
    unit = system.units / name
    unit.write_text("[Unit]\nDescription=mine\n")
    with pytest.raises(BriefingError, match="left alone"):
        Systemd().install(TIMES, COMMAND)
    assert [path.name for path in system.units.iterdir()] == [name]
    unit.unlink()
    Systemd().install(TIMES, COMMAND)
    unit.write_text(f"{unit.read_text()}# mine\n")
    with pytest.raises(BriefingError, match="left alone"):
        Systemd().remove()
    assert len(list(system.units.iterdir())) == 2


def test_a_service_whose_timer_is_gone_is_taken_away(system: FakeSystem) -> None:
    system.with_systemd()
    Systemd().install(TIMES, COMMAND)
    (system.units / "briefing.timer").unlink()
    assert Systemd().removal().is_new
    Systemd().remove()
    assert list(system.units.iterdir()) == []
    assert system.asked[-1] == "--user daemon-reload"


def test_a_timer_that_was_stopped_is_told(system: FakeSystem) -> None:
    system.with_systemd()
    Systemd().install(TIMES, COMMAND)
    subprocess.run(["systemctl", "--user", "disable", "briefing.timer"], check=True)
    assert "not enabled" in Systemd().status().problem
    assert Systemd().plan(TIMES, COMMAND).is_new


def test_the_scheduler_is_the_one_that_answers(
    system: FakeSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{system.programs}:/bin/nowhere")
    with pytest.raises(BriefingError, match="neither"):
        scheduler()
    system.with_crontab()
    assert scheduler().name == "cron"
    monkeypatch.setenv("PATH", f"{system.programs}:/usr/bin:/bin")
    system.with_systemd(answers=False)
    assert scheduler().name == "cron"
    system.with_systemd()
    assert scheduler().name == "systemd"
    assert scheduler("cron").name == "cron"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
@pytest.mark.parametrize("odd", ["plain", "a b", "100% $HOME", "${x} %h;"])
def test_systemd_finds_nothing_wrong_with_the_units(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    program = tmp_path / odd / "briefing"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)
    home = f'{program.parent}/a"b\\c'
    command = Command((str(program), "schedule", "$x %h \"'"), {"BRIEFING_HOME": home})
    for name, content in unit_files(TIMES, command).items():
        (tmp_path / name).write_text(content)
    units = [str(tmp_path / name) for name in ("briefing.service", "briefing.timer")]
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if "briefing" in line]
    assert (done.returncode, said) == (0, [])


@given(st.text(st.characters(min_codepoint=32, codec="utf-8"), min_size=1))
def test_no_word_becomes_another_line_or_a_second_word_of_a_unit(word: str) -> None:
    content = unit_files(TIMES, Command(("/a", word), {"BRIEFING_HOME": word}))["briefing.service"]
    starts = [line for line in content.split("\n") if line.startswith("ExecStart=")]
    assert len(starts) == 1
    assert content.split("\n")[-5] == starts[0]
    body = starts[0].removeprefix('ExecStart="/a" ')
    assert body[0] == body[-1] == '"'
    assert '"' not in body[1:-1].replace("\\\\", "").replace('\\"', "")


@pytest.mark.parametrize("path", ['/a"b', "/a'b", "/a\\b"])
def test_a_program_that_systemd_does_not_run_is_told(path: str) -> None:
    with pytest.raises(BriefingError, match="no program that has a quotation mark") as caught:
        unit_files(TIMES, Command((path,), {}))
    assert caught.value.mend == "Take --cron."


@pytest.mark.parametrize("kind", [Crontab, Systemd])
def test_hostile_31_no_schedule_is_changed_where_nothing_may_be_written(
    kind: type[Crontab] | type[Systemd], system: FakeSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.with_systemd()
    system.with_crontab(OTHERS)
    kind().install(TIMES, COMMAND)
    before = system.crontab, system.asked
    monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
    with pytest.raises(BriefingError, match="the schedule is not changed"):
        kind().install(TIMES[:1], COMMAND)
    with pytest.raises(BriefingError, match="the schedule is not changed"):
        kind().remove()
    assert (system.crontab, system.asked) == before
    assert kind().status().times == tuple(TIMES)

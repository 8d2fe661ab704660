"""``doctor`` says what is wrong with the store, and mends it where told to."""

from io import BytesIO
from pathlib import Path
from unittest import mock

import pytest

from briefing.cli.output import output_file
from briefing.config import Settings, config_path, load_settings
from briefing.model import StoreError
from briefing.store import Store
from tests.cli.conftest import Run
from tests.store.builders import filled


@pytest.fixture
def path() -> Path:
    """A store with three articles."""
    place = load_settings().store_path
    with Store.open(place) as store:
        filled(store, 3)
    return place


def of_store(report: dict[str, list[dict[str, str]]], path: Path) -> list[str]:
    places = (str(path), str(path.parent))
    return [f["what"] for f in report["findings"] if f["where"] in places]


def test_hostile_25_doctor_finds_and_mends_an_index_out_of_step(run: Run, path: Path) -> None:
    assert of_store(run("doctor", "--format", "json").json, path) == []
    with Store.open(path) as store:
        store._run("DROP TRIGGER body_changed")
        store._run("UPDATE body SET text = 'other words'")
    ran = run("doctor", "--format", "json")
    assert ran.code == 1
    assert any("search index" in what for what in of_store(ran.json, path))
    assert "--repair" in ran.err
    ran = run("doctor", "--repair", "--format", "json")
    assert of_store(ran.json, path) == []
    assert any("search index" in said for said in ran.json["repaired"])
    assert "Mended" in ran.err
    assert run("doctor", "--repair", "--format", "json").json["repaired"] == []


def test_hostile_25_doctor_never_says_that_an_emptied_store_is_well(run: Run, path: Path) -> None:
    path.with_name(path.name + ".refresh-lock").touch()
    path.write_bytes(b"")
    for argv in (["doctor"], ["doctor", "--repair"], ["doctor"]):
        ran = run(*argv)
        assert ran.code == 1
        assert "0 bytes" in ran.err or "no whole copy" in ran.err
        assert "All is well" not in ran.err
        assert path.stat().st_size == 0
    assert run("print").code == 3
    assert run("refresh").code == 3


def test_a_fault_of_the_configuration_hides_neither_the_store_nor_another_fault(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "elsewhere.sqlite3"
    with Store.open(path) as store:
        filled(store, 3)
        store._run("DROP TRIGGER body_changed")
        store._run("UPDATE body SET text = 'other words'")
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(
        f'theme = "no-such-theme"\n[edition]\nhours = "x"\n[store]\npath = "{path}"\n',
        encoding="utf-8",
    )
    ran = run("doctor", "--repair", "--format", "json")
    assert any("search index" in said for said in ran.json["repaired"])
    of_file = [f for f in ran.json["findings"] if f["where"].startswith(str(config_path()))]
    assert [f["where"].rpartition(" ")[2] for f in of_file] == ["1", "3"]
    assert not Settings().store_path.exists()


def test_hostile_25_doctor_names_a_disk_with_no_room(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ran = run("doctor", "--format", "json")
    assert any("No space left" in what for what in of_store(ran.json, path))


def test_doctor_mends_nothing_while_a_refresh_is_at_work(run: Run, path: Path) -> None:
    import fcntl

    with path.with_name(path.name + ".refresh-lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = run("doctor", "--repair", "--format", "json")
    assert any("refresh is at work" in what for what in of_store(ran.json, path))


def test_hostile_25_an_output_file_on_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    class Full(BytesIO):
        def close(self) -> None:
            super().close()
            raise OSError(28, "No space left on device")

    file = tmp_path / "edition.html"
    with (
        mock.patch.object(Path, "open", return_value=Full()),
        pytest.raises(StoreError, match="No space left"),
        output_file(file) as out,
    ):
        out.write(b"words")
    assert not file.exists()

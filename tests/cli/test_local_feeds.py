"""Feeds by programs and files at the command line: typed, imported, checked, left out of OPML."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.ran import briefing_here
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss
from tests.local_programs import Lifeline, feed_script, runs, script

FEED = rss("Tides", [Item("High tide at noon", "https://tides.example/1")])


def test_a_program_is_followed_as_typed_and_check_tells_what_was_run_and_what_came(
    run: Run, tmp_path: Path
) -> None:
    program = feed_script(tmp_path / "tides", FEED, "echo 'the moon is late' >&2")
    url = f"exec:{program} 'Nether Holm'"
    added = run("feeds", "add", url, "--category", "Coast")
    assert (added.code, "Added Tides" in added.err) == (0, True)
    checked = run("feeds", "check", "Tides")
    assert checked.code == 0
    assert f"ran: {program} 'Nether Holm'" in checked.out
    assert f"came back: exit code 0, {len(FEED):,} bytes" in checked.out
    assert "standard error: the moon is late" in checked.out
    (feed,) = run("feeds", "check", "--format", "json").json["feeds"]
    assert (feed["url"], feed["exchanges"]) == (url, [])
    assert (feed["reads"][0]["code"], feed["reads"][0]["size"]) == (0, len(FEED))
    assert runs(program) == 3


def test_the_readers_box_takes_a_program_too(tmp_path: Path) -> None:
    program = feed_script(tmp_path / "tides", FEED)
    assert briefing_here("feeds", "add", "-", stdin=f"exec:{program}\n".encode()).code == 0


def test_a_file_and_a_filter_are_followed_and_edited(
    run: Run, tmp_path: Path, room: Newsroom
) -> None:
    file = tmp_path / "own.xml"
    file.write_bytes(FEED)
    assert run("feeds", "add", f"file://{file}").code == 0
    assert f"read: {file}" in run("feeds", "check", "Tides").out
    program = script(tmp_path / "clean", "sed s/Tides/Filtered/")
    url = f"filter:{program}:{room.feed('/f.xml', FEED)}"
    assert run("feeds", "edit", "Tides", "--url", url, "--title", "").code == 0
    checked = run("feeds", "check", url)
    assert checked.code == 0
    assert f"sent: GET {room.url('/f.xml')}" in checked.out
    assert f"ran: {program}" in checked.out


def test_a_program_that_fails_is_not_followed_and_told_with_the_mend(
    run: Run, tmp_path: Path
) -> None:
    broken = script(tmp_path / "broken", "echo no sea >&2; exit 2")
    ran = run("feeds", "add", f"exec:{broken}")
    assert ran.code == 3
    assert "ended with code 2: no sea. Try it in a terminal" in ran.err
    assert run("feeds", "add", "exec:tides | sort").code == 2
    assert run("feeds", "list", "--format", "json").json["feeds"] == []


def test_a_urls_file_of_the_users_brings_programs_and_says_so(run: Run, tmp_path: Path) -> None:
    program = feed_script(tmp_path / "tides", FEED)
    urls = tmp_path / "urls"
    urls.write_text(f'exec:{program} Coast "~My tides"\n')
    ran = run("feeds", "import", str(urls))
    assert ran.code == 0
    assert f"My tides: from now on its refresh runs the program {program}" in ran.err
    assert runs(program) == 0
    (feed,) = run("feeds", "list", "--format", "json").json["feeds"]
    assert (feed["url"], feed["category"]) == (f"exec:{program}", "Coast")


def test_tags_beyond_the_category_are_listed_and_exported(run: Run, tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text('https://coast.example/f News "North coast" boats\nhttps://b.example/f\n')
    run("feeds", "import", str(urls))
    feeds = run("feeds", "list", "--format", "json").json["feeds"]
    assert {feed["category"]: feed["tags"] for feed in feeds} == {
        "": [],
        "News": ["North coast", "boats"],
    }
    opml = tmp_path / "feeds.opml"
    run("feeds", "export", str(opml))
    for name in ("https://coast.example/f", "https://b.example/f"):
        run("feeds", "remove", name)
    run("feeds", "import", str(opml))
    assert run("feeds", "list", "--format", "json").json["feeds"][1]["tags"] == [
        "North coast",
        "boats",
    ]


def test_neither_a_pipe_nor_opml_brings_a_program(run: Run, tmp_path: Path) -> None:
    piped = briefing_here("feeds", "import", "-", stdin=b"exec:~/bin/tides Coast\n")
    assert piped.code == 1
    assert "runs a program of this machine, and a list that is no file" in piped.err
    opml = tmp_path / "feeds.opml"
    opml.write_text("<opml><body><outline text='T' xmlUrl='exec:~/bin/tides'/></body></opml>")
    ran = run("feeds", "import", str(opml))
    assert ran.code == 1
    assert "exec:~/bin/tides runs a program of this machine, and OPML may bring none" in ran.err
    assert "briefing feeds add" in ran.err
    assert run("feeds", "list", "--format", "json").json["feeds"] == []


def test_a_page_that_names_a_program_as_its_feed_is_refused_by_name(
    run: Run, room: Newsroom, tmp_path: Path
) -> None:
    program = feed_script(tmp_path / "evil", FEED)
    page = f'<html><link rel="alternate" type="application/rss+xml" href="exec:{program}"></html>'
    ran = run("feeds", "add", room.put("/index.html", page))
    assert ran.code == 3
    assert f"the page names exec:{program}, which runs a program of this machine" in ran.err
    assert "add it by hand with 'briefing feeds add'" in ran.err
    assert runs(program) == 0


def test_an_exported_list_leaves_them_out_and_says_so(run: Run) -> None:
    run("feeds", "add", "https://coast.example/f", "--unchecked", "--title", "Coast Courier")
    run("feeds", "add", "exec:~/bin/tides", "--unchecked", "--title", "Tides")
    ran = run("feeds", "export")
    assert "coast.example" in ran.out
    assert "tides" not in ran.out
    assert "Tides (exec:~/bin/tides) is left out" in ran.err


def test_a_password_in_a_filters_address_is_shown_nowhere(run: Run) -> None:
    url = "filter:clean:http://ada:secret@127.0.0.1:9/f"
    ran = [run("feeds", "add", url, "--unchecked"), run("feeds", "list"), run("refresh")]
    ran += [run("feeds", "list", "--format", "json"), run("feeds", "export")]
    assert "127.0.0.1:9/f" in ran[1].out
    assert "secret" not in "".join(each.out + each.err for each in ran)


def test_sigterm_ends_the_program_that_a_check_waits_for(run: Run, tmp_path: Path) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        waiting = script(tmp_path / "a", line.hold, "sleep 600 &", line.tell, "wait")
        run("feeds", "add", f"exec:{waiting}", "--unchecked")
        process = subprocess.Popen(
            [sys.executable, "-m", "briefing", "feeds", "check"], stderr=subprocess.PIPE
        )
        line.assert_started()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        line.assert_ended()
    assert process.returncode == 130

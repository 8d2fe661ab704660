"""The commands: exit codes, and what goes to standard output and what to standard error."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.parser import COMMANDS
from briefing.config import config_path
from briefing.model import BriefingError
from tests.cli.conftest import Run
from tests.cli.ran import briefing, briefing_here
from tests.fake_web import BRIDGE, Item, Newsroom, article_page, rss

TEXT = (
    "Harbour bridge closed to lorries\n\n"
    "The port authority closed the Marenza bridge to lorries on Monday. "
    "The limit of 44 tonnes does not apply to buses, which may still cross. "
    "Ada Brun, the port director, said repairs would take 12 to 15 weeks. "
    "The hauliers' union disputed the figure."
)


def configure(text: str) -> None:
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(text, encoding="utf-8")


# ── Help, usage, configuration ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, run: Run) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert "example" in ran.out
    assert f"briefing {command}" in ran.out
    assert "--ignore-config" in ran.out
    assert not ran.err


@pytest.mark.parametrize("what", ["list", "add", "remove", "edit", "check", "import", "export"])
def test_every_command_of_feeds_has_help_with_an_example(what: str, run: Run) -> None:
    ran = run("feeds", what, "--help")
    assert (ran.code, "example" in ran.out) == (0, True)


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys; from briefing.__main__ import main; main(sys.argv[1:]);"
        "heavy = {'textual','httpx','feedparser','sumy','trafilatura','lxml','numpy','sqlite3',"
        "'asyncio','rich','tomllib','platformdirs'};"
        "sys.stderr.write(' '.join(sorted(heavy & set(sys.modules))))"
    )
    for argv in (["--help"], ["--version"], ["digest", "--help"], ["refresh", "--help"]):
        done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_only_the_command_asked_for_is_imported() -> None:
    code = (
        "import sys; from briefing.__main__ import main; main(['keys']);"
        "sys.stderr.write(' '.join(m for m in sys.modules if '.cli.commands.' in m))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stderr == b"briefing.cli.commands.keys"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["refrsh"], "Did you mean 'refresh'?"),
        (["print", "--sinse", "3d"], "--sinse"),
        (["print", "--since", "soon"], "90m"),
        (["print", "--limit", "0"], "no whole number"),
        (["search"], "QUERY"),
        (["search", "x", "--since", "soon"], "90m"),
        (["feeds"], "WHAT"),
        (["feeds", "edit", "x"], "nothing to change"),
        (["feeds", "add", "mailto:me@x.example"], "no web address"),
        (["feeds", "add", "https://"], "no web address"),
        (["digest"], "SOURCE"),
        (["digest", "-", "--jsonl", "x"], "SOURCE"),
        (["digest", "-", "--jobs", "2"], "--jsonl"),
        (["digest", "--jsonl", "x", "--format", "json"], "one SOURCE"),
        (["digest", "-", "--algorithm", "lexrank"], "Did you mean lex-rank?"),
        (["digest", "-", "--language", "english!"], "language code"),
        (["telegram"], "no command"),
    ],
)
def test_wrong_usage_is_told_once_with_the_mend(argv: list[str], said: str, run: Run) -> None:
    ran = run(*argv)
    assert ran.code == 2
    assert not ran.out
    assert ran.err.startswith("briefing: ")
    assert len(ran.err.splitlines()) == 1
    assert said in ran.err


def test_a_wrong_configuration_names_file_line_and_key_and_can_be_ignored(run: Run) -> None:
    configure("[digest]\nbulets = 3\n")
    ran = run("feeds", "list")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"briefing: {config_path()}, line 2: unknown key 'digest.bulets'. "
        "Did you mean 'digest.bullets'?\n"
    )
    assert run("feeds", "list", "--ignore-config").code == 0
    assert run("--ignore-config", "feeds", "list").code == 0


def test_config_check_lists_every_fault(run: Run) -> None:
    configure("thema = 1\n[fetch]\nper_host = 99\n")
    ran = run("config", "check")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 2


def test_config_check_knows_themes_keys_and_algorithms(run: Run) -> None:
    configure(
        'theme = "harbor"\n[keys]\n"next-unred" = "n"\n[digest]\nalgorithm = "lexrank"\n'
        "[edition]\nhours = 999\nminuts = 4\n"
    )
    ran = run("config", "check")
    assert ran.code == 1
    faults = ran.err.splitlines()
    for number, key, right in (
        (1, "'theme': no such theme (harbor)", "harbour"),
        (3, "'keys.next-unred': no such action", "next-unread"),
        (5, "'digest.algorithm': no such algorithm (lexrank)", "lex-rank"),
        (7, "'edition.hours' must be from 1 to 168, not 999", "The default is 24"),
        (8, "unknown key 'edition.minuts'", "'edition.minutes'"),
    ):
        fault = faults.pop(0)
        assert f"{config_path()}, line {number}: {key}. " in fault
        assert right in fault
    assert faults == []


def test_config_init_writes_a_file_that_checks_out(run: Run) -> None:
    assert run("config", "init").code == 0
    assert run("config", "path").out.strip() == str(config_path())
    assert run("config", "check").code == 0
    assert run("config", "init").code == 2


# ── An empty home ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "argv", [["print"], ["search", "bridge"], ["feeds", "list"], ["feeds", "check"], ["refresh"]]
)
def test_nothing_there_yet_is_no_failure_and_is_said(argv: list[str], run: Run) -> None:
    ran = run(*argv)
    assert ran.code == 0
    assert ran.err


def test_reading_commands_write_nothing(run: Run, home: Path) -> None:
    for argv in (["print"], ["search", "x"], ["feeds", "list"], ["feeds", "export"], ["keys"]):
        run(*argv)
    assert not home.exists()


def test_an_empty_edition_in_json_is_whole(run: Run) -> None:
    assert run("print", "--format", "json").json["stories"] == []
    assert run("search", "x", "--format", "json").json == {
        "version": 1,
        "query": "x",
        "results": [],
    }


def test_a_store_that_is_no_store_is_code_3(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database at all" * 100)
    configure(f'store = "{broken}"\n')
    ran = run("feeds", "list")
    assert (ran.code, ran.out) == (3, "")
    assert str(broken) in ran.err
    doctor = run("doctor")
    assert doctor.code == 1
    assert str(broken) in doctor.err


def test_the_reader_without_a_terminal_says_so(run: Run) -> None:
    for argv in ([], ["demo"]):
        ran = run(*argv)
        assert ran.code == 3
        assert "briefing print" in ran.err


# ── Feeds ────────────────────────────────────────────────────────────────────────────────────


def a_feed(room: Newsroom, path: str = "/feed.xml", title: str = "Coast Courier") -> str:
    return room.feed(path, rss(title, [Item("Bridge closed", room.url("/bridge"))]))


def test_a_feed_is_added_by_its_address_and_listed(run: Run, room: Newsroom) -> None:
    url = a_feed(room)
    ran = run("feeds", "add", url, "--category", "Local", "--weight", "2", "--no-full-text")
    assert (ran.code, ran.out) == (0, "")
    assert "Coast Courier" in ran.err
    (feed,) = run("feeds", "list", "--format", "json").json["feeds"]
    assert (feed["title"], feed["url"], feed["category"]) == ("Coast Courier", url, "Local")
    assert (feed["weight"], feed["full_text"]) == (2.0, False)
    again = run("feeds", "add", url)
    assert (again.code, "already" in again.err) == (0, True)


def test_a_feed_is_found_through_its_site(run: Run, room: Newsroom) -> None:
    url = a_feed(room)
    room.put("/", f'<html><head><link rel="alternate" type="application/rss+xml" href="{url}">')
    assert run("feeds", "add", room.url("/")).code == 0
    assert run("feeds", "list", "--format", "json").json["feeds"][0]["url"] == url


def test_of_a_site_with_several_feeds_the_user_chooses(run: Run, room: Newsroom) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{n}" href="/{n}.xml">'
        for n in ("news", "sport")
    )
    room.put("/", f"<html><head>{links}</head><body>Hello")
    ran = run("feeds", "add", room.url("/"))
    assert ran.code == 1
    assert room.url("/news.xml") in ran.out
    assert room.url("/sport.xml") in ran.out
    assert "briefing feeds add URL" in ran.err
    assert run("feeds", "list", "--format", "json").json["feeds"] == []


def test_a_feed_that_is_not_there_is_code_3(run: Run, room: Newsroom) -> None:
    ran = run("feeds", "add", room.url("/none.xml"))
    assert (ran.code, "404" in ran.err) == (3, True)
    room.put("/page", "<html><body><p>No feed here.</p></body></html>")
    ran = run("feeds", "add", room.url("/page"))
    assert (ran.code, "no feed" in ran.err) == (3, True)


def test_feeds_are_edited_removed_and_missed(run: Run, room: Newsroom) -> None:
    url = a_feed(room)
    run("feeds", "add", url)
    assert run("feeds", "edit", "coast courier", "--title", "Courier").code == 0
    assert run("feeds", "list", "--format", "json").json["feeds"][0]["title"] == "Courier"
    missed = run("feeds", "remove", "Couriers")
    assert (missed.code, "Did you mean 'Courier'?" in missed.err) == (3, True)
    assert run("feeds", "remove", url).code == 0
    assert run("feeds", "list", "--format", "json").json["feeds"] == []


def test_feeds_check_reports_each_and_stores_nothing(run: Run, room: Newsroom) -> None:
    run("feeds", "add", a_feed(room))
    assert run("feeds", "check").code == 0
    run("feeds", "add", room.url("/gone.xml"), "--unchecked", "--title", "Gone")
    ran = run("feeds", "check")
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith("ok  Coast Courier: 1 entry")
    assert ran.out.splitlines()[1].startswith("!   Gone")
    assert "404" in ran.out
    report = run("feeds", "check", "--format", "json").json
    assert [feed["ok"] for feed in report["feeds"]] == [True, False]


def test_lists_go_out_and_come_back_the_same(run: Run, room: Newsroom, tmp_path: Path) -> None:
    run("feeds", "add", a_feed(room), "--category", "Local")
    run("feeds", "add", a_feed(room, "/2.xml", "Harbour & Post"))
    before = run("feeds", "list", "--format", "json").json["feeds"]
    exported = run("feeds", "export")
    assert exported.out.startswith("<?xml")
    path = tmp_path / "feeds.opml"
    assert run("feeds", "export", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == exported.out
    for feed in before:
        run("feeds", "remove", feed["url"])
    assert run("feeds", "import", str(path)).code == 0
    after = run("feeds", "list", "--format", "json").json["feeds"]
    kept = [(f["url"], f["title"], f["category"]) for f in before]
    assert [(f["url"], f["title"], f["category"]) for f in after] == kept
    assert "2 already there" in run("feeds", "import", str(path)).err


def test_hostile_17_outlines_that_cannot_be_used_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<opml version="2.0"><body><outline text="A" type="rss" xmlUrl="https://a.example/f"/>'
        '<outline text="B" type="rss" xmlUrl="javascript:alert(1)"/></body></opml>',
        encoding="utf-8",
    )
    ran = run("feeds", "import", str(path), "--format", "json")
    assert ran.code == 1
    assert (ran.json["added"], ran.json["unusable"][0]["outline"]) == (1, "B")


def test_feeds_of_a_list_without_titles_give_themselves_their_names(
    run: Run, room: Newsroom, tmp_path: Path
) -> None:
    one = room.feed("/one.xml", rss("Ferry Board", [Item("Late again", room.url("/1"), "Fog.")]))
    two = room.feed("/two.xml", rss("Harbour Notes", [Item("New crane", room.url("/2"), "Tall.")]))
    path = tmp_path / "feeds.opml"
    path.write_text(
        f'<opml version="2.0"><body><outline text="" xmlUrl="{one}"/>'
        f'<outline text="{two}" title="{two}" language="en" xmlUrl="{two}"/></body></opml>'
    )
    assert run("feeds", "import", str(path)).code == 0
    run("refresh")
    listed = json.loads(run("feeds", "list", "--format", "json").out)["feeds"]
    assert [feed["title"] for feed in listed] == ["Ferry Board", "Harbour Notes"]
    found = json.loads(run("search", "crane", "--since", "2000-01-01", "--format", "json").out)
    assert found["results"][0]["source"] == "Harbour Notes"
    exported = run("feeds", "export").out
    assert 'title="Harbour Notes"' in exported
    assert 'language="en"' in exported


def test_newsboats_urls_file_is_imported_by_its_content(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "urls"
    path.write_text('https://a.example/f Coast "~A"\n"query:All:unread = \\"yes\\""\n')
    ran = run("feeds", "import", str(path))
    assert ran.code == 1
    assert "query over other feeds" in ran.err
    (feed,) = json.loads(run("feeds", "list", "--format", "json").out)["feeds"]
    assert (feed["title"], feed["category"]) == ("A", "Coast")


@pytest.mark.parametrize("content", [None, b"", b"<html><body>no</body></html>"])
def test_hostile_17_what_is_no_list_adds_nothing(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "feeds.opml"
    if content is not None:
        path.write_bytes(content)
    ran = run("feeds", "import", str(path))
    assert (ran.code, str(path) in ran.err) == (3, True)
    assert run("feeds", "list", "--format", "json").json["feeds"] == []


# ── Themes, keys, doctor ─────────────────────────────────────────────────────────────────────


def test_keys_are_listed_with_the_users_own(run: Run) -> None:
    configure('[keys]\nquit = "x"\n')
    listed = {k["action"]: k for k in run("keys", "--format", "json").json["keys"]}
    assert listed["quit"]["keys"] == ["x"]
    assert listed["quit"]["changed"]
    assert "quit" in run("keys").out


def test_themes_are_listed_and_checked(run: Run, tmp_path: Path) -> None:
    themes = run("themes", "list", "--format", "json").json["themes"]
    assert "harbour" in {t["name"] for t in themes}
    harbour = next(t["path"] for t in themes if t["name"] == "harbour")
    assert run("themes", "check", harbour).code == 0
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "Wrong"\n[colours]\n', encoding="utf-8")
    ran = run("themes", "check", str(wrong))
    assert (ran.code, "colors" in ran.err) == (1, True)
    assert run("themes", "check", str(tmp_path / "none.toml")).code == 1


def test_a_theme_whose_colours_cannot_be_read_is_told_where_and_by_how_much(
    run: Run, tmp_path: Path
) -> None:
    themes = run("themes", "list", "--format", "json").json["themes"]
    text = Path(next(t["path"] for t in themes if t["name"] == "mist")).read_text(encoding="utf-8")
    faint = tmp_path / "faint.toml"
    faint.write_text(re.sub("muted = .*", 'muted = "#a0a8b0"', text), encoding="utf-8")
    ran = run("themes", "check", str(faint))
    assert ran.code == 1
    assert "muted on cursor has a contrast of 1." in ran.err
    assert "under 4.5" in ran.err
    faint.write_text(f"high_contrast = true\n{text}", encoding="utf-8")
    assert "under 7" in run("themes", "check", str(faint)).err


def test_doctor_says_where_things_are_and_works_with_a_wrong_configuration(
    run: Run, home: Path
) -> None:
    ran = run("doctor", "--format", "json")
    assert ran.json["facts"]["data folder"] == str(home / "data")
    configure("x = 1\n")
    ran = run("doctor")
    assert ran.code == 1
    assert "line 1" in ran.err


# ── Output ───────────────────────────────────────────────────────────────────────────────────


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    # The pipe's other end is closed before anything is written.
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "keys"], stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")


def test_an_output_that_cannot_be_written_is_code_3_and_leaves_nothing(
    run: Run, tmp_path: Path
) -> None:
    ran = run("print", "--output", str(tmp_path / "none" / "x.html"), "--format", "html")
    assert (ran.code, ran.out) == (3, "")
    assert "none" in ran.err
    path = tmp_path / "edition.html"
    assert run("print", "--output", str(path), "--format", "html").code == 0
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["edition.html"]


def test_errors_show_no_control_characters_and_no_passwords() -> None:
    from briefing.cli.output import Output, error_text

    class Stream:
        text = ""

        def write(self, text: str) -> None:
            self.text += text

        def isatty(self) -> bool:
            return False

    stream = Stream()
    out = Output(stream, stream)  # type: ignore[arg-type]
    error = BriefingError("odd \x1b[31mred", "https://me:secret@a.example/f", "Mend it")
    out.error(error)
    assert stream.text == "briefing: https://…@a.example/f: odd red. Mend it.\n"
    assert error_text(BriefingError("x.", "", "Really?")) == "x. Really?"


# ── Digests and stories ──────────────────────────────────────────────────────────────────────


class TestDigest:
    """``briefing digest``."""

    def test_standard_input_is_digested_with_its_title(self) -> None:
        ran = briefing("digest", "-", "--format", "json", stdin=TEXT.encode())
        assert (ran.code, ran.err) == (0, "")
        assert ran.json["title"] == "Harbour bridge closed to lorries"
        assert ran.json["version"] == 1
        assert ran.json["bullets"]

    def test_a_file_is_digested_as_text(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "bridge.txt"
        path.write_text(TEXT, encoding="utf-8")
        ran = run("digest", str(path), "--bullets", "2")
        assert ran.code == 0
        assert ran.out.startswith("Harbour bridge closed to lorries\n")
        assert ran.out.count("\n• ") + ran.out.count("\n! ") <= 2

    def test_an_opinion_piece_is_labelled_and_its_bullets_marked(
        self, run: Run, room: Newsroom, tmp_path: Path
    ) -> None:
        plain = article_page("Harbour bridge closed", BRIDGE)
        page = plain.replace("<head>", '<head><meta property="article:section" content="Opinion">')
        path = tmp_path / "bridge.html"
        path.write_text(page, encoding="utf-8")
        for source in (str(path), room.put("/bridge", page), room.put("/opinion/bridge", plain)):
            ran = run("digest", source)
            assert ran.out.splitlines()[1].startswith("Opinion · Coast Courier")
            bullets = [line for line in ran.out.splitlines() if line.startswith(("• ", "! "))]
            assert bullets
            assert all("  argues  " in line or "• argues  " in line for line in bullets)
            assert run("digest", source, "--format", "json").json["opinion"] is True
        path.write_text(plain, encoding="utf-8")
        assert "argues" not in run("digest", str(path)).out
        assert "opinion" not in run("digest", str(path), "--format", "json").json

    def test_a_text_is_opinion_where_its_title_says_so(self) -> None:
        said = f"Opinion: {TEXT}".encode()
        ran = briefing_here("digest", "-", "--format", "json", "--language", "en", stdin=said)
        assert ran.json["opinion"] is True

    def test_a_batch_says_opinion_where_a_line_or_its_page_does(self) -> None:
        page = article_page("Harbour bridge closed", BRIDGE).replace(
            "NewsArticle", "OpinionNewsArticle"
        )
        given = [
            {"id": "text", "text": TEXT},
            {"id": "address", "text": TEXT, "url": "https://c.example/opinion/bridge"},
            {"id": "title", "text": TEXT, "title": "Opinion: Mend the bridge", "language": "en"},
            {"id": "page", "html": page},
        ]
        lines = "\n".join(json.dumps(g) for g in given)
        ran = briefing_here("digest", "--jsonl", "-", "--jobs", "1", stdin=lines.encode())
        assert {row["id"]: row.get("opinion") for row in ran.lines} == {
            "text": None,
            "address": True,
            "title": True,
            "page": True,
        }

    def test_a_rule_of_the_users_own_says_where_the_article_stands(
        self, run: Run, room: Newsroom
    ) -> None:
        page = article_page("Harbour bridge closed", BRIDGE)
        url = room.put("/bridge", page.replace(f"<p>{BRIDGE[2]}", f"<p class='a'>{BRIDGE[2]}"))
        assert len(run("digest", url, "--format", "json").json["bullets"]) > 1
        configure('[[sites]]\nhost = "127.0.0.1"\nkeep = "p.a"\n')
        ruled = run("digest", url, "--format", "json").json
        assert [bullet["text"] in BRIDGE[2] for bullet in ruled["bullets"]] == [True]

    def test_a_page_that_is_not_there_is_code_3(self, run: Run, room: Newsroom) -> None:
        ran = run("digest", room.url("/none"))
        assert (ran.code, "404" in ran.err, ran.out) == (3, True, "")
        assert run("digest", room.refused_url()).code == 3

    def test_a_file_that_is_not_there_is_code_3(self, run: Run, tmp_path: Path) -> None:
        for path in (tmp_path / "none.txt", tmp_path):
            ran = run("digest", str(path))
            assert (ran.code, str(path) in ran.err) == (3, True)

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_batch_keeps_its_order_and_names_bad_lines(self, jobs: str, tmp_path: Path) -> None:
        good = [{"id": f"a{n}", "text": TEXT, "language": "en"} for n in range(20)]
        lines = [json.dumps(g) for g in good]
        lines[3:3] = ["{", "[]", '{"id": "x"}', '{"id": "y", "text": "\\ud800"}', ""]
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text("\n".join(lines), encoding="utf-8")
        argv = ["digest", "--jsonl", str(source), "--output", str(target), "--jobs", jobs]
        ran = briefing(*argv)
        assert (ran.code, ran.out) == (1, "")
        assert "4 of the lines" in ran.err
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        ids = [g["id"] for g in good]
        assert [row["id"] for row in rows] == [*ids[:3], None, None, "x", "y", *ids[3:]]
        assert all("error" in row for row in rows[3:7])
        assert rows[0]["text"] == TEXT

    def test_text_comes_back_unchanged(self, tmp_path: Path) -> None:
        odd = "The bridge\x00 was\x1b[1m closed.\u200b\n\n Twelve\tweeks.\u2028"
        line = json.dumps({"id": "a", "text": odd, "language": "en"})
        ran = briefing_here("digest", "--jsonl", "-", stdin=line.encode())
        assert ran.code == 0
        assert ran.lines[0]["text"] == odd
        assert "\x1b" not in ran.out

    def test_an_empty_batch_is_done(self) -> None:
        ran = briefing_here("digest", "--jsonl", "-", stdin=b"")
        assert (ran.code, ran.out, ran.err) == (0, "", "")

    def test_an_input_that_is_not_there_is_code_3(self, run: Run) -> None:
        assert run("digest", "--jsonl", "none.jsonl").code == 3

    def test_an_output_is_whole_or_not_there(self, tmp_path: Path) -> None:
        target = tmp_path / "none" / "out.jsonl"
        ran = briefing_here("digest", "--jsonl", "-", "--output", str(target), stdin=b"{}")
        assert ran.code == 3


def test_stories_are_told_apart_line_by_line(tmp_path: Path) -> None:
    sea = "Divers found new cracks below the waterline of the Marenza harbour bridge on Sunday."
    cow = "Parliament in Corvenna passed a cap on the price of milk and butter after long debate."
    items: list[dict[str, str | None]] = [
        {"id": "1", "title": "Cracks found under the harbour bridge", "text": sea},
        {"id": "2", "title": "Milk price cap passed by parliament", "text": cow},
        {"id": "3", "text": None},
        {"id": "4", "title": "Cracks found under the harbour bridge", "text": sea},
    ]
    for n, item in enumerate(items):
        item |= {"published": f"2026-05-04T0{n}:00:00Z", "language": "en"}
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    ran = briefing("stories", "--jsonl", str(source))
    assert ran.code == 1
    one, two, bad, four = ran.lines
    assert one["story"] == four["story"] != two["story"]
    assert bad.keys() == {"id", "error"}


def test_the_demo_writes_nothing_to_the_users_folders(home: Path) -> None:
    pty = pytest.importorskip("pty")
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-m", "briefing", "demo"])  # noqa: S606
    shown = b""
    asked = False
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end is closed (Linux)
            break
        if not piece:
            break
        shown += piece
        if not asked and b"Stories" in shown:
            os.write(terminal, b"q")
            asked = True
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, shown[-2000:]
    assert not home.exists()

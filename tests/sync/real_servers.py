"""Real servers for the tests of sync, of packages that are downloaded and unpacked, not installed.

Miniflux is Debian's (of trixie, and of sid), with a PostgreSQL that is installed or Debian's too;
coldsweat is PyPI's, in an environment of its own. ``BRIEFING_SYNC_SERVERS`` names the folder where
they are kept from one run to the next; by default it is one of the folder for temporary files.
What cannot be had raises ``MissingError``, with the reason: the tests are skipped then, and say so.
"""

import base64
import fcntl
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_DOWNLOADS = 180  # seconds, of one step
_LOOKS, _BETWEEN = 1200, 0.05  # times that a server is looked for as it starts, and seconds between
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


class MissingError(Exception):
    """A server cannot be had here, and why."""


def folder() -> Path:
    """Where packages are kept."""
    default = Path(tempfile.gettempdir()) / f"briefing-sync-servers-{os.getuid()}"
    path = Path(os.environ.get("BRIEFING_SYNC_SERVERS", default))
    path.mkdir(parents=True, exist_ok=True)
    return path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*argv: str, cwd: Path | None = None, **more: Any) -> str:
    """Run to the end. Raises MissingError."""
    try:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            argv, cwd=cwd, capture_output=True, text=True, timeout=_DOWNLOADS, check=False, **more
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingError(f"{argv[0]} failed: {error}") from error
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise MissingError(f"{argv[0]} ended with {done.returncode}: {' '.join(last)}")
    return done.stdout


# ── Debian's packages ────────────────────────────────────────────────────────────────────────


def unpacked(suite: str, package: str) -> Path:
    """The root of an unpacked package of a suite of Debian. The system's lists stay as they are."""
    place = folder() / "debian" / suite
    root = place / package
    with _alone():
        if not root.is_dir():
            _unpack(suite, package, place, root)
    return root


@contextmanager
def _alone() -> Iterator[None]:
    """One of the test processes downloads, the others wait."""
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unpack(suite: str, package: str, place: Path, root: Path) -> None:
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise MissingError("this is no Debian: there is no apt-get")
    for part in ("lists/partial", "cache/archives/partial"):
        (place / part).mkdir(parents=True, exist_ok=True)
    source = place / "sources.list"
    source.write_text(f"deb [signed-by={_KEYRING}] http://deb.debian.org/debian {suite} main\n")
    options = [
        f"Dir::Etc::sourcelist={source}",
        "Dir::Etc::sourceparts=-",
        f"Dir::State::lists={place / 'lists'}",
        f"Dir::Cache={place / 'cache'}",
        "Acquire::Languages=none",
        "Acquire::Retries=0",
        "Acquire::http::Timeout=20",
        f"APT::Sandbox::User={pwd.getpwuid(os.getuid()).pw_name}",
    ]
    apt = ["apt-get", *(part for option in options for part in ("-o", option))]
    if not any((place / "lists").glob("*Packages*")):
        _run(*apt, "update", cwd=place)
    _run(*apt, "download", package, cwd=place)
    archive = next(iter(place.glob(f"{package}_*.deb")), None)
    if archive is None:
        raise MissingError(f"{package} of {suite} was not downloaded")
    unfinished = place / f".{package}"
    _run("dpkg", "-x", str(archive), str(unfinished))
    unfinished.rename(root)


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────


INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian installs PostgreSQL; any version will do."""
_LIBRARIES = {
    "libpq.so": "libpq5",
    "libicu": "libicu72",
    "libxml2.so": "libxml2",
    "libldap-2.5.so": "libldap-2.5-0",
    "liblber-2.5.so": "libldap-2.5-0",
    "libsasl2.so": "libsasl2-2",
    "liblz4.so": "liblz4-1",
    "libzstd.so": "libzstd1",
    "libgssapi_krb5.so": "libgssapi-krb5-2",
    "libkrb5.so": "libkrb5-3",
    "libk5crypto.so": "libk5crypto3",
    "libkrb5support.so": "libkrb5support0",
    "libkeyutils.so": "libkeyutils1",
    "libreadline.so": "libreadline8",
    "libedit.so": "libedit2",
    "libbsd.so": "libbsd0",
    "libssl.so": "libssl3",
    "libcrypto.so": "libssl3",
}
"""The packages of bookworm with what its PostgreSQL is linked to, where the system has it not."""


def _postgres_of_debian() -> tuple[Path, Path, dict[str, str]]:
    """Bookworm's PostgreSQL, unpacked: the folder of its programs, its client, and the environment
    that they find their libraries by.
    """
    inner = "usr/lib/postgresql/15/bin"
    programs = unpacked("bookworm", "postgresql-15") / inner
    client = unpacked("bookworm", "postgresql-client-15") / inner / "psql"
    if not (programs / "initdb").exists():
        raise MissingError("there is no PostgreSQL")
    found: dict[Path, None] = {}
    environment: dict[str, str] = {}
    for _ in _LIBRARIES:  # what one library needs is seen when it is there
        needed = [programs / "initdb", programs / "postgres", client]
        missing = set()
        for program in needed:
            told = _run("ldd", str(program), env={**os.environ, **environment})
            missing |= {line.split()[0] for line in told.splitlines() if "not found" in line}
        if not missing:
            return programs, client, environment
        for name in sorted(missing):
            package = next((p for part, p in _LIBRARIES.items() if name.startswith(part)), "")
            if not package:
                raise MissingError(f"PostgreSQL needs {name}")
            root = unpacked("bookworm", package)
            found |= dict.fromkeys(p.parent for p in root.rglob("*.so.*"))
        environment = {"LD_LIBRARY_PATH": ":".join(map(str, found))}
    raise MissingError(f"PostgreSQL needs {', '.join(sorted(missing))}")


class Postgres:
    """A PostgreSQL of its own, without durability, as a user who is not root."""

    def __init__(self) -> None:
        programs = sorted(INSTALLED.glob("*/bin/initdb"))
        self._libraries: dict[str, str] = {}
        if programs:
            root = programs[-1].parent
            self._psql = root / "psql"
        else:
            root, self._psql, self._libraries = _postgres_of_debian()
        self.port = free_port()
        self._bin = root
        self._data = Path(tempfile.mkdtemp(prefix="briefing-pg-"))
        self._as: dict[str, Any] = {"env": {**os.environ, "LC_ALL": "C", **self._libraries}}
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(self._data, user)
            self._as |= {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
        place = str(self._data / "db")
        _run(
            str(root / "initdb"),
            "-D",
            place,
            "-A",
            "trust",
            "-U",
            "postgres",
            cwd=self._data,
            **self._as,
        )
        options = (
            f"-p {self.port} -c fsync=off -c jit=off -c listen_addresses=127.0.0.1 -k {self._data}"
        )
        self._control("start", "-o", options, "-w", "-l", str(self._data / "log"))

    def _control(self, *argv: str) -> None:
        _run(
            str(self._bin / "pg_ctl"),
            "-D",
            str(self._data / "db"),
            *argv,
            cwd=self._data,
            **self._as,
        )

    def sql(self, database: str, statement: str) -> None:
        """Run a statement."""
        url = f"postgres://postgres@127.0.0.1:{self.port}/{database}"
        environment = {**os.environ, **self._libraries}
        _run(str(self._psql), "-q", "-d", url, "-c", statement, env=environment)

    def stop(self) -> None:
        """End it, and remove its data."""
        with suppress(MissingError):
            self._control("stop", "-m", "immediate")
        shutil.rmtree(self._data, ignore_errors=True)


# ── Servers ──────────────────────────────────────────────────────────────────────────────────


class Running:
    """A server's process, which can be killed and started again at the same address."""

    def __init__(self, argv: list[str], env: dict[str, str], probe: str, cwd: Path) -> None:
        self._argv, self._env, self._probe, self._cwd = argv, env, probe, cwd
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers. Raises MissingError."""
        log = (self._cwd / "server.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                self._argv, env={**os.environ, **self._env}, cwd=self._cwd, stdout=log, stderr=log
            )
        for _ in range(_LOOKS):
            if self._process.poll() is not None:
                raise MissingError(f"{self._argv[0]} ended at once: {self._last_words()}")
            try:
                urllib.request.urlopen(self._probe, timeout=5).close()  # noqa: S310 - the loopback
            except urllib.error.HTTPError:
                return
            except OSError:
                threading.Event().wait(_BETWEEN)
            else:
                return
        self.kill()
        raise MissingError(f"{self._argv[0]} does not answer: {self._last_words()}")

    def _last_words(self) -> str:
        lines = (self._cwd / "server.log").read_text(errors="replace").splitlines()
        return " ".join(lines[-1:])[:300]

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


class RealMiniflux:
    """Miniflux of a suite of Debian, with one user of each of its protocols."""

    user, password = "alice", "passpass"
    reader_password, fever_password = "gpass", "fpass"

    def __init__(self, suite: str, postgres: Postgres, place: Path) -> None:
        program = unpacked(suite, "miniflux") / "usr/bin/miniflux"
        database = f"miniflux_{suite}_{free_port()}"
        postgres.sql("postgres", f"CREATE DATABASE {database}")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        address = f"postgres://postgres@127.0.0.1:{postgres.port}/{database}?sslmode=disable"
        self.running = Running(
            [str(program)],
            {
                "DATABASE_URL": address,
                "RUN_MIGRATIONS": "1",
                "CREATE_ADMIN": "1",
                "ADMIN_USERNAME": self.user,
                "ADMIN_PASSWORD": self.password,
                "LISTEN_ADDR": f"127.0.0.1:{port}",
                "DISABLE_SCHEDULER_SERVICE": "1",
                "FETCHER_ALLOW_PRIVATE_NETWORKS": "1",
            },
            f"{self.url}/healthcheck",
            place,
        )
        postgres.sql(database, "CREATE EXTENSION IF NOT EXISTS pgcrypto")
        reader, fever = self.reader_password, self.fever_password
        values = {
            "googlereader_enabled": "true",
            "googlereader_username": "'alice'",
            "googlereader_password": f"crypt('{reader}', gen_salt('bf'))",
            "fever_enabled": "true",
            "fever_username": "'alice'",
            "fever_token": f"md5('alice:{fever}')",
        }
        sets = ", ".join(f"{name} = {value}" for name, value in values.items())
        postgres.sql(database, f"UPDATE integrations SET {sets} WHERE user_id = 1")  # noqa: S608

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """A request of its own API, as another device of the user's makes it."""
        login = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(  # noqa: S310 - the loopback
            f"{self.url}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Basic {login}", "Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            content = answer.read()
        return json.loads(content) if content.strip() else None

    def entries(self) -> dict[str, dict[str, Any]]:
        """Its entries by title."""
        found = self.ask("GET", "/v1/entries?limit=1000")["entries"]
        return {entry["title"]: entry for entry in found}

    def mark(self, title: str, status: str | None = None, *, star: bool | None = None) -> None:
        """What the user does on another device."""
        entry = self.entries()[title]
        if status is not None:
            body = {"entry_ids": [entry["id"]], "status": status}
            self.ask("PUT", "/v1/entries", body)
        if star is not None and entry["starred"] != star:
            self.ask("PUT", f"/v1/entries/{entry['id']}/bookmark")


class RealColdsweat:
    """coldsweat of PyPI, with one user."""

    user, password = "ann@reader.example", "passpassword"

    def __init__(self, opml: str, place: Path) -> None:
        program = _coldsweat()
        env = {
            "FLASK_SECRET_KEY": "of the tests",
            "FLASK_DATABASE_URL": f"sqlite:///{place / 'coldsweat.db'}",
        }
        whole = {**os.environ, **env}
        _run(str(program), "setup", self.user, "-p", self.password, cwd=place, env=whole)
        (place / "feeds.opml").write_text(opml, encoding="utf-8")
        _run(str(program), "import", "feeds.opml", self.user, "-f", cwd=place, env=whole)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/fever"
        argv = [str(program), "run", "-p", str(port)]
        self.running = Running(argv, env, f"{self.url}?api", place)


def _coldsweat() -> Path:
    """The program, in an environment of its own."""
    place = folder() / "coldsweat"
    program = place / "bin" / "coldsweat"
    with _alone():
        if program.exists():
            return program
        _run(sys.executable, "-m", "venv", "--clear", str(place))
        pip = str(place / "bin" / "python")
        _run(pip, "-m", "pip", "install", "-q", "setuptools<81", "coldsweat==0.10.2")
    return program


def or_skip(make: Callable[[], Any]) -> Any:
    """What ``make`` gives; the test is skipped, and says why, where it cannot be had."""
    import pytest

    try:
        return make()
    except MissingError as reason:
        pytest.skip(f"A REAL SERVER CANNOT BE HAD HERE: {reason}")

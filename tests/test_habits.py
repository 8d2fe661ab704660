"""The habits of this suite, held: every test asserts something, and none watches the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
FILES = sorted(TESTS.rglob("*.py"))
ASSERTING = ("check_", "assert_")
CLOCKS = {"perf_counter", "monotonic", "process_time", "thread_time", "sleep"}
YARDSTICK = TESTS / "growth.py"  # the one place that times, and compares with itself
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(file: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def _asserts(test: Function) -> bool:
    """Whether a test asserts, expects an error, or calls a helper named after asserting."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name == "pytest.raises" or name.split(".")[-1].startswith(ASSERTING):
                return True
    return False


def _clocks(source: str) -> list[str]:
    """The calls and imports of clocks in a file: ``time.sleep``, ``from time import monotonic``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            if isinstance(node.value, ast.Name) and node.value.id == "time":
                found.append(f"{node.lineno}: time.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [f"{node.lineno}: {a.name}" for a in node.names if a.name in CLOCKS]
    return found


def test_every_test_asserts_something() -> None:
    without = [
        f"{file.relative_to(TESTS)}::{function.name}"
        for file in FILES
        for function in _functions(file)
        if file.name.startswith("test_")
        and function.name.startswith("test_")
        and not _asserts(function)
    ]
    assert without == []


def test_no_test_sleeps_or_reads_a_stop_watch() -> None:
    watching = {
        file.relative_to(TESTS).as_posix(): _clocks(file.read_text(encoding="utf-8"))
        for file in FILES
        if file != YARDSTICK
    }
    assert {name: clocks for name, clocks in watching.items() if clocks} == {}


@pytest.mark.parametrize(
    ("body", "asserts"),
    [
        ("assert x", True),
        ("with pytest.raises(ValueError): f()", True),
        ("assert_linear(make, work, 5)", True),
        ("helpers.check_store(store)", True),
        ("f()", False),
        ("'assert x'", False),
    ],
)
def test_an_assertion_is_known_where_it_stands(body: str, asserts: bool) -> None:
    (function,) = ast.parse(f"def test_x():\n    {body}\n").body
    assert isinstance(function, ast.FunctionDef)
    assert _asserts(function) is asserts


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("time.sleep(1)", 1),
        ("run(time.sleep, 60)", 1),
        ("from time import perf_counter, tzset", 1),
        ("time.tzset()", 0),
        ("asyncio.sleep(0)", 0),
    ],
)
def test_a_clock_is_known_where_it_stands(source: str, count: int) -> None:
    assert len(_clocks(source)) == count

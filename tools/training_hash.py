#!/usr/bin/env python3
"""Says whether the rebuild of the models was checked for the tree as it stands, and checks it.

    python tools/training_hash.py            exit code 1 where tools/training.lock is stale
    python tools/training_hash.py --verify   where it is not: run the tests of the rebuild (some
                                             minutes; they need the shared corpora), record the hash

The hash is over all that the weights depend on: the trainers with our own labels, the shipped
weights, and the packages that the features are computed by, with their lexicons. The shared corpora
stand outside the repository and never change under the same name, so they are left out.
"""

import argparse
import ast
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tools" / "training.lock"
INPUTS = (
    "tools/train_*.py",
    "tools/digest_labels.py",
    "tools/figure_entity_labels.py",
    "tools/labels/**/*",
    "briefing/digest/**/*",
    "briefing/text/**/*",
)
TESTS = ("-m", "training", "-n", "2", "-q", "tests/test_training.py")


def inputs() -> Iterator[Path]:
    """The files that the weights depend on, in a fixed order."""
    paths = {path for pattern in INPUTS for path in ROOT.glob(pattern)}
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def current_hash() -> str:
    """SHA-256 over the names and contents of the inputs, in hexadecimal; comments do not count."""
    digest = hashlib.sha256()
    for path in inputs():
        content = path.read_bytes()
        if path.suffix == ".py":
            content = _code(content.decode()).encode()
        name = path.relative_to(ROOT).as_posix()
        digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


def _code(source: str) -> str:
    """Python source without docstrings, blank lines and lines of comment."""
    left_out = set[int]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                left_out |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return "\n".join(
        line
        for number, line in enumerate(source.splitlines(), 1)
        if number not in left_out and line.strip() and not line.lstrip().startswith("#")
    )


def is_current() -> bool:
    """Whether the recorded hash is that of the tree."""
    return LOCK.exists() and LOCK.read_text(encoding="utf-8").strip() == current_hash()


def verify() -> int:
    """Run the tests of the rebuild; record the hash if they pass. The exit code of the tests.

    Skipped tests (there are no corpora) are no failure, but nothing is recorded either.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *TESTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr, sep="\n")
    if done.returncode == 0 and " skipped" not in done.stdout:
        LOCK.write_text(current_hash() + "\n", encoding="utf-8")
        print(f"recorded in {LOCK.relative_to(ROOT)}: commit it")
    return done.returncode


def main() -> int:
    """Check, or verify; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--verify", action="store_true", help="run the tests where it is stale")
    options = parser.parse_args()
    if is_current():
        print("the rebuild of the models was checked for this tree")
        return 0
    print("what the models are made of has changed since their rebuild was checked")
    return verify() if options.verify else 1


if __name__ == "__main__":
    raise SystemExit(main())

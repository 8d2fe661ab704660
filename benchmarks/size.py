#!/usr/bin/env python3
"""How large a store is beyond what it cannot do without: bytes an article, and where they are.

The texts and titles of articles, as they are stored, and the pages of the full-text index are
taken from the size of the file; so are pages that are free. What is left is told by table and
index: its pages, what of them is in use, and how many rows of it an article has.
"""

import argparse
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

_TEXT = "SELECT sum(octet_length(text) + octet_length(title)) FROM body"
_TABLES = (
    "SELECT name, sum(pgsize), sum(pgsize - unused), sum(ncell) FROM dbstat"
    " GROUP BY name ORDER BY 2 DESC"
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sizes of one store."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", type=Path)
    path: Path = parser.parse_args(arguments).store
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.create_function("octet_length", 1, lambda text: len(text.encode()))
        (articles,) = connection.execute("SELECT count(*) FROM article").fetchone()
        (text,) = connection.execute(_TEXT).fetchone()
        tables = connection.execute(_TABLES).fetchall()
        size, free = (
            connection.execute(
                f"SELECT page_size * {what} FROM pragma_page_size, pragma_{what}"  # noqa: S608
            ).fetchone()[0]
            for what in ("page_count", "freelist_count")
        )
    index = sum(pages for name, pages, _, _ in tables if name.startswith("search_"))
    left = size - free - text - index
    print(f"{articles:,} articles, {size / 1e6:.1f} MB, of them {free / 1e6:.1f} MB free; bytes")
    print(f"an article: text {text / articles:,.0f}, index {index / articles:,.0f},")
    print(f"beyond both {left / articles:,.0f}; of table and index, used of it, rows:")
    for name, pages, used, cells in tables:
        numbers = f"{pages / articles:8,.0f} {used / articles:8,.0f} {cells / articles:6.2f}"
        print(f"  {numbers}  {name}")


if __name__ == "__main__":
    main()

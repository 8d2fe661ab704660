"""How a query was read, in words."""

import pytest

from briefing.query import explained, parse_query


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("", ["everything"]),
        ("vaccin", ["the word “vaccin…”"]),
        (
            "(vaccin OR is:starred) -title:toll age:<2d sort:new",
            [
                "all of",
                "  one of",
                "    the word “vaccin…”",
                "    is: starred",
                "  not",
                "    the word “toll…” in the title",
                "  less than 2d old",
                "sorted: the newest first",
            ],
        ),
        ('"harbour wall" /fl(oo)?d/i', ["all of", "  the words “harbour wall”",
                                        "  the expression /fl(oo)?d/, in capitals or not"]),
        ("outlets:>=3", ["outlets: at least 3"]),
    ],
)  # fmt: skip
def test_a_query_is_told_as_it_was_read(query: str, lines: list[str]) -> None:
    assert explained(parse_query(query)) == lines

"""Queries against the store: they find what they mean, and no text is an error of SQL."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import ArticleFilter, LimitError
from briefing.query import (
    And,
    Condition,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    QueryError,
    Words,
    parse_query,
)
from briefing.query.fields import FIELDS, HAS, IS
from briefing.store import Store
from tests.store.builders import NOW
from tests.store.queried import queried_store
from tests.store.query_oracle import Known, holds

Queried = tuple[Store, list[Known]]


@pytest.fixture(scope="module")
def queried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Queried]:
    """A store that no test changes, and what is known of its articles."""
    path: Path = tmp_path_factory.mktemp("queried") / "briefing.db"
    store, known = queried_store(path)
    with store:
        yield store, known


def found(store: Store, query: Query | str) -> set[str]:
    return {each.row.id for each in store.find(query, limit=99, now=NOW)}


def meant(known: list[Known], query: str) -> set[str]:
    return {a.id for a in known if holds(parse_query(query).root, a, NOW)}


# ── The same as plain Python says ──

ONE = st.sampled_from(
    "vaccin vaccine vacc toll harbour bridge brucke Brücke café cafe ferry live LIVE FERRY kalder"
    " brun's 12:30 title:bridge c++ c+++ OR NOT https://kalder.example/a 9 $8 straße strasse 港"
    " élan elan naive œuvre fine or-gate zebra".split()
)
FIELD = st.sampled_from(["", "", "title", "text"])
WORDS = st.builds(Words, ONE, FIELD, st.booleans()) | st.builds(
    Words,
    st.sampled_from(["harbour bridge", "ada brun", "the ferry", "the fer", "bridge harbour"]),
    FIELD,
    st.booleans(),
)
PATTERNS = st.builds(
    Pattern,
    st.sampled_from(["^Live", "toll|fair", "v.*s", "[0-9]+", "br(ü|u)cke", "$", "(a+)+$", "港"]),
    st.booleans(),
    FIELD,
)
COMPARED = st.sampled_from(["=", "<", "<=", ">", ">="])
KNOWN_IS = st.sampled_from([v for v in IS if v not in ("updated", "muted", "later")])
KNOWN_HAS = st.sampled_from([v for v in HAS if v != "note"])
CONDITIONS = (
    st.builds(Condition, st.just("is"), KNOWN_IS)
    | st.builds(Condition, st.just("has"), KNOWN_HAS)
    | st.builds(Condition, st.just("caveat"), st.sampled_from("dispute limitation".split()))
    | st.builds(Condition, st.just("outlets"), st.sampled_from("0 1 2 3 99".split()), COMPARED)
    | st.builds(Condition, st.just("minutes"), st.sampled_from("0 1 2 7".split()), COMPARED)
    | st.builds(
        Condition,
        st.just("feed"),
        st.sampled_from(["coast", "COURIER", "kuste", "küste", "echo.example", "https", "%", "_"]),
    )
    | st.builds(Condition, st.just("category"), st.sampled_from("news News/coast new".split()))
    | st.builds(Condition, st.just("author"), st.sampled_from("brun ADA bjorn mund '".split()))
    | st.builds(Condition, st.just("url"), st.sampled_from("example/feed rss/1 HTTPS:// %".split()))
    | st.builds(Condition, st.just("language"), st.sampled_from(["en", "de", "fr", "it"]))
    | st.builds(Condition, st.just("tag"), st.sampled_from(["later", "Hafen", "lat", "häfen"]))
    | st.builds(
        Condition,
        st.sampled_from(["after", "before"]),
        st.sampled_from(["2026-05-04T10:00:00+00:00", "2026-04-30T00:00:00+00:00"]),
    )
    | st.builds(Condition, st.just("age"), st.sampled_from(["1h", "2d", "1w", "90m"]), COMPARED)
)  # fmt: skip
NODES: st.SearchStrategy[Node] = st.recursive(
    WORDS | CONDITIONS | PATTERNS,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=12,
)
ASKED = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ASKED
@given(node=NODES, sort=st.sampled_from(["", "best", "new", "old"]))
def test_sql_finds_what_plain_python_says_that_the_query_asks_for(
    queried: Queried, node: Node, sort: str
) -> None:
    store, known = queried
    expected = {article.id for article in known if holds(node, article, NOW)}
    assert found(store, Query(node, sort)) == expected
    ids = [article.id for article in known]
    assert store.matching(Query(node), ids, NOW) == expected


EACH = [
    *(f"{name}:{sign}{value}" for name, values in (("outlets", "1 2 3"), ("minutes", "0 1 2"))
      for value in values.split() for sign in ("", "<", "<=", ">", ">=")),
    *(f"age:{sign}{span}" for span in ("1h", "60m", "8h", "2d", "1w")
      for sign in ("<", "<=", ">", ">=")),
    *(f"{name}:2026-05-0{day}T06:00:00+00:00" for name in ("after", "before")
      for day in range(1, 6)),
    *(f"is:{value}" for value in IS if value not in ("updated", "muted", "later")),
    *(f"has:{value}" for value in HAS if value != "note"),
    *(f"caveat:{kind}" for kind in ("dispute", "limitation", "sourcing")),
    *("feed:coast feed:küste feed:ECHO.example feed:zzz category:news category:News/coast".split()),
    *("category:sport author:bjorn author:brun url:rss/1 url:KÜSTE".split()),
    *("language:en language:de".split()),
    *("#later tag:hafen tag:haf title:/^Live/i text:/Br[uü]cke/ /[0-9]/ /zebra/".split()),
    *("ferry toll title:toll text:toll vaccin brucke cafe of 港 LIVE c++".split()),
    '"the ferry"',
]  # fmt: skip


@pytest.mark.parametrize("form", ["{0}", "-({0})", "ferry {0}", "the -({0})", "toll OR -({0})"])
def test_each_part_of_the_language_is_found_as_plain_python_says(
    queried: Queried, form: str
) -> None:
    store, known = queried
    for part in EACH:
        query = form.format(part)
        assert found(store, query) == meant(known, query), query


def test_words_with_and_without_others_are_found_as_plain_python_says(queried: Queried) -> None:
    store, known = queried
    words = "ferry toll title:bridge vaccin brun text:the".split()
    for one in words:
        for other in words:
            for form in ("{0} -{1}", "{0} OR -{1}", "-{0} -{1}", "({0} OR is:read) -{1}"):
                query = form.format(one, other)
                assert found(store, query) == meant(known, query), query


@pytest.mark.parametrize("value", IS)
def test_each_state_is_asked_for_without_an_error(queried: Queried, value: str) -> None:
    store, known = queried
    every = {article.id for article in known}
    assert found(store, f"is:{value}") | found(store, f"-is:{value}") == every


@pytest.mark.parametrize(
    "query",
    [
        "(vaccin OR is:starred) -title:toll",
        "vaccin -toll",
        "-vaccin",
        "-(vaccin is:unread)",
        "-author:brun",  # what has no author is not by her
        'vaccin OR "harbour bridge" OR /strike/i',
        "toll (has:disagreement OR outlets:>=3)",
        "category:news -category:news/coast",
        "has:figure feed:echo",
    ],
)
def test_a_query_across_words_and_conditions_finds_some_and_leaves_some(
    queried: Queried, query: str
) -> None:
    store, known = queried
    assert found(store, query) == meant(known, query)
    assert 0 < len(meant(known, query)) < len(known)


# ── Any text ──

SYNTAX = [
    *"\"*-()^+:'\\{}_;,.é١😀 \x00\ud800/|#!~<>=%&$?@[]`",
    *(
        "port",
        "AND ",
        "OR ",
        "NOT ",
        "NEAR(",
        "title:",
        "is:unread",
        "--",
        "/a.*b/i",
        "age:<",
        "2d",
    ),
    *(f"{field.name}:" for field in FIELDS.values()),
    *(field.example for field in FIELDS.values()),
]
TEXTS = st.text(max_size=80) | st.lists(st.sampled_from(SYNTAX), max_size=40).map("".join)


@settings(ASKED, max_examples=600)
@given(text=TEXTS, best=st.booleans())
def test_any_text_is_found_or_is_an_error_that_points_into_it(
    queried: Queried, text: str, best: bool
) -> None:
    store, _ = queried
    try:
        rows, fault = store.search(text, order="best" if best else "newest"), None
    except QueryError as error:
        rows, fault = [], error
    assert len(rows) <= 50
    assert fault is None or (0 <= fault.start < fault.end and fault.start <= len(text))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "port " * 2000,
        "\"*-()^+:'\\{}_;,./|#!~<>=%&$?@[]`" * 300,
        "(" * 10_000,
        "-" * 10_000 + "a",
        "/" + "(a+)+" * 2000 + "/",
        "(a OR " * 5000,
    ],
)
def test_ten_thousand_characters_are_an_error_in_words(queried: Queried, text: str) -> None:
    with pytest.raises(QueryError):
        assert {row.id for row in queried[0].search(text)} == meant(queried[1], text)


@pytest.mark.parametrize(
    "text",
    [
        "after:9999-12-31 before:0001-01-01",
        "after:0001-01-01T00:00:00",
        "before:9999-12-31T23:59:59",
        "age:<999999999d after:3000000d",
        "outlets:<" + "9" * 3000,
        "minutes:>٣",
        " OR ".join(f"(is:unread w{n})" for n in range(20)),
        "-(" * 11 + "port" + ")" * 11,
    ],
)
def test_the_farthest_values_are_compared_like_any(queried: Queried, text: str) -> None:
    assert isinstance(queried[0].search(text), list)


# ── Expressions ──


@pytest.mark.parametrize("source", ["(a+)+$", "(.*)*(.*)*x", "(a?){200}a{200}", ".*.*.*.*=.*"])
def test_an_expression_that_would_explode_takes_the_time_of_any(store: Store, source: str) -> None:
    from tests.store.builders import article, filled

    (name,) = filled(store, 1)
    store.save_article(name, article(name, text="a" * 20_000 + "!"))
    # With backtracking this would not end in a lifetime.
    assert {row.id for row in store.search(f"/{source}/")} <= {name}


@pytest.mark.parametrize(
    "source", ["(?=a)b", r"(a)\1", "(?:(?:a{1000}){1000}){1000}", "\ud800", "["]
)
def test_an_expression_that_cannot_be_run_is_pointed_at(queried: Queried, source: str) -> None:
    with pytest.raises(QueryError, match="regular expression is wrong"):
        queried[0].search(f"/{source}/")


def test_texts_are_looked_into_for_a_time_only_and_the_error_says_how_to_narrow(
    queried: Queried,
) -> None:
    store, known = queried
    with pytest.raises(LimitError, match="Narrow it"):
        store.find("/zebra/", now=NOW, budget=0.0)
    assert len(store.find("is:unread", now=NOW, budget=0.0)) > 0  # nothing slow is asked
    assert found(store, "/toll/") == meant(known, "/toll/")  # the next has time of its own


def test_texts_are_looked_into_only_of_what_all_else_lets_through(queried: Queried) -> None:
    store, known = queried
    looked: list[str] = []
    store.find("is:unread", now=NOW)
    store._connection.create_function("pattern_in", 3, lambda *asked: looked.append(asked[2]))
    try:
        store.find("/e/ ferry -title:LIVE text:again", now=NOW)
        store.find("(/e/ is:closed) category:sport", now=NOW)
    finally:
        store._known_finder = None  # the next query gives the connection its own functions again
    allowed = meant(known, "ferry -title:LIVE text:again") | meant(
        known, "is:closed category:sport"
    )
    texts = {part for a in known if a.id in allowed for part in (a.title, a.text)}
    assert looked
    assert set(looked) <= texts


@pytest.mark.parametrize("damage", [b"\x07?", b"", "{", "[]"])
def test_a_digest_or_brief_that_cannot_be_read_ends_no_search(
    tmp_path: Path, damage: bytes | str
) -> None:
    store, known = queried_store(tmp_path / "briefing.db")
    with store:
        before = meant(known, "has:figure OR has:disagreement")
        assert found(store, "has:figure OR has:disagreement") == before
        store._run("UPDATE finding SET findings = ? WHERE article_id = 3", (damage,))
        store._run("UPDATE story_detail SET brief = ?", (damage,))
        left = found(store, "has:figure OR has:disagreement")
        assert left < before
        assert found(store, "-has:figure -has:disagreement") == {a.id for a in known} - left


# ── Order, marks ──


def test_the_best_is_what_has_the_words_in_its_title_and_is_recent(queried: Queried) -> None:
    store, _ = queried
    ferry = [f.row.title for f in store.find("ferry sort:best", now=NOW, limit=99)]
    assert ferry[0] in ("LIVE: ferry strike", "Ferry sails again")
    assert ferry.index("Ferry sails again") < ferry.index("Café opens")
    newer, older = (n for n, title in enumerate(ferry) if title == "Ferry sails again")
    rows = store.find("ferry sort:best", now=NOW, limit=99)
    assert rows[newer].row.published > rows[older].row.published


def test_new_and_old_are_each_others_reverse(queried: Queried) -> None:
    store, _ = queried
    for query in ("the", "is:unread", ""):
        new, old = (store.find(f"{query} sort:{o}", now=NOW, limit=99) for o in ("new", "old"))
        assert [f.row for f in new] == [f.row for f in reversed(old)]
        assert [f.row.published for f in new] == sorted(
            (f.row.published for f in new), reverse=True
        )


@pytest.mark.parametrize(
    ("query", "in_title", "in_snippet"),
    [
        ("vaccin -toll", ["Vaccine"], ["vaccine"]),
        ('"harbour bridge"', [], ["harbour bridge"]),
        ("title:bridge", ["Bridge"], []),
        ("/t[aeiou]ll on/", [], ["toll on"]),
        ("toll /doubled?/", ["toll", "doubled"], ["toll"]),
        ("is:unread", [], []),
    ],
)
def test_the_words_that_were_found_are_marked(
    queried: Queried, query: str, in_title: list[str], in_snippet: list[str]
) -> None:
    store, _ = queried
    each = store.find(query, now=NOW)[0]
    assert [span.of(each.row.title) for span in each.in_title] == in_title
    assert [span.of(each.row.snippet) for span in each.in_snippet][:1] == in_snippet
    assert "\n" not in each.row.snippet


def test_a_filter_narrows_a_query(queried: Queried) -> None:
    store, known = queried
    since = NOW - timedelta(hours=50)
    rows = store.find("toll OR is:starred", ArticleFilter(since=since), now=NOW)
    meant_now = {a.id for a in known if a.published >= since} & meant(known, "toll OR is:starred")
    assert {f.row.id for f in rows} == meant_now

"""The query language: what is asked for is what is read; what is wrong is pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.query import (
    EVERYTHING,
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
    wanted_words,
)
from briefing.query.fields import ALIASES, FIELDS
from briefing.query.parse import MOST_CHARACTERS, MOST_TERMS


def root(text: str) -> Node:
    return parse_query(text).root


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("vaccin", Words("vaccin")),
        ("of", Words("of", prefix=False)),
        ("of*", Words("of")),
        ('"harbour bridge"', Words("harbour bridge", prefix=False)),
        ('"harbour bri"*', Words("harbour bri")),
        ("ferry toll", And((Words("ferry"), Words("toll")))),
        ("ferry AND toll", And((Words("ferry"), Words("toll")))),
        ("ferry -toll", And((Words("ferry"), Not(Words("toll"))))),
        ("ferry !toll", And((Words("ferry"), Not(Words("toll"))))),
        ("ferry NOT toll", And((Words("ferry"), Not(Words("toll"))))),
        ("--toll", Words("toll")),
        ("ferry OR toll", Or((Words("ferry"), Words("toll")))),
        ("ferry | toll", Or((Words("ferry"), Words("toll")))),
        (
            "ferry OR toll quay",
            Or((Words("ferry"), And((Words("toll"), Words("quay"))))),
        ),
        (
            "(ferry OR toll) quay",
            And((Or((Words("ferry"), Words("toll"))), Words("quay"))),
        ),
        ("title:bridge", Words("bridge", "title")),
        ('text:"harbour wall"', Words("harbour wall", "text", prefix=False)),
        ("outlets:>=3", Condition("outlets", "3", ">=")),
        ("age:2d", Condition("age", "2d", "<")),
        ("age:>1w", Condition("age", "1w", ">")),
        ("IS:Unread", Condition("is", "unread")),
        ("#later", Condition("tag", "later")),
        ("tag:Later", Condition("tag", "Later")),
        ('feed:"The Coast"', Condition("feed", "The Coast")),
        ("/fl(oo)?d/i", Pattern("fl(oo)?d", ignore_case=True)),
        (r"/a\/b/", Pattern("a/b")),
        ("title:/^Live/", Pattern("^Live", field="title")),
    ],
)
def test_a_query_is_read_as_it_is_meant(text: str, node: Node) -> None:
    assert root(text) == node


@pytest.mark.parametrize("text", ["12:30", "https://kalder.example/a?b=c", "Re:", "C++", "and/or"])
def test_a_colon_in_a_word_or_an_address_is_text(text: str) -> None:
    assert root(text) == Words(text)


def test_names_of_other_readers_are_known() -> None:
    for alias, name in ALIASES.items():
        example = FIELDS[name].example.partition(":")[2]
        assert parse_query(f"{alias}:{example}") == parse_query(f"{name}:{example}")
    assert root("date:2026-05-01/2026-05-04") == And(
        (Condition("after", "2026-05-01"), Condition("before", "2026-05-05"))
    )
    assert root("date:2026-05-01") == root("date:2026-05-01/2026-05-01")
    assert root("is:marked") == root("marked:yes") == Condition("is", "starred")


def test_the_example_of_each_field_is_a_query() -> None:
    for field in FIELDS.values():
        example = field.example if ":" in field.example else f"{field.name}:{field.example}"
        assert parse_query(example) != parse_query("")


@pytest.mark.parametrize(
    ("text", "pointed", "words"),
    [
        ("ferry titel:x", "      ^^^^^^", "Did you mean title:?"),
        ("is:unrad", "   ^^^^^", "Did you mean is:unread?"),
        ("is:", "^^^", "needs a value"),
        ("(ferry", "^", "not closed"),
        ("ferry)", "     ^", "closes nothing"),
        ("ferry OR", "        ^", "missing"),
        ("OR ferry", "^", "missing"),
        ('ferry ""', "      ^^", "no words"),
        ("/((/", " ^", "regular expression is wrong"),
        ("/a/x", "   ^", "only i"),
        ("feed:>coast", "     ^^^^^^", "cannot be compared"),
        ("outlets:many", "        ^^^^", "takes a number"),
        ("after:soon", "      ^^^^", "takes what --since takes"),
        ("language:german", "         ^^^^^^", "takes a code"),
    ],
)
def test_a_wrong_query_is_pointed_at(text: str, pointed: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert words in str(caught.value)
    assert caught.value.pointed().splitlines() == [text, pointed]


def test_a_query_out_of_bounds_is_an_error_not_a_crash() -> None:
    for text in (
        "a" * (MOST_CHARACTERS + 1),
        "ferry " * (MOST_TERMS + 1),
        "(" * 1000 + "a" + ")" * 1000,
        "-" * 3000 + "a",
    ):
        with pytest.raises(QueryError) as caught:
            parse_query(text)
        assert len(caught.value.pointed().splitlines()[0]) <= 76


def test_the_caret_stands_under_the_fault_of_a_long_query() -> None:
    text = "ferry " * 30 + "titel:x"
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    line, carets = caught.value.pointed().splitlines()
    assert line[carets.index("^") :].startswith("titel:")


def test_the_words_to_show_are_those_that_are_wanted() -> None:
    found = wanted_words(root('ferry -toll (quay OR title:"harbour wall") is:unread'))
    assert [words.text for words in found] == ["ferry", "quay", "harbour wall"]


# ── Properties ──

TEXTS = st.text(alphabet='ab3 "()|-!~#:/*\\<>=ORNÄ漢\u0301\t', max_size=40) | st.text(max_size=60)
WORD = st.text(alphabet="abcdäé漢39'", min_size=1, max_size=6).filter(
    lambda w: any(c.isalnum() for c in w)
)
LEAVES = (
    st.builds(Words, WORD.filter(lambda w: len(w) >= 3), st.sampled_from(["", "title", "text"]))
    | st.builds(
        lambda words: Words(" ".join(words), prefix=False), st.lists(WORD, min_size=1, max_size=3)
    )
    | st.builds(Pattern, WORD, st.booleans())
    | st.builds(Condition, st.sampled_from(["feed", "tag", "author"]), WORD)
    | st.builds(Condition, st.just("outlets"), st.just("3"), st.sampled_from(["=", "<", ">="]))
)
NODES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda kind, parts: kind(tuple(parts)),
            st.sampled_from([And, Or]),
            st.lists(inner, min_size=2, max_size=3),
        )
        | inner.filter(lambda node: not isinstance(node, Not)).map(Not)
    ),
    max_leaves=8,
)


@given(NODES, st.sampled_from(["", "new", "best"]))
def test_what_is_written_out_is_read_as_the_same(node: Node, sort: str) -> None:
    query = Query(node, sort)
    assert parse_query(str(query)) == query


@given(TEXTS)
def test_any_text_is_a_query_or_an_error_that_points_into_it(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError as error:
        fault = error
    else:
        assert parse_query(str(query)) == query
        return
    assert 0 <= fault.start < fault.end
    assert fault.start <= len(text)
    assert "^" in fault.pointed()

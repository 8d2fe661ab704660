"""feedparser_fields promises: what the document says, whatever it put there, and nothing else."""

import ast
import inspect
from types import ModuleType

import pytest
from feedparser.util import FeedParserDict

from briefing.ingest import enclosures, entry_fields, feeds
from briefing.ingest.feedparser_fields import objects_of, text_in, value_of


def test_a_field_is_the_documents_own_and_not_one_that_stands_in_for_it() -> None:
    item = FeedParserDict(published="Tue, 05 May 2026", links=[])
    with pytest.warns(DeprecationWarning, match="updated"):  # feedparser's own reading
        assert item.get("updated") == "Tue, 05 May 2026"
    assert value_of(item, "updated") is None
    assert value_of(item, "published") == "Tue, 05 May 2026"


@pytest.mark.parametrize("value", [None, 3, "a", {"href": "a"}, [], [None, "a", ["b"]]])
def test_what_is_no_list_of_objects_has_none(value: object) -> None:
    assert objects_of({"links": value}, "links") == []


def test_objects_come_in_order_without_what_stands_between_them() -> None:
    links = [{"href": "a"}, "x", None, {"href": "b"}]
    assert objects_of({"links": links}, "links") == [{"href": "a"}, {"href": "b"}]


def test_what_is_no_text_is_empty() -> None:
    assert [text_in(value) for value in ("a", None, 3, ["a"])] == ["a", "", "", ""]


@pytest.mark.parametrize("module", [feeds, entry_fields, enclosures])
def test_nothing_else_reads_around_feedparsers_mapping(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert "dict.get" not in called

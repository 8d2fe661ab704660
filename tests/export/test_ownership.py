"""A file that an export wrote is known again, and one that was changed since is not ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.export import EXPORTERS, ExportOptions, StoryExporter
from briefing.export.identity import story_tag
from briefing.export.ownership import is_as_written, owner, signed, unsigned_mark
from tests.export.samples import TEXT, story

OPTIONS = ExportOptions(name="edition", texts={"a1": TEXT, "a2": TEXT})


def story_exporters() -> list[StoryExporter]:
    exporters = EXPORTERS.values()
    return [e for e in exporters if isinstance(e, StoryExporter) and e.is_marked]


@pytest.mark.parametrize("exporter", story_exporters(), ids=lambda each: each.name)
def test_the_file_of_a_story_names_it_and_is_as_it_was_written(exporter: StoryExporter) -> None:
    content = exporter.render_story(story(), OPTIONS)
    assert owner(content) == story_tag("s1")
    assert is_as_written(content)
    assert exporter.render_story(story(), OPTIONS) == content


@pytest.mark.parametrize("exporter", story_exporters(), ids=lambda each: each.name)
def test_a_file_that_was_changed_anywhere_is_not_as_it_was_written(exporter: StoryExporter) -> None:
    content = exporter.render_story(story(), OPTIONS)
    for changed in (content + b"\n", content.replace(b"lorries", b"Lorries"), b" " + content):
        assert owner(changed) == story_tag("s1")
        assert not is_as_written(changed)


@given(st.binary())
def test_what_has_no_mark_is_nobody_s(content: bytes) -> None:
    assert owner(content) is None
    assert not is_as_written(content)
    with pytest.raises(ValueError, match="no mark"):
        signed(content)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_whatever_stands_around_its_mark_a_signed_file_is_known(head: bytes, tail: bytes) -> None:
    content = signed(head + b"\n" + unsigned_mark("17").encode() + b"\n" + tail)
    assert owner(content) == story_tag("17")
    assert is_as_written(content)


def test_a_headline_that_looks_like_a_mark_does_not_take_its_place() -> None:
    other = f"{story_tag('9')} sha256:{'a' * 64}"
    for exporter in story_exporters():
        content = exporter.render_story(story(1, other), OPTIONS)
        assert owner(content) == story_tag("s1")
        assert is_as_written(content)

"""Stories without the outlets that the reader hid in them."""

from dataclasses import replace

from briefing.model import StoreError, Story
from briefing.store import ReadingStore


def without_hidden(store: ReadingStore, story: Story) -> Story:
    """The story told from the articles of the outlets that are not hidden in it; as it is where
    none is, or none would be left. It keeps its place in the edition.
    """
    hidden = store.hidden_outlets(story.id)
    if not hidden:
        return story
    from briefing.store import Store
    from briefing.stories import make_brief

    try:
        with Store.open(store.path, read_only=True) as reader:
            members = [a for a in reader.story_articles(story.id) if a.source not in hidden]
    except StoreError:  # a digest that cannot be read is set aside by the next refresh
        return story
    if not members:
        return story
    lead = story.brief.lead if any(a.id == story.brief.lead for a in members) else None
    brief = make_brief(members, lead=lead)
    row = replace(
        story.row,
        headline=brief.headline,
        outlets=brief.outlets,
        articles=len(brief.articles),
        summary_only=brief.summary_only,
        opinion=brief.opinion,
    )
    return replace(story, row=row, brief=brief)

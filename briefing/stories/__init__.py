"""From articles to stories: linking, briefs, disagreements, ranking, news and earlier chapters.

Pure: values in, values out. The only files read are the packaged weights and frequencies.
"""

from briefing.stories.brief import make_brief
from briefing.stories.changes import Snapshot, deserves_unread, snapshot, story_changes
from briefing.stories.chapters import StoryTerms, chapter_terms, earlier_chapters
from briefing.stories.cluster import Clusterer, LinkItem, cluster
from briefing.stories.coverage import StoryArticle, find_copies
from briefing.stories.data import ClusterSettings
from briefing.stories.identity import Changes
from briefing.stories.rank import rank, story_score

__all__ = [
    "Changes",
    "ClusterSettings",
    "Clusterer",
    "LinkItem",
    "Snapshot",
    "StoryArticle",
    "StoryTerms",
    "chapter_terms",
    "cluster",
    "deserves_unread",
    "earlier_chapters",
    "find_copies",
    "make_brief",
    "rank",
    "snapshot",
    "story_changes",
    "story_score",
]

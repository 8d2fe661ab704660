"""From articles to stories: linking, briefs, disagreements, ranking, news and earlier chapters.

Pure: values in, values out. The only files read are the packaged weights and frequencies. Names are
imported when they are first used: what changed in a story is told without what makes stories.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names

if TYPE_CHECKING:
    from briefing.stories.brief import make_brief
    from briefing.stories.changes import Snapshot, deserves_unread, snapshot, story_changes
    from briefing.stories.cluster import Clusterer, cluster
    from briefing.stories.cluster_identity import ClusterChanges
    from briefing.stories.earlier_stories import StoryTerms, earlier_stories, story_terms
    from briefing.stories.parameters import Parameters, load_parameters
    from briefing.stories.rank import rank, rank_again, story_score
    from briefing.stories.source_independence import find_copies

__all__ = [
    "ClusterChanges",
    "Clusterer",
    "Parameters",
    "Snapshot",
    "StoryTerms",
    "cluster",
    "deserves_unread",
    "earlier_stories",
    "find_copies",
    "load_parameters",
    "make_brief",
    "rank",
    "rank_again",
    "snapshot",
    "story_changes",
    "story_score",
    "story_terms",
]

_HOMES = {
    "brief": ("make_brief",),
    "changes": ("Snapshot", "deserves_unread", "snapshot", "story_changes"),
    "cluster": ("Clusterer", "cluster"),
    "cluster_identity": ("ClusterChanges",),
    "earlier_stories": ("StoryTerms", "earlier_stories", "story_terms"),
    "parameters": ("Parameters", "load_parameters"),
    "rank": ("rank", "rank_again", "story_score"),
    "source_independence": ("find_copies",),
}
__getattr__ = lazy_names(__name__, _HOMES)

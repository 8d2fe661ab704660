"""The people and organisations of an article, each once, by its fullest name."""

from briefing.digest.entities.clustering import MentionCluster, cluster_mentions
from briefing.digest.entities.mentions import find_mentions
from briefing.digest.entities.name_lists import name_lists
from briefing.digest.entities.nominal_mentions import join_offices
from briefing.digest.entities.reporting import only_reports
from briefing.digest.entities.salience import (
    DocumentContext,
    load_salience,
    salience_features,
)
from briefing.digest.entities.types_by_document import has_article, type_by_use, without_places
from briefing.digest.sentences.document import Document
from briefing.model import Entity, EntityKind

MAX_KEY = 6
_SLIGHT = -100.0  # a score below all others


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The named people and organisations of ``document``, the most important first.

    ``kind`` is None where it is not sure; places are left out; ``key`` marks at most ``MAX_KEY``,
    and no outlet that is named only for what it reports.
    """
    clusters = cluster_document(document)
    context = DocumentContext.of(clusters, len(document.sentences), document.title)
    model, lists = load_salience(), name_lists()
    scored = [
        (
            _SLIGHT
            if c.is_slight or only_reports(c, lists)
            else model.log_odds(tuple(salience_features(c, context).values())),
            c,
        )
        for c in clusters
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].mentions[0].start))
    threshold = model.constants["threshold"]
    return tuple(
        entity_of(document, cluster, key=at < MAX_KEY and score >= threshold)
        for at, (score, cluster) in enumerate(scored)
    )


def cluster_document(document: Document) -> list[MentionCluster]:
    """The names of the article, each with its kind, places left out."""
    lists = name_lists()
    names = find_mentions(document)
    clusters = cluster_mentions(names.mentions, lists)
    singles = {m.words[0] for m in names.mentions if len(m.words) == 1}
    for cluster in clusters:
        if cluster.kind == "person" and not cluster.says and has_article(cluster):
            cluster.kind = ""
        cluster.kind = cluster.kind or type_by_use(cluster, singles, names.words, lists)
    clusters = without_places(clusters, lists)
    join_offices(clusters, names.prose, lists)
    return clusters


def entity_of(document: Document, cluster: MentionCluster, *, key: bool) -> Entity:
    """The entity of ``cluster``, its spans in the text of ``document``."""
    mentions = cluster.mentions
    spans = [mentions[0].span] if len(mentions) == 1 else sorted({m.span for m in mentions})
    longest = next((m for m in mentions if m.words == cluster.words), mentions[0])
    name = longest.span.of(document.text)
    kind: EntityKind | None = None
    if cluster.kind == "person":
        kind = "person"
    elif cluster.kind == "organisation":
        kind = "organisation"
    role_span = cluster.role.span if cluster.role else None
    role = role_span.of(document.text) if role_span else None
    return Entity(" ".join(name.split()), kind, tuple(spans), role, role_span, key)

"""The features of names stand in the order in which their weights are read."""

from briefing.digest.entities.entities import cluster_document
from briefing.digest.entities.salience import (
    FEATURE_NAMES,
    DocumentContext,
    load_salience,
    salience_features,
)
from briefing.digest.sentences.document import read_document
from tests.digest.documents import BRIDGE


def test_every_feature_of_a_name_stands_where_its_weight_does() -> None:
    document = read_document(BRIDGE)
    clusters = cluster_document(document)
    context = DocumentContext.of(clusters, len(document.sentences), document.title)
    assert clusters
    for cluster in clusters:
        assert tuple(salience_features(cluster, context)) == FEATURE_NAMES
    assert load_salience().features == FEATURE_NAMES

"""An article about an invented place, and what is expected of every digest of it."""

import re

from briefing.digest import digest_article
from briefing.model import Article, Digest

SENTENCES = (
    "The harbour bridge at Marenza was closed on Monday after inspectors found twelve cracks.",
    "Some 4,000 lorries a day will have to drive around the bay, the port authority said.",
    "The repair may take nine weeks, according to engineers who have not seen the report.",
    "The bridge was opened in 1974 and is painted green every five years.",
    "Ada Bruno, who runs a garage beside it, said that she had heard loud noises since spring.",
    "The town council disputes that it had been warned of the cracks.",
    "Ferries will carry cyclists and pedestrians from Wednesday on, free of charge.",
    "The closure does not apply to ambulances if the wind stays below forty knots.",
    "A similar closure in 1998 lasted twice as long as had been announced.",
    "The authority's figures could not be independently verified.",
)
ARTICLE = Article("bridge", "\n\n".join(SENTENCES), "Marenza bridge closed", language="en")
OURS = digest_article(ARTICLE)


def assert_faithful(digest: Digest, most: int = 4) -> None:
    """Every bullet stands in the article, is no longer than its evidence, and keeps its words."""
    text = digest.article.text
    assert digest.article == ARTICLE
    assert len(digest.bullets) <= most
    taken = [bullet.evidence[0] for bullet in digest.bullets]
    assert len(set(taken)) == len(taken)
    for bullet in digest.bullets:
        assert all(span in digest.sentences for span in bullet.evidence)
        given = re.findall(r"\w+", " ".join(span.of(text) for span in bullet.evidence).lower())
        rest = iter(given)
        assert all(word in rest for word in re.findall(r"\w+", bullet.text.lower()))


def lines_of(digest: Digest) -> list[int]:
    """The numbers of the sentences that the bullets are made of, from 1."""
    return [digest.sentences.index(bullet.evidence[0]) + 1 for bullet in digest.bullets]

"""A story's bullets keep the names put in for pronouns, each with evidence in the same article."""

from dataclasses import replace

from briefing.digest import digest_article
from briefing.model import Article, Bullet, Insertion, StoryArticle
from briefing.model.codec import brief_from_json, brief_to_json
from briefing.stories import make_brief, snapshot, story_changes
from briefing.wording import change_line
from tests.stories.builders import CLOSED, CRACKS, DENIED, DETOUR, at, spans_of, story_article

SAID = (
    "She said that the northern pier may have to be rebuilt before the winter, if money is found."
)
BRUN = "Ada Brun, the port director, spoke to the council for an hour."


def _speaking(key: str = "b", hours: float = 1.0) -> StoryArticle:
    lines = [BRUN, SAID]
    article = story_article(key, "Radio Holm", "Council hears port director", lines, hours=hours)
    spans = spans_of(lines)
    bullet = Bullet(SAID, None, (spans[1],), (Insertion(0, "She", "Ada Brun", (spans[0],)),))
    return StoryArticle(
        replace(article.digest, bullets=(bullet,)), article.source, article.published
    )


def _lead() -> StoryArticle:
    return story_article("a", "Coast Courier", "Bridge closed", [CLOSED, CRACKS, DETOUR, DENIED])


def test_a_bullet_of_an_article_that_does_not_lead_keeps_its_name_and_where_it_is_from() -> None:
    brief = make_brief([_lead(), _speaking()], lead="a")
    (bullet,) = [b for b in brief.bullets if b.article_id == "b"]
    assert bullet.bullet.named.startswith("[Ada Brun] said that")
    (insertion,) = bullet.bullet.insertions
    text = _speaking().article.text
    assert "Ada Brun" in insertion.evidence[0].of(text)
    assert brief_from_json(brief_to_json(brief)) == brief


def test_the_names_of_a_digest_come_into_the_brief() -> None:
    text = "\n".join([CLOSED, BRUN, SAID, "She denied that anybody had been warned in autumn."])
    digest = digest_article(Article("x", text, "Bridge", None, "Radio Holm"))
    own = {b.text: b.insertions for b in digest.bullets}
    assert any(own.values())
    brief = make_brief([_lead(), StoryArticle(digest, "Radio Holm", at(1))], lead="a")
    shown = [b.bullet for b in brief.bullets if b.article_id == "x"]
    assert any(b.insertions for b in shown)
    assert all(b.insertions == own[b.text] for b in shown)


def test_what_is_new_is_told_with_the_name() -> None:
    before = snapshot(make_brief([_lead()]))
    lines = [*map(change_line, story_changes(before, make_brief([_lead(), _speaking()])))]
    assert any(line.startswith("[Ada Brun] said") for line in lines)
    assert not any(line.startswith("She said") for line in lines)


def test_a_headline_made_of_a_bullet_has_the_name() -> None:
    alone = _speaking()
    untitled = replace(alone.digest.article, title=None)
    digest = replace(alone.digest, article=untitled)
    brief = make_brief([StoryArticle(digest, alone.source, alone.published)])
    assert brief.headline.startswith("[Ada Brun] said")


def test_a_bullet_whose_pronoun_is_resolved_depends_on_nothing() -> None:
    speaking = _speaking()
    (bullet,) = speaking.digest.bullets
    texts = {}
    for context in ("resolved", "previous"):
        digest = replace(speaking.digest, bullets=(replace(bullet, context=context),))
        article = StoryArticle(digest, speaking.source, speaking.published)
        brief = make_brief([_lead(), article], lead="a")
        texts[context] = [b.bullet.text for b in brief.bullets]
    assert SAID in texts["resolved"]
    assert SAID not in texts["previous"]

"""Which lines of a page are its article: what extractors answer, weighed against the page itself.

An extractor drops lists and quotations between paragraphs and whole parts of an article, and takes
in newsletter boxes, links to other articles and notes of the publisher. So the lines that it chose
are where one begins: what stands between them and in elements like theirs is added, what the page
names or places as something beside the article is taken out.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from briefing.ingest.page_lines import PageLine
from briefing.ingest.phrases import phrases
from briefing.text.clean import folded
from briefing.text.links import is_see_also_label, labelled_title

_BESIDE_TAGS = frozenset({"nav", "footer", "aside", "figure", "figcaption", "menu", "dialog"})
_BESIDE_NAMES = frozenset(
    "related recommended recommendations recirc recirculation newsletter newsletters signup"
    " subscribe promo promos promotion share sharing sharebar sharetools sponsor sponsored sponsors"
    " advert advertisement advertising ad ads adslot taboola outbrain trending popular comments"
    " disqus byline bio breadcrumb breadcrumbs nav navigation menu footer sidebar caption captions"
    " credit credits copyright cookie cookies consent gdpr toolbar tools login register teaser"
    " teasers latest tags topics readmore dateline timestamp pagination pager".split()
)
_COMMENTS = frozenset({"comment", "comments", "disqus", "cookie", "cookies", "consent", "gdpr"})
_CANDIDATES = 20
_LISTS = frozenset({"ul", "ol", "blockquote"})
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_NAMES = 300
_LARGEST_BESIDE = 0.2
"""Share of the article that may stand in an element that is named as beside it."""
_MAIN_SHARE = 0.8
"""Share of the article that the element around it has at least."""
_LIKE_MAIN = 0.2
"""Share of the article in elements of one kind, by tag and class, that others of it follow."""
_LONGEST_GAP = 60
"""Lines between two of the article that may be left-out parts of it."""
_LEAST_SENTENCE = 40
"""Characters of a paragraph that is added."""
_LEAST_APART = 60
"""Characters of a paragraph that is kept though it stands apart from the others."""
_LINKED = 0.4
"""Share of links from which a line is no part of the text to be added."""
_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟][\"'”’»›)\]]*$")
_ADDRESS = re.compile(r"\S@\S+\.\w")
_LONGEST_CALL = 300
_LONGEST_SIGNATURE = 150
_FIRST_LINES, _LAST_LINES = 3, 8
"""Lines at the beginning and at the end of an article among which publishers put notes."""


class ArticleLines:
    """The lines of a page that are taken for its article, to be added to and taken from."""

    def __init__(self, lines: Sequence[PageLine], kept: Sequence[bool]) -> None:
        self.lines = lines
        self.kept = list(kept)
        self._weigh()

    def _weigh(self) -> None:
        """How many characters of the article each element holds."""
        self.total = 0
        self._weights: dict[Any, int] = {}
        self._beside: dict[Any, bool] = {}
        around: dict[Any, int] = {}
        for place in self.places():
            line = self.lines[place]
            self.total += len(line.text)
            outer = line.block.getparent()
            self._weights[line.block] = self._weights.get(line.block, 0) + len(line.text)
            around[outer] = around.get(outer, 0) + len(line.text)
        for outer, weight in around.items():
            for element in _upwards(outer):
                self._weights[element] = self._weights.get(element, 0) + weight

    def places(self) -> list[int]:
        """The numbers of the lines that are kept."""
        return [place for place, kept in enumerate(self.kept) if kept]

    def add_left_out(self) -> None:
        """Add what an extractor left out between the lines and in elements like theirs."""
        places = self.places()
        if not places:
            return
        like_main = self._like_main()
        for place, after in pairwise(places):
            if 1 < after - place <= _LONGEST_GAP:
                around = _common(self.lines[place].block, self.lines[after].block)
                for between in range(place + 1, after):
                    line = self.lines[between]
                    if _is_within(line.block, around) and self._may_be_text(line, headings=True):
                        self.kept[between] = True
        for place in (*range(places[0]), *range(places[-1] + 1, len(self.lines))):
            line = self.lines[place]
            # What stands as a list before an article sums it up; behind, it may be its end.
            if line.kind == "item" and place < places[0]:
                continue
            if _signature(line.block) in like_main and self._may_go_on(line):
                self.kept[place] = True
        self._weigh()

    def _like_main(self) -> set[tuple[str, str]]:
        weights: dict[tuple[str, str], int] = {}
        for place in self.places():
            line = self.lines[place]
            signature = _signature(line.block)
            weights[signature] = weights.get(signature, 0) + len(line.text)
        return {s for s, weight in weights.items() if weight >= _LIKE_MAIN * self.total}

    def _may_be_text(self, line: PageLine, *, headings: bool) -> bool:
        if line.link_share > _LINKED or line.kind == "caption" or self._is_beside(line.block):
            return False
        if line.kind == "heading":
            return headings and not is_see_also_label(line.text)
        if line.kind == "quote" or (line.kind == "item" and line.block.tag not in ("dd", "dt")):
            return True
        return _is_sentence(line.text, _LEAST_SENTENCE)

    def _may_go_on(self, line: PageLine) -> bool:
        """Whether a line before or after the article may be more of it."""
        if line.kind == "item" and not _is_sentence(line.text, _LEAST_SENTENCE):
            return False
        return self._may_be_text(line, headings=False)

    def _is_beside(self, block: Any) -> bool:
        """Whether the element, or a small one around it, is named as beside the article."""
        path = []
        beside = False
        for element in _upwards(block):
            if element in self._beside:
                beside = self._beside[element]
                break
            path.append(element)
        for element in reversed(path):
            if not beside and self._weights.get(element, 0) < _LARGEST_BESIDE * self.total:
                beside = element.tag in _BESIDE_TAGS or _is_named(element, _BESIDE_NAMES)
            self._beside[element] = beside
        return beside

    def drop_beside(self) -> None:
        """Drop what is named as beside the article, or stands apart and is no paragraph."""
        for place in self.places():
            self.kept[place] = not self._is_beside(self.lines[place].block)
        self._weigh()
        whole = [e for e, w in self._weights.items() if w >= _MAIN_SHARE * self.total]
        main = max(whole, key=_depth, default=None)
        inside: dict[Any, bool] = {}
        for place in self.places():
            line = self.lines[place]
            outer = line.block.getparent()
            if outer not in inside:
                inside[outer] = _is_within(outer, main)
            if not inside[outer] and line.block is not main:
                self.kept[place] = line.kind != "heading" and _is_sentence(line.text, _LEAST_APART)

    def drop_notes(self) -> None:
        """Drop links to other articles, and what publishers say of themselves."""
        self._drop_links_elsewhere()
        places = self.places()
        for order, place in enumerate(places):
            line = self.lines[place]
            emphasised = sum(end - start for start, end in line.emphasis)
            if (
                order < _FIRST_LINES
                or order >= len(places) - _LAST_LINES
                or max(emphasised, line.linked) >= 0.9 * len(line.text)
            ) and _is_note(line.text):
                self.kept[place] = False
        for place in reversed(self.places()):
            line = self.lines[place]
            if line.kind != "heading" and line.link_share <= 0.8:
                break
            self.kept[place] = False

    def _drop_links_elsewhere(self) -> None:
        for place in self.places():
            line = self.lines[place]
            title = labelled_title(line.text)
            announced = title is not None and line.linked >= 0.5 * (len(line.text) - title)
            shouted = line.text.isupper() and len(line.text.split()) > 3 and line.link_share > 0.95
            self.kept[place] = not (line.linked and (announced or shouted))
        places = self.places()
        under_label = False
        for place in places:
            line = self.lines[place]
            if is_see_also_label(line.text):
                under_label = True
                self.kept[place] = False
            elif under_label and line.link_share >= 0.6:
                self.kept[place] = False
            else:
                under_label = False


def densest_lines(lines: Sequence[PageLine]) -> list[bool]:
    """Which lines are the page's largest body of paragraphs, told without an extractor.

    An element is scored by the sentences in the blocks right in it, and by half of those one
    level deeper (Lin 2010, "arc90 readability"); what is named as comments has no score.
    """
    scores: dict[Any, float] = {}
    for line in lines:
        if line.link_share < _LINKED and _is_sentence(line.text, _LEAST_SENTENCE):
            around = line.block.getparent()
            further = around.getparent() if around is not None else None
            for element, share in ((around, 1.0), (further, 0.5)):
                if element is not None:
                    scores[element] = scores.get(element, 0.0) + share * len(line.text)
    ranked = sorted(scores, key=lambda element: -scores[element])[:_CANDIDATES]
    body = next(
        (e for e in ranked if not any(_is_named(above, _COMMENTS) for above in _upwards(e))), None
    )
    inside: dict[Any, bool] = {}
    kept = []
    for line in lines:
        around = line.block.getparent()
        if around not in inside:
            inside[around] = body is not None and _is_within(around, body)
        kept.append(
            inside[around]
            and line.link_share < _LINKED
            and line.kind != "caption"
            and (line.kind in ("heading", "item", "quote") or _is_sentence(line.text, 1))
        )
    return kept


def article_lines(lines: Sequence[PageLine], kept: Sequence[bool]) -> list[PageLine]:
    """The article's lines, where an extractor has ``kept`` some of the page's ``lines``."""
    article = ArticleLines(lines, kept)
    article.add_left_out()
    article.drop_beside()
    article.drop_notes()
    return [article.lines[place] for place in article.places()]


def _is_note(text: str) -> bool:
    """Whether a line asks the reader for something or names who worked on the article."""
    if len(text) > _LONGEST_CALL:
        return False
    line = folded(text).lstrip("(*©•[— ")
    lists = phrases()
    return (
        text.lstrip().startswith("©")
        or (len(text) <= _LONGEST_SIGNATURE and bool(_ADDRESS.search(text)))
        or any(line.startswith(words) for words in lists.note_starts)
        or any(words in line for words in lists.notes)
    )


def _is_sentence(text: str, least: int) -> bool:
    """Whether a text of at least so many characters ends as a sentence does."""
    return len(text) >= least and bool(_SENTENCE_END.search(text))


def _is_named(element: Any, names: frozenset[str]) -> bool:
    """Whether a word in the element's class or identifier is one of ``names``."""
    own = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAMES]
    return any(part.lower() in names for part in _NAME_PART.findall(own))


def _signature(block: Any) -> tuple[str, str]:
    """Tag and class of the element that a block, or the list or quotation that it is in, is in."""
    inner = block
    for element in _upwards(block):
        if element.tag in _LISTS:
            inner = element
        elif element.tag not in ("li", "p"):
            break
    around = inner.getparent()
    return ("", "") if around is None else (str(around.tag), around.get("class") or "")


def _upwards(element: Any) -> Iterator[Any]:
    """The element and those around it, innermost first."""
    while element is not None:
        yield element
        element = element.getparent()


def _depth(element: Any) -> int:
    return sum(1 for _ in _upwards(element))


def _common(one: Any, other: Any) -> Any:
    """The innermost element around both."""
    above = set(_upwards(one))
    return next(element for element in _upwards(other) if element in above)


def _is_within(element: Any, around: Any) -> bool:
    return any(above is around for above in _upwards(element))

"""What was changed in an article since it was first read: sentences added, removed, reworded.

Sentences that stand in both texts, in any place, are no change, nor are new punctuation, capitals,
articles and stamps of time. What is left on either side is paired by shared words (Dice's
coefficient), looked up through the rarest of them, so that giant texts take linear time. The words
are data: ``revisions.toml``.
"""

import re
import tomllib
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.model import Article, FirstText, Notice, Revision, SentenceChange, Span
from briefing.text import sentences

PAIRED = 400
"""Sentences on either side that are paired; with more, the text is another one."""
LIKE = 0.5
"""Dice's coefficient of the words of two sentences from which the one is the other reworded."""
_CLUES = 6  # the rarest words of a sentence, by which it is looked for
_COMMON = 20  # a word that more sentences have is no clue
_STAMP_TOKENS = 14  # a longer line is no stamp
_NOTICE_HEAD = 600  # a notice says so early

_TOKEN = re.compile(
    r"[$€£¥%]|(?<!\w)[-−](?=\d)|\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*", re.IGNORECASE
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PERCENT = re.compile(r"\bper ?cent\b")


@dataclass(frozen=True, slots=True)
class _Words:
    articles: frozenset[str]
    times: frozenset[str]
    stamps: re.Pattern[str]
    numbers: re.Pattern[str]
    correction: re.Pattern[str]
    update: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    span: Span
    key: tuple[str, ...]


def sentence_changes(
    before: str, before_sentences: Sequence[Span], after: str, after_sentences: Sequence[Span]
) -> tuple[SentenceChange, ...]:
    """What makes the sentences of ``after`` others than those of ``before``, in its order.

    Removed sentences come where they stood. A sentence that only moved is no change.
    """
    known: dict[str, tuple[str, ...]] = {}  # most sentences stand in both texts
    old = _sentences(before, before_sentences, known)
    new = _sentences(after, after_sentences, known)
    places = _kept(old, new)  # of each old sentence that is still there, its place in the new
    still = set(places.values())
    gone = [i for i in range(len(old)) if i not in places]
    come = [i for i in range(len(new)) if i not in still]
    paired = _paired(old, gone, new, come)
    places.update(paired)
    changes = [_change(old[i], new[j]) for i, j in paired.items()]
    again = set(paired.values())
    changes += [_change(None, new[j]) for j in come if j not in again]
    ends = _ends(old, new, places)
    changes += [_removed(old[i], ends[i]) for i in gone if i not in paired]
    return tuple(sorted(changes, key=lambda c: (c.at, c.before_span or c.after_span)))


def find_revision(
    first: FirstText, article: Article, article_sentences: Sequence[Span]
) -> Revision | None:
    """What ``article`` says otherwise than at ``first``; None where that is nothing."""
    before = sentences(first.text, article.language)
    changes = sentence_changes(first.text, before, article.text, article_sentences)
    headline = first.title if _key(first.title) != _key(article.title or "") else ""
    return Revision(first, headline, changes) if changes or headline else None


def notice(sentence: str) -> Notice:
    """Whether a sentence tells openly that its article was corrected or updated."""
    words = _words()
    head = " ".join(sentence[:_NOTICE_HEAD].lower().replace("’", "'").split())
    if words.correction.search(head):
        return "correction"
    return "update" if words.update.search(head) else ""


# ── Sentences ────────────────────────────────────────────────────────────────────────────────


def _sentences(
    text: str, spans: Sequence[Span], known: dict[str, tuple[str, ...]]
) -> list[_Sentence]:
    """The sentences that say something, with what they say apart from how it is set. known: what
    sentences say that were looked at before, nothing where that is no news; kept there."""
    found = []
    for span in spans:
        words = span.of(text)
        key = known.get(words)
        if key is None:
            key = _key(words)
            key = known[words] = () if _is_stamp(key) else key
        if key:
            found.append(_Sentence(words, span, key))
    return found


def _tokens(text: str) -> list[str]:
    plain = _THOUSANDS.sub("", text.casefold().replace("’", "'"))
    return _TOKEN.findall(_PERCENT.sub("%", plain))


def _key(text: str) -> tuple[str, ...]:
    articles = _words().articles
    tokens = _tokens(text)
    return tuple(t for t in tokens if t not in articles) or tuple(tokens)


def _is_stamp(key: tuple[str, ...]) -> bool:
    """Whether a line tells only when something was published."""
    if len(key) > _STAMP_TOKENS:
        return False
    words = _words()
    rest = _TOKEN.findall(words.stamps.sub("", " ".join(key)))
    return all(t in words.times or t[0].isdigit() for t in rest) and (
        len(rest) < len(key) or any(t[0].isdigit() for t in rest)
    )


def _kept(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> dict[int, int]:
    """Which old sentences are still there, and where; of equal ones each once."""
    waiting: defaultdict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for j, sentence in enumerate(new):
        waiting[sentence.key].append(j)
    places = {}
    for i, sentence in enumerate(old):
        if queue := waiting.get(sentence.key):
            places[i] = queue.popleft()
    return places


# ── Pairs ────────────────────────────────────────────────────────────────────────────────────


def _paired(
    old: Sequence[_Sentence], gone: Sequence[int], new: Sequence[_Sentence], come: Sequence[int]
) -> dict[int, int]:
    """Which of the new sentences each of the old ones became, the most alike first."""
    if len(gone) > PAIRED or len(come) > PAIRED:
        return {}
    token_counts = {j: Counter(new[j].key) for j in come}
    homes: defaultdict[str, list[int]] = defaultdict(list)
    for j, tokens in token_counts.items():
        for token in tokens:
            homes[token].append(j)
    alike = []
    for i in gone:
        mine = Counter(old[i].key)
        clues = sorted((len(homes[t]), t) for t in mine if 0 < len(homes.get(t, ())) <= _COMMON)
        for j in {j for _, token in clues[:_CLUES] for j in homes[token]}:
            likeness = _dice(mine, token_counts[j])
            if likeness >= LIKE:
                alike.append((-likeness, abs(old[i].span.start - new[j].span.start), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(alike):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _dice(first: Counter[str], second: Counter[str]) -> float:
    small, large = (first, second) if len(first) <= len(second) else (second, first)
    shared = sum(min(count, large[token]) for token, count in small.items() if token in large)
    return 2 * shared / (first.total() + second.total())


def _ends(old: Sequence[_Sentence], new: Sequence[_Sentence], places: dict[int, int]) -> list[int]:
    """For each old sentence, where in the new text the one that stood before it ends."""
    ends, end = [], 0
    for i in range(len(old)):
        ends.append(end)
        if i in places:
            end = new[places[i]].span.end
    return ends


# ── Changes ──────────────────────────────────────────────────────────────────────────────────


def _change(old: _Sentence | None, new: _Sentence) -> SentenceChange:
    new_notice = notice(new.text)
    if old is None:
        return SentenceChange(
            "added", new.span.start, "", new.text, None, new.span, notice=new_notice
        )
    return SentenceChange(
        "reworded",
        new.span.start,
        old.text,
        new.text,
        old.span,
        new.span,
        numbers=_numbers(old.text, new.text),
        notice="" if notice(old.text) == new_notice else new_notice,
    )


def _removed(old: _Sentence, at: int) -> SentenceChange:
    return SentenceChange("removed", at, old.text, "", old.span, None)


def _numbers(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The numbers that took each other's place, as they are written."""
    pattern = _words().numbers
    old = [m.group() for m in pattern.finditer(before)]
    new = [m.group() for m in pattern.finditer(after)]
    went = list((_counted(old) - _counted(new)).elements())
    came = list((_counted(new) - _counted(old)).elements())
    if len(went) != len(came):
        return ()
    shown = {" ".join(_tokens(n)): n for n in (*old, *new)}
    return tuple((shown[a], shown[b]) for a, b in zip(went, came, strict=True))


def _counted(numbers: Sequence[str]) -> Counter[str]:
    return Counter(" ".join(_tokens(number)) for number in numbers)


# ── Words ────────────────────────────────────────────────────────────────────────────────────


@cache
def _words() -> _Words:
    file = resources.files("briefing.stories") / "revisions.toml"
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    notices = raw["notices"]
    works, versions = _any(notices["works"]), _any(notices["versions"])
    done = rf"\bth(?:is|e) {works}(?:'s)? (?:\w+ )?(?:was|has been|is) (?:\w+ )?"
    by_us = rf"\bwe(?:'ve| have)? {_any(notices['corrected'])} (?:this|the) {works}\b"
    correction = (
        rf"^\W{{0,4}}{_any(notices['openings'])}(?:\s*[:—–(]|\s-|,|\s\d|$)"
        rf"|\b(?:an?|the) {versions} (?:\w+ )?version(?:s)? of (?:this|the|our) (?:\w+ )?{works}\b"
        rf"|{done}{_any(notices['corrected'])}\b|{by_us}"
        rf"|\bth(?:is|e) {works} (?:originally|previously|initially|incorrectly|mistakenly)\b"
        rf"|{_any(notices['phrases'])}"
    )
    return _Words(
        articles=frozenset(raw["articles"]),
        times=frozenset(raw["times"]),
        stamps=re.compile(rf"^{_any(raw['stamps'])}(?!\w)"),
        numbers=re.compile(
            r"[$€£¥]?(?:(?<!\w)[-−])?\b\d+(?:[.,]\d+)*"
            rf"(?:\s?%|[\s-]?(?:{_any(raw['magnitudes'])}|per ?cent)\b)?"
            rf"|\b{_any(raw['numbers'])}\b",
            re.IGNORECASE,
        ),
        correction=re.compile(correction),
        update=re.compile(rf"{done}{_any(notices['updated'])}\b"),
    )


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(word) for word in longest_first)})"

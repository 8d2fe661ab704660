"""The labelled articles that the digest models learn from, and the measures of what they learn.

The texts stand in the shared corpora; our own further labels (``labels/``) name an article and its
sentences by number and span, and hold no text.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article, Span

SEEDS = frozenset({"lead"})  # articles that rules were made after: a test, never to learn from
OWN = Path(__file__).parent / "labels"
CROWDED = 2  # marks of a digest; with more, none tells anything
KINDS = (
    "limitation", "uncertainty", "dispute", "precedent", "sourcing", "condition", "correction",
)  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """An article with what readers labelled, by number of the product's own sentences.

    group: ``full``, ``caveats`` and ``news`` (the shared sets, on which is measured); ``own`` and
    ``own news`` (our further labels, learned from; those of ``own`` are the less sure). weights:
    of caveats, 1 to 3. highlights: the editor's own, or nothing.
    """

    id: str
    group: str
    document: Document
    main: int
    weights: dict[int, int]
    kinds: dict[int, str]
    bullets: frozenset[int]
    boilerplate: frozenset[int]
    highlights: str
    lead: tuple[str, ...]

    @cached_property
    def features(self) -> DocumentFeatures:
        """The features and n-grams of its sentences."""
        return DocumentFeatures(self.document)

    @property
    def is_shared(self) -> bool:
        """Whether it is of the shared sets, on which is measured."""
        return not self.group.startswith("own")

    @property
    def fold(self) -> int:
        """The number of ``fold_of``."""
        return fold_of(self.document.text)


def fold_of(text: str) -> int:
    """A number out of the text alone, so that an article in two sets is in one fold."""
    return int(hashlib.sha256(text[:150].encode()).hexdigest()[:8], 16)


def load(shared: Path) -> list[Labelled]:
    """All labelled articles, the shared ones first, in the order of their files."""
    data = shared / "data"
    texts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows(data / "highlights/cnn.jsonl.gz"):
        texts["highlights", row["id"]] = row
    for row in rows(data / "pages/ground-truth.jsonl"):
        texts["pages", row["id"]] = row
    for row in rows(data / "stories/ecb.jsonl"):
        texts["stories/ecb", row["id"]] = row
    edited = {r["text"][:150]: r for k, r in texts.items() if k[0] == "highlights"}
    found = []
    news = {row["id"]: row for path in sorted((data / "news").glob("*.gz")) for row in rows(path)}
    for group, name in (("full", "articles"), ("caveats", "caveats"), ("news", "news")):
        for row in rows(data / f"labels/{name}.jsonl"):
            text = news[row["source_id"]] if group == "news" else row
            spans = {i: Span(*s) for i, s in enumerate(row["sentences"])}
            if row["id"] not in SEEDS:
                found.append(_labelled(group, row, text | {"id": row["id"]}, spans, edited))
    texts |= {("news", key): row for key, row in news.items()}
    for group, name in (("own", "digests"), ("own news", "news")):
        for row in rows(OWN / f"{name}.jsonl"):
            text = texts[row["set"], row["id"]]
            spans = {int(i): Span(*s) for i, s in row["spans"].items()}
            found.append(_labelled(group, row, text, spans, edited))
    return found


def rows(path: Path) -> Iterable[dict[str, Any]]:
    """The objects of a file of JSON lines, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    for line in text.split("\n"):
        if line.strip():
            yield json.loads(line)


def _labelled(
    group: str,
    row: dict[str, Any],
    text: dict[str, Any],
    spans: dict[int, Span],
    edited: dict[str, dict[str, Any]],
) -> Labelled:
    document = read_document(Article(row["id"], text["text"], text.get("title") or None))
    ours = {i: _same(document, span) for i, span in spans.items()}
    caveats = {ours[c["sentence"]]: c for c in row["caveats"]}
    source = edited.get(text["text"][:150])
    return Labelled(
        id=row["id"],
        group=group,
        document=document,
        main=ours[row["main"]],
        weights={i: c["weight"] for i, c in caveats.items()},
        kinds={i: c["kind"] for i, c in caveats.items()},
        bullets=frozenset(ours[i] for i in row["bullets"]),
        boilerplate=_no_prose(document, row, spans),
        highlights="\n".join(source["highlights"]) if source else "",
        lead=tuple(source["text"][a:b] for a, b in source["lead"]) if source else (),
    )


def _same(document: Document, span: Span) -> int:
    """The product's sentence that shares most with a labelled one."""
    best = max(
        document.sentences,
        key=lambda s: min(s.span.end, span.end) - max(s.span.start, span.start),
    )
    return best.index


def _no_prose(document: Document, row: dict[str, Any], spans: dict[int, Span]) -> frozenset[int]:
    """The product's sentences that are boilerplate: most of each is.

    A labelled dateline is a sentence of its own, and the product's is far longer than that.
    """
    marked = [spans[i] for i in row["boilerplate"]]
    return frozenset(
        s.index
        for s in document.sentences
        if 2 * sum(max(0, min(s.span.end, m.end) - max(s.span.start, m.start)) for m in marked)
        > s.span.end - s.span.start
    )


def harmonic(precision: float, recall: float) -> float:
    """The F1 of precision and recall."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


@dataclass(frozen=True)
class Told:
    """What a build told of one article, by sentence number.

    caveats: with their kinds. bullets: in the order in which they are told. marks: the bullets that
    are shown with one, with its kind ("" where it names none) and its probability.
    """

    caveats: dict[int, str]
    bullets: tuple[int, ...]
    marks: dict[int, tuple[str, float]]


def tally(article: Labelled, told: Told) -> Counter[str]:
    """The counts of one article from which ``figures`` makes the measures of evaluate.py."""
    count: Counter[str] = Counter()
    labelled = {i: w for i, w in article.weights.items() if i != article.main}
    found = {i for i in told.caveats if i != article.main}
    right = found & labelled.keys()
    wanted = {i for i, w in labelled.items() if w >= 2}
    heavy = {i for i, w in labelled.items() if w == 3}
    count["found"], count["right"] = len(found), len(right)
    count["wanted"], count["got"] = len(wanted), len(wanted & found)
    count["kind"] = sum(told.caveats[i] == article.kinds[i] for i in right)
    count["heavy"], count["led"] = len(heavy), len(heavy & set(told.bullets))
    count["chosen"] = len(article.bullets & set(told.bullets))
    count["due"] = max(len(told.bullets), len(article.bullets))
    count["boilerplate"] = len(article.boilerplate & set(told.bullets))
    count["bullets"] = len(told.bullets)
    count["articles"] = 1
    count["first"] = told.bullets[:1] == (article.main,)
    count["among"] = article.main in told.bullets
    count["marks"], count["marked"] = len(told.marks), len(told.marks.keys() & labelled.keys())
    count["named"] = sum(kind != "" for kind, _ in told.marks.values())
    count["well named"] = sum(
        kind == article.kinds[i] for i, (kind, _) in told.marks.items() if i in labelled
    )
    count["heavy marked"] = len(heavy & told.marks.keys())
    count["crowded"] = len(told.marks) > CROWDED
    for kind in KINDS:
        count[f"found {kind}"] = sum(told.caveats[i] == kind for i in found)
        count[f"right {kind}"] = sum(told.caveats[i] == kind == article.kinds.get(i) for i in found)
        wanted_kind = {i for i in wanted if article.kinds[i] == kind}
        count[f"wanted {kind}"] = len(wanted_kind)
        count[f"got {kind}"] = sum(told.caveats.get(i) == kind for i in wanted_kind)
    return count


def figures(count: Counter[str]) -> dict[str, float]:
    """The measures of summed counts, by the names of evaluate.py."""

    def share(a: str, b: str) -> float:
        return count[a] / count[b] if count[b] else 0.0

    precision, recall = share("right", "found"), share("got", "wanted")
    return {
        "caveat.precision": precision,
        "caveat.recall": recall,
        "caveat.f1": harmonic(precision, recall),
        "caveat.kind": share("kind", "right"),
        "caveat.lead": share("led", "heavy"),
        "bullet.overlap": share("chosen", "due"),
        "bullet.boilerplate": share("boilerplate", "bullets"),
        "claim.first": share("first", "articles"),
        "claim.among": share("among", "articles"),
        "marker.precision": share("marked", "marks"),
        "marker.kind": share("well named", "named"),
        "marker.named": share("named", "marks"),
        "marker.rate": share("marks", "articles"),
        "marker.heavy": share("heavy marked", "heavy"),
        "marker.crowded": share("crowded", "articles"),
    }

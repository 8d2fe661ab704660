"""What the training of the digest's models promises.

The rebuilds take minutes: they are marked ``training`` and left out unless that is asked for.
``tools/training_hash.py`` says when they are due, runs them and records that they passed.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

from briefing.digest.models.sentence_models import load_models

TOOLS = Path(__file__).resolve().parent.parent / "tools"
WEIGHTS = TOOLS.parent / "briefing" / "digest" / "weights"


@pytest.mark.training
@pytest.mark.corpora
def test_a_rebuild_gives_the_shipped_figures(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    import digest_labels
    import train_digest

    articles = digest_labels.load(shared)
    rebuilt = train_digest.build(articles).models()
    told: dict[str, dict[str, float]] = {}
    for name, models in (("rebuilt", rebuilt), ("shipped", load_models())):
        counts = Counter[str]()
        for article in articles:
            if article.group == "full":
                counts += digest_labels.tally(article, train_digest.tell(article, models, 4)[0])
        told[name] = digest_labels.figures(counts)
    assert told["rebuilt"] == pytest.approx(told["shipped"], abs=0.01)
    assert told["shipped"]["caveat.f1"] > 0.5


def _numbers(text: str) -> dict[str, float]:
    """The named numbers of a weights' file."""
    rows = [line.rpartition("\t") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in rows}


@pytest.mark.training
@pytest.mark.corpora
def test_a_rebuild_gives_the_shipped_weights_of_figures(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    import train_figures

    text, _ = train_figures.build(shared)
    shipped = (WEIGHTS / "figures.tsv").read_text(encoding="utf-8")
    assert _numbers(text) == pytest.approx(_numbers(shipped), abs=0.01)


@pytest.mark.training
@pytest.mark.corpora
def test_a_rebuild_gives_the_shipped_weights_of_names(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    import figure_entity_labels
    import train_entities

    model = train_entities.fit(
        train_entities.read_named(figure_entity_labels.load_articles(shared))
    )
    shipped = _numbers((WEIGHTS / "entities.tsv").read_text(encoding="utf-8"))
    rebuilt = _numbers(train_entities.write(model))
    del shipped["@threshold"], rebuilt["@threshold"]  # picked by cross-validation, a minute's work
    assert rebuilt == pytest.approx(shipped, abs=0.01)


def test_the_rebuild_was_checked_for_this_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stale is no failure: .ci/run does the rebuild then. Who changes the models runs it before."""
    monkeypatch.syspath_prepend(str(TOOLS))
    import training_hash

    if not training_hash.is_current():
        pytest.skip("tools/training.lock is stale: run python tools/training_hash.py --verify")
    assert training_hash.LOCK.read_text().strip() == training_hash.current_hash()


def test_the_hash_covers_trainers_labels_weights_and_lexicons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    import training_hash

    names = {path.relative_to(TOOLS.parent).as_posix() for path in training_hash.inputs()}
    assert {
        "tools/train_digest.py",
        "tools/train_entities.py",
        "tools/train_figures.py",
        "tools/digest_labels.py",
        "tools/figure_entity_labels.py",
        "tools/labels/digests.jsonl",
    } <= names
    weights = {path.relative_to(TOOLS.parent).as_posix() for path in WEIGHTS.iterdir()}
    assert weights <= names
    assert {path.name for path in training_hash.inputs()} >= {"document_features.py", "en.toml"}


def test_comments_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    import training_hash

    plain = "def f() -> int:\n    return 1"
    told = '"""Says."""\n\ndef f() -> int:\n    """One."""\n    # one\n    return 1\n'
    assert training_hash._code(told) == training_hash._code(plain) == plain
    assert training_hash._code(plain) != training_hash._code(plain.replace("1", "2"))


def test_the_weights_are_small_and_read_without_scikit_learn() -> None:
    sizes = {f: f.stat().st_size for f in WEIGHTS.iterdir()}
    assert sum(size for f, size in sizes.items() if f.suffix == ".tsv") < 720_000
    assert sum(sizes.values()) < 25_000_000  # with the encoder
    assert load_models().caveat.ngrams
    assert not any(m.startswith("sklearn") for m in _imported_by_a_digest())


def _imported_by_a_digest() -> set[str]:
    import subprocess

    code = (
        "import sys; from briefing.digest import digest_article as digest;"
        "from briefing.model import Article;"
        "digest(Article('x', 'The bridge was shut. It may stay so.'));"
        "print('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())

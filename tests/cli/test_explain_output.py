"""``briefing digest --explain``: a block a sentence, beside the digest."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.cli.explain_output import explanation
from briefing.export.wrap import cells
from briefing.model import Article
from tests.cli.conftest import Run

PIER = Article(
    id="pier",
    title="Pier at Holm Tarn reopens to walkers",
    text="""\
The pier at Holm Tarn reopened to walkers on Friday after two years of work on its piles.
The work cost 3.1 million crowns, the harbour board's treasurer, Ina Falk, said.
But there's a catch.
The reopening does not apply to anglers, who must wait until the railings are tested.
The builders denied that they had used the wrong timber.
Photo: the pier at dusk
It is not clear when the boats will return.
About 400 people walked to the end of it in the first hour.""",
)


def blocks(lines: list[str]) -> list[list[str]]:
    """The lines of each sentence."""
    found: list[list[str]] = []
    for line in itertools.dropwhile(lambda line: not line.startswith("  1  "), lines):
        if re.match(r" *\d+  ", line) and not line.startswith("     "):
            found.append([])
        found[-1].append(line)
    return found


@pytest.mark.parametrize("width", [60, 80, 132])
@pytest.mark.parametrize("algorithm", ["briefing", "lex-rank"])
def test_a_block_a_sentence_fits_the_width(width: int, algorithm: str) -> None:
    head, *lines = explanation(PIER, bullets=4, algorithm=algorithm, width=width)
    assert head.startswith(f"How the sentences were ranked ({algorithm}, a caveat from ")
    told = blocks(lines)
    assert [int(block[0][:3]) for block in told] == list(range(1, 9))
    below = [line for block in told for line in block[1:]]
    assert all(line.startswith("     ") for line in below)
    assert max(map(cells, below)) <= width
    assert max(cells(block[0]) for block in told) <= 80
    for block, text in zip(told, PIER.text.splitlines(), strict=True):
        assert text.startswith(block[-1].strip().removesuffix("…"))


def test_scores_stand_under_each_other() -> None:
    _, *lines = explanation(PIER, bullets=4, algorithm="briefing")
    heads = [block[0] for block in blocks(lines) if "rank" in block[0][40:]]
    assert len({line.index("rank ", 40) for line in heads}) == 1
    assert len({line.index("caveat ", 50) for line in heads if "caveat " in line[50:]}) == 1


def test_a_caveat_is_told_with_its_kind_weight_and_words() -> None:
    _, *lines = explanation(PIER, bullets=4, algorithm="briefing")
    denial = next(block for block in blocks(lines) if "The builders denied" in block[-1])
    assert "cues    denial 'denied'" in denial[1]
    wanted = r" +caveat  dispute, weight \d, by 'denied', probability \.\d\d"
    assert any(re.match(wanted, line) for line in denial)


def test_it_says_who_judged_and_why_not_the_encoder() -> None:
    lines = " ".join(explanation(PIER, bullets=4, algorithm="briefing"))
    assert "Caveats were judged by linear models; the encoder is not used: it is switched" in lines
    german = replace(PIER, language="de")
    lines = " ".join(explanation(german, bullets=4, algorithm="briefing"))
    assert "Caveats were judged by rules over the lexicon's cues." in lines


def test_a_caveat_is_told_with_the_probability_of_its_kind() -> None:
    text = " ".join(" ".join(explanation(PIER, bullets=4, algorithm="briefing")).split())
    assert re.search(r"probability \.\d\d \(a mark from \.\d\d on\), its kind's \.\d\d", text)


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    _, *lines = explanation(PIER, bullets=4, algorithm="briefing")
    photo = next(block for block in blocks(lines) if "Photo" in block[-1])
    assert photo == ["  6  no prose", "     Photo: the pier at dusk"]


def test_explain_stands_beside_the_digest_and_leaves_it_as_it_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    path.write_text(f"{PIER.title}\n\n{PIER.text}", encoding="utf-8")
    ran = run("digest", str(path), "--explain", "--format", "json")
    assert ran.code == 0
    assert ran.json == run("digest", str(path), "--format", "json").json
    assert ran.json["bullets"]
    verdicts = re.findall(r"^ *\d+ +(bullet|not taken|no prose)", ran.err, re.MULTILINE)
    assert len(verdicts) == len(ran.json["sentences"])
    assert verdicts.count("bullet") == len(ran.json["bullets"])
    assert "\x1b" not in ran.err

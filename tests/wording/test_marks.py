"""The signs of what is marked."""

from pathlib import Path

from briefing.model import CaveatKind
from briefing.wording import OPINION_SIGN, UNNAMED_SIGN, kind_sign

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def test_the_glossary_gives_every_kind_of_caveat_the_sign_that_lists_show() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("| caveat sign |")]
    for kind in CaveatKind:
        assert f"{kind.value} `{kind_sign(kind)}`" in line
    assert f"not sure `{UNNAMED_SIGN}`" in line
    assert f"opinion is `{OPINION_SIGN}`" in line

"""Rebuild briefing/stories/frequencies.txt: in how many news articles a stem stands.

usage: python tools/build_story_frequencies.py SHARED

SHARED is the folder of the shared corpora. The table is made from ``data/highlights`` (news
articles of one outlet) and holds stems with their share in thousandths, and no text: only stems
that stand in at least two articles of a hundred, so that no article can be read from it.
"""

import collections
import gzip
import json
import sys
from pathlib import Path

from briefing.text import terms

LEAST_SHARE = 0.02
WORDS = 400
OUTLET = {"cnn"}  # the outlet's own name says nothing about news at large


def main() -> int:
    """Write the table; returns the exit code."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(sys.argv[1]) / "data" / "highlights" / "cnn.jsonl.gz"
    seen: collections.Counter[str] = collections.Counter()
    articles = 0
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            seen.update(set(terms(" ".join(json.loads(line)["text"].split()[:WORDS]))))
            articles += 1
    rows = [
        (t, n / articles)
        for t, n in seen.items()
        if n / articles >= LEAST_SHARE and t not in OUTLET
    ]
    rows.sort(key=lambda r: (-r[1], r[0]))
    target = Path(__file__).resolve().parent.parent / "briefing" / "stories" / "frequencies.txt"
    head = "# Stem, thousandths of English news articles. Made by build_story_frequencies.py\n"
    target.write_text(head + "".join(f"{t} {s * 1000:.0f}\n" for t, s in rows), encoding="utf-8")
    print(f"{len(rows)} stems out of {articles} articles")
    return 0


if __name__ == "__main__":
    sys.exit(main())

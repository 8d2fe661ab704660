"""Which lines of a page an extractor's answer holds: the same words in the same order.

The two are compared as in a patience diff: runs of words that are unique in both are the anchors,
the longest rising sequence of them is kept, and equal words beside an anchor are taken along.
Time and memory grow with the number of words (and its logarithm).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

_TOKEN = re.compile(r"\w+")
_RUN = 4
"""Words of a run that may be an anchor."""
_LEAST_SHARE = 0.5
"""Share of a line's words that have to be in the answer."""


def lines_in(answer: str, lines: Sequence[str]) -> tuple[list[bool], float]:
    """For each of ``lines`` whether it is in ``answer``, and the share of its words they are."""
    owners: list[int] = []
    words: list[str] = []
    sizes: list[int] = []
    for number, line in enumerate(lines):
        found = _TOKEN.findall(line.casefold())
        words += found
        owners += [number] * len(found)
        sizes.append(len(found))
    wanted = _TOKEN.findall(answer.casefold())
    paired = _paired(words, wanted)
    hits = [0] * len(lines)
    for place in paired:
        hits[owners[place]] += 1
    kept = [size > 0 and hit >= _LEAST_SHARE * size for hit, size in zip(hits, sizes, strict=True)]
    return kept, len(paired) / max(1, len(wanted))


def _paired(page: Sequence[str], answer: Sequence[str]) -> set[int]:
    """The places in the page whose words the answer holds in the same order."""
    anchors = _increasing(_unique_pairs(page, answer))
    taken = {place for place, _ in anchors}
    first_page = first_answer = 0
    for page_end, answer_end in [*anchors, (len(page), len(answer))]:
        i, j = first_page, first_answer  # forward from the last anchor
        while i < page_end and j < answer_end and page[i] == answer[j]:
            taken.add(i)
            i, j = i + 1, j + 1
        k, m = page_end - 1, answer_end - 1  # back from this one
        while k >= i and m >= j and page[k] == answer[m]:
            taken.add(k)
            k, m = k - 1, m - 1
        first_page, first_answer = page_end + 1, answer_end + 1
    return taken


def _unique_pairs(page: Sequence[str], answer: Sequence[str]) -> list[tuple[int, int]]:
    in_page, in_answer = _unique_runs(page), _unique_runs(answer)
    return sorted((p, in_answer[run]) for run, p in in_page.items() if run in in_answer)


def _unique_runs(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for i in range(len(words) - _RUN + 1):
        run = tuple(words[i : i + _RUN])
        places[run] = -1 if run in places else i
    return {run: place for run, place in places.items() if place >= 0}


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` in which both places rise."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        k = bisect_left(tails, place)
        before.append(tail_at[k - 1] if k else -1)
        if k == len(tails):
            tails.append(place)
            tail_at.append(number)
        else:
            tails[k], tail_at[k] = place, number
    chain = []
    number = tail_at[-1] if tail_at else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]

"""The names of the summarisation algorithms, known without importing any of them."""

from difflib import get_close_matches

from briefing.model import UsageError

ALGORITHMS = (
    "briefing",
    "edmundson",
    "kl",
    "lex-rank",
    "lsa",
    "luhn",
    "random",
    "reduction",
    "sum-basic",
    "text-rank",
)


def check_algorithm(name: str) -> None:
    """Raises UsageError, naming the nearest right name, where ``name`` is no algorithm."""
    if name in ALGORITHMS:
        return
    near = get_close_matches(name, ALGORITHMS, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UsageError("no such algorithm", name, f"{hint}There are: {', '.join(ALGORITHMS)}")

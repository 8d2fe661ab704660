"""Whose report a story or a bullet is."""

ARGUES = "argues"
"""The mark of a bullet that argues: it stands beside its words, never among them."""


def single_report_line(outlet: str) -> str:
    """What is said of a story whose only independent report is that of ``outlet``."""
    return f"all follow one report: {outlet}"

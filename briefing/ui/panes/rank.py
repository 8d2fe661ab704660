"""Why a story ranks where it does, as lines."""

from collections.abc import Iterable

from rich.text import Text

from briefing.text.clean import clean_line
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item


def rank_items(headline: str, reasons: Iterable[str], styles: ThemeStyles) -> list[Item]:
    """The story's headline, and a reason a line."""
    items = [Item(styled(clean_line(headline), style=styles.strong)), Item(Text())]
    return items + [Item(Text(f"• {clean_line(reason)}"), hang=2) for reason in reasons]

"""Numbers in running text: reading them, telling figures from other numbers, what they count."""

from briefing.digest.quantities.counted_phrase import Counted, what_is_counted
from briefing.digest.quantities.exclusions import masks
from briefing.digest.quantities.numbers import find_quantities, may_count
from briefing.digest.quantities.quantity import Quantity

__all__ = ["Counted", "Quantity", "find_quantities", "masks", "may_count", "what_is_counted"]

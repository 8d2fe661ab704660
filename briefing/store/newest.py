"""The newest of many hits, kept while they come by."""

from heapq import heappush, heappushpop

from briefing.store.query_marks import Place


class Newest:
    """The hits that were published last, at most ``count``."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._hits: list[tuple[int, int]] = []  # a heap, the oldest first
        self.places: dict[int, Place] = {}  # of some that are no longer among them too

    @property
    def is_full(self) -> bool:
        """Whether there are as many as may be."""
        return len(self._hits) == self._count

    @property
    def oldest(self) -> int:
        """When the oldest was published."""
        return self._hits[0][0]

    @property
    def numbers(self) -> list[int]:
        """Their numbers, newest first."""
        return [number for _, number in sorted(self._hits, reverse=True)]

    def has_room_for(self, published: int, number: int) -> bool:
        """Whether a hit would be among them."""
        return not self.is_full or (published, number) > self._hits[0]

    def add(self, published: int, number: int, place: Place | None) -> None:
        """Add a hit with its place, if that is known."""
        if not self.is_full:
            heappush(self._hits, (published, number))
        else:
            heappushpop(self._hits, (published, number))
        if place is not None:
            self.places[number] = place

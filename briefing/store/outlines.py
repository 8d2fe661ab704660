"""What a subscription list says of a feed beyond what is used here, kept for an export."""

import json
from collections.abc import Mapping

from briefing.store.database import Database
from briefing.store.rows import ROW_FAULTS, dumps


class Outlines(Database):
    """Attributes of the outlines (OPML) that feeds were imported from."""

    def keep_outline(self, feed_id: str, attributes: Mapping[str, str]) -> None:
        """Keep what the list last imported says of a feed; nothing leaves what is kept."""
        if attributes:
            self._run(
                "INSERT INTO feed_outline (feed_id, attributes) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET attributes = excluded.attributes",
                (self._number("feed", feed_id), dumps(dict(attributes))),
            )

    def outlines(self) -> dict[str, dict[str, str]]:
        """The attributes of each feed that has any, by its id; what cannot be read is left out."""
        found = {}
        for row in self._rows("SELECT feed_id, attributes FROM feed_outline"):
            try:
                values = json.loads(row["attributes"]).items()
            except ROW_FAULTS:
                continue
            found[str(row["feed_id"])] = {str(name): str(value) for name, value in values}
        return found

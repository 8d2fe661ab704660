"""``python -m briefing.cli.waiting …``: ``briefing …``, begun before it is wanted.

What takes longest, the imports, is done when ``briefing serve`` has a page for it. One line on
standard input, the columns and rows of that page, lets it begin; nothing is read before: neither
the settings nor the store, and not the clock.
"""

import os
import sys
from collections.abc import Sequence

from briefing.cli.run import run


def main(argv: Sequence[str] | None = None) -> int:
    """Wait, and run; the exit code of the command, 0 where nobody wants it any more."""
    import briefing.cli.commands.reader
    import briefing.ui.app
    import briefing.ui.session
    import briefing.ui.web_driver  # noqa: F401 - imported to be there

    size = _line().split()
    if len(size) != 2:
        return 0
    os.environ["COLUMNS"], os.environ["ROWS"] = size
    return run(sys.argv[1:] if argv is None else argv)


def _line() -> str:
    """A line of standard input and no byte more: the driver reads what follows."""
    line = b""
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        line += byte
    return line.decode("ascii", "replace")


if __name__ == "__main__":
    sys.exit(main())

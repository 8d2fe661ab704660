"""The way in: ``briefing`` and ``python -m briefing``."""

import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``argv``, the process's own arguments where None; the exit code of the contract."""
    gc.disable()  # what is imported lives on: there is nothing to collect
    from briefing.cli.run import run

    gc.enable()
    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Run an installed `briefing demo` in a terminal of its own until it is drawn, and leave it.

python tools/run_demo.py ENVIRONMENT/bin/briefing
"""

import os
import pty
import select
import signal
import sys

SECONDS = 60


def main() -> int:
    """0 where the sample is drawn and the reader leaves as it should."""
    words = [sys.argv[1], "demo"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="100", LINES="30")
        os.execv(words[0], words)  # noqa: S606 - the program that is to be tried
    written = b""
    while b"unread" not in written:
        if not select.select([terminal], [], [], SECONDS)[0]:
            os.kill(pid, signal.SIGKILL)
            break
        try:
            written += os.read(terminal, 65536)
        except OSError:  # it has ended
            break
    else:
        os.write(terminal, b"q")
    while select.select([terminal], [], [], SECONDS)[0]:
        try:
            written += os.read(terminal, 65536)
        except OSError:
            break
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code or b"unread" not in written:
        sys.stderr.write(written[-2000:].decode("utf-8", "replace"))
        print(f"the demo did not run (exit code {code})")
        return 1
    print("the demo runs")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The command ``bulou``, also as ``python -m bulou``."""

import signal
import sys

from bulou import _native


def main() -> int:
    """Runs the command line; the answer is the exit code."""
    # Python would hear an interrupt only when the command is over.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.command_line(["bulou", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())

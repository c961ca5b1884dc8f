"""``python -m derive``: the same as the command ``derive``."""

import sys

__all__ = ["run"]


def run() -> int:
    """Run one command; an interrupt is none of Python's concern while it still imports, either."""
    try:
        from derive.cli import main

        return main()
    except KeyboardInterrupt:
        print("derive: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(run())

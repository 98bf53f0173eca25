"""``python -m parallel_statement`` is the same as ``align``."""

import sys

from parallel_statement.cli import main

if __name__ == "__main__":
    sys.exit(main())

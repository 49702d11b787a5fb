"""python -m addin: the same as the command ib-trackers."""

import sys

from addin.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

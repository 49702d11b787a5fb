"""python3 scripts/demo.py: see it work, in a minute, with nothing but Python (3.11 or newer).

Makes its own environment, then runs `ib-trackers demo`: a made-up school, checked, exported and shared.
"""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT, python

if __name__ == "__main__":
    command = [python("google"), "-m", "addin", "demo", *(sys.argv[1:] or [str(ROOT / "ib-trackers-demo")])]
    try:
        sys.exit(subprocess.run(command, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(2)

"""Nightly remind of a workbook, for any scheduler: python scripts/nightly_remind.py School.xlsx"""

import sys

from addin.schedule.nightly import nightly

sys.exit(nightly("remind", sys.argv[1]))

"""Nightly report of a workbook, for any scheduler: python scripts/nightly_report.py School.xlsx"""

import sys

from addin.schedule.nightly import nightly

sys.exit(nightly("report", sys.argv[1]))

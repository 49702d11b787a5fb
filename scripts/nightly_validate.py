"""Nightly validate of a workbook, for any scheduler: python scripts/nightly_validate.py School.xlsx"""

import sys

from addin.schedule.nightly import nightly

sys.exit(nightly("validate", sys.argv[1]))

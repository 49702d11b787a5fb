"""What a sync found out of order, and puts right or works around, in a sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from addin.actions.sync.session import Pair
from addin.core.sync.side import SideRows
from addin.core.text import counted


def side_remarks(pairs: Sequence[Pair], *, dry_run: bool) -> list[str]:
    """About the sides of these links; of a link that is paused nothing is put right, so it is not among them."""
    sides = {f"{pair.tracker.title} in the workbook": pair.left for pair in pairs}
    sides |= {f"the shared sheet of {pair.link.name}": pair.right for pair in pairs}
    return [remark for where, side in sides.items() for remark in _about(side, where, dry_run=dry_run)]


def _about(side: SideRows, where: str, *, dry_run: bool) -> list[str]:
    remarks = []
    rows, back = counted(side.repaired, "row"), "would be put back" if dry_run else "put back"
    if side.headed:
        ids = f", with the ids of {rows}" if side.repaired else ""
        remarks.append(f"The column IBT id was missing in {where}: {back}{ids}.")
    elif side.repaired:
        remarks.append(f"The row ids of {rows} in {where} were damaged: {back}.")
    if side.covered:
        remarks.append(f"Cells are merged in {where}, so some rows show no value of their own. Unmerge them.")
    return remarks

"""What a sync found out of order, and puts right or works around, in a sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from addin.actions.sync.session import Pair
from addin.core.language import phrase
from addin.core.sync.side import SideRows
from addin.core.text import counted
from addin.workspace.unread import about_repeated


def side_remarks(pairs: Sequence[Pair], *, dry_run: bool) -> list[str]:
    """About the sides of these links; of a link that is paused nothing is put right, so it is not among them."""
    sides = {phrase("{title} in the workbook", title=pair.tracker.title): pair.left for pair in pairs}
    sides |= {phrase("the shared sheet of {link}", link=pair.link.name): pair.right for pair in pairs}
    return [remark for where, side in sides.items() for remark in _about(side, where, dry_run=dry_run)]


def _about(side: SideRows, where: str, *, dry_run: bool) -> list[str]:
    remarks = []
    rows, back = counted(side.repaired, "row"), phrase("would be put back") if dry_run else phrase("put back")
    if side.headed:
        gone = "The column IBT id was missing in {where}: {back}."
        with_ids = "The column IBT id was missing in {where}: {back}, with the ids of {rows}."
        remarks.append(phrase(with_ids if side.repaired else gone, where=where, back=back, rows=rows))
    elif side.repaired:
        sentence = "The row ids of {rows} in {where} were damaged: {back}."
        remarks.append(phrase(sentence, rows=rows, where=where, back=back))
    if side.covered:
        sentence = "Cells are merged in {where}, so some rows show no value of their own. Unmerge them."
        remarks.append(phrase(sentence, where=where))
    return [*remarks, *(about_repeated(header, where) for header in side.repeated)]

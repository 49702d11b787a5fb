"""Two tables and what both held last time give one plan in which no edit is lost.

`plan(base, left, right)` decides and touches nothing; `apply(table, changes)` acts and returns a new table.
A table is `{row id: {column: value}}`; the order of rows and columns means nothing, and no clock is asked.
Left is the coordinator's workbook ("mine" on the Conflicts sheet), right the shared sheet ("theirs").

Rows, by the side that has them now:

    base  left       right      what happens
    ────  ─────────  ─────────  ──────────────────────────────────────────────────────────────
     no   new        -          given to the right
     no   new        new        the same id twice: merged cell by cell from an empty row
     yes  there      there      merged cell by cell
     yes  as before  deleted    deleted on the left
     yes  edited     deleted    CONFLICT (column None): the row stays where it is until a person decides
     yes  deleted    deleted    forgotten
    and each of these with left and right exchanged

Cells, when both sides have the row:

    left       right      what happens
    ─────────  ─────────  ──────────────────────────────────────────────
    as before  as before  nothing
    edited     as before  the right takes it (blanking a cell is an edit)
    edited     same edit  agreed: nothing to write, the base moves on
    edited     edited     CONFLICT: both values stay where they are
    edited     silent     the right takes it, if the right holds the column

*Silent* is a column that the side's row does not have. It is no blank: nothing is ever emptied because a column is not
there. A column that neither was in the base nor is on the other side is new and goes there; a column that the base
knows and a side has lost is left in peace on both sides. `holds=(left columns, right columns)` says instead exactly
what each side may hold: so private columns stay at home. A row that is blank in all shared columns is neither given
nor deleted: beside it there is a note of one's own. A deleted row that still holds something the deleting side
never saw is a conflict too.

A conflict stays until a person decides (`choices`): until then the base keeps the old value, so the next plan finds it
again, and writes nothing. A choice made about other values than those that are there now is not carried out.
With `row_conflicts` edits of both sides in one row are one conflict of the whole row (column None, both rows shown).

One way: `direction="to_right"` (publish only) and `"to_left"` (collect only) let one side's edits through; what the
other side did is put back and listed in `Plan.refused`, except rows it added: these are listed and left alone.
`edited_by={column: side}` does the same for single columns.

`leaving` names rows that stay on the left and go from the right, to another link (a student changes advisor): what was
edited on the right comes to the left first, and a row that is gone there already is not deleted on the left.

`unseen={side: rows}` names rows in which a side holds edits that the plan cannot see, such as a private note or what
another link brings: their deletion on the other side is a conflict.

Values are the same when a spreadsheet could not tell them apart: an empty text and a blank, 1 and 1.0, a date and
that day's midnight, 08:30 and eight and a half hours. True is not 1, "1" is not 1, and the error #N/A is not the text
"#N/A".
A lost base is an empty one, as if both sides had been empty before: nothing is deleted, differences are conflicts.
Results share rows with the tables that were given; no table that was given is changed.
"""

from addin.core.sync.guard import Limits, Reason, guard
from addin.core.sync.identity import Identity, IdProblem, identify, new_ids
from addin.core.sync.merge import plan
from addin.core.sync.model import MINE, THEIRS, Changes, Choice, Conflict, Plan, Refused, Row, Table, apply, same

__all__ = [
    "MINE",
    "THEIRS",
    "Changes",
    "Choice",
    "Conflict",
    "IdProblem",
    "Identity",
    "Limits",
    "Plan",
    "Reason",
    "Refused",
    "Row",
    "Table",
    "apply",
    "guard",
    "identify",
    "new_ids",
    "plan",
    "same",
]

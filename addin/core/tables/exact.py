"""A table with each choice and each reference as its exact value, what was written otherwise kept with its fix.

The cells stay as they are; rules and summaries see what was meant, and a finding offers the exact value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

from addin.core.book import Value
from addin.core.language import Language, Meant, phrase
from addin.core.records import replace
from addin.core.tables.choices import Lists, choices_of, remark
from addin.core.tables.equality import difference, fold_code
from addin.core.tables.table import Table
from addin.core.tables.values import Read, ReadIssue, quoted, split
from addin.core.trackers import Tracker


def with_english_choices(tracker: Tracker, table: Table) -> Table:
    """The table with each choice, yes and no of the workbook's language as rules know it; the cells' words are kept."""
    for name, column in tracker.columns.items():
        if not column.local or name not in table.columns:
            continue
        meanings: dict[Value, str] = {local: exact for exact, local in column.local.items()}
        values, issues = list(table.columns[name]), dict(table.odd.get(name, {}))
        for index, value in enumerate(values):
            if column.type == "yes_no":
                raw = issues[index].raw if index in issues else None
                if raw in meanings:
                    values[index], issues[index] = meanings[raw] == "Yes", _understood(raw)
            elif isinstance(value, str) and (exact := _in_english(value, meanings, column.several)) is not None:
                values[index], issues[index] = Meant.of(exact, value), _understood(value)
            elif isinstance(value, str) and value in column.local:
                issues[index] = remark(value, Meant.of(value, column.local[value]))  # formulas do not count it
        table = replace(table, columns={**table.columns, name: values}, odd={**table.odd, name: issues})
    return table


def _in_english(value: str, meanings: Mapping[Value, str], several: bool) -> str | None:
    if value in meanings or not several:
        return meanings.get(value)
    parts = split(value)
    return "; ".join(meanings.get(part, part) for part in parts) if any(part in meanings for part in parts) else None


def _understood(raw: Value) -> ReadIssue:
    return ReadIssue(raw, "", level="none")


def with_exact_choices(tracker: Tracker, table: Table, lists: Lists, languages: Sequence[Language] = ()) -> Table:
    """The table with every choice as its exact value; it may be written in one of these languages."""
    for name, column in tracker.columns.items():
        limit = column.words.get("one_of")
        if limit is None or column.calculated or name not in table.columns:
            continue
        different = set(table.columns[name]) - _values(limit, lists) - {None}
        choices = choices_of(column, lists, languages) if different else None
        if choices:
            table = _read_again(table, name, different, choices.read)
    return table


def with_exact_references(tracker: Tracker, table: Table, tables: Mapping[str, Table]) -> Table:
    """The table with every reference to another tracker's row as that row has it: `0012 ` is 0012."""
    for name, column in tracker.columns.items():
        of, _, key = str(column.words.get("exists_in", "")).partition(".")
        if of not in tables or key not in tables[of].columns or column.calculated or name not in table.columns:
            continue
        known = set(tables[of].columns[key])
        different = set(table.columns[name]) - known - {None}
        if different:
            table = _read_again(table, name, different, _same_code([v for v in known if isinstance(v, str)]))
    return table


def _same_code(known: Sequence[str]) -> Callable[[Value], Read]:
    """Reads a code as the one of these that differs only in its writing, where there is just one."""
    forms: dict[str, list[str]] = {}
    for code in known:
        forms.setdefault(fold_code(code), []).append(code)

    def read(raw: Value) -> Read:
        same = forms.get(fold_code(raw), []) if isinstance(raw, str) else []
        if len(same) != 1:
            return raw, None
        message = phrase(
            "{raw} is {same}, but differs in {difference}.",
            raw=quoted(raw),
            same=same[0],
            difference=difference(str(raw), same[0]),
        )
        return same[0], ReadIssue(raw, message, phrase("Use {same}.", same=same[0]), "same-code", "warning", same[0])

    return read


def _read_again(table: Table, name: str, values: Set[Value], read: Callable[[Value], Read]) -> Table:
    """The table with these values of a column read by another reader, where that reader has something to say."""
    changed = {value: one for value in values if (one := read(value))[1] is not None}
    if not changed:
        return table
    rows = {i: changed[value] for i, value in enumerate(table.columns[name]) if value is not None and value in changed}
    column = [rows[i][0] if i in rows else value for i, value in enumerate(table.columns[name])]
    found = {i: issue for i, (_, issue) in rows.items() if issue}
    issues = {**table.odd.get(name, {}), **found}
    return replace(table, columns={**table.columns, name: column}, odd={**table.odd, name: issues})


def _values(limit: object, lists: Lists) -> Set[Value]:
    """The exact values, to see at once that a column holds no others."""
    if isinstance(limit, str) and limit.startswith("lists."):
        name, _, of = limit.removeprefix("lists.").partition(".")
        return frozenset(lists.get(name, {}).get(of, ()))
    return frozenset(limit) if isinstance(limit, (list, tuple)) else frozenset()

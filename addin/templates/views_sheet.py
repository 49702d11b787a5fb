"""The Views sheet: one tab for all summaries. A drop-down chooses which one is shown; hidden sheets calculate them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from addin.core.a1 import letters, quoted
from addin.core.checks.summary import Line
from addin.core.trackers import Tracker, View
from addin.templates import views
from addin.templates.calculations import shown
from addin.templates.cells import cached
from addin.templates.look import TABS, Look
from addin.templates.plan import HEADER_ROW, NOTHING_TYPED, VIEWS, Plan, text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from addin.templates.plain_sheet import PlainSheet

Summaries = Mapping[tuple[str, str], Sequence[Line]]
FIRST_CHOICES = (
    ("cas", "cas_progress"),
    ("registrations", "subjects"),
    ("pyp", "groups"),
    ("myp", "supervisors"),
    ("cp", "core"),
)
"""The view that is shown first: the first of these, tracker and view, that the workbook has."""
MOST_CHOICES = 29
NAMES = 3
"""Columns that are at the left and stay in sight: what a line is about and the names beside it. The others are centred,
since they hold words in one summary and numbers in another."""
PER_PAGE = 66
"""Lines on a printed page."""
AT_FIRST = 2 * PER_PAGE
"""Lines to be seen in a workbook without rows."""
SPARE = 5
"""Blank lines to be seen, at least, below those of the longest summary."""
_PAPER = ((741, 516), (494, 763))
"""Points within the margins of a page, width and height: A4 on its side and upright."""
_LINE, _HEAD = 15, 100
"""Points of a line, and of all that is above the lines."""
CHOICE_ROW, CHOICE_COLUMN = HEADER_ROW - 1, 2
_CHOICE = f"$B${CHOICE_ROW}"
_WIDTHS = (20, 18, 18)
_WIDE = 13
_POINTS = 6.6
"""Points of a column for each character of its width."""
_DATES = ("earliest", "latest")


def write(book: Workbook, sheet: PlainSheet, look: Look, plan: Plan, summaries: Summaries) -> None:
    """Fill the sheet. Its lines are as many as the longest view has."""
    held = list(shown(plan))
    wide = max(len(views.columns_of(view)) for _, view in held)
    counts = {view.name: views.lines_of(plan, view, len(summaries[t.name, view.name])) for t, view in held}
    count = max(counts.values())
    seen = _seen(count, [len(summaries[t.name, view.name]) for t, view in held if not view.per.startswith("lists.")])
    first = _first(held)
    widths = _heading(sheet, look, plan, held, first, wide)
    _names(book, plan, held, counts, wide)
    _notice(sheet, look, plan, held, counts, seen, count)
    _lines(sheet, look, plan, held[first], summaries, count, wide)
    _marks(sheet, look, plan, held, count, wide)
    sheet.set_tab_color(TABS["view"])
    sheet.freeze_panes(HEADER_ROW, NAMES)
    sheet.autofilter(HEADER_ROW - 1, 0, HEADER_ROW - 1 + count, wide - 1)
    _page(sheet, widths)
    sheet.set_default_row(_LINE)
    _fold(sheet, seen, count)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer(f"&L{plan.say(VIEWS)}&C&P / &N&R&D")
    sheet.print_filled(HEADER_ROW + 1, HEADER_ROW + count, wide)


def _seen(count: int, lengths: Sequence[int]) -> int:
    """How many lines are to be seen: whole pages, enough for the longest summary; the others are folded away.

    LibreOffice does not know the printed area that Excel works out: it prints every line that is not hidden.
    """
    longest = max(lengths, default=0)
    lines = longest + SPARE if longest else AT_FIRST
    return min(count, -(-lines // PER_PAGE) * PER_PAGE)


def _fold(sheet: PlainSheet, seen: int, count: int) -> None:
    """Fold the lines away that no summary needs yet; the sign to open them is beside the last line to be seen."""
    sheet.outline_settings(True, False, True, False)
    for line in range(seen + 1, count + 1):
        sheet.set_row(HEADER_ROW - 1 + line, _LINE, None, {"level": 1, "hidden": True})
    if seen < count:
        sheet.set_row(HEADER_ROW - 1 + seen, _LINE, None, {"collapsed": True})


def _page(sheet: PlainSheet, widths: Sequence[float]) -> None:
    """One page wide, with `PER_PAGE` lines, on its side or upright: as is larger."""
    needed = _LINE * PER_PAGE + _HEAD
    wide = sum(widths) * _POINTS
    side, upright = (min(1, across / wide, down / needed) for across, down in _PAPER)
    if side > upright:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(int(100 * max(side, upright)))
    sheet.set_margins(top=0.5, bottom=0.6)


def _first(held: Sequence[tuple[Tracker, View]]) -> int:
    names = [(tracker.name, view.name) for tracker, view in held]
    return next((names.index(name) for name in FIRST_CHOICES if name in names), 0)


def chosen_at_first(plan: Plan) -> str:
    """The summary that a new workbook shows."""
    held = list(shown(plan))
    return title_of(plan, *held[_first(held)])


def title_of(plan: Plan, tracker: Tracker, view: View) -> str:
    """The view's name in the drop-down."""
    return plan.views[tracker.name, view.name]


def _heading(
    sheet: PlainSheet, look: Look, plan: Plan, held: Sequence[tuple[Tracker, View]], first: int, wide: int
) -> list[float]:
    """Title, choice and headers; the columns' widths."""
    titles = [title_of(plan, *one) for one in held]
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, plan.say("Views"), look("title"))
    sheet.set_row(HEADER_ROW - 2, 18)
    sheet.write_string(HEADER_ROW - 2, 0, plan.say("Choose a summary:"), look("right", indent=1))
    sheet.merge_range(HEADER_ROW - 2, 1, HEADER_ROW - 2, 2, titles[first], look("input", bold=True))
    at = wide + 1
    sheet.set_column(at, at, None, None, {"hidden": True})
    for number, title in enumerate(titles, HEADER_ROW):
        sheet.write_string(number, at, title)
    sheet.data_validation(
        HEADER_ROW - 2, 1, HEADER_ROW - 2, 1,
        {"validate": "list", "source": "=view_titles", "ignore_blank": False,
         "error_message": plan.say("Choose from the list."),
         "input_title": plan.say("Choose a summary"),
         "input_message": plan.say("Click the arrow and choose what to look at.")},
    )  # fmt: skip
    listed: dict[int, list[int]] = {}
    for _, view in held:
        for number, measure in enumerate(view.columns, len(view.show) + 1):
            if measure.lacks:
                listed.setdefault(number, []).append(views.measure_width(view, measure))
    usual = [*_WIDTHS, *[_WIDE] * wide][:wide]
    widths = [max([width, *listed.get(number, ())]) for number, width in enumerate(usual)]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.set_row(HEADER_ROW - 1, 34)
    return widths


def _names(
    book: Workbook, plan: Plan, held: Sequence[tuple[Tracker, View]], counts: Mapping[str, int], wide: int
) -> None:
    """The table that the choice stands for, as one name."""
    at = letters(wide + 2)
    titles = f"{plan.sheet(VIEWS)}!${at}${HEADER_ROW + 1}:${at}${HEADER_ROW + len(held)}"
    book.define_name("view_titles", f"={titles}")
    areas = []
    for tracker, view in held:
        last = letters(len(views.columns_of(view)))
        area = f"$A${HEADER_ROW}:${last}${HEADER_ROW + counts[view.name]}"
        areas.append(f"{quoted(title_of(plan, tracker, view))}!{area}")
    book.define_name("view_shown", f"={_choose(f'MATCH({plan.sheet(VIEWS)}!{_CHOICE},view_titles,0)', areas)}")


def _choose(number: str, areas: Sequence[str]) -> str:
    """The area of this number, counted from 1. LibreOffice's CHOOSE takes no more than `MOST_CHOICES`."""
    first, more = areas[:MOST_CHOICES], areas[MOST_CHOICES:]
    chosen = f"CHOOSE({number},{','.join(first)})"
    return f"IF({number}<={len(first)},{chosen},{_choose(f'{number}-{len(first)}', more)})" if more else chosen


def _notice(
    sheet: PlainSheet,
    look: Look,
    plan: Plan,
    held: Sequence[tuple[Tracker, View]],
    counts: Mapping[str, int],
    seen: int,
    count: int,
) -> None:
    """Says so where a tracker has outgrown the lines of a summary, or a summary those that are to be seen."""
    tests = set()
    for _, view in held:
        name, _, column = view.per.partition(".")
        if name in plan.places and views.is_line_by_row(plan, view):
            tests.add(f"COUNTA({plan.places[name].below(column, 1_000_000)})>{counts[view.name]}")
    words = plan.quote("Some rows are not shown: a tracker has outgrown this workbook. Make a new one with rollover.")
    rest = plan.quote(NOTHING_TYPED)
    if seen < count:
        last = HEADER_ROW + seen
        below = f'SUMPRODUCT(--($A${last + 1}:$A${HEADER_ROW + count}<>""))'
        more = plan.quote("Lines below row {row} may be folded away: click + beside row {row} to see them.", row=last)
        rest = f"IF({below}>0,{more},{rest})"
    formula = f"=IF(OR({','.join(sorted(tests)) or 'FALSE'}),{words},{rest})"
    sheet.write_formula(HEADER_ROW - 2, 3, formula, look("plain", font_color="#52606D"), plan.say(NOTHING_TYPED))


def _lines(
    sheet: PlainSheet, look: Look, plan: Plan, chosen: tuple[Tracker, View], summaries: Summaries, count: int, wide: int
) -> None:
    tracker, view = chosen
    headers: list[Any] = [plan.source(r).column.header for r in (view.per, *view.show)]
    headers += [measure.header for measure in view.columns]
    lines = views.places(plan, view, summaries[tracker.name, view.name])
    results = {at + 1: _results(plan, line, view) for at, line in lines}
    results[0] = headers
    for line in range(count + 1):
        known = results.get(line, [])
        for column in range(wide):
            cell = f"INDEX(view_shown,{line + 1},{column + 1})"
            formula = f'IFERROR(IF({cell}="","",{cell}),"")'
            result = known[column] if column < len(known) else ""
            style = _style(look, line == 0, column)
            sheet.write_formula(HEADER_ROW - 1 + line, column, formula, style, result)


def _style(look: Look, header: bool, column: int) -> Any:
    side = "left" if column < NAMES else "center"
    if header:
        return look("header", align=side)
    return look("plain", align=side, **({"bold": True} if column == 0 else {}))


def _results(plan: Plan, line: Line, view: View) -> list[Any]:
    values = [line.value, *line.shown.values(), *(line.measures[measure.name] for measure in view.columns)]
    return [cached(value, plan.language) for value in values]


def _marks(
    sheet: PlainSheet, look: Look, plan: Plan, held: Sequence[tuple[Tracker, View]], count: int, wide: int
) -> None:
    """Dates look like dates in the columns of the view that is chosen; Yes and Behind stand out."""
    last = HEADER_ROW - 1 + count
    for column in range(wide):
        titles = [title_of(plan, *one) for one in held if column in _date_columns(plan, one[1])]
        if titles:
            tests = ",".join(f"{_CHOICE}={text(title)}" for title in titles)
            sheet.conditional_format(
                HEADER_ROW,
                column,
                last,
                column,
                {"type": "formula", "criteria": f"=OR({tests})", "format": look("date_mark")},
            )
    for tracker, view in held:
        for column, test in views.lacking_cells(plan, view):
            chosen = f"AND({_CHOICE}={text(title_of(plan, tracker, view))},{test})"
            sheet.conditional_format(
                HEADER_ROW,
                column,
                last,
                column,
                {"type": "formula", "criteria": f"={chosen}", "format": look("warning")},
            )
    first = f"A{HEADER_ROW + 1}"
    for test, style in (
        (f"AND(A${HEADER_ROW}={plan.quote('Behind?')},{first}={plan.quote('Yes')})", "warning"),
        (f"AND(A${HEADER_ROW}={plan.quote('Complete?')},{first}={plan.quote('Yes')})", "done"),
    ):
        sheet.conditional_format(
            HEADER_ROW, 0, last, wide - 1, {"type": "formula", "criteria": f"={test}", "format": look(style)}
        )


def _date_columns(plan: Plan, view: View) -> set[int]:
    shown_columns = (view.per, *view.show)
    dates = {n for n, reference in enumerate(shown_columns) if plan.source(reference).column.type == "date"}
    start = 1 + len(view.show)
    return dates | {start + n for n, measure in enumerate(view.columns) if measure.measure in _DATES}

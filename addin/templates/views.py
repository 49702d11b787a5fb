"""A view as a sheet of live formulas: one line for each row of the tracker that it is about, blank where there is none.

New rows appear by themselves; no formula here is newer than Excel 2019, and none spills.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from addin.core.a1 import letters, quoted
from addin.core.checks.summary import DAYS_IN_MONTH, MONTHS_BEFORE, NOTHING_LACKS, Line
from addin.core.trackers import Measure, Pace, Tracker, View
from addin.errors import TrackerProblem
from addin.templates.calculations import BEYOND, as_text, rows_letter
from addin.templates.cells import cached
from addin.templates.look import NUMBER_FORMATS, RIGHT, TABS, Look, header_width, width
from addin.templates.measures_native import REPORT_ONLY, Formula, Lines
from addin.templates.plan import CALCULATIONS, HEADER_ROW, LINES, NOTHING_TYPED, Plan, Source, text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from addin.templates.plain_sheet import PlainSheet

FIRST_LINE = HEADER_ROW + 1
_MEASURE_WIDTH = 12


def measure_width(view: View, measure: Measure) -> int:
    """How wide a measure's column is; one that lists headers has room for all of them."""
    headers = {one.name: one.header for one in view.columns}
    return max(_MEASURE_WIDTH, sum(len(headers[name]) + 2 for name in measure.lacks))


def lines_of(plan: Plan, view: View, lines: int) -> int:
    """How many lines a view has room for: those that there are and a year's worth of new ones; lists grow less."""
    if view.per.startswith("lists."):
        return plan.source(view.per).rows + LINES // 10
    return max(LINES, lines + LINES // 2)


def is_line_by_row(plan: Plan, view: View) -> bool:
    """Whether each row has a value of its own; else the values are to be gathered from rows that share them."""
    name, _, column = view.per.partition(".")
    tracker = plan.trackers.get(name)
    return tracker is None or tracker.key == (column,) or bool(tracker.columns[column].words.get("unique"))


def columns_of(view: View) -> list[str]:
    """The view's columns from left to right: what it is about, what is shown beside it, the measures."""
    return [view.per, *view.show, *(measure.name for measure in view.columns)]


def complete_column(view: View) -> int | None:
    """The number of the last column that says whether all aims are reached."""
    aims = [number for number, measure in enumerate(view.columns, len(view.show) + 2) if measure.needs]
    return aims[-1] if aims else None


def write(sheet: PlainSheet, look: Look, plan: Plan, tracker: Tracker, view: View, lines: Sequence[Line]) -> None:
    """Fill one view's sheet; `lines` are its lines in Python, stored as the formulas' results."""
    _heading(sheet, look, plan, tracker, view)
    count = lines_of(plan, view, len(lines))
    formulas = _formulas(plan, tracker, view, count)
    results = {at: _results(plan, line, view, formulas) for at, line in places(plan, view, lines)}
    sides = _sides(plan, view)
    forms = _formats(plan, tracker, view)
    styles = [look("plain", num_format=form, **side) for form, side in zip(forms, sides, strict=True)]
    for number, (formula, style) in enumerate(zip(formulas, styles, strict=True)):
        column = [results[at][number] if at in results else "" for at in range(count)]
        _fill(sheet, number, formula, style, column)
    _marks(sheet, look, plan, view, FIRST_LINE + count - 2)
    _page(sheet, view)
    sheet.print_filled(FIRST_LINE, FIRST_LINE + count - 1, len(columns_of(view)))


def places(plan: Plan, view: View, lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """Each line with its place in the view, from 0: beside the row that it is about, or one below the other."""
    by_row = is_line_by_row(plan, view)
    for number, line in enumerate(lines):
        yield (line.row - 1 if by_row else number), line


def _fill(sheet: Worksheet, at: int, formula: Formula, style: Any, results: Sequence[Any]) -> None:
    """One column of the view: its formula in each line, or once for all of them, with the results in Python."""
    if formula.over == "all lines":
        last = FIRST_LINE + len(results) - 2
        sheet.write_array_formula(FIRST_LINE - 1, at, last, at, formula.text, style, results[0])
        for row, result in enumerate(results[1:], FIRST_LINE):
            if result == "":
                sheet.write_blank(row, at, None, style)
            else:
                sheet.write_number(row, at, result, style)
        return
    for row, result in enumerate(results, FIRST_LINE):
        written = formula.text.replace("§", str(row)).replace("¤", str(row - 1))
        if formula.over == "line as array":
            sheet.write_array_formula(row - 1, at, row - 1, at, written, style, result)
        else:
            sheet.write_formula(row - 1, at, written, style, result)


def _results(plan: Plan, line: Line, view: View, formulas: Sequence[Formula]) -> list[Any]:
    lines = [line.value, *line.shown.values(), *(line.measures[measure.name] for measure in view.columns)]
    unsaid = [text(REPORT_ONLY) in formula.text for formula in formulas]
    return [REPORT_ONLY if bare else cached(value, plan.language) for value, bare in zip(lines, unsaid, strict=True)]


def _formulas(plan: Plan, tracker: Tracker, view: View, count: int) -> list[Formula]:
    """One formula for each column; § stands for the line's row number, ¤ for the one above."""
    by_row = is_line_by_row(plan, view)
    source = plan.source(view.per)
    tail = as_text(plan, view)
    formulas = [Formula(_next_row(source, tail) if by_row else _next_new(plan, tracker, view, tail))]
    for reference in view.show:
        _of_the_same(view, reference)
        other = plan.source(reference)
        shown = _row_of(other) if by_row else f"INDEX({other.whole},MATCH($A§,{source.whole},0))"
        formulas.append(Formula(f'IF($A§="","",IF({shown}="","",{shown}))'))
    lines = Lines(plan, tracker, view, FIRST_LINE + count - 1)
    places = {measure.name: letters(number) for number, measure in enumerate(view.columns, len(view.show) + 2)}
    for measure in view.columns:
        if measure.pace:
            formulas.append(Formula(_behind(plan, view, measure.pace, places)))
        elif measure.lacks:
            formulas.append(Formula(_lacks(plan, view, measure, places)))
        else:
            formulas.append(Formula(_needs(plan, view, measure, places)) if measure.needs else lines.formula(measure))
    return formulas


def _next_row(source: Source, tail: str) -> str:
    """The value of the row that belongs to this line; blank where it stands in a line above."""
    value = _row_of(source)
    return f'IF({value}="","",IF(ISNUMBER(MATCH({value}{tail},$A${HEADER_ROW}:$A¤,0)),"",{value}{tail}))'


def _next_new(plan: Plan, tracker: Tracker, view: View, tail: str) -> str:
    """The value that is in no line above, from the row that the hidden sheet found; blank below the last line."""
    row = f"{CALCULATIONS}!${rows_letter(plan, tracker, view)}§"
    return f'IF({row}<{BEYOND},INDEX({plan.source(view.per).whole},{row}){tail},"")'


def _row_of(source: Source) -> str:
    """The cell of the row that belongs to this line; found from the header, so that rows may come and go."""
    return f"INDEX({source.whole},ROW({source.header_cell})+ROWS($A${FIRST_LINE}:$A§))"


def _of_the_same(view: View, reference: str) -> None:
    about = view.per.rpartition(".")[0]
    if reference.rpartition(".")[0] != about:
        raise TrackerProblem(
            f"view {view.name!r} shows {reference}, but is per {view.per}.", next=f"Show columns of {about}."
        )


def _not_asked(view: View) -> str:
    """A test for a line without a value, or of which no aims are asked; as `summary.is_asked`."""
    shown = {reference: f"${letters(number)}§" for number, reference in enumerate(view.show, 2)}
    asked = [f"TRIM({shown[name]})={text(value)}" for name, values in view.asked.items() for value in values]
    tests = ['$A§=""', *([f"NOT(OR({','.join(asked)}))"] if asked else [])]
    if view.left:
        tests.append(f"AND(ISNUMBER({shown[view.left]}),N({shown[view.left]})<=TODAY())")
    return f"OR({','.join(tests)})" if len(tests) > 1 else tests[0]


def _needs(plan: Plan, view: View, measure: Measure, places: Mapping[str, str]) -> str:
    tests = []
    for name, aim in measure.needs.items():
        cell = f"${places[name]}§"
        if isinstance(aim, bool):
            tests.append(f"{cell}={text(plan.language.yes if aim else plan.language.no)}")
        elif constant := plan.constant(aim):
            tests.append(f"ISNUMBER({cell}),N({cell})>={constant}")
    yes, no = text(plan.language.yes), text(plan.language.no)
    return f'IF({_not_asked(view)},"",IF(AND({",".join(tests) or "TRUE"}),{yes},{no}))'


def _lacks(plan: Plan, view: View, measure: Measure, places: Mapping[str, str]) -> str:
    """The headers of those further left that have not come to their aims, one after the other."""
    headers = {one.name: one.header for one in view.columns}
    parts = [
        f'IF(N(${places[name]}§)>={constant},"",{text(", " + headers[name])})'
        for name, aim in measure.lacks.items()
        if (constant := plan.constant(aim))
    ]
    none = text(plan.language.say(NOTHING_LACKS))
    joined = "&".join(parts) or text("")
    return f'IF({_not_asked(view)},"",IF(LEN({joined})=0,{none},MID({joined},3,255)))'


def _behind(plan: Plan, view: View, pace: Pace, places: Mapping[str, str]) -> str:
    """As `summary.is_behind`, with the cells of the line."""
    shown = {reference: f"${letters(number)}§" for number, reference in enumerate(view.show, 2)}
    session, joined = shown[pace.session], shown[pace.joined]
    month = f'IF(UPPER(LEFT({session},1))="M",5,11)'
    begun = f"EDATE(DATE(2000+RIGHT({session},2),{month},1),-{MONTHS_BEFORE})"
    begun = f"IF(ISNUMBER({joined}),MAX({joined},{begun}),{begun})"
    months, slack = plan.constant(pace.months) or "0", plan.constant(pace.slack) or "0"
    passed = f"MIN(1,MAX(0,TODAY()-{begun})/({DAYS_IN_MONTH}*{months}))"
    shares = [f"MIN(1,N(${places[n]}§)/{aim})" for n, a in pace.aims.items() if (aim := plan.constant(a))]
    lags = f"100*({'+'.join(shares)})/{len(shares)}+{slack}<100*{passed}"
    return f'IF({_not_asked(view)},"",IF(IFERROR({lags},FALSE),{text(plan.language.yes)},{text(plan.language.no)}))'


def _formats(plan: Plan, tracker: Tracker, view: View) -> list[str]:
    formats = [NUMBER_FORMATS[plan.source(reference).column.type] for reference in (view.per, *view.show)]
    dates = ("earliest", "latest")
    formats += ["yyyy-mm-dd" if measure.measure in dates else "General" for measure in view.columns]
    # A formula in a cell of format Text would be shown, not calculated, once somebody edits it.
    return ["General" if form == "@" else form for form in formats]


def _sides(plan: Plan, view: View) -> list[dict[str, Any]]:
    """How each column is aligned: measures and dates to the right, words to the left."""
    right = [plan.source(reference).column.type in RIGHT for reference in (view.per, *view.show)]
    right += [not measure.is_asked for measure in view.columns]
    pairs = zip(right, [False, *right], strict=False)
    return [
        {"align": "right"} if number else {"align": "left", **({"indent": 1} if beside else {})}
        for number, beside in pairs
    ]


def _heading(sheet: Worksheet, look: Look, plan: Plan, tracker: Tracker, view: View) -> None:
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, view.title, look("title"))
    sheet.write_string(
        1,
        0,
        f"{plan.say('From {sheet}.', sheet=tracker.sheet)} {plan.say(NOTHING_TYPED)}",
        look("plain", font_color="#52606D"),
    )
    sheet.hide()
    sheet.set_row(2, 6)
    sheet.set_row(HEADER_ROW - 1, 34)
    sides = _sides(plan, view)
    for number, reference in enumerate((view.per, *view.show)):
        column = plan.source(reference).column
        style = look("needed" if number == 0 else "header", **sides[number])
        sheet.write_string(HEADER_ROW - 1, number, column.header, style)
        sheet.set_column(number, number, width(column))
    for number, measure in enumerate(view.columns, len(view.show) + 1):
        sheet.write_string(HEADER_ROW - 1, number, measure.header, look("header", **sides[number]))
        wide = max(measure_width(view, measure), max(map(len, measure.header.split())) + 4)
        sheet.set_column(number, number, header_width(measure.header, wide))
    sheet.freeze_panes(HEADER_ROW, 1)


def _marks(sheet: Worksheet, look: Look, plan: Plan, view: View, last: int) -> None:
    """Yes stands out, and a measure that has come to its aim is marked."""
    places = {measure.name: number for number, measure in enumerate(view.columns, len(view.show) + 1)}
    for aimed, test in lacking_cells(plan, view):
        _when(sheet, aimed, last, f"={test}", look("warning"))
    for measure in view.columns:
        at = places[measure.name]
        if not measure.needs:
            continue
        _when(sheet, at, last, f"=${letters(at + 1)}{FIRST_LINE}={text(plan.language.yes)}", look("done"))
        _when(sheet, at, last, f"=${letters(at + 1)}{FIRST_LINE}={text(plan.language.no)}", look("open"))
        for name, aim in measure.needs.items():
            cell = f"${letters(places[name] + 1)}{FIRST_LINE}"
            if not isinstance(aim, bool) and (constant := plan.constant(aim)):
                formula = f"=AND(ISNUMBER({cell}),N({cell})>={constant})"
                _when(sheet, places[name], last, formula, look("done"))


def lacking_cells(plan: Plan, view: View) -> Iterator[tuple[int, str]]:
    """Each column (from 0) that a `lacks` looks at, and a test for a cell of the first line that lacks something."""
    places = {measure.name: number for number, measure in enumerate(view.columns, len(view.show) + 1)}
    for measure in view.columns:
        said = f"${letters(places[measure.name] + 1)}{FIRST_LINE}"
        for name, aim in measure.lacks.items():
            if constant := plan.constant(aim):
                cell = f"{letters(places[name] + 1)}{FIRST_LINE}"
                yield places[name], f'AND({said}<>"",N({cell})<{constant})'


def _when(sheet: Worksheet, column: int, last: int, formula: str, style: Any) -> None:
    sheet.conditional_format(
        FIRST_LINE - 1,
        column,
        last,
        column,
        {"type": "formula", "criteria": formula, "format": style, "stop_if_true": True},
    )


def _page(sheet: Worksheet, view: View) -> None:
    sheet.set_tab_color(TABS["view"])
    sheet.autofilter(HEADER_ROW - 1, 0, HEADER_ROW - 1, len(columns_of(view)) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer(f"&L{view.title.replace('&', '&&')}&C&P / &N&R&D")


def complete(plan: Plan, tracker: Tracker, view: View, lines: int) -> tuple[str, str] | None:
    """Formulas for how many lines there are and how many are complete; None for a view without aims."""
    number = complete_column(view)
    if number is None:
        return None
    sheet = quoted(plan.views[tracker.name, view.name])
    last = FIRST_LINE + lines_of(plan, view, lines) - 1
    area = f"{sheet}!${letters(number)}${FIRST_LINE}:${letters(number)}${last}"
    yes, no = text(plan.language.yes), text(plan.language.no)
    return f"COUNTIF({area},{yes})+COUNTIF({area},{no})", f"COUNTIF({area},{yes})"

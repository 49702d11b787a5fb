"""Keep the catalogues of translations in sheets_templates/languages in step with the code and the trackers.

python scripts/build_languages.py            add what is new (untranslated), drop what is gone, compile
python scripts/build_languages.py --check    exit with 1 where a catalogue is not up to date
python scripts/build_languages.py --missing  list what is not translated yet

A catalogue is a `.po` file that any translation program edits; the `.mo` beside it is what the product reads. The
message ids are the English sentences of the trackers (`sheets_templates/*.toml`, `lists/`) and of the code: first
arguments of `phrase`, `phrases`, `say`, `quote`, and the texts that findings are made of.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

import polib  # noqa: E402 (found only with the line above)

from addin.core.ib.across_duties import ONE  # noqa: E402
from addin.core.ib.deadlines import WORDED  # noqa: E402
from addin.core.language import MONTHS  # noqa: E402
from addin.core.names import (  # noqa: E402
    ADOPTION,
    ADOPTION_HEADERS,
    IMPORT,
    IMPORT_HEADERS,
    LINKS,
    LINKS_HEADERS,
    SETUP,
    SETUP_HEADERS,
)
from addin.core.recognition.compare import HEADERS as DIFFERENCES_HEADERS  # noqa: E402
from addin.core.sync.decisions import DELETED, UNKNOWN, WHOLE_ROW  # noqa: E402
from addin.core.sync.decisions import HEADERS as CONFLICTS_HEADERS  # noqa: E402
from addin.core.sync.decisions import SHEET as CONFLICTS  # noqa: E402
from addin.core.tables.choices import CHOICE  # noqa: E402
from addin.core.tables.csv_text import NAMES as SEPARATORS  # noqa: E402
from addin.core.trackers import Tracker  # noqa: E402
from addin.google.script_file import sentences  # noqa: E402
from addin.templates.seasons import SEASONS  # noqa: E402
from addin.workspace.languages import NAME, OURS  # noqa: E402
from addin.workspace.lists import load_lists  # noqa: E402
from addin.workspace.settings_sheet import title_of  # noqa: E402
from addin.workspace.tracker_files import load_all  # noqa: E402

WORDS = re.compile(r"[A-Za-z]{2}|0.5|1,000|“")
"""What has words to translate, once its `{names}` are taken out."""
NO_WORDS = re.compile(r"[a-z]+(_[a-z]+)+|starttls|lists\.[a-z.]+")
Message = tuple[str, str, str]
"""Context, sentence, and its plural."""
SAID_BY = {"phrase": 0, "say": 0, "quote": 0, "called": 0, "N": 0, "of": 0, "spoken_later": 0}
MADE_OF = {
    "Violation": (2, 3),
    "Clash": (2, 3),
    "ReadIssue": (1, 2),
    "Advice": (0,),
    "Word": (1, 2, 7, 8),
    "Row": (1, 3, 4, 5),
    "_twice": (3, 4),
    "_section": (4, 6),
}
"""The arguments of these that a person reads."""
NAMED = {"say", "suggestion", "message", "date_say", "date_suggestion", "fix", "advice", "text"}
READ = ("core/checks", "core/ib", "core/tables", "templates", "reminders", "reports")
SPOKEN = (
    "core/recognition",
    "actions",
    "excel",
    "cli/verbs",
    "google",
    "workspace/journal.py",
    "workspace/unread.py",
    "cli/inputs.py",
    "importers",
    "backends/ooxml",
    "backends/backup.py",
    "backends/lock.py",
    "backends/excel",
    "backends/gsheets",
    "backends/watched.py",
    "core/sync",
    "core/target.py",
    "core/text.py",
    "cli/main.py",
    "cli/parser.py",
    "cli/output.py",
    "exporters",
    "schedule",
    "workspace",
    "errors.py",
    "files.py",
)
CALLS_ONLY = ("core/sync", "exporters", "schedule", "workspace/", "cli/main", "backends/gsheets", "backends/excel")
"""Of these the marked sentences alone: their constants are for programs."""
NOT_SPOKEN = ("district", "emulator", "demo", "web")
"""Verbs of engineers and guided tours, which stay English."""
FILES = (
    "core/language.py",
    "workspace/register_sheet.py",
    "core/names.py",
    "core/navigation.py",
    "workspace/settings_sheet.py",
    "workspace/home_settings.py",
)
"""Where people read the words; the help of the command line stays English."""
VERBS = (
    "validate",
    "fix",
    "adopt",
    "setup",
    "import",
    "share",
    "register",
    "lend",
    "give_back",
    "count",
    "sync",
    "restore",
)
"""What a change is called that undo takes back."""
COLON = re.compile(r"\}: \{")
"""Words before a colon, which some languages set apart."""
ALWAYS = ("{who}: {message}", "{day} {month} {year}")
SYSTEM = (
    "Permission denied",
    "No such file or directory",
    "Is a directory",
    "Not a directory",
    "File exists",
    "Read-only file system",
    "Too many open files",
    "Input/output error",
)
"""What the system says of a file, as Python has it where it is English."""
DYNAMIC = (
    "report",
    "redacted copy",
    "reminder",
    *DIFFERENCES_HEADERS,
    CONFLICTS,
    *CONFLICTS_HEADERS,
    WHOLE_ROW,
    UNKNOWN,
    DELETED,
    "Students",
    "Reports handed in",
    "Pupils",
    "Presented",
    "error",
    "warning",
    "info",
    "your school",
    *VERBS,
    SETUP,
    ADOPTION,
    "Creativity",
    "Activity",
    "Service",
    *SEPARATORS.values(),
    *SYSTEM,
    "First",
    "Second",
    "Third",
    "first",
    "second",
    "third",
    *LINKS_HEADERS,
    *IMPORT_HEADERS,
    LINKS,
    IMPORT,
    *SETUP_HEADERS,
    *ADOPTION_HEADERS,
    "About",
    *SEASONS,
)
"""Words that the code puts together from its tables."""
UNTRANSLATED_LISTS = {"subjects", "psp_codes"}
"""Lists whose values the IB itself names; a school enters the names that it uses as aliases."""


def messages() -> dict[Message, None]:
    """Everything that a coordinator or teacher may read, in the order of trackers and code."""
    found: dict[Message, None] = {("", "", ""): None}
    for one in (*of_languages(), *of_trackers(), *of_code()):
        bare = re.sub(r"\{\w+\}", "", one[1])
        if (
            one[0]
            or one[1] in ALWAYS
            or one[2]
            or COLON.search(one[1])
            or (WORDS.search(bare) and not NO_WORDS.fullmatch(one[1]))
        ):
            found.setdefault(one)
    del found["", "", ""]
    return found


def of_languages() -> Iterator[Message]:
    yield NAME, "English", ""
    yield from (("short month", month[:3], "") for month in MONTHS)
    yield from (("month", month, "") for month in MONTHS)
    yield from (("", month, "") for month in MONTHS)
    yield from (("", text, "") for text in (*ALWAYS, "yyyy-mm-dd", "0.5", "1,000", "Yes", "No", *DYNAMIC))
    yield from (("", one, several) for several, one in ONE.items())


def of_trackers() -> Iterator[Message]:
    dates = load_lists()["deadlines"]
    yield from (("", text, "") for name in WORDED for text in dates[name] if text)
    for tracker in load_all().values():
        yield from (("", text, "") for text in texts_of(tracker))
        for column in tracker.columns.values():
            limit = column.words.get("one_of")
            if isinstance(limit, list):
                yield from ((CHOICE, value, "") for value in limit if isinstance(value, str))
            elif isinstance(limit, str) and limit.startswith("lists."):
                _, name, of = limit.split(".")
                if name not in UNTRANSLATED_LISTS:
                    yield from ((CHOICE, value, "") for value in load_lists()[name][of])


def texts_of(tracker: Tracker) -> Iterator[str]:
    yield from (tracker.title, tracker.sheet, tracker.about)
    for column in tracker.columns.values():
        yield from (column.header, column.about)
    for rule in tracker.rules:
        yield from (rule.say, rule.fix)
    for view in tracker.views:
        yield from (view.title, *(measure.header for measure in view.columns))
    for name, setting in tracker.settings.items():
        yield from (title_of(name), setting.about)


def of_code() -> Iterator[Message]:
    paths = [path for place in READ for path in sorted((HERE / "addin").glob(f"{place}/**/*.py"))]
    paths += [HERE / "addin" / file for file in FILES]
    yield from of_ribbon()
    yield from of_macros()
    yield from (("", text, "") for text in sentences())
    for place in SPOKEN:
        found = HERE / "addin" / place
        for path in [found] if found.is_file() else sorted(found.rglob("*.py")):
            if path.stem not in NOT_SPOKEN:
                yield from of_answers(path)
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from of_call(node)
            elif (
                isinstance(node, ast.Assign | ast.AnnAssign)
                and node.value
                and set(map(_named, targets(node))) & SENTENCES
            ):
                yield from (("", text, "") for text in constants(node.value))


def of_ribbon() -> Iterator[Message]:
    """What the groups of the ribbon are called and what each button does; the help page says it too."""
    ribbon = ElementTree.parse(HERE / "addin" / "templates" / "macros" / "ribbon.xml")
    for one in ribbon.iter():
        label = one.get("label") if one.tag.endswith("group") else None
        yield from (("", text, "") for text in (label, one.get("screentip"), one.get("supertip")) if text)


def of_macros() -> Iterator[Message]:
    """What the macros say themselves, before Python answers or where it does not."""
    from addin.templates.macros.workbook import SENTENCE, unquoted

    for path in sorted((HERE / "addin" / "templates" / "macros" / "vba").glob("*.bas")):
        yield from (("", unquoted(text), "") for text in SENTENCE.findall(path.read_text(encoding="ascii")))


def of_answers(path: Path) -> Iterator[Message]:
    """What verbs and buttons answer: only what is marked as a sentence there, for they hold much for programs too."""
    inside = path.relative_to(HERE / "addin").as_posix()
    calls_only = inside.startswith(CALLS_ONLY) and inside not in SPOKEN
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"
        below = isinstance(node, ast.Call) and ast.unparse(node.func) == f"{MADE_BY}.of"
        if isinstance(node, ast.Call) and (method or below or _named(node.func) in ANSWERED_BY):
            yield from of_call(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            held = set(map(_named, targets(node))) & ({"sentence", "one", "several"} if calls_only else ANSWERS)
            yield from (("", text, "") for text in constants(node.value) if held)


ANSWERED_BY = {"phrase", "phrases", "counted", "filled", "spoken_later"}
MADE_BY = "Sentence"
"""What errors.py makes its sentences with, which is below the languages."""
ANSWERS = {
    "WHAT", "LIST", "WORDS_OF_ROLES", "ANSWERS", "SHOWN", "QUESTIONS", "SIDE_BY_SIDE", "ARE_VALUES", "OF_GROUPS",
    "CHANGE_AND_ADOPT",
    "CHANGE_AND_PRESS", "PLACED", "PLACED_AND_LEFT", "_MORE", "AS_READ", "sentence", "LOST_ZEROS", "TO_NUMBER",
    "OTHER_WRITING", "IN_WORKBOOK", "IN_SHEET", "WOULD_REMIND", "SENT_TO", "WRITTEN_FOR", "ready", "ready_for_all",
    "there", "TAKEN", "WOULD_BE_TAKEN", "PLANNED", "IN_PLACE", "SENT", "MORE_LENT", "MORE_TO", "STOCK_FOUND",
    "STOCK_DIFFERS", "ROWS", "ROWS_AND_CELLS", "ORIGIN_HEADER", "AS_WRITTEN", "NO_TRACKER", "NO_TRACKER_OF",
    "NO_HEADERS", "NO_HEADERS_OF", "SAVE_AS", "OTHER_KINDS", "BUSY", "GONE", "PROTECTED", "GOOD_TO_KNOW",
    "DIRECTIONS", "NEVER", "WAITING", "ALL_ROWS", "MAKE_KEY", "PRESS_SHARE", "RUN_SIGN_IN", "FORBIDDEN",
    "ADD_ADDRESS", "LET_EDIT", "BY_HAND", "other", "LOOK_OVER", "NOT_ALLOWED", "WITHOUT_MACROS", "has",
    "lacks", "would", "erased", "gone", "with_ids", "SCRIPT_STEPS", "_COULD_NOT",
    "_SENTENCES", "MAKE_ONE", "MADE_OF_LIST", "WOULD_BE_MADE", "ONLY_IN_LIST", "REMOVED_MADE", "WOULD_BE_REMOVED",
}  # fmt: skip
"""Constants of these files that hold sentences."""
SENTENCES = {
    "text", "advice", "fix", "message", "words", "hint", "sooner", "HEADERS", "_ENTER", "_NOT_A_DAY",
    "_INEXACT", "_KINDS", "HOME", "FINDINGS", "OTHER_FINDINGS", "DIFFERENCES", "SETTINGS", "DEADLINES", "_TRACKERS",
    "OWN",    "_TALK", "HOW", "LEGEND", "LAST_CHECK", "NOT_CHECKED", "NOTHING_TYPED",
    "TITLE", "FIELDS", "REGISTER", "_HINTS", "_ADVICE", "_CALENDAR", "OFFICER", "_EMAIL_SAYS", "_SESSION_SAYS",
    "_AS_DESCRIBED", "_AS_OTHERS",
}  # fmt: skip
"""Variables and constants that hold words for people."""


def of_call(node: ast.Call) -> Iterator[Message]:
    name = _named(node.func)
    if name == "phrases" and len(node.args) > 1:
        for one, many in zip(constants(node.args[0]), constants(node.args[1]), strict=False):
            yield "", one, many
    elif name == "counted" and len(node.args) > 1:
        for thing in constants(node.args[1]):
            things = next(constants(node.args[2])) if len(node.args) > 2 else f"{thing}s"
            yield "", f"{{n}} {thing}", f"{{n}} {things}"
            yield "", f"no {things}", ""
    elif name in SAID_BY and node.args:
        yield from (("", text, "") for text in constants(node.args[0]))
    for at in MADE_OF.get(name, ()):
        if at < len(node.args):
            yield from (("", text, "") for text in constants(node.args[at]))
    for keyword in node.keywords if name in MADE_OF else ():
        if keyword.arg in NAMED:
            yield from (("", text, "") for text in constants(keyword.value))


def targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    found = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [part for one in found for part in (one.elts if isinstance(one, ast.Tuple) else [one])]


def _named(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def constants(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may be: itself, either branch of a condition, the values of a table."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.Tuple | ast.List | ast.Dict | ast.Subscript):
        parts = {
            ast.IfExp: lambda n: (n.body, n.orelse),
            ast.BoolOp: lambda n: n.values,
            ast.Dict: lambda n: n.values,
            ast.Subscript: lambda n: (n.value,),
        }.get(type(node), lambda n: n.elts)(node)
        for part in parts:
            yield from constants(part)


def updated(path: Path, wanted: dict[Message, None]) -> polib.POFile:
    """The catalogue with just these messages, those that are translated as they are."""
    old = polib.pofile(str(path), encoding="utf-8") if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    made = polib.POFile(wrapwidth=120)
    made.metadata = old.metadata
    own = [entry for (context, text), entry in known.items() if "." in context and any(text == m[1] for m in wanted)]
    for context, text, plural in wanted:
        entry = known.get((context, text)) or polib.POEntry(msgid=text, msgctxt=context or None)
        entry.occurrences, entry.msgid_plural = [], plural
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        made.append(entry)
    made.extend(own)
    return made


def missing(catalogue: polib.POFile) -> list[str]:
    """What is not translated, with its context."""
    return [f"{e.msgctxt}|{e.msgid}" if e.msgctxt else e.msgid for e in catalogue if not e.translated() or e.fuzzy]


def main() -> int:
    wanted, wrong = messages(), 0
    for path in sorted(OURS.glob("*.po")):
        catalogue = updated(path, wanted)
        text, binary, compiled = str(catalogue) + "\n", catalogue.to_binary(), path.with_suffix(".mo")
        if "--missing" in sys.argv:
            for one in missing(catalogue):
                print(f"{path.name}: {one}")
        elif "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
            compiled.write_bytes(binary)
            print(f"{path.name}: {len(catalogue)} messages, {len(missing(catalogue))} not translated")
        elif path.read_text(encoding="utf-8") != text or not compiled.exists() or compiled.read_bytes() != binary:
            print(f"{path.name} is not up to date: run python scripts/build_languages.py")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())

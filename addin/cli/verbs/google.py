"""ib-trackers google: sign in, make and link shared sheets, and find out why it does not work."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.cli.output import add_overwrite
from addin.core.language import phrase

HELP = "sign in to Google Sheets, share trackers there, and find out why it does not work"
EXAMPLE = "ib-trackers google sign-in key.json"
SCRIPT_STEPS = """1. In the shared spreadsheet choose Extensions > Apps Script.
2. Delete what is there, paste the whole file, and save.
3. Reload the spreadsheet: the menu IB Trackers appears. Choose an item once and allow what Google asks.
A copy of the spreadsheet brings the script along."""
NEEDED = "Run: pip install 'ib-trackers[google]'"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    enter = steps.add_parser(
        "sign-in",
        help="keep a key on this computer, for you alone",
        description="Without FILE it says how to get one.",
        epilog="Example: ib-trackers google sign-in key.json",
    )
    enter.add_argument("file", nargs="?", metavar="FILE", help="the file that the Google Cloud console gave you")
    enter.add_argument(
        "--see-changes",
        action="store_true",
        help="also ask to see names and dates of the account's files: unchanged sheets are then not read at all",
    )
    enter.set_defaults(step=sign_in)
    _create_options(
        steps.add_parser(
            "create",
            help="make a new spreadsheet of your own with trackers in it",
            description="Signed in as a person. A program's account owns no spreadsheets: use link with one of yours.",
            epilog="Example: ib-trackers google create --tracker cas --title 'CAS of M27'",
        )
    )
    _link_options(
        steps.add_parser(
            "link",
            help="share a tracker of a workbook with a spreadsheet, whole or one teacher's part",
            description="Makes the sheet and writes the link beside BOOK. Run again to repair the sheet. Without "
            "TARGET the new lines of the Links sheet are set up; without such lines the sheet is made ready for them.",
            epilog="Example: ib-trackers google link School.xlsx https://docs.google.com/spreadsheets/d/1a2b3c/edit "
            "--tracker cas --only 'candidate.adviser=Ms Ito'",
        )
    )
    _script_options(
        steps.add_parser(
            "script",
            help="write the script of the shared sheets: menu, checks while typing, row ids",
            description="Writes one file to paste into the spreadsheet's Apps Script, and says how.",
            epilog="Example: ib-trackers google script",
        )
    )
    _form_options(
        steps.add_parser(
            "form",
            help="write the script of a Google Form whose answers become rows of a tracker",
            description="Writes an Apps Script for the shared spreadsheet; its first lines say how to install it.",
            epilog="Example: ib-trackers google form --tracker cas",
        )
    )
    look = steps.add_parser(
        "doctor",
        help="try each step on the way to a spreadsheet",
        description="Tries each step, and says what to do about the first that fails.",
        epilog="Example: ib-trackers google doctor https://docs.google.com/spreadsheets/d/1a2b3c/edit",
    )
    look.add_argument("target", nargs="?", default="", metavar="TARGET", help="gsheet:KEY or a Google Sheets address")
    look.set_defaults(step=examine)


def _script_options(parser: argparse.ArgumentParser) -> None:
    default = Path("IB Trackers script.txt")
    parser.add_argument("--out", type=Path, default=default, metavar="FILE", help=f"default: {default}")
    add_overwrite(parser)
    parser.set_defaults(step=script)


def _form_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tracker", required=True, metavar="T", help="which tracker, such as cas, pd or registrations")
    parser.add_argument(
        "--sheet", default="", metavar="SHEET", help="the sheet of the answers (default: the tracker's own)"
    )
    parser.add_argument("--out", type=Path, default=Path("Form.gs"), metavar="FILE", help="default: Form.gs")
    add_overwrite(parser)
    parser.set_defaults(step=form)


def _create_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tracker", action="append", required=True, metavar="T", help="a tracker; may be repeated")
    parser.add_argument("--title", default="", metavar="TITLE", help="the spreadsheet's name")
    parser.add_argument("--private", action="store_true", help="with private columns, such as names and notes")
    parser.set_defaults(step=create)


def _link_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", metavar="BOOK", help="the workbook")
    parser.add_argument(
        "target",
        nargs="?",
        default="",
        metavar="TARGET",
        help="gsheet:KEY or a Google Sheets address, shared with you (default: the new lines of the Links sheet)",
    )
    parser.add_argument("--tracker", default="", metavar="T", help="which tracker of the workbook")
    parser.add_argument(
        "--only", action="append", default=[], metavar="COLUMN=VALUE", help="share only these rows; may be repeated"
    )
    parser.add_argument("--name", default="", metavar="N", help="what reports call the link")
    parser.add_argument(
        "--sheet", default="", metavar="SHEET", help="the sheet there; the tracker's own name otherwise"
    )
    parser.add_argument(
        "--direction",
        default="both",
        choices=("both", "publish", "collect"),
        help="publish: workbook to sheet only; collect: sheet to workbook only",
    )
    parser.add_argument("--private", action="store_true", help="share private columns too")
    parser.add_argument("--strict", action="store_true", help="take over only what the tracker lets teachers edit")
    parser.set_defaults(step=link)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the step; a missing package is a sentence."""
    from addin.errors import SettingsProblem

    try:
        return int(arguments.step(arguments))
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("gspread", "google", "requests"):
            raise
        raise SettingsProblem(phrase("{name} is not installed.", name=missing.name), next=NEEDED) from None


def sign_in(arguments: argparse.Namespace) -> int:
    """Keep the key once Google has accepted it; an earlier one stays until then."""
    from addin.actions.google_doctor import must_accept
    from addin.cli.terminal import say
    from addin.google.keys import RUN_SIGN_IN, how_to_get_a_key, synced_by
    from addin.google.sign_in import remember

    if not arguments.file:
        say(how_to_get_a_key(RUN_SIGN_IN))
        return 0
    source = Path(arguments.file)
    key = remember(source, try_=must_accept, see_changes=arguments.see_changes)
    say(
        phrase(
            "The sign-in is kept in {path}, for you alone. You can delete {file} now.",
            path=key.path,
            file=arguments.file,
        )
    )
    if program := synced_by(source):
        say(
            phrase(
                "Warning: {program} copies the folder of {source}. Delete the file there, and empty its bin.",
                program=program,
                source=source,
            )
        )
    if key.emulator:
        say(
            phrase(
                "This is a key of the local emulator, not of Google: everything goes to {emulator}.",
                emulator=key.emulator,
            )
        )
    if key.who:
        say(phrase("Press Share in each spreadsheet and add {who} as Editor.", who=key.who))
    return examine(argparse.Namespace(target=""))


def create(arguments: argparse.Namespace) -> int:
    """Make the spreadsheet and print its address."""
    from addin.actions.link import create as make
    from addin.cli.terminal import Progress, say

    with Progress("Writing") as tell:
        address = make(arguments.tracker, title=arguments.title, private=arguments.private, tell=tell)
    say(phrase("Made {address}", address=address))
    say(phrase("It is yours. Press Share there for the teachers who edit it."))
    say(
        phrase(
            "Next: ib-trackers google link BOOK.xlsx {address} --tracker {tracker}",
            address=address,
            tracker=arguments.tracker[0],
        )
    )
    return 0


def link(arguments: argparse.Namespace) -> int:
    """Make or repair the sheet, link the workbook with it, and name the next step."""
    from addin.actions.link import link as make
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted
    from addin.errors import Problem

    if not arguments.target:
        return _share(arguments)
    if not arguments.tracker:
        raise Problem(phrase("No tracker is named."), next=phrase("Add --tracker, for example --tracker cas."))
    with Progress("Reading", "Writing") as tell:
        done = make(
            arguments.book,
            arguments.target,
            tracker=arguments.tracker,
            only=_only(arguments.only),
            name=arguments.name,
            sheet=arguments.sheet,
            direction=arguments.direction,
            private=arguments.private,
            strict=arguments.strict,
            tell=tell,
        )
    if done.new:
        say(
            phrase(
                "The sheet {sheet} is ready, and {settings} has the link {name}.",
                sheet=done.link.sheet,
                settings=done.settings,
                name=f"{done.link.name!r}",
            )
        )
        say(phrase("Nothing has been shared yet."))
        say(phrase("For the menu and checks while typing, once for each spreadsheet: ib-trackers google script"))
    elif done.changes:
        say(
            phrase(
                "The sheet {sheet} was repaired: {changes}.",
                sheet=done.link.sheet,
                changes=counted(done.changes, "change"),
            )
        )
    else:
        say(phrase("The sheet {sheet} is as it should be.", sheet=done.link.sheet))
    for remark in done.remarks:
        say(phrase("Warning: {remark}", remark=remark))
    say(phrase("Next: ib-trackers sync {book} --dry-run", book=arguments.book))
    return 0


def _share(arguments: argparse.Namespace) -> int:
    """Set up what was entered on the Links sheet; 1 where a line could not be."""
    from addin.actions.messages import shared
    from addin.actions.share import share
    from addin.cli.terminal import Progress, say
    from addin.errors import Problem

    if arguments.tracker or arguments.only or arguments.name or arguments.sheet:
        raise Problem(
            phrase("No address is named."), next=phrase("Give that of a Google Sheet, or leave the other options out.")
        )
    with Progress("Reading", "Writing") as tell:
        done = share(arguments.book, tell=tell)
    command = f"ib-trackers google link {arguments.book}"
    say("\n".join(shared(done, f"run: {command}", f"Next: ib-trackers sync {arguments.book} --dry-run")))
    return 1 if done.failed else 0


def script(arguments: argparse.Namespace) -> int:
    """Write the script of the shared sheets, and say how to install it."""
    from addin.actions.link import script as make
    from addin.cli.terminal import say

    make(arguments.out, overwrite=arguments.overwrite)
    say(phrase("Wrote {out}.", out=arguments.out))
    say(SCRIPT_STEPS)
    return 0


def form(arguments: argparse.Namespace) -> int:
    """Write the form's script."""
    from addin.actions.link import form as make
    from addin.cli.terminal import say

    fields = make(arguments.tracker, arguments.out, sheet=arguments.sheet, overwrite=arguments.overwrite)
    say(phrase("Wrote {out}: a form with {fields} questions.", out=arguments.out, fields=fields))
    say(
        phrase(
            "Paste it into the shared spreadsheet (Extensions > Apps Script, a new file Form), and run makeForm once."
        )
    )
    return 0


def _only(conditions: list[str]) -> dict[str, str]:
    """`candidate.adviser=Ms Ito` as a mapping."""
    from addin.errors import Problem

    for one in conditions:
        if "=" not in one:
            raise Problem(
                phrase("--only {one} names no value.", one=f"{one!r}"),
                next=phrase("Write for example --only 'candidate.adviser=Ms Ito'."),
            )
    return {column.strip(): value.strip() for column, _, value in (one.partition("=") for one in conditions)}


def examine(arguments: argparse.Namespace) -> int:
    """Print each check; 2 where one failed."""
    from addin.actions.google_doctor import doctor
    from addin.cli.terminal import say

    checks = doctor(arguments.target)
    for check in checks:
        say(check.line())
    return 0 if all(check.ok for check in checks) else 2

"""remind: tell each teacher what is open and what is coming, as files or by mail, and never the same twice a day."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from addin.actions import Tell, silent
from addin.core.checks.rules import check
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.tables.layout import plain
from addin.errors import SettingsProblem, SignInProblem, file_problem
from addin.files import private, private_bytes, read_json
from addin.reminders import mail
from addin.reminders.compose import EVERY, STEPS, Reminder, reminders, text
from addin.workspace.disclosures import Purpose, note_disclosure, people_in
from addin.workspace.settings_file import read_file
from addin.workspace.settings_sheet import letter_of, mail_of
from addin.workspace.workbook import Workbook, opened

STATE = "reminders.json"
PASSWORD = "IB_TRACKERS_MAIL_PASSWORD"
FOLDER = "reminders"


@dataclass(slots=True)
class Reminded:
    """Who was reminded, and who could not be."""

    reminders: list[tuple[Reminder, Path | None]] = field(default_factory=list)
    quiet: list[Reminder] = field(default_factory=list)
    """Reminded already, and nothing is new."""
    nowhere: list[Reminder] = field(default_factory=list)
    """No address is known, or none that can be one."""
    failed: list[tuple[Reminder, str]] = field(default_factory=list)
    folder: Path = field(default_factory=Path)


def remind(target: str, *, send: bool = False, dry_run: bool = False, tell: Tell = silent) -> Reminded:
    """Write a message for each person concerned, or send it; with `dry_run` only say to whom. Raises Problem."""
    tell("Reading")
    with opened(target) as workbook:
        return remind_open(workbook, send=send, dry_run=dry_run, tell=tell)


def remind_open(workbook: Workbook, *, send: bool = False, dry_run: bool = False, tell: Tell = silent) -> Reminded:
    """As `remind`, for a workbook that has been read."""
    tell("Checking")
    findings = check(workbook.present, workbook.tables, workbook.settings)
    own = _own_settings(workbook.folder)
    steps, every = _when(workbook)
    everyone = reminders(workbook, findings, own["people"], steps=steps)
    post_settings = {**own["mail"], **mail_of(workbook.settings.values)}
    server = mail.server(post_settings) if send else None
    state = State(workbook.folder / STATE_FOLDER / STATE, "sent" if send else "written")
    result = Reminded(folder=workbook.folder / FOLDER)
    wanted = _sorted(everyone, state, workbook, every, result)
    if dry_run:
        result.reminders = [(one, None) for one in wanted]
        return result
    tell("Sending" if send else "Writing")
    school = str(workbook.settings.school.get("name") or "")
    letter, known = letter_of(workbook.settings.values), people_in(workbook.trackers, workbook.tables)
    with ExitStack() as stack:
        deliver = _writer(result.folder, post_settings, workbook)
        if server and wanted:
            post = stack.enter_context(mail.Post(server, _password(server)))
            deliver = _sender(post, server)
        for one in wanted:
            path, why = deliver(one, *text(one, school, letter))
            if why:
                result.failed.append((one, why))
            else:
                result.reminders.append((one, path))
                state.remember(one, workbook)
                _note(workbook, one, known, path)
    return result


def _note(workbook: Workbook, one: Reminder, known: Sequence[str], path: Path | None) -> None:
    """Enter a message in the disclosure log: who is named in it, and to whom it goes."""
    words = set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", " ".join(one.points)))
    purpose = Purpose(f"{one.name} <{one.address}>", "reminder")
    where = path.name if path else one.address
    how = "e-mail" if path is None else "e-mail file"
    people = [code for code in known if code in words]
    note_disclosure(workbook, how, purpose, what=one.trackers, people=people, where=where)


def _sorted(
    everyone: Sequence[Reminder], state: State, workbook: Workbook, every: int, result: Reminded
) -> list[Reminder]:
    """Those who are to be told now; the others are put where they belong."""
    wanted = []
    for one in everyone:
        if one.gone or not mail.ADDRESS.fullmatch(one.address):
            result.nowhere.append(one)
            continue
        news = one.news(state.of(one), workbook.settings.today, every)
        if news.points or news.dates:
            wanted.append(news)
        else:
            result.quiet.append(one)
    return wanted


Deliver = Callable[[Reminder, str, str], tuple[Path | None, str]]
"""(reminder, subject, words) -> where it lies, and why it could not be delivered ("" when it was)."""


def _writer(folder: Path, settings: Mapping[str, Any], workbook: Workbook) -> Deliver:
    def write(one: Reminder, subject: str, words: str) -> tuple[Path | None, str]:
        path = folder / f"{workbook.settings.today.isoformat()} {file_stem(one)}.eml"
        made = mail.message(one.name, one.address, subject, words, str(settings.get("from", "")))
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            private_bytes(path, mail.eml(made))
        except OSError as error:
            raise file_problem(error, path) from None
        return path, ""

    return write


def file_stem(one: Reminder) -> str:
    """The name of a person's file: readable, and different for each address."""
    name = re.sub(r"\W+", "-", plain(one.name)).strip("-") or "someone"
    return f"{name[:60]} {blake2b(one.address.casefold().encode(), digest_size=4).hexdigest()}"


def _sender(post: mail.Post, server: mail.Server) -> Deliver:
    def send(one: Reminder, subject: str, words: str) -> tuple[Path | None, str]:
        return None, post.send(mail.message(one.name, one.address, subject, words, server.sender))

    return send


def _password(server: mail.Server) -> str:
    """From the environment, else asked for; it is kept nowhere."""
    if not server.user:
        return ""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass(f"Password of {server.user} at {server.host}: ")
    raise SignInProblem(
        phrase("There is no mail password."), next=phrase("Set {password} where this is run.", password=PASSWORD)
    )


def _own_settings(folder: Path) -> dict[str, Mapping[str, Any]]:
    """[mail] and [people] of ib-trackers.toml."""
    data = read_file(folder)
    return {name: data.get(name, {}) for name in ("mail", "people")}


def _when(workbook: Workbook) -> tuple[Sequence[int], int]:
    """The steps before a date, and after how many days open points are called to mind again."""
    steps = workbook.settings.values.get("remind_days", STEPS)
    every = workbook.settings.values.get("remind_every", EVERY)
    if not isinstance(steps, (list, tuple)) or not all(type(step) is int and step >= 0 for step in steps):
        raise SettingsProblem(
            phrase("The days of reminders are {steps}.", steps=f"{steps!r}"),
            where=mail.WHERE,
            next=phrase("Write them as 28; 14; 7; 1."),
        )
    if type(every) is not int or every < 1:
        raise SettingsProblem(
            phrase("Days until an open item is repeated: {every}.", every=f"{every!r}"),
            where=mail.WHERE,
            next=phrase("Write 7, say."),
        )
    return steps, every


def _is_state(found: Any) -> bool:
    told = [one for people in found.values() for one in people.values()]
    return all(
        isinstance(one["day"], str)
        and isinstance(one.get("findings", {}), dict | list)
        and all(isinstance(text, str) for text in (*one.get("findings", ()), *one.get("dates", ())))
        for one in told
    )


class State:
    """Who was told what, and when: marks that only compare, in a file for its owner alone."""

    def __init__(self, path: Path, how: str) -> None:
        self._path, self._how = path, how
        found = read_json(path, _is_state, next=phrase("Delete it: everybody is then reminded once more."))
        self._data: dict[str, dict[str, Any]] = found or {}

    def of(self, reminder: Reminder) -> Mapping[str, Any]:
        """What this person was told last."""
        found: Mapping[str, Any] = self._data.get(self._how, {}).get(reminder.address.casefold(), {})
        return found

    def _said(self, reminder: Reminder) -> dict[str, str]:
        """The mark of each item that this person was told -> when."""
        before = self.of(reminder)
        known = before.get("findings", {})
        return dict(known) if isinstance(known, dict) else dict.fromkeys(known, before["day"])

    def remember(self, reminder: Reminder, workbook: Workbook) -> None:
        """Written after each message: who was told is not told again when a later one fails."""
        dates = {*self.of(reminder).get("dates", ()), *reminder.dates}
        today = workbook.settings.today.isoformat()
        findings = {**self._said(reminder), **dict.fromkeys(reminder.points.values(), today)}
        entry = {"day": today, "findings": findings, "dates": sorted(dates)}
        self._data.setdefault(self._how, {})[reminder.address.casefold()] = entry
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with private(self._path, "utf-8") as file:
            json.dump(self._data, file, indent=1)

"""Reminders: each person hears what concerns them, once; no password lies in a file; bad servers are said plainly."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_stand_in import Mailbox, mail_server
from report_school import ROWS, SETTINGS, TODAY, Then, school

from addin.actions.remind import file_stem
from addin.cli.main import main
from addin.reminders.compose import Reminder, step_of

PEOPLE = """
[people]
"R. Field" = "field@school.example"
"S. Stone" = "stone@school.example"
"M. Lind" = "lind@school.example"
"K. Roy" = "roy@school.example"
"P. Hahn" = "hahn@school.example"
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("school"), ROWS, SETTINGS + PEOPLE)


@pytest.fixture
def book(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("addin.workspace.workbook.date", Then)
    monkeypatch.delenv("IB_TRACKERS_MAIL_PASSWORD", raising=False)
    shutil.copytree(built.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / built.name


@pytest.fixture
def box(book: Path) -> Iterator[Mailbox]:
    with mail_server() as made:
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {made.port}\nsecurity = "none"\n'
        messages(book, mail + 'from = "IB Office <ib@school.example>"\n')
        yield made


def messages(book: Path, more: str) -> None:
    path = book.with_name("ib-trackers.toml")
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")


def remind(book: Path, *more: str) -> int:
    return main(["remind", str(book), *more])


def written(book: Path) -> dict[str, EmailMessage]:
    """Address -> the message that was written for it."""
    found = {}
    for path in book.with_name("reminders").glob("*.eml"):
        made = message_from_bytes(path.read_bytes(), policy=policy.default)
        found[made["To"].addresses[0].addr_spec] = made
    return found


def words(made: EmailMessage) -> str:
    return made.get_content().replace("\r\n", "\n")


def set_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    class Later(Then):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return day

    monkeypatch.setattr("addin.workspace.workbook.date", Later)


def test_each_message_has_what_concerns_its_reader_and_nothing_else(book: Path) -> None:
    remind(book)
    mails = written(book)
    field, stone = words(mails["field@school.example"]), words(mails["stone@school.example"])
    assert "Dear R. Field," in field
    assert "(000789): Email: is not valid" in field
    assert "CAS project needs an end date" in stone
    assert "000456" in stone
    assert "000789" not in stone
    assert "000456" not in field
    assert "29 Nov 2026, in 7 days: Next due" in words(mails["ade@school.example"])


def test_what_stands_in_a_private_column_is_not_mailed(book: Path) -> None:
    remind(book)
    for made in written(book).values():
        whole = made.as_string() + words(made)
        for private in ("not an address", "anna.novak@school.example", "2009", "061983", "b.holm@clubs.example"):
            assert private not in whole
        for student in ("000", "Novák", "Okonkwo", "Лебедева"):
            assert student not in made["Subject"]


def test_files_are_drafts_for_their_owner_alone(book: Path) -> None:
    remind(book)
    folder = book.with_name("reminders")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in [*folder.iterdir(), book.parent / ".ib-trackers" / "reminders.json"]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert all(made["X-Unsent"] == "1" for made in written(book).values())
    assert "Novák" not in (book.parent / ".ib-trackers" / "reminders.json").read_text("utf-8")


def test_the_same_is_not_told_twice_a_day_but_again_after_a_week(
    book: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    remind(book, "--send")
    first = len(box.taken)
    assert first > 1
    remind(book, "--send")
    assert len(box.taken) == first
    assert "nothing is new for them" in capsys.readouterr().out
    set_day(monkeypatch, TODAY + timedelta(1))
    remind(book, "--send")
    assert len(box.taken) == first
    set_day(monkeypatch, TODAY + timedelta(8))
    remind(book, "--send")
    assert len(box.taken) > first


def test_a_date_is_called_to_mind_at_each_step_once(book: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    messages(book, "")
    deadline = date(2027, 1, 15)
    heard = []
    for days in (30, 28, 27, 15, 14, 13, 7, 2, 1, 0, -1):
        box.taken.clear()
        set_day(monkeypatch, deadline - timedelta(days))
        remind(book, "--send")
        mine = [words(made) for made in box.taken if "roy@" in str(made["To"])]
        if any("Second registration deadline" in text for text in mine):
            heard.append(days)
    assert heard == [28, 14, 7, 1]


@pytest.mark.parametrize(
    ("days", "step"), [(29, None), (28, 28), (15, 28), (14, 14), (7, 7), (1, 1), (0, 1), (-1, None)]
)
def test_steps(days: int, step: int | None) -> None:
    assert step_of(TODAY + timedelta(days), TODAY, (28, 14, 7, 1)) == step


def test_a_dry_run_names_them_and_leaves_no_trace(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(book.parent.rglob("*"))
    remind(book, "--dry-run")
    assert "Would remind S. Stone <stone@school.example>" in capsys.readouterr().out
    assert sorted(book.parent.rglob("*")) == before


def test_somebody_without_an_address_is_named_with_the_way_out(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book.with_name("ib-trackers.toml")
    path.write_text(
        path.read_text("utf-8").replace('"S. Stone" = "stone@school.example"', '"S. Stone" = "stone at school"')
    )
    assert remind(book) == 1
    said = capsys.readouterr().out
    assert "Not reminded: 1 person. Complete the Staff sheet." in said
    assert "S. Stone: stone at school is not an address" in said
    assert "field@school.example" in written(book)


def test_sent_mail_arrives_whole_with_accents(book: Path, box: Mailbox) -> None:
    remind(book, "--send")
    made = next(made for made in box.taken if "stone@" in str(made["To"]))
    assert made["From"] == "IB Office <ib@school.example>"
    assert made["X-Unsent"] is None
    assert "Repair café" in words(made)
    assert not book.with_name("reminders").exists()


def test_a_refused_address_stops_nobody_else_and_is_tried_again(
    book: Path, box: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    box.refuse = ("stone@",)
    assert remind(book, "--send") == 1
    assert "Not sent to S. Stone <stone@school.example>: the server refuses the address." in capsys.readouterr().out
    others = len(box.taken)
    assert others > 1
    box.refuse = ()
    remind(book, "--send")
    assert [made["To"].addresses[0].addr_spec for made in box.taken[others:]] == ["stone@school.example"]


def test_when_the_line_goes_dead_nobody_is_told_twice(book: Path, box: Mailbox) -> None:
    box.hang_up_after = 2
    assert remind(book, "--send") == 1
    assert len(box.taken) == 2
    box.hang_up_after = 1000
    remind(book, "--send")
    to = [made["To"].addresses[0].addr_spec for made in box.taken]
    assert len(to) == len(set(to))


def test_the_password_comes_from_the_environment(book: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    messages(book, 'user = "ib"\n')
    monkeypatch.setenv("IB_TRACKERS_MAIL_PASSWORD", "s3cret")
    remind(book, "--send")
    assert len(box.signed_in) == 1
    assert box.taken
    assert not any(b"s3cret" in path.read_bytes() for path in book.parent.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("mail", "says"),
    [
        ('[mail]\nhost = "h.example"\nfrom = "a@b.example"\npassword = "x"\n', "a password does not belong in a file"),
        ("", "The mail server or the sender's address is missing"),
        ('[mail]\nhost = "h.example"\nfrom = "nobody"\n', "The mail server or the sender's address is missing"),
        ('[mail]\nhost = "h.example"\nfrom = "a@b.example"\nsecurity = "hope"\n', "Choose one of starttls, tls, none"),
        ('[mail]\nhost = "h.example"\nfrom = "a@b.example"\nuser = "u"\nsecurity = "none"\n', "unprotected"),
        ('[mail]\nhost = "127.0.0.1"\nport = 1\nfrom = "a@b.example"\n', "cannot be used"),
        ('[mail]\nhost = "127.0.0.1"\nport = 1\nfrom = "a@b.example"\nuser = "u"\n', "There is no mail password"),
        ("mail = 3\n", "remind"),
    ],
)
def test_settings_that_cannot_work_are_one_sentence(
    book: Path, mail: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if mail == "mail = 3\n":
        path = book.with_name("ib-trackers.toml")
        path.write_text("mail = 3\n" + path.read_text("utf-8"), encoding="utf-8")
        says = "[mail] is not written correctly"
    else:
        messages(book, mail)
    assert remind(book, "--send") == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert not (book.parent / ".ib-trackers" / "reminders.json").exists()


def test_a_wrong_password_is_said_and_a_server_without_tls_gets_nothing(
    book: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IB_TRACKERS_MAIL_PASSWORD", "s3cret")
    messages(book, 'user = "ib"\n')
    box.password_fails = True
    assert remind(book, "--send") == 2
    assert "does not take the user or the password" in capsys.readouterr().err
    tried = len(box.signed_in)
    path = book.with_name("ib-trackers.toml")
    path.write_text(path.read_text("utf-8").replace('security = "none"', 'security = "starttls"'))
    assert remind(book, "--send") == 2
    assert "cannot do what is asked" in capsys.readouterr().err
    assert len(box.signed_in) == tried
    assert box.taken == []


def test_a_damaged_memory_is_said_and_nothing_is_sent(
    book: Path, box: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    state = book.parent / ".ib-trackers" / "reminders.json"
    state.parent.mkdir(exist_ok=True)
    for text in ("{", "[]", json.dumps({"sent": {"x": {}}})):
        state.write_text(text)
        assert remind(book, "--send") == 2
        assert "Delete it" in capsys.readouterr().err
    assert box.taken == []


def test_two_addresses_never_share_a_file() -> None:
    names = {file_stem(Reminder("A B", address)) for address in ("a.b@x.org", "a-b@x.org", "a_b@x.org")}
    assert len(names) == 3
    assert file_stem(Reminder("A B", "A.B@x.org")) == file_stem(Reminder("A B", "a.b@x.org"))


def test_a_server_that_cannot_sign_in_is_one_clean_sentence(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import smtplib

    def no_login(self: smtplib.SMTP, *_: object, **__: object) -> None:
        raise smtplib.SMTPNotSupportedError("SMTP AUTH extension not supported by server.")

    monkeypatch.setattr(smtplib.SMTP, "login", no_login)
    monkeypatch.setenv("IB_TRACKERS_MAIL_PASSWORD", "s3cret")
    with mail_server() as made:
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {made.port}\nsecurity = "none"\nuser = "ib"\n'
        messages(book, mail + 'from = "ib@school.example"\n')
        assert remind(book, "--send") == 2
    said = capsys.readouterr().err
    assert "not supported by server. Ask your IT department" in said

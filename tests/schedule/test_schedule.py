"""Runs at night: what each scheduler is told, and what each run leaves behind."""

from __future__ import annotations

import json
import os
import plistlib
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sync_people import Files

from addin.cli.main import main
from addin.errors import Problem
from addin.schedule import nightly as night
from addin.schedule.install import install, next_run, remove, times
from addin.schedule.jobs import TASKS, Job, make_jobs
from addin.schedule.nightly import LAST, LOG, LOG_LIMIT, SUMMARY, Outcome, nightly
from addin.schedule.schedulers import cron, launchd, systemd, tasks
from addin.workspace.state import Busy, State

ODD = Path("/srv/O'Neil & Co 100%/$chool <M27>.xlsx")
MOMENT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)


def job(task: str = "sync") -> Job:
    return make_jobs(ODD, task, "2:05", "/opt/py thon")[0]


def test_jobs_are_ten_minutes_apart_and_midnight_is_no_wall() -> None:
    found = make_jobs(ODD, "validate, sync,validate,report", "23:55")
    assert [(j.task, j.hour, j.minute) for j in found] == [("validate", 23, 55), ("sync", 0, 5), ("report", 0, 15)]


@pytest.mark.parametrize(("what", "at", "says"), [("sync", "25:00", "is not a time"), ("mow", "2:00", "'mow' cannot")])
def test_what_cannot_be_scheduled_is_said(what: str, at: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        make_jobs(ODD, what, at)


def test_cron_gets_a_line_for_the_night_and_one_for_what_was_missed() -> None:
    nightly_line, missed = cron.texts(job())["crontab"].splitlines()
    assert nightly_line.startswith("5 2 * * * '/opt/py thon' -P -m addin schedule run sync ")
    assert missed.startswith("@reboot ")
    assert "--catch-up >/dev/null" in missed
    assert r"100\%" in nightly_line  # a bare % ends a crontab's command
    assert nightly_line.endswith(f"# {job().name}")


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
def test_a_shell_reads_crons_line_as_it_was_meant() -> None:
    line = cron.texts(make_jobs(ODD, "sync", "2:05", "printf")[0])["crontab"].splitlines()[0].split(" ", 5)[5]
    said = subprocess.run(
        ["sh", "-c", line.replace(r"\%", "%").split(" >/dev/null")[0].replace("-P -m", "'%s|'", 1)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == f"addin|schedule|run|sync|{ODD}|"


def test_systemd_catches_up_and_takes_a_finding_for_a_success() -> None:
    assert "Persistent=true" in systemd.timer(job())
    assert "OnCalendar=*-*-* 02:05:00" in systemd.timer(job())
    assert "SuccessExitStatus=1" in systemd.service(job())
    assert '"/srv/O\'Neil & Co 100%%/$$chool <M27>.xlsx"' in systemd.service(job())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze, which is not installed here")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    one = make_jobs(tmp_path / "a b.xlsx", "sync", "2:05", sys.executable)[0]
    (tmp_path / f"{one.name}.service").write_text(systemd.service(one))
    (tmp_path / f"{one.name}.timer").write_text(systemd.timer(one))
    units = [str(tmp_path / f"{one.name}.{kind}") for kind in ("service", "timer")]
    messages = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert not [line for line in messages.stderr.splitlines() if one.name in line], messages.stderr


def test_launchd_gets_a_property_list_with_the_very_words() -> None:
    read = plistlib.loads(launchd.texts(job())[f"{job().name}.plist"].encode())
    assert read["ProgramArguments"] == job().command("--catch-up")  # one list for the night and for the start
    assert read["StartCalendarInterval"] == {"Hour": 2, "Minute": 5}


def test_windows_gets_a_task_that_catches_up_and_never_runs_twice() -> None:
    root = ElementTree.fromstring(tasks.texts(job())[f"{job().name}.xml"].replace('encoding="UTF-16"', ""))
    words = {one.tag.rpartition("}")[2]: one.text for one in root.iter()}
    assert (words["StartWhenAvailable"], words["MultipleInstancesPolicy"]) == ("true", "IgnoreNew")
    assert words["Command"] == "/opt/py thon"
    assert words["Arguments"] == f'-P -m addin schedule run sync "{ODD}"'


def test_a_folder_called_addin_beside_the_workbook_is_not_what_runs(tmp_path: Path) -> None:
    (tmp_path / "addin").mkdir()
    (tmp_path / "addin" / "__init__.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    one = make_jobs(tmp_path / "School.xlsx", "validate", "2:05", sys.executable)[0]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [*one.command()[:4], "--version"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.stdout.startswith("ib-trackers "), done.stderr


@pytest.mark.parametrize(
    ("python", "is_gone_tomorrow"),
    [
        ("/home/ana/.cache/uv/archive-v0/x1/bin/python", True),
        (r"C:\Users\Ana\AppData\Local\uv\cache\archive-v0\x1\Scripts\python.exe", True),
        ("/home/ana/.local/pipx/.cache/3f2a/bin/python", True),
        ("/home/ana/.local/share/uv/tools/ib-trackers/bin/python", False),
        ("/home/ana/.local/pipx/venvs/ib-trackers/bin/python", False),
        ("/usr/bin/python3", False),
    ],
)
def test_an_interpreter_in_a_cache_is_not_written_down(python: str, is_gone_tomorrow: bool) -> None:
    jobs = make_jobs(ODD, "validate", "2:05", python)
    cron_ = Cron()
    if not is_gone_tomorrow:
        install(jobs, "cron", cron_)
        assert python.split("/")[-1] in cron_.text
        return
    with pytest.raises(Problem, match="uv tool install"):
        install(jobs, "cron", cron_)
    assert cron_.text == "# mine\n0 1 * * * backup"


class Cron:
    """A crontab of somebody's, in memory."""

    def __init__(self) -> None:
        self.text = "# mine\n0 1 * * * backup"

    def __call__(self, command: Sequence[str], given: str) -> subprocess.CompletedProcess[str]:
        if command[1] == "-":
            self.text = given
        return subprocess.CompletedProcess(command, 0, self.text, "")


def test_jobs_are_put_in_place_once_and_taken_away_and_others_are_left_alone(tmp_path: Path) -> None:
    table = Cron()
    mine, others = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    install(make_jobs(others, "sync", "2:00"), "cron", table)
    for _ in range(2):
        install(make_jobs(mine, "validate,sync", "2:30"), "cron", table)
    assert table.text.count("\n") == 2 + 2 + 4
    assert len(times(mine, "cron", table)) == 2
    assert len(remove(mine, "cron", table)) == 2
    assert table.text.startswith("# mine\n0 1 * * * backup\n")
    assert (times(mine, "cron", table), len(times(others, "cron", table))) == ({}, 1)


Systemctl = Callable[[Sequence[str], str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where systemd's units of this person lie."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "systemd" / "user"


def answering(code: int) -> Systemctl:
    return lambda command, given: subprocess.CompletedProcess(command, code, "", "no bus")


def test_what_the_scheduler_refuses_leaves_nothing_behind(home: Path) -> None:
    with pytest.raises(Problem, match=r"refused the job \(no bus\)"):
        install([job("validate"), job()], "systemd", answering(1))
    assert list(home.iterdir()) == []
    assert times(ODD, "systemd", answering(1)) == {}


def test_when_each_job_runs_is_times(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, two = Cron(), make_jobs(ODD, "validate,sync", "23:55")
    wanted = {two[0].name: "23:55", two[1].name: "00:05"}
    install(two, "cron", table)
    assert times(ODD, "cron", table) == wanted
    for scheduler in ("systemd", "launchd"):
        monkeypatch.setattr(f"addin.schedule.schedulers.{scheduler}.folder", lambda: home)
        install(two, scheduler, answering(0))
        assert times(ODD, scheduler, answering(0)) == dict(sorted(wanted.items()))


def test_a_person_is_told_what_runs_when(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "School.xlsx"
    book.touch()
    install(make_jobs(book.resolve(), "sync", "4:15"), "systemd", answering(0))
    assert main(["schedule", "show", str(book), "--scheduler", "systemd"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Scheduled: {make_jobs(book.resolve(), 'sync', '4:15')[0].name}, every day at 04:15.\n")
    assert "Text of --tasks validate,sync --at 02:30 for systemd:" in said


def runs(tmp_path: Path, work: Callable[[str], Outcome], **more: object) -> int:
    return nightly("sync", str(tmp_path / "S.xlsx"), verbs={"sync": work}, now=lambda: MOMENT, **more)  # type: ignore[arg-type]


def test_one_line_a_run_without_a_name_and_a_summary_only_while_it_is_needed(tmp_path: Path) -> None:
    folder = tmp_path / night.FOLDER
    assert runs(tmp_path, lambda _: Outcome({"conflicts": 1}, ["Ito Kenji: was 3"])) == 1
    assert (folder / LOG).read_text() == "2026-11-22T02:30:00+00:00 sync look code=1 conflicts=1 seconds=0.0\n"
    assert "Ito Kenji" in (folder / SUMMARY).read_text()
    assert stat.S_IMODE((folder / SUMMARY).stat().st_mode) == 0o600 == stat.S_IMODE((folder / LOG).stat().st_mode)
    assert runs(tmp_path, lambda _: Outcome()) == 0
    assert not (folder / SUMMARY).exists()
    assert len((folder / LOG).read_text().splitlines()) == 2


def failing(error: Exception) -> Callable[[str], Outcome]:
    def work(target: str) -> Outcome:
        raise error

    return work


def test_a_problem_and_a_bug_are_told_to_the_person_and_not_to_the_log(tmp_path: Path) -> None:
    folder = tmp_path / night.FOLDER
    assert runs(tmp_path, failing(Problem("the workbook is open by Ito Kenji."))) == 2
    assert "Ito Kenji" in (folder / SUMMARY).read_text()
    assert runs(tmp_path, failing(ValueError("cell says Ito Kenji"))) == 2
    assert "Ito" not in (folder / LOG).read_text()


def test_a_run_that_meets_another_gives_way(tmp_path: Path) -> None:
    assert runs(tmp_path, failing(Busy("Another sync is running."))) == 0
    assert "gave way" in (tmp_path / night.FOLDER / LOG).read_text()
    assert not (tmp_path / night.FOLDER / LAST).exists()


def test_jobs_that_a_computer_starts_all_at_once_take_turns(tmp_path: Path) -> None:
    at_work, together = [], []

    def work(target: str) -> Outcome:
        at_work.append(target)
        together.append(len(at_work))
        time.sleep(0.05)
        at_work.pop()
        return Outcome({}, ["look at this"])

    verbs = dict.fromkeys(TASKS, work)
    with ThreadPoolExecutor(4) as pool:
        codes = pool.map(lambda what: nightly(what, str(tmp_path / "S.xlsx"), catch_up=True, verbs=verbs), TASKS)
        assert list(codes) == [1] * len(TASKS)
    assert together == [1] * len(TASKS)
    folder = tmp_path / night.FOLDER
    assert json.loads((folder / LAST).read_text()).keys() == set(TASKS)
    assert (folder / SUMMARY).read_text().count("look at this") == len(TASKS)


def test_a_job_does_not_wait_for_ever_for_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(night, "PATIENCE", 0)
    folder = tmp_path / night.FOLDER
    with night.turn(folder):
        assert runs(tmp_path, failing(AssertionError("it ran"))) == 0
    assert (folder / LOG).read_text() == "2026-11-22T02:30:00+00:00 sync gave way code=0\n"
    assert not (folder / LAST).exists()


def test_what_was_missed_is_caught_up_once(tmp_path: Path) -> None:
    did: list[str] = []

    def work(target: str) -> Outcome:
        did.append(target)
        return Outcome()

    for hours, count in ((0, 1), (7, 1), (24, 2), (30, 2), (100, 3)):
        moment = MOMENT + timedelta(hours=hours, minutes=-1)
        nightly("sync", str(tmp_path / "S.xlsx"), verbs={"sync": work}, now=lambda at=moment: at, catch_up=True)
        assert len(did) == count


def test_a_long_log_is_rotated_and_the_oldest_goes(tmp_path: Path) -> None:
    folder = tmp_path / night.FOLDER
    for _ in range(8):
        night.log(folder, "x" * (LOG_LIMIT + 1))
    assert sorted(one.name for one in folder.iterdir()) == [LOG, *(f"{LOG}.{n}" for n in range(1, 5))]


def test_the_real_thing_syncs_and_gives_way_to_another(tmp_path: Path) -> None:
    people = Files(tmp_path / "s", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    script = Path(__file__).resolve().parents[2] / "scripts" / "nightly_sync.py"
    environment = {**os.environ, "PYTHONPATH": str(script.parent.parent)}

    def run() -> int:
        words = [sys.executable, str(script), str(people.books["left"])]
        return subprocess.run(words, env=environment, check=False, timeout=60).returncode

    assert run() == 0
    assert people.table("left") == people.table("Team.xlsx")
    people.edit("left", 0, "Hours")
    with State(people.folder / ".ib-trackers") as state, state.lock():
        assert run() == 0
    log = (people.folder / night.FOLDER / LOG).read_text().splitlines()
    assert " ok " in log[0]
    assert " gave way " in log[1]
    assert people.table("left") != people.table("Team.xlsx")


def often(every: str, task: str = "requests") -> Job:
    return make_jobs(ODD, task, "2:05", "/opt/py thon", every)[0]


@pytest.mark.parametrize(
    ("every", "in_cron", "in_systemd", "seconds"),
    [
        ("15m", "*/15 * * * *", "*-*-* *:0/15:00", 900),
        ("1h", "0 * * * *", "*-*-* 0/1:00:00", 3600),
        ("4h", "0 */4 * * *", "*-*-* 0/4:00:00", 14400),
    ],
)
def test_an_interval_is_kept_by_every_scheduler(every: str, in_cron: str, in_systemd: str, seconds: int) -> None:
    one = often(every)
    (line,) = cron.texts(one)["crontab"].splitlines()  # nothing is missed that would have to be caught up at the start
    assert line.startswith(f"{in_cron} ")
    assert f"OnCalendar={in_systemd}\n" in systemd.timer(one)
    entries = plistlib.loads(launchd.texts(one)[f"{one.name}.plist"].encode())
    assert (entries["StartInterval"], "--catch-up" in entries["ProgramArguments"]) == (seconds, False)
    task = tasks.texts(one)[f"{one.name}.xml"]
    assert f"<Interval>PT{seconds // 60}M</Interval>" in task
    ElementTree.fromstring(task.replace('encoding="UTF-16"', ""))


def test_only_what_people_wait_for_runs_at_the_interval() -> None:
    found = make_jobs(ODD, "validate,sync,report,requests", "2:00", every="30m")
    assert [(one.task, one.every) for one in found] == [("validate", 0), ("sync", 30), ("report", 0), ("requests", 30)]


@pytest.mark.parametrize("every", ["7m", "90m", "often", "1d"])
def test_an_interval_that_no_scheduler_keeps_is_a_sentence(every: str) -> None:
    with pytest.raises(Problem, match="Choose one of: 5m"):
        often(every)


def test_the_next_run_is_known_from_what_is_installed(tmp_path: Path) -> None:
    table, book = Cron(), tmp_path / "a.xlsx"
    now = datetime(2026, 11, 29, 12, 0).astimezone()
    assert next_run(book, now, "cron", table) is None
    install(make_jobs(book, "validate,sync", "2:30"), "cron", table)
    assert next_run(book, now, "cron", table) == now.replace(hour=2, minute=40) + timedelta(days=1)
    install(make_jobs(book, "validate,sync", "2:30", every="20m"), "cron", table)
    assert next_run(book, now, "cron", table) == now + timedelta(minutes=20)
    names = [job.name for job in make_jobs(book, "validate,sync", "2:30")]
    assert times(book, "cron", table) == dict(zip(names, ["02:30", "every 20 minutes"], strict=True))

"""What the words around a table say of all its rows: the exam session, the school year, the class, the adviser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from addin.core.ib import session as sessions
from addin.core.recognition.people import PARTICLES, bare, is_name
from addin.core.recognition.vocabulary import CATEGORIES, WHOLE_NAME, WORDS, header_key, words_of
from addin.core.records import field, record
from addin.core.regex import regex

_SESSION = regex(
    r"\b([MN]\d{2})\b|\b((?:may|november|nov|mayo|mai|maggio|maio|mayıs|noviembre|novembre|novembro|kasım)[\s/-]*20\d{2})\b",
    re.I,
)
_EASTERN_SESSION = regex(r"(20\d{2})\s*(?:[年년]\s*(5|11)\s*[月월]|[届屆])")
"""`2027年5月`, and the class that leaves in 2027."""
_SHORT_SESSION = regex(r"(?<!\d )(?<!\d)\b(may|november|nov)[\s'-]*(2[4-9]|3\d)\b", re.I)
_ABOUT_EXAMS = regex(r"(?i)\b(candidates?|exams?|session|registrations?|choices|cohort|students|results)\b")
"""Only then May 27 is a session, and no day."""
_OF_A_MONTH = regex(
    r"(?i)\b(?:hours?|heures|horas|stunden|interviews?|entretiens?|entrevistas?|gespräche?|mocks?|stocktake|count|log|"
    r"minutes|reports?|update[ds]?|attendance|as of|deadlines?|due)\b|"
    r"(?=.*\bnov).*\b(?:pred(?:icted|ictions?)?|pgs?|forecasts?|prévues?|previstas?|prognosen?)\b"
)
"""What is made or done in a month: grades predicted in November 2026 are of no session of November."""
_CLASS_OF = regex(
    r"\b(?:class|cohort|graduat\w*|promo(?:tion)?|promoción|generación|jahrgang|leavers)\s+(?:of\s+|de\s+)?(20\d{2})",
    re.I,
)
_CLASS_IN_BRACKETS = regex(r"\b(?:DP|IB) ?[12]\b[^()]*\((20\d{2})\)")
_COHORT = regex(r"\b20(\d{2})\s*[-–/]\s*(?:20)?(\d{2})\b")
_YEAR_SHORT = regex(r"(?<!\d)(\d{2})\s*[-–/]\s*(\d{2})(?!\d)")
_GROUP = regex(
    r"\b((?:1[0-3]|[7-9])\s?-?[A-H]|(?:IB|DP)\s?[12][A-Z]?|Year\s?1[0-3]|Grade\s?(?:9|1[0-2])|G1[0-2]|Y1[0-3])\b", re.I
)
_ADVISER = regex(
    r"\b(?:cas\s+)?(?:adviser|advisor|tutor|tutrice|tuteur|mentor|homeroom(?:\s+teacher)?|teacher|supervisor|"
    r"klassenlehrer(?:in)?)"
    r"\s*[:\-–]?\s+((?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme|M|Sr|Sra)\.?\s+)?[^\W\d_][^()\[\],;|]*)",
    re.I,
)
_CLASS_HEADING = regex(
    r"\W*(?:(?:class|form|tutor group|homeroom|advisory|group|klasse|classe|clase|grupo|curso|groupe)\s+)?"
    + _GROUP.pattern
    + r"(?:\s*[-–—:,/|(]\s*(?P<name>(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|M|Sr|Sra)\.?"
    + r"\s+[^\W\d_][^\d()\[\],;|:]*))?\W*",
    re.I,
)
"""`Class 11A - Mrs Calloway`: a class, and perhaps who leads it."""
_PROGRAMME = regex(
    r"\b(?:(IBCP|CP|career.related|POP|orientaci[oó]n profesional|orientation professionnelle)|"
    r"IBDP|DP ?[12]?|diploma|diplôme)\b",
    re.I,
)
_LABELS = {
    "student": words_of(WHOLE_NAME),
    "adviser": words_of(WORDS["candidates"]["adviser"])
    | words_of("adviser | advisor | tutor | mentor | cas adviser | homeroom teacher"),
    "year_group": words_of(WORDS["candidates"]["year_group"])
    | words_of("class | grade | form | homeroom | year group"),
    "session": words_of("session | exam session | examination session | class of | cohort"),
    "last_name": words_of(WORDS["candidates"]["last_name"]) | words_of("last name | surname | family name"),
    "first_names": words_of(WORDS["candidates"]["first_names"]) | words_of("first name | first names | given names"),
    "code": words_of("student id | id | student number | student no | code | candidate code"),
}

_NAMES = ("student", "last_name", "first_names")


@record
class Context:
    """What holds for every row of a table, each with the text that says so ("" and 0 where nothing does)."""

    session: str = ""
    year_group: str = ""
    adviser: str = ""
    student: str = ""
    code: str = ""
    programme: str = ""
    school_year: int = 0
    """The year in which the school year begins."""
    category: str = ""
    """The category of all students, where the line above them is `Course candidates`."""
    withdrawn: bool = False
    """Whether the line above them says that they have left."""
    said: tuple[str, ...] = ()
    facts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Column of Candidates -> the cell right of its label, on the form of one student."""


def read_context(
    titles: Sequence[tuple[int, int, str]], sheet: str, book: str, labels: Mapping[str, str] | None = None
) -> Context:
    """The context of a table, from the lines above it, the sheet's name and the file's name, nearest first.

    `labels` maps the labels of a form (as `header_key` gives them) to columns of Candidates.
    """
    lines = [text for _, _, text in titles]
    places = [*reversed(lines), sheet, book]
    pairs = _pairs(titles)
    return Context(
        session=_first(map(session_in, [pairs.get("session", ""), *places])),
        year_group=pairs.get("year_group") or _first(_match(_GROUP, text) for text in [sheet, *reversed(lines)]),
        adviser=pairs.get("adviser") or _first(adviser_in(text) for text in [*lines, sheet]),
        student=pairs.get("student") or _first(student_in(text, f"{sheet} {book}") for text in lines),
        code=pairs.get("code", ""),
        programme=_first(_programme(text) for text in places),
        school_year=next((year for year in map(school_year_in, places) if year), 0),
        category=category_in(lines[-1]) if lines else "",
        withdrawn=bool(lines) and is_withdrawn(lines[-1]),
        said=tuple(lines[:2]),
        facts=_labelled(titles, labels or {}) if pairs.get("student") else {},
    )


_RECORD_OF = regex(
    r"(?i).*\bcas\b[^:–—-]*?(?:\s*[:–—]\s*|\s+-\s+|\s+(?:for|of|de|d'|von|für|di|do|da|pour|para)\s+)(?P<after>[^:–—\d()]+)(?:\(.*)?"
)
_OF_RECORD = regex(r"(?i)(?P<before>[^:–—\d()]+?)(?:\s*[:–—]\s*|\s+-\s+|'s\s+|’s\s+)(?:ib\s+)?cas\b.*")


def student_in(text: str, names: str) -> str:
    """The student of a title such as `CAS record: Ana Soler`, where the names of the sheet or file say so too; "" for
    any other title: what is behind `CAS record` may as well be a term, an adviser or a school."""
    if _OF_ADVISER.search(text):
        return ""
    known = set(bare(names).replace(",", " ").replace("_", " ").split()) - _OF_A_FILE
    for match, group in ((_RECORD_OF.fullmatch(text), "after"), (_OF_RECORD.fullmatch(text), "before")):
        name = match[group].strip(" .,") if match else ""
        words = [word for word in bare(name).replace(",", " ").split() if word not in PARTICLES]
        if (
            len(words) > 1
            and is_name(name)
            and not _OF_A_FILE & set(words)
            and known & {w for w in words if len(w) > 1}
        ):
            return name
    return ""


def student_of_sheet(sheet: str) -> str:
    """The student whose whole name a sheet bears; "" for any other sheet."""
    words = set(bare(sheet).replace(",", " ").split())
    return (
        sheet if len(words) > 1 and is_name(sheet) and not _OF_A_FILE & words and not _OF_ADVISER.search(sheet) else ""
    )


_OF_ADVISER = regex(
    r"(?i)\b(?:advis[eo]rs?|coordinat\w*|koordinat\w*|supervis\w*|tutor\w*|teachers?|mr|mrs|ms|miss|dr|prof|sr|sra|herr|"
    r"frau|mme)\b"
)
_OF_A_FILE = frozenset({
    "cas", "log", "record", "records", "hours", "student", "students", "school", "class", "form", "term", "year",
    "experiences", "activities", "portfolio", "journal", "programme", "diploma", "dp", "ib", "adviser", "coordinator",
    "spring", "autumn", "summer", "winter", "fall", "semester", "group", "grade", "interview", "interviews", "project",
})  # fmt: skip
"""Words of titles and names of files that are nobody's name."""


def _programme(text: str) -> str:
    match = _PROGRAMME.search(text)
    return "" if not match else "cp" if match[1] else "dp"


_WHO = r"(?:\W*(?:candidates?|students?|candidats?|candidatos?|alumnos?|élèves|schüler|pupils))?"
_BEFORE = r"(?:candidats? (?:au |du )?|candidatos? (?:al |de )?|alumnos? (?:de |del )?)?"
_COUNT = r"\W*(?:\(?\d+\)?)?\W*"
_OF_WHOM = regex(f"(?i){_BEFORE}(.+?){_WHO}{_COUNT}")
_FULL = {"full", "ib", "the", "programme", "program", "only"}
"""Words beside a category that change nothing."""
_WITHDRAWN = regex(
    r"(?i)(?:students? |candidates? |have |who |élèves |alumnos )*(?:withdrawn|withdrew|withdrawals?|leavers|"
    r"left(?: (?:the (?:school|programme)|us|ib|school))?|dropped(?: out)?|no longer (?:in|with) .{0,20}|abgänge|"
    r"abgemeldet|abgegangen|retirés?|partis|départs|sortis|bajas|retirados)" + _WHO + _COUNT
)


def category_in(text: str) -> str:
    """The category that a heading gives to the students below it: `COURSE CANDIDATES` are C; "" for any other text."""
    match = _OF_WHOM.fullmatch(text.strip().rstrip(":"))
    key = " ".join(word for word in header_key(match[1]).split() if word not in _FULL) if match else ""
    return CATEGORIES.get(key, "") if len(key) > 1 else ""


def is_withdrawn(text: str) -> bool:
    """Whether a heading is above those who have left."""
    return bool(_WITHDRAWN.fullmatch(text.strip().rstrip(":")))


def class_in(text: str) -> str:
    """The class that a heading names: `12A`; "" where it names none."""
    return _match(_GROUP, text)


def session_in(text: str) -> str:
    """`M27` where a text says May 2027, Class of 2027 or M27; "" where it says none."""
    text = text.replace("_", " ")
    match = _SESSION.search(text)
    if match and (match[1] or _ABOUT_EXAMS.search(text) or not _OF_A_MONTH.search(text)):
        found = sessions.parse(
            match[1] or re.sub(r"(?i)ma[^y\W\d]\w*|mayo|mayıs", "May", re.sub(r"(?i)nov\w*|kasım", "Nov", match[2]))
        )
        return str(found) if found else ""
    if match := _EASTERN_SESSION.search(text):
        return f"{'N' if match[2] == '11' else 'M'}{match[1][2:]}"
    if match := _CLASS_OF.search(text) or _CLASS_IN_BRACKETS.search(text):
        return f"M{match[1][2:]}"
    match = _SHORT_SESSION.search(text) if _ABOUT_EXAMS.search(text) else None
    return f"{match[1][0].upper()}{match[2]}" if match else ""


def school_year_in(text: str) -> int:
    """The first year of `2026-27` or `26-27`; 0 where a text names no school year of one year's length."""
    for pattern in (_COHORT, _YEAR_SHORT):
        for match in pattern.finditer(text):
            first, second = int(match[1]), int(match[2])
            if second == (first + 1) % 100:
                return 2000 + first
    return 0


def month_year(month: int, school_year: int, begins: int = 7) -> int:
    """The year of a month in a school year that begins after the summer, or in an earlier month."""
    return school_year if month >= begins else school_year + 1


def first_month(months: Sequence[int]) -> int:
    """The month in which the school year of these months, in the order of their columns, begins: June where June, July
    and August follow each other; 7 where they do not say that it begins before the summer."""
    order = list(dict.fromkeys(months))
    first = order[0] if order else 7
    behind = [(month - first) % 12 for month in order]
    early = first in (4, 5, 6) and behind == sorted(behind) and any(first < month and month >= 7 for month in order)
    return first if early else 7


def running_school_year(today: date) -> int:
    """The school year of a day."""
    return today.year if today.month >= 7 else today.year - 1


def _pairs(titles: Sequence[tuple[int, int, str]]) -> dict[str, str]:
    """`Student:` and what is right of it, or behind the colon."""
    found: dict[str, str] = {}
    for number, (row, _, text) in enumerate(titles):
        label, colon, rest = text.partition(":")
        for name, words in _LABELS.items():
            if header_key(label) not in words or name in found:
                continue
            after = titles[number + 1] if number + 1 < len(titles) else (0, 0, "")
            value = rest.strip() if colon and rest.strip() else (after[2] if after[0] == row else "")
            if value and (name not in _NAMES or is_name(value)):
                found[name] = value
    if found.get("last_name") and found.get("first_names"):
        found.setdefault("student", f"{found['last_name']}, {found['first_names']}")
    return found


def _labelled(titles: Sequence[tuple[int, int, str]], labels: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """`Date of birth` and the cell right of it, on a form."""
    found: dict[str, tuple[int, int]] = {}
    for (row, _, text), (beside, column, _) in pairwise(titles):
        name = labels.get(header_key(text.rstrip(" :")), "")
        if name and row == beside and name not in ("last_name", "first_names"):
            found.setdefault(name, (row, column))
    return found


def adviser_in(text: str) -> str:
    """The name behind the word adviser, tutor or the like, or behind a class; "" where a text names none."""
    match = _ADVISER.search(text)
    heading = None if match else _CLASS_HEADING.fullmatch(text)
    name = (match[1] if match else (heading and heading["name"]) or "").strip(" -–.")
    return name if is_name(name) else ""


def is_class_heading(text: str) -> bool:
    """Whether a text is a class, with or without who leads it, and nothing else."""
    return bool(_CLASS_HEADING.fullmatch(text))


def _match(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _first(found: Iterable[str]) -> str:
    return next((one for one in found if one), "")

"""One table of a sheet: a grid of subjects, a matrix of hours or workshops, a list, or facts about students."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from addin.core import records
from addin.core.book import Grid
from addin.core.recognition.blocks import fill_blocks
from addin.core.recognition.columns import WHO, roles
from addin.core.recognition.context import Context, read_context, student_of_sheet
from addin.core.recognition.header_words import Words
from addin.core.recognition.level_columns import level_columns
from addin.core.recognition.list_tables import as_list, as_students, entries_with_strands, subjects_of_a_student
from addin.core.recognition.matching import Match
from addin.core.recognition.people import bare
from addin.core.recognition.predicted import RESULTS, TRACKER, graded_as, step_of
from addin.core.recognition.recognise import Understood
from addin.core.recognition.regions import Region, texts_above
from addin.core.recognition.roles import Role, cells_of
from addin.core.recognition.subject_columns import roles_of_subjects
from addin.core.recognition.vocabulary import header_key, words_of
from addin.core.recognition.workshops import workshop_columns
from addin.core.records import record
from addin.core.regex import regex
from addin.core.settings import Lists
from addin.core.trackers import Tracker

SUBJECTS, GROUPS, MONTHS, STRANDS = 2, 3, 3, 2
"""So many columns of a kind make a grid."""


@record
class Part:
    """One table of a sheet. `shape`: grid, subjects, members, hours, matrix, list, people or "" for what is not
    understood."""

    region: Region
    roles: Mapping[int, Role]
    context: Context
    shape: str
    found: Understood | None = None
    """The columns of a list, with the numbers of the sheet."""
    taught: tuple[str, str] | None = None
    """The subject and level that all students of a class list take."""


def read_part(
    region: Region, grid: Grid, trackers: Mapping[str, Tracker], lists: Lists, book: str, words: Words, tables: int
) -> Part:
    region = fill_blocks(region, grid, words.whose, words.facts)
    graded = graded_as([region.sheet, *(text for _, _, text in region.titles)]) or _of_results(region)
    region = records.replace(region, graded=graded)
    found = roles(region, grid, words)
    context = _context(region, grid.sheet, book, words)
    kinds = [role.kind for role in found.values()]
    facts = {role.column for role in found.values() if role.kind == "fact"}
    if "strand of row" in kinds and "name" not in kinds and not facts & WHO and not context.student:
        context = records.replace(context, student=student_of_sheet(grid.sheet))
    person = "name" in kinds or bool(facts & WHO) or bool(context.student)
    person = person and not (is_of_staff(region, grid.sheet) and not context.student)
    shape = ""
    if person and "registrations" in trackers and _has_subjects(kinds):
        shape = "grid"
    elif person and "cas" in trackers and _has_hours(kinds, " ".join([region.sheet, *texts_above(region)])):
        shape = "" if ("cp" in trackers and _is_of_cp_core(region)) or _is_of_myp(region) else "hours"
    if shape == "hours" and (entries := entries_with_strands(region, grid, found, context, trackers)):
        return Part(region, found, context, "list", entries)
    if shape:
        return Part(region, found, context, shape)
    if context.student and (subjects := subjects_of_a_student(region, grid, trackers, words)):
        return Part(region, found, context, "list", subjects)
    taught = _subject_of(region, grid, words) if person and "registrations" in trackers else None
    if taught and ("name" in kinds or "last_name" in facts):
        return Part(region, found, context, "grid", taught=taught)
    if "registrations" in trackers and (members := level_columns(region, grid, words)):
        return Part(region, {**found, **members}, context, "members")
    if "pd" in trackers and (workshops := workshop_columns(region, grid, found, words)):
        return Part(region, {**found, **workshops}, context, "matrix")
    return _list_part(region, grid, trackers, lists, words, context, found, person)


_OUTCOMES = words_of("result | diploma result | résultat | resultado | ergebnis | awarded | diploma awarded")
_POINTS = words_of("total | points | total points | bonus | core points | puntos | punkte | score")


def _of_results(region: Region) -> str:
    """`Result` beside points: the grades of such a list are those of the IB."""
    keys = {header_key(header) for header in region.headers.values()}
    return RESULTS if keys & _OUTCOMES and keys & _POINTS else ""


def _context(region: Region, sheet: str, book: str, words: Words) -> Context:
    """What holds for every row, by what is above the table and by its headers."""
    context = read_context(region.titles, sheet, book, words.facts)
    if not context.programme and _is_of_cp_core(region):
        return records.replace(context, programme="cp")
    return context


_STAFF = regex(
    r"\b(?:staff\w*|teachers?|faculty|lehrer\w*|lehrkrafte|kollegium|profes\w+|docentes?|enseignants?|maestr[oa]s|"
    r"personnel|personal docente|ogretmen\w*|insegnanti|docenti|educators)\b"
)
_STUDENTS = regex(
    r"\b(?:students?|pupils?|learners?|candidat\w*|kandidat\w*|eleves?|alumn[oa]s?|estudiantes?|schuler\w*|alun[oa]s|"
    r"ogrenci\w*|studenti|alunni|registrations?|choices|sets?|class(?:es)?)\b"
)


def is_of_staff(region: Region, sheet: str) -> bool:
    """Whether a table is about teachers, as its sheet or its title says: their subjects are no registrations."""
    said = bare(" ".join([sheet, *(text for _, _, text in region.titles)]))
    named = bare(" ".join(region.headers.values()))
    return bool(_STAFF.search(said)) and not _STUDENTS.search(f"{said} {named}")


def _list_part(
    region: Region,
    grid: Grid,
    trackers: Mapping[str, Tracker],
    lists: Lists,
    words: Words,
    context: Context,
    found: Mapping[int, Role],
    person: bool,
) -> Part:
    """A table with a row for each thing, for each student or for each student and subject."""
    kinds = [role.kind for role in found.values()]
    facts = {role.column for role in found.values() if role.kind == "fact"}
    whole = next((number for number, role in found.items() if role.kind == "name"), 0)
    understood = as_list(region, grid, trackers, lists, context, whole)
    if understood is None and "candidates" in trackers and not _is_of_myp(region):
        understood = as_students(region, grid, found, facts, kinds, context)
    if "cas" in trackers and (understood is None or understood.tracker != "cas"):
        understood = entries_with_strands(region, grid, found, context, trackers) or understood
    if understood and _is_of_other_rows(understood, trackers):
        return Part(region, found, context, "list", understood)
    predictions = any(step_of(header) for header in region.headers.values())
    if understood and understood.tracker in (TRACKER, RESULTS) and _by_code(understood, found):
        return Part(region, found, context, "list", understood)
    if (
        person
        and "registrations" in trackers
        and (understood is None or understood.tracker != "registrations" or predictions)
    ):
        subjects_down = roles_of_subjects(region, grid, found, words, trackers)
        if subjects_down:
            return Part(region, subjects_down, context, "subjects")
    named = "name" in kinds or {"last_name", "first_names"} <= facts
    essays = named and "registrations" in trackers and _has_essays(region, grid, found, words)
    if essays and (understood is None or understood.tracker == "candidates"):
        return Part(region, found, context, "grid")
    if understood:
        return Part(region, found, _of_cp(context, understood), "list", _with_strand(understood, region, found))
    return Part(region, found, context, "people" if region.rows and named and facts else "")


_CP_CORE = regex(
    r"\b(?:service learning|reflective project|language (?:portfolio|development)|career related|"
    r"personal (?:and )?professional skills|apprentissage par le service|projet de reflexion|"
    r"developpement (?:langagier|linguistique)|portfolio de langues|competences personnelles et professionnelles|"
    r"aprendizaje (?:mediante el |y |en )?servicio|proyecto de reflexion|desarrollo (?:linguistico|de la lengua)|"
    r"portafolio (?:de idiomas|linguistico)|habilidades personales y profesionales|pps|hpp)\b"
)
_MYP = regex(
    r"\b(?:myp|pei|pai|personal projects?|community projects?|service as action|action by service|projets? personnels?|"
    r"projets? communautaires?|service en action|proyectos? personal(?:es)?|proyectos? comunitarios?|"
    r"servicio como accion|personliche[sn]? projekte?n?|community projekte?)\b"
)


def _of_cp(context: Context, understood: Understood) -> Context:
    """Students of the core of the Career-related Programme are its candidates, where no title says otherwise."""
    of_core = understood.tracker == "cp" and not context.programme
    return records.replace(context, programme="cp") if of_core else context


def _is_of_myp(region: Region) -> bool:
    """Whether a sheet speaks of the Middle Years Programme: its interviews and hours are none of CAS."""
    said = [region.sheet, *texts_above(region), *region.headers.values()]
    return bool(_MYP.search(bare(" | ".join(said)))) and not _CAS.search(bare(" ".join(said)))


def _is_of_cp_core(region: Region) -> bool:
    """Whether two headers speak of the core of the Career-related Programme: its interviews are none of CAS."""
    return sum(bool(_CP_CORE.search(header_key(header))) for header in region.headers.values()) > 1


def _is_of_other_rows(found: Understood, trackers: Mapping[str, Tracker]) -> bool:
    """Whether a list is of another tracker with a row for each student and subject: it has two columns at least that
    no registration has."""
    columns = trackers[found.tracker].columns
    if found.tracker in ("registrations", TRACKER) or not {"candidate", "subject"} <= columns.keys():
        return False
    registered = trackers["registrations"].columns if "registrations" in trackers else {}
    more = [match for match in found.matches if match.sure and match.column not in registered]
    return len(more) > 1 and any(match.column == "subject" for match in found.matches)


def _by_code(understood: Understood, found: Mapping[int, Role]) -> bool:
    """Whether a list says by code whose each row is."""
    numbers = [match.number for match in understood.matches if match.column == "candidate"]
    return any(found[number].kind != "name" for number in numbers if number in found)


def _has_subjects(kinds: Sequence[str]) -> bool:
    return (
        kinds.count("subject") + kinds.count("predicted") >= SUBJECTS
        or kinds.count("group") >= GROUPS
        or "subjects" in kinds
        or _leveled(kinds)
    )


def _leveled(kinds: Sequence[str]) -> bool:
    """Whether two columns of subjects have their levels beside them."""
    return kinds.count("group") == kinds.count("level") == GROUPS - 1


def _has_essays(region: Region, grid: Grid, found: Mapping[int, Role], words: Words) -> bool:
    """Whether a list of names says in which subject each student writes the extended essay."""
    number = next((n for n, role in found.items() if role.kind == "essay"), 0)
    cells = cells_of(region, grid, number) if number else []
    return bool(cells) and 2 * sum(words.subjects.read(cell) is not None for cell in cells) >= len(cells)


def _with_strand(found: Understood, region: Region, parts: Mapping[int, Role]) -> Understood:
    """A CAS list with its column of C, A and S, whatever that is called."""
    number = next((n for n, role in parts.items() if role.kind == "strand of row"), 0)
    if not number or found.tracker != "cas" or any(match.column == "strand" for match in found.matches):
        return found
    others = [match for match in found.matches if match.number != number]
    matches = sorted([*others, Match(region.headers[number], number, "strand")], key=lambda match: match.number)
    unknown = [one for one in found.unknown if one.number != number]
    return replace(found, matches=matches, unknown=unknown)


def _subject_of(region: Region, grid: Grid, words: Words) -> tuple[str, str] | None:
    """The subject and level of a class list, where its tab or its title is one: `HL Biology`."""
    texts = [grid.sheet, *(text.partition(" - ")[0] for _, _, text in region.titles)]
    for text in texts:
        reading = words.subjects.read(text)
        if reading and reading.level and len(reading.names) == 1:
            return reading.names[0], reading.level
    return None


_CAS = regex(r"\bcas\b")


def _has_hours(kinds: Sequence[str], said: str = "") -> bool:
    """Whether these columns are hours, or interviews; two months are enough where the sheet or its titles say CAS."""
    times = kinds.count("month") + kinds.count("week")
    if kinds.count("term") >= STRANDS:
        return True
    months = MONTHS - 1 if _CAS.search(bare(said)) else MONTHS
    return times >= months or kinds.count("strand") >= STRANDS or kinds.count("interview") >= STRANDS

"""Which IB programmes a sheet is about, by its own words: MYP, PEI or PAI, Personal Project, service as action …

A list of service in the MYP has the same columns as one of CAS: only the words of its sheet tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from addin.core.book import Grid
from addin.core.recognition.people import bare
from addin.core.regex import regex
from addin.core.tables.layout import HEADER_SEARCH
from addin.core.trackers import Tracker

SAMPLE = 60
"""So many rows say what the years in a sheet are."""
DP, CP, MYP, PYP = "dp", "cp", "myp", "pyp"
_WORDS = {
    MYP: regex(
        r"\bmyp ?[1-5]?\b|\bp[ae]i ?[1-5]\b|middle years prog|education intermediaire|anos intermedios|"
        r"\bpersonal projects?\b|\bprojets? personnels?\b|\bproyectos? personal(?:es)?\b|"
        r"\bpersonliche[sn]? projekte?\b|"
        r"\bcommunity projects?\b|\bprojets? communautaires?\b|\bproyectos? comunitarios?\b|"
        r"\bservice (?:as|in) action\b|\bservice[ -]action\b|\bservice (?:en tant qu|par l|comme )[' ]?action\b|"
        r"\bservicio como accion\b|\be-?assessments?\b|\bglobal contexts?\b|\bcontextes? mondia(?:l|ux)\b|"
        r"\bcontextos? globales?\b"
    ),
    PYP: regex(
        r"\bpyp\b|primary years prog|programme primaire|escuela primaria|\bunits? of inquiry\b|"
        r"\bprogramm?e? of inquiry\b|transdisciplin|\blines? of inquiry\b"
    ),
    CP: regex(
        r"\bibcp\b|\bcp ?(?:[12]|core|students?|candidates?|cohort)\b|career.related|orientation professionnelle|"
        r"orientacion profesional|\breflective projects?\b|\bprojets? de reflexion\b|\bproyectos? de reflexion\b|"
        r"\b(?:personal|professional) (?:and|&) (?:professional|personal) skills\b|"
        r"\bcompetences personnelles et professionnelles\b|\bhabilidades personales y profesionales\b"
    ),
    DP: regex(
        r"\b(?:ib)?dp ?[12]?\b|\bib ?[12]\b|diplom|\bcas\b|\btok\b|\btd[ck]\b|theory of knowledge|extended essay|"
        r"\bees?\b|monograf|\bmemoires?\b|\bhl\b|\bsl\b|higher level|standard level"
    ),
}
_SHORT = {
    MYP: regex(r"\b(?:PEI|PAI)\b"),
    CP: regex(r"\bPOP\b"),
    PYP: regex(r"\bPEP\b"),
}
"""Short names that are other words where they are no title, or not in capitals."""
_YEAR = regex(r"(?:ib )?(myp|pei|pai|pyp|pep|dp|ibdp|cp|ibcp)[ -]?(?:year |yr |y)?[1-6][a-h]?")
_OF_YEAR = {"myp": MYP, "pei": MYP, "pai": MYP, "pyp": PYP, "pep": PYP, "dp": DP, "ibdp": DP, "cp": CP, "ibcp": CP}
_NOT_OF = {
    MYP: "candidates registrations predicted core cas cp pyp coursework exams awards",
    PYP: "candidates registrations predicted core cas cp myp eassessment idu coursework exams awards results eur",
    CP: "cas pyp myp eassessment idu",
    DP: "",
}
"""Programme -> the trackers that none of its lists is for."""


_MYP_YEAR = regex(
    r"\b(?:(?:myp|pei|pai)[ -]?(?:year |yr |y)?|annee |year |yr\.? |ano |jahr )([1-5])(?:[a-h])?\b|"
    r"\b([1-5])(?:er|re|e|eme|\.?[oº°]|st|nd|rd|th)? (?:annee|ano|year) (?:of |de |du |del )?(?:the )?(?:myp|pei|pai)\b"
)


def myp_year(text: str) -> int:
    """The year of the MYP that a text says: 4 of `MYP Year 4`, `PEI 4`, `année 4`; 0 where it says none, or several.

    Only a sheet about the MYP is to be asked: `Year 4` alone may be a year of the school.
    """
    found = {match[1] or match[2] for match in _MYP_YEAR.finditer(" ".join(bare(text).split()))}
    return int(found.pop()) if len(found) == 1 else 0


def myp_year_said(text: str) -> int:
    """The year of the MYP of a title: 3 of `MYP Year 3 Community Project`; a year of the school says nothing."""
    return myp_year(text) if regex(r"\b(?:myp|pei|pai)\b").search(bare(text)) else 0


def is_myp_year(text: object) -> bool:
    """Whether a cell is a year of the MYP and nothing else: `PEI 4`."""
    match = _YEAR.fullmatch(" ".join(bare(text).split())) if isinstance(text, str) else None
    return bool(match) and bool(myp_year_said(str(text)))


def said_in(texts: Iterable[str]) -> frozenset[str]:
    """The programmes that texts speak of: `Personal Project 2026` of the MYP."""
    whole = " | ".join(texts).replace("_", " ")
    plain = bare(whole)
    return frozenset(
        name for name, words in _WORDS.items() if words.search(plain) or (name in _SHORT and _SHORT[name].search(whole))
    )


def programmes_of(grid: Grid) -> frozenset[str]:
    """The programmes that a sheet is about: by its name, what is above its tables, its headers, and years in its cells.

    What the name and the titles say goes before what headers say: students of the Diploma may have a column `MYP`.
    """
    lines = [[cell for cell in line if isinstance(cell, str)] for line in grid.values[:HEADER_SEARCH]]
    filled = [sum(cell is not None for cell in line) for line in grid.values[:HEADER_SEARCH]]
    widest = max(filled, default=0)
    head = next((n for n, count in enumerate(filled) if 2 * count > widest), 0)
    titled = said_in([grid.sheet, *(text for line in lines[:head] for text in line)])
    in_cells = _by_cells(grid, head)
    headers = said_in(lines[head]) if lines else frozenset()
    if titled or in_cells:
        return titled | in_cells | (headers & {DP})
    return headers


def _by_cells(grid: Grid, head: int) -> frozenset[str]:
    """The programmes of the years in the cells, `MYP 4`, `PEI 5`, and of the levels: HL and SL are of the Diploma."""
    found: set[str] = set()
    for line in grid.values[head + 1 : head + SAMPLE]:
        for cell in line:
            text = " ".join(bare(cell).split()) if isinstance(cell, str) and len(cell) < 20 else ""
            if match := _YEAR.fullmatch(text):
                found.add(_OF_YEAR[match[1]])
            elif text in ("hl", "sl"):
                found.add(DP)
    return frozenset(found)


def of_programmes(trackers: Mapping[str, Tracker], said: Iterable[str]) -> Mapping[str, Tracker]:
    """The trackers without those that no list of these programmes is for."""
    none = [set(_NOT_OF[one].split()) for one in said]
    away = set.intersection(*none) if none else set()
    return {name: tracker for name, tracker in trackers.items() if name not in away} if away else trackers

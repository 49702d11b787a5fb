"""The last steps of a reading: codes for students without one, what the answers fill in, and the questions left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import count as counting
from itertools import islice

from addin.core.book import Value
from addin.core.language import phrase, phrases
from addin.core.recognition.cohorts import years_behind
from addin.core.recognition.context import running_school_year
from addin.core.recognition.people import Person
from addin.core.recognition.reading import Made, Question, SheetReading
from addin.core.recognition.work import Work
from addin.core.tables.values import show
from addin.core.text import counted

HISTORY = ("Europe", "Americas", "Africa and Middle East", "Asia and Oceania")


def give_codes(work: Work, reports: Mapping[str, SheetReading]) -> None:
    """Give each student a code, complete the rows that belong to students, and make the rows of Candidates."""
    people = [person for person in work.people.all if not person.home]
    work.behind = years_behind(_group_of(person) for person in people if not person.facts.get("session"))
    _pad_numbers(people)
    _known_codes(people, work)
    bare = [person for person in people if not person.code and person.facts.get("last_name")]
    numbers = [str(person.facts.get("session_number") or "") for person in people]
    if bare:
        work.examples["numbers"] = "yes" if all(numbers) and len(set(numbers)) == len(numbers) else ""
    answer = work.need("codes", bare[0].name) if bare else ""
    if answer == "ib":
        for person in bare:
            person.facts["code"] = person.facts.get("session_number")
    elif answer == "make":
        known = work.known.all if work.known else []
        taken = {person.code for person in [*work.people.all, *known]}
        for person, code in zip(bare, free_codes(len(bare), taken), strict=True):
            person.facts["code"] = code
    for made in work.made:
        if made.person >= 0:
            _complete(made, work.people.all[made.person], work)
    work.made += [_candidate(person, work) for person in people if person.facts.get("last_name")]
    _tell_apart(work.made)


def _tell_apart(rows: list[Made]) -> None:
    """Give rows that would be the same one (HL and SL both ticked) a number, so that none is lost on the next run."""
    seen: dict[tuple[str, ...], int] = {}
    for made in rows:
        seen[made.identity] = seen.get(made.identity, 0) + 1
        number = seen[made.identity]
        if number > 1:
            made.identity = (*made.identity, f"#{number}")
            if made.tracker == "cas" and made.values.get("entry"):
                made.values["entry"] = f"{made.values['entry']}-{number}"


def _known_codes(people: list[Person], work: Work) -> None:
    """Students of the sheet that an earlier adoption made keep the codes and the sessions they have there."""
    for person in people:
        found = work.known.find(person.facts) if work.known else []
        if len(found) != 1:
            continue
        for name in ("code", "session"):
            if found[0].facts.get(name) and not person.facts.get(name):
                person.facts[name] = found[0].facts[name]


def _pad_numbers(people: list[Person]) -> None:
    """Give session numbers the zeros that a spreadsheet took: the others show how many digits they have."""
    texts = [str(person.facts["session_number"]) for person in people if person.facts.get("session_number")]
    width = max((len(text) for text in texts if text.isdigit()), default=0)
    for person in people:
        number = str(person.facts.get("session_number") or "")
        if number.isdigit() and any(text.startswith("0") for text in texts):
            person.facts["session_number"] = number.zfill(width)


def free_codes(count: int, taken: Collection[str]) -> Iterator[str]:
    """So many codes that nobody has: S001, S002 …"""
    return islice((code for number in counting(1) if (code := f"S{number:03}") not in taken), count)


def _group_of(person: Person) -> Value:
    return person.facts.get("year_group")


def _candidate(person: Person, work: Work) -> Made:
    facts = dict(person.facts)
    if not facts.get("session"):
        facts["session"] = work.session_of(_group_of(person)) or None
        if work.behind and show(_group_of(person)) not in work.behind:
            why = phrase("which exam session? the other students are in classes of several years")
            work.list(*person.origin, person.name, why, placed=True)
    if not facts.get("category"):
        facts["category"] = category_of(work)
    if facts.get("session_number"):
        facts.setdefault("identifier_state", "Unconfirmed")
    identity = ("candidates", str(facts.get("code") or person.name).casefold())
    return Made("candidates", facts, person.origin, dict(person.extra), person.number, identity)


def category_of(work: Work) -> Value:
    """The category of candidates whose list says none."""
    answer = work.need("programme").casefold()
    return {"dp": "D", "cp": "CP"}.get(answer)


def _complete(made: Made, person: Person, work: Work) -> None:
    """The code, and what all rows of a student share."""
    code = person.code
    values: dict[str, Value] = {"candidate": code or None}
    values |= {name: person.facts.get(name) for name in ("last_name", "first_names")}
    if "session" in work.trackers[made.tracker].key and not made.values.get("session"):
        made.values["session"] = person.facts.get("session") or work.session_of(_group_of(person)) or None
    if made.tracker == "registrations":
        made.values.setdefault("category", person.facts.get("category") or category_of(work))
        studied = work.words.subjects.studied.get(str(made.values.get("subject")), "")
        made.values.setdefault("response_language", studied or work.need("language") or None)
        made.values.setdefault("contributing", made.values.get("level") in ("HL", "SL"))
        if made.values.get("subject") == "History" and made.values.get("level") == "HL":
            region = work.need("history region")
            made.values["subject"] = f"History {region}" if region in HISTORY else "History"
    if made.tracker == "cas" and made.identity[:1] in (("hours",), ("interview",)):
        made.values.setdefault("entry", "-".join([code or person.name, *made.identity[1:]]).replace(" ", "-"))
    made.values = {**values, **made.values}
    made.identity = (made.tracker, (code or person.name).casefold(), *made.identity)


def usual_answers(today: date, *, take_defaults: bool) -> dict[str, str]:
    """The answers that most questions have where nobody is asked: what is assumed, so that one reading will do."""
    year = running_school_year(today)
    usual = {
        "programme": "dp",
        "language": "English",
        "name order": "first",
        "past workshops": "attended",
        "school year": f"{year}-{(year + 1) % 100:02}",
    }
    return usual | ({"codes": "make"} if take_defaults else {})


def questions(work: Work, orders: Mapping[str, str], session: str = "") -> list[Question]:
    """What is left to ask, the most important first. `orders` is how dates are written on other sheets, `session` what
    the titles of lists that are adopted as they stand say."""
    asked, today = [], work.today
    years = [today.year + n for n in (0, 1, 2)]
    for name, count in work.needs.items():
        if name in work.answers:
            continue
        example = work.examples.get(name, "")
        if name == "session":
            options = [
                (f"M{year % 100:02}", phrase("May {year}", year=year))
                for year in years
                if (year, 5) >= (today.year, today.month)
            ]
            options += [(session, "")] if session and session not in dict(options) else []
            options.append(("leave", phrase("leave it out")))
            text = phrases("Which exam session? ({n} row)", "Which exam session? ({n} rows)", count)
            oldest = ", ".join(sorted(group for group, years in work.behind.items() if not years))
            if oldest:
                sentence = "Which exam session are the oldest ({classes}) in? Each year below is a year later. ({rows})"
                text = phrase(sentence, classes=oldest, rows=counted(count, "row"))
            asked.append(
                Question(
                    name,
                    text,
                    options,
                    session or "leave",
                    "--session",
                )
            )
        elif name == "programme":
            asked.append(
                Question(
                    name,
                    phrase("Which programme?"),
                    [("dp", phrase("Diploma")), ("cp", phrase("Career-related"))],
                    "dp",
                    "--programme",
                )
            )
        elif name == "codes":
            asked.append(_codes_question(count, work))
        elif name.startswith("date order"):
            text = phrase("Is {example} day first or month first?", example=example)
            options = [("dmy", phrase("day first")), ("mdy", phrase("month first")), ("leave", phrase("leave as text"))]
            asked.append(Question(name, text, options, orders.get(name.rpartition(" ")[2], "leave"), "--date-order"))
        elif name == "school year":
            year = running_school_year(today)
            options = [(f"{y}-{(y + 1) % 100:02}", "") for y in (year, year - 1)]
            asked.append(Question(name, phrase("Which school year do the months belong to?"), options, options[0][0]))
        else:
            asked += _other(name, count, example)
    order = (
        "session",
        "codes",
        "name order",
        "withdrawn",
        "date order",
        "school year",
        "level x",
        "subject",
        "programme",
        "language",
    )
    return sorted(asked, key=lambda one: next((n for n, start in enumerate(order) if one.name.startswith(start)), 99))


def _codes_question(count: int, work: Work) -> Question:
    bare = sum(not person.code and not person.home for person in work.people.all)
    options = [("make", phrase("make codes S001, S002 …")), ("none", phrase("leave them without"))]
    if work.examples.get("numbers"):
        options.insert(0, ("ib", phrase("use their IB number as code")))
    return Question(
        "codes",
        phrases("{n} student has no student code.", "{n} students have no student code.", bare + work.without_code),
        options,
        options[0][0] if options[0][0] == "ib" or (work.without_code and not bare) else "",
        "--make-codes",
    )


def _few(names: str) -> str:
    shown = names.split(", ")
    return names if len(names) <= 60 else f"{', '.join(shown[:2])} …"


def _other(name: str, count: int, example: str) -> list[Question]:
    if name == "withdrawn":
        options = [("leave out", phrase("leave them out")), ("take", phrase("take them like the others"))]
        text = phrase(
            "{rows} struck out or under a heading such as Withdrawn ({few}).",
            rows=counted(count, "row"),
            few=_few(example),
        )
        return [Question(name, text, options, "leave out")]
    if name == "level x":
        options = [("leave", phrase("leave them for me")), ("HL", phrase("all HL")), ("SL", phrase("all SL"))]
        return [
            Question(
                name,
                phrases(
                    "{n} cell says {example} where HL or SL belongs.",
                    "{n} cells say {example} where HL or SL belongs.",
                    count,
                    example=example,
                ),
                options,
                "leave",
            )
        ]
    if name == "under way":
        options = [
            ("leave", phrase("leave the word")),
            ("Approved", phrase("approved to begin")),
            ("Submitted", ""),
            ("Draft", ""),
        ]
        text = phrase(
            "{entries} under way ({example}): which status?",
            entries=counted(count, "CAS entry", "CAS entries"),
            example=example,
        )
        return [Question(name, text, options, "leave")]
    if name == "language":
        options = [("English", ""), ("French", ""), ("Spanish", ""), ("leave", phrase("leave it out"))]
        return [
            Question(
                name,
                phrases("Response language of {n} registration?", "Response language of the {n} registrations?", count),
                options,
                "English",
            )
        ]
    if name == "history region":
        options = [("leave", phrase("leave as History")), *((region, "") for region in HISTORY)]
        return [
            Question(
                name,
                phrases(
                    "History HL is registered by region ({n} student).",
                    "History HL is registered by region ({n} students).",
                    count,
                ),
                options,
                "leave",
            )
        ]
    if name == "name order":
        options = [("first", phrase("the first name")), ("last", phrase("the last name"))]
        text = phrase("Which comes first in names such as {example}?", example=example)
        return [Question(name, text, options, "first", "--name-order")]
    if name == "past workshops":
        options = [("attended", phrase("attended")), ("leave", phrase("leave the status empty"))]
        return [
            Question(
                name,
                phrases("{n} workshop is over. Was it attended?", "{n} workshops are over. Were they attended?", count),
                options,
                "attended" if example else "leave",
            )
        ]
    if name == "role":
        return [
            Question(
                name,
                phrase("Which IB role do these staff have?"),
                [("leave", phrase("leave it out")), ("Subject teacher", "")],
                "leave",
            )
        ]
    if name.startswith("subject "):
        subjects = [(one, "") for one in example.split(" or ")]
        return [
            Question(
                name,
                phrase(
                    "Which subject is {example}? ({count})",
                    example=show(name.removeprefix("subject ")),
                    count=count,
                ),
                [*subjects, ("leave", phrase("leave it"))],
                "leave",
            )
        ]
    return []

"""Reports to read, print and sign: a page for the head of school, a sheet for one student.

`page.py` has the parts a page is made of; `facts.py` (the head's page) and `candidate.py` (the student's sheet) fill
them from a checked workbook, `redact.py` says what a redacted copy may show. `html.py` and `pdf.py` each draw any page.
Filling is pure; only the two writers know a library, and they load it when a page is drawn.
"""

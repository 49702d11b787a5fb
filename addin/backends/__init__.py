"""Backends: one spreadsheet, wherever it lives, as cells in and cells out (`core.book.Book`).

open.py     a target to its book      memory.py   the reference       xlsx.py, ooxml/   closed workbooks, spliced
excel/      the open workbook         gsheets/    Google Sheets       watched.py        refuses stale writes
"""

"""Workbooks as they lie on disk (.xlsx, .xlsm, .xltx, .xltm): read exactly, changed only where asked.

guard.py      which files are refused, each in one sentence
package.py    the zip: parts in, changed parts out, everything else as the same compressed bytes
markup.py     just enough XML on bytes: attributes, children, text
workbook.py   the list of sheets, relationships, content types, the calculation flag
values.py     one cell's value <-> its XML: numbers, dates, text, errors
styles.py     what a style means (date? which fill?) and clones of it
formulas.py   a formula moved to another cell; areas such as B2:D9
scan.py       find rows and cells in a sheet's XML
fast_reader.py  rows as every program writes them, read four times as fast
typed.py      a cell's XML -> its value
reader.py     sheet XML -> Grid
row_order.py  rows in pieces or out of order, put right before an edit
shared_formulas.py  formulas that several cells share
splice.py     sheet XML + changes -> sheet XML, touching only those cells
append_rows.py  new rows under a native table or a list
tables.py     native tables: read, grown
notes.py      classic comments and their boxes; threaded comments are read, never touched
managed_sheet.py  the tool's own sheets (Findings …), replaced whole
order.py      the required order of a worksheet's parts
native.py     native tables made or stretched around existing cells
file.py       an open workbook: what is read once, when it is first needed
batch.py      one batch of edits, worked out in memory
saving.py     the atomic write, checked before it replaces anything
"""

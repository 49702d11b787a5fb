"""Workbooks as they lie on disk (.xlsx, .xlsm, .xltx, .xltm): read exactly, changed only where asked.

guard.py      which files are refused, and in which words
package.py    the zip: parts in, changed parts out, everything else as the same compressed bytes
markup.py     just enough XML on bytes: attributes, children, text
workbook.py   the list of sheets, relationships, content types, the calculation flag
values.py     one cell's value <-> its XML: numbers, dates, text, errors
styles.py     what a style means (date? which fill?) and clones of it
formulas.py   a formula moved to another cell; areas such as B2:D9
scan.py       where rows and cells lie in a sheet's XML
reader.py     sheet XML -> Grid
linked.py     formulas that several cells have in common
splice.py     sheet XML + changes -> sheet XML, touching only those cells
grow.py       new rows under a native table or a list
tables.py     native tables: read, grown
notes.py      classic comments and their boxes; threaded comments are read, never touched
own.py        the tool's own sheets (Findings …), replaced whole
order.py      the order in which a worksheet's parts must stand
native.py     native tables made or stretched around what stands there
file.py       an open workbook: what is read once, when it is first needed
batch.py      one batch of edits, worked out in memory
saving.py     the atomic write, checked before it replaces anything
"""

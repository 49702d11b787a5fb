"""Cells to typed columns: values, tables, row ids, CSV text."""

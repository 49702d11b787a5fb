"""A district: many schools' workbooks checked on an existing distributed engine (Dask) and rolled up (DuckDB).

bundle.py    what a school's check depends on, as bytes, and the fingerprint of it
school.py    one school: check it, keep figures and findings without names; in a process with limits
engine.py    run that for all: this computer's cores, or a running cluster
dataset.py   the partitioned Parquet dataset: one file a workbook and table, written whole, resumable
run.py       the use case: what changed, check it, write it, forget what is gone
rollup.py    figures over all schools, small numbers suppressed, as a page and a workbook
"""

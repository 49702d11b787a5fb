"""Excel's side of the product: macro workbooks made from text, the bridge from a button to Python, the installer.

The map: `vba/*.bas`, `ribbon.xml` and `ib-trackers.applescript` are what Excel runs, as readable text.
`vba_project.py` turns VBA text into the part Excel reads (`compression.py` and `compound_file.py` are its two
formats); `workbook.py` puts it, the buttons and the ribbon into a workbook; `addin_file.py` makes `IB Trackers.xlam`.
A button starts `entry.py`, which finds the open book (`attach.py`, `lean_xlwings.py`) and says what came of it
(`answer.py`, `reasons.py`). `settings_file.py`, `install.py` and `doctor.py` set a machine up and look it over.
Nothing here needs Excel to be built or tested.
"""

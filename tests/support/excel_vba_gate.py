"""A compile check for VBA without Office: two analysers made by others, for each misses what the other finds.

pyVBAanalysis finds undeclared names, unknown calls and wrong types; pyOpenVBA's parser finds what does not close.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter
from excel_readers import needed

from addin.templates.macros.vba_project import Module, vba_project


def problems(sources: Mapping[str, str]) -> list[str]:
    """What is wrong with these modules, judged together as one project."""
    return [*names_and_types(sources), *blocks_and_strings(sources)]


def names_and_types(sources: Mapping[str, str]) -> list[str]:
    analyse = needed("pyvbaanalysis").analyze_office_file
    documents = [Module("ThisWorkbook", kind="document"), Module("Sheet1", kind="document")]
    modules = [Module(name, source) for name, source in sources.items()]
    with tempfile.TemporaryDirectory() as folder:
        macros, path = Path(folder, "vbaProject.bin"), Path(folder, "Gate.xlsm")
        macros.write_bytes(vba_project([*documents, *modules]))
        book = xlsxwriter.Workbook(path)
        book.add_vba_project(str(macros))
        book.set_vba_name("ThisWorkbook")
        book.add_worksheet().set_vba_name("Sheet1")
        book.close()
        reports = analyse(str(path))
    return [
        f"{module}: {report.code}"
        for module, found in reports.items()
        for report in found
        if report.severity.value == "error"
    ]


def blocks_and_strings(sources: Mapping[str, str]) -> list[str]:
    app = needed("pyopenvba.apps.excel").ExcelApplication()
    app.add_workbook()
    found = []
    for name, source in sources.items():
        try:
            app.add_module(source.replace("\n", "\r\n"), name=name)
        except Exception as error:  # whatever its parser raises is what it has to say
            found.append(f"{name}: {error}")
    return found

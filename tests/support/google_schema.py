"""Bodies held to the service's own discovery document, which google-api-python-client brings along (tests only)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

PINNED = "2.202.0"  # google-api-python-client; its document of Sheets v4 is revision 20261019


@cache
def document() -> dict[str, Any]:
    """The discovery document of Sheets v4; the test is skipped where the package is not installed."""
    package = pytest.importorskip("googleapiclient", reason=f"needs google-api-python-client {PINNED}")
    path = Path(package.__file__).parent / "discovery_cache" / "documents" / "sheets.v4.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def schemas() -> dict[str, Any]:
    found: dict[str, Any] = document()["schemas"]
    return found


def misfits(content: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """What does not fit, as text."""
    if "$ref" in schema:
        return misfits(content, schemas()[schema["$ref"]], place)
    kind = schema.get("type")
    if kind == "object":
        return _object(content, schema, place)
    if kind == "array":
        if not isinstance(content, list):
            return [f"{place}: not a list"]
        return [found for item in content for found in misfits(item, schema.get("items", {}), f"{place}[]")]
    if kind == "string":
        if not isinstance(content, str):
            return [f"{place}: not text"]
        return [] if content in schema.get("enum", [content]) else [f"{place}: {content} is not one of the words"]
    if kind in ("integer", "number"):
        types = int if kind == "integer" else (int, float)
        return [] if isinstance(content, types) and not isinstance(content, bool) else [f"{place}: not of type {kind}"]
    if kind == "boolean":
        return [] if isinstance(content, bool) else [f"{place}: not true or false"]
    return []


def _object(content: Any, schema: dict[str, Any], place: str) -> list[str]:
    if not isinstance(content, dict):
        return [f"{place}: not an object"]
    known, other = schema.get("properties", {}), schema.get("additionalProperties")
    found = []
    for name, value in content.items():
        if name in known:
            found += misfits(value, known[name], f"{place}/{name}")
        elif other:
            found += misfits(value, other, f"{place}/{name}")
        elif known:
            found.append(f"{place}/{name}: unknown name")
    return found


# (method, path after the spreadsheet's id, message of the request, message of the answer); the first that fits
MESSAGES = [
    ("POST", r"/values:batchUpdate$", "BatchUpdateValuesRequest", "BatchUpdateValuesResponse"),
    ("POST", r"/values:batchClear$", "BatchClearValuesRequest", "BatchClearValuesResponse"),
    (
        "POST",
        r"/values:batchGetByDataFilter$",
        "BatchGetValuesByDataFilterRequest",
        "BatchGetValuesByDataFilterResponse",
    ),
    (
        "POST",
        r"/values:batchUpdateByDataFilter$",
        "BatchUpdateValuesByDataFilterRequest",
        "BatchUpdateValuesByDataFilterResponse",
    ),
    ("POST", r"/developerMetadata:search$", "SearchDeveloperMetadataRequest", "SearchDeveloperMetadataResponse"),
    ("POST", r"/sheets/\d+:copyTo$", "CopySheetToAnotherSpreadsheetRequest", "SheetProperties"),
    ("POST", r":getByDataFilter$", "GetSpreadsheetByDataFilterRequest", "Spreadsheet"),
    ("POST", r":batchUpdate$", "BatchUpdateSpreadsheetRequest", "BatchUpdateSpreadsheetResponse"),
    ("POST", r":append$", "ValueRange", "AppendValuesResponse"),
    ("POST", r":clear$", None, "ClearValuesResponse"),
    ("GET", r"/values:batchGet$", None, "BatchGetValuesResponse"),
    ("GET", r"/values/", None, "ValueRange"),
    ("PUT", r"/values/", "ValueRange", "UpdateValuesResponse"),
    ("GET", r"^(/v4/spreadsheets/[^/:]+)?$", None, "Spreadsheet"),
]


def messages_of(method: str, path: str) -> tuple[str | None, str | None]:
    for known, pattern, request, answer in MESSAGES:
        if known == method and re.search(pattern, path):
            return request, answer
    return None, None


def without_null(content: Any) -> Any:
    """Explicit nulls are accepted by the service against the document (REC add_protected_range_normal 4)."""
    if isinstance(content, dict):
        return {name: without_null(value) for name, value in content.items() if value is not None}
    return [without_null(item) for item in content] if isinstance(content, list) else content


def check_exchange(method: str, path: str, sent: Any, status: int, got: Any) -> list[str]:
    """What does not fit in a request that was taken, and in its answer."""
    if status != 200:
        return []
    request, answer = messages_of(method, path)
    found = [f"no message known for {method} {path}"] if answer is None else []
    if request and isinstance(sent, dict):
        # a cell's value may be null: `values` holds any JSON value
        found += misfits(without_null({k: v for k, v in sent.items() if k != "values"}), {"$ref": request}, request)
    if answer:
        found += misfits(got, {"$ref": answer}, answer)
    return found

"""Google's refusals, word for word where the words are known.

Each text names how it is known: REC a recorded answer of 2023-24, LIVE a dated probe of the real service, READ a
public report. `unknown wording` means that the refusal is right and its sentence is ours.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal as Google sends it: HTTP status, canonical status, message, details."""

    def __init__(self, code: int, status: str, message: str, details: list[Json] | None = None) -> None:
        self.code, self.status, self.message, self.details = code, status, message, details
        super().__init__(message)

    def body(self) -> Json:
        error: Json = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}


class DriveError(ApiError):
    """A refusal in the older form of the Drive API: a list of errors with a reason, no canonical status."""

    def __init__(self, code: int, reason: str, message: str, **place: str) -> None:
        super().__init__(code, "", message)
        self.entry = {"message": message, "domain": "global", "reason": reason, **place}

    def body(self) -> Json:
        return {"error": {"code": self.code, "message": self.message, "errors": [self.entry]}}


def bad(message: str, details: list[Json] | None = None) -> ApiError:
    """400: the request itself is wrong."""
    return ApiError(400, "INVALID_ARGUMENT", message, details)


def violations(found: list[tuple[str, str]]) -> ApiError:
    """400 for fields that do not fit, all of them at once (REC Worksheet add_validation #5 for one)."""
    details = [{"field": where, "description": text} if where else {"description": text} for where, text in found]
    listed = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": details}
    return bad("\n".join(text for _, text in found), [listed])


def not_found() -> ApiError:
    """404 for a spreadsheet that is not there (REC Client access_non_existing_spreadsheet #3)."""
    return ApiError(404, "NOT_FOUND", "Requested entity was not found.")


def file_not_found(file_id: str) -> DriveError:
    """404 of Drive (LIVE harvester fixtures, 2026-09-30)."""
    return DriveError(404, "notFound", f"File not found: {file_id}.", location="fileId", locationType="parameter")


def forbidden() -> ApiError:
    """403 for a spreadsheet that is not shared with the caller (REC)."""
    return ApiError(403, "PERMISSION_DENIED", "The caller does not have permission")


def scope_missing(service: str) -> ApiError:
    """403 for a token without the scope that the call needs (LIVE harvester fixtures, 2026-09-30)."""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": service},
    }
    return ApiError(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", [info])


def unauthenticated() -> ApiError:
    """401 for a token that is missing, revoked or too old (READ gspread #686)."""
    return ApiError(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )


def no_storage() -> DriveError:
    """403 for a service account that makes a file of its own (LIVE gdrives 019, 2026-09-29)."""
    return DriveError(403, "storageQuotaExceeded", "The user's Drive storage quota has been exceeded.")


def protected() -> ApiError:
    """400 for an edit inside a range that the caller may not edit (READ node-google-spreadsheet #20)."""
    return bad(
        "You are trying to edit a protected cell or object. "
        "Please contact the spreadsheet owner to remove protection if you need to edit."
    )


def unavailable() -> ApiError:
    """503; the write may have been applied (READ gspread #724)."""
    return ApiError(503, "UNAVAILABLE", "The service is currently unavailable.")


def unimplemented(what: str) -> ApiError:
    """501: the emulator does not know this, says so, and invents nothing."""
    return ApiError(501, "UNIMPLEMENTED", f"local emulator, not Google: {what}")


def broken(error: Exception) -> ApiError:
    """500: a fault of the emulator, not of the request."""
    return ApiError(500, "INTERNAL", f"local emulator, not Google: a fault of its own: {type(error).__name__}")


def out_of_grid(place: str, rows: int, columns: int) -> ApiError:
    """400 for a range that starts outside the grid (LIVE fgac-ai, 2026-09-18; gdrives 020, 2026-09-29)."""
    return bad(f"Range ({place}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")

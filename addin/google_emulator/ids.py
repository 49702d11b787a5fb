"""New ids. Those of files begin with `local-`, so that none can be taken for one of Google's."""

from __future__ import annotations

import secrets


def new_id(kind: str) -> str | int:
    """An id of this kind, in the form that Google gives it."""
    if kind == "file":
        return f"local-{secrets.token_urlsafe(30)[:38]}"
    number = secrets.randbelow(2**31 - 2) + 1
    return str(number) if kind == "named" else number

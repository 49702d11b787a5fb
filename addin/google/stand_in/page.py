"""The grid page (see page.html): a person plays the teacher in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.google.stand_in.answers import unimplemented

if TYPE_CHECKING:
    from addin.google.stand_in.service import Answer, Request, Service

SAFETY: tuple[tuple[str, str], ...] = (("X-Content-Type-Options", "nosniff"),)


def answer(service: Service, request: Request) -> Answer:
    raise unimplemented(f"{request.method} {request.path} is not carried out here")

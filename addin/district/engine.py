"""The engine: Dask on this computer's cores, or on a cluster that is running (its scheduler's address)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from addin.district.bundle import Bundle
from addin.district.limited import end_all
from addin.district.school import Limits, check_bundles
from addin.errors import ServiceProblem

Read = Callable[[str], Bundle]
CLOSING = 30
"""Seconds that the workers of this computer have to end."""
LOOPBACK = "127.0.0.1:0"
"""Where the engine's pages listen: on this computer only, at any free port."""
LIGHT = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.low-level-log-length": 0,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
"""Here the engine watches itself less, which took 4 hundredths of a core, and keeps no copy of what it has sent."""
AHEAD = 2
"""Tasks handed out for each worker: enough that none waits, few enough that memory stays small."""
TOGETHER = 6
"""Workbooks of one task, where there are many: handing one out takes as long as a twentieth of its check."""


def check_all(
    names: Sequence[str],
    read: Read,
    today: date,
    *,
    on: str = "",
    with_people: bool = False,
    workers: int = 0,
    limits: Limits | None = None,
) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """(name, rows) for each workbook, in the order in which they are done. Raises ServiceProblem."""
    try:
        from distributed import Client, LocalCluster, as_completed
    except ModuleNotFoundError:
        raise ServiceProblem("the engine is not installed.", next="Run: pip install 'ib-trackers[district]'") from None
    _quiet()
    with _client(Client, LocalCluster, on, workers) as client:
        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        size = max(1, min(TOGETHER, len(names) // (8 * workers)))
        waiting = iter([names[start : start + size] for start in range(0, len(names), size)])
        tasks: dict[Any, Sequence[str]] = {}

        def submit() -> Any:
            some = next(waiting, None)
            if some is None:
                return None
            bundles = [read(name) for name in some]
            future = client.submit(check_bundles, bundles, today, with_people, limits, pure=False, retries=3)
            tasks[future] = some
            return future

        running = as_completed([one for one in (submit() for _ in range(workers * AHEAD)) if one is not None])
        for future in running:
            yield from zip(tasks.pop(future), future.result(), strict=True)
            if (further := submit()) is not None:
                running.add(further)


def _client(client: Any, cluster: Any, on: str, workers: int) -> Any:
    from dask import config

    with config.set(LIGHT):
        return _at(client, on) if on else _here(client, cluster, workers)


def _at(client: Any, on: str) -> Any:
    try:
        return client(on, timeout="10s")
    except (OSError, TimeoutError, ValueError) as error:
        raise ServiceProblem(f"no scheduler answers: {error}.", where=on, next="Check the address.") from None


def _here(client: Any, cluster: Any, workers: int) -> Any:
    """A client of a cluster on this computer, which ends with it.

    Where a check runs in a forked process of its own (limited.py), a thread of this process is enough to wait for it.
    """
    local = cluster(
        n_workers=workers or os.cpu_count() or 1,
        threads_per_worker=1,
        processes=not hasattr(os, "fork"),
        memory_limit=None,  # a check has a limit of its own
        dashboard_address=LOOPBACK,
        worker_dashboard_address=LOOPBACK,
        host=None if hasattr(os, "fork") else "127.0.0.1",
        silence_logs=50,
    )
    made = client(local)
    leave = made.close

    def close(*arguments: Any, **named: Any) -> Any:
        done = leave(*arguments, **named)
        with suppress(TimeoutError):  # all results are written; a computer under load ends its workers later
            local.close(timeout=CLOSING)
        end_all()
        return done

    made.close = close
    return made


def _quiet() -> None:
    import logging

    for name in ("distributed", "distributed.nanny", "distributed.worker", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

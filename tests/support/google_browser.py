"""A headless Chromium driven through its debugging pipe: no driver program and no package is needed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    "--remote-debugging-pipe",
]


class Browser:
    """One page in a browser of its own; use it in a `with` block."""

    def __init__(self, width: int = 1100, height: int = 560) -> None:
        program = next((found for name in NAMES if (found := shutil.which(name))), NAMES[0])
        self._folder = tempfile.mkdtemp(prefix="browser-")
        theirs, self._to = os.pipe()
        self._from, ours = os.pipe()
        command = [program, *FLAGS, f"--user-data-dir={self._folder}", f"--window-size={width},{height}", "about:blank"]
        # the browser wants the pipe as its descriptors 3 and 4
        place = f"import os, sys; os.dup2({theirs}, 3); os.dup2({ours}, 4); os.execv(sys.argv[1], sys.argv[1:])"
        start = [sys.executable, "-c", place, *command]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(start, pass_fds=(theirs, ours), stdout=quiet, stderr=quiet)
        os.close(theirs)
        os.close(ours)
        self._buffer, self._number, self._session = b"", 0, ""
        target = next(t for t in self._send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        attached = self._send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(20)
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _send(self, method: str, **params: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._buffer:
            more = os.read(self._from, 1 << 20)
            assert more, "the browser has gone"
            self._buffer += more
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def open(self, address: str) -> None:
        self._send("Page.navigate", url=address)

    def size(self, width: int, height: int) -> None:
        """Show the page as on a screen of this size: a window cannot be made as narrow as a phone."""
        shown = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._send("Emulation.setDeviceMetricsOverride", **shown)

    def keep_downloads(self, folder: Path) -> None:
        self._send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def choose(self, selector: str, *files: Path) -> None:
        """Choose files as a person does in the field for them."""
        root = self._send("DOM.getDocument")["root"]["nodeId"]
        field = self._send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self._send("DOM.setFileInputFiles", nodeId=field, files=[str(file) for file in files])

    def run(self, script: str) -> Any:
        """The value of an expression on the page."""
        done = self._send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait(self, script: str, seconds: float = 15) -> Any:
        """The value of an expression as soon as it is true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            value = self.run(script)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"{script} did not become true; the page says: {self.run('document.body.innerText')!r}")

    def type(self, text: str) -> None:
        """Type into what has the focus, as a person does, over what is there."""
        self.run("document.activeElement.select()")
        self._send("Input.insertText", text=text)

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self._send("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def picture(self, path: Path, *, whole: bool = False) -> Path:
        """What the page looks like, as PNG; `whole` with what is below the window."""
        content = self._send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(content))
        return path

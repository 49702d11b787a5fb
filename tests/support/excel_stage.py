"""A stage for the bridge: its own text, run by pyOpenVBA's interpreter, with the world around Excel played by fakes.

What no interpreter may do (look at files, read the environment, start a program) is replaced in the text, word for
word; a replacement that finds nothing fails, so the stage cannot drift away from the bridge.
"""

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from excel_readers import needed

REPLACED = {
    "Application.OperatingSystem": "StageSystem",
    "Environ(": "StageEnviron(",
    "Dir(": "StageDir(",
    'Set Host = CreateObject("WScript.Shell")': "Set Host = Nothing",
    "Host.Run(": "StageRun(",
    "Application.Hwnd": "4711",
    "#If Mac Then\n": "",
    "#End If\n": "",
    "AppleScriptTask(": "StageScript(",
    "    Shell IBCommand(": "    StageShell IBCommand(",
    "Application.OnTime Now + TimeSerial(0, 0, 1), ": "StageLater ",
    "ReadAnswer Code, Text\n    Finish": "StageRead Code, Text\n    Finish",
    'IBSetting(Settings, "python")': "StagePython",
}
FAKES = """Attribute VB_Name = "Stage"
Option Explicit
Public StageSystem As String, StagePython As String, There As String, Started As String, Later As String
Public AnswerText As String, AnswerCode As String, Refusal As Long, ExitCode As Long, ScriptReply As String
Public Answers As Boolean

Public Function StageEnviron(ByVal Name As String) As String
    If Name <> "IB_TRACKERS_CONF" Then StageEnviron = "<" & Name & ">"
End Function

Public Function StageDir(ByVal Path As String) As String
    If InStr(Path, "answer-") > 0 Then
        If Answers Then StageDir = "there"
    ElseIf InStr(There, "|" & Path & "|") > 0 Then
        StageDir = Mid(Path, InStrRev(Replace(Path, "\\", "/"), "/") + 1)
    End If
End Function

Public Function StageRun(ByVal Line As String, ByVal Style As Long, ByVal Wait As Boolean) As Long
    Started = Line & "|" & Style & "|" & Wait
    If Refusal <> 0 Then Err.Raise Refusal, , "Permission denied"
    StageRun = ExitCode
End Function

Public Function StageScript(ByVal Script As String, ByVal Handler As String, ByVal Packed As String) As String
    Started = Script & "/" & Handler & "/" & Packed
    If Refusal <> 0 Then Err.Raise Refusal, , "Invalid procedure call"
    StageScript = ScriptReply
End Function

Public Sub StageShell(ByVal Line As String, ByVal Style As Long)
    Started = Line & "|" & Style
End Sub

Public Sub StageLater(ByVal Macro As String)
    Later = Macro
End Sub

Public Sub StageRead(ByRef Code As String, ByRef Text As String)
    Code = AnswerCode
    Text = AnswerText
End Sub

Public Function Told() As String
    Told = Started & "#" & Later & "#" & Application.StatusBar
End Function
"""
SETTINGS = {
    "Windows (64-bit) NT 10.00": r"<USERPROFILE>\.ib-trackers\excel.conf",
    "Macintosh (Intel) 15.1": "<HOME>/ib-trackers.conf",
    "Unix": "<HOME>/.ib-trackers/excel.conf",
}
WINDOWS, MACOS, LIBREOFFICE = SETTINGS


@dataclass
class Stage:
    """One computer on which a button is pressed."""

    system: str
    python: str = "/py"
    there: bool = True
    answers: bool = True
    answer: tuple[str, str] = ("0", "3 errors")
    refusal: int = 0
    exit_code: int = 0
    reply: str = "started"
    app: Any = field(init=False)

    def __post_init__(self) -> None:
        self.app = needed("pyopenvba.apps.excel").ExcelApplication()
        self.app.add_workbook()
        for name, text in (
            ("Stage", FAKES + self._setting()),
            ("IBBridge", staged_bridge()),
            ("IBButtons", source("IBButtons")),
        ):
            self.app.add_module(text.replace("\n", "\r\n"), name=name)
        self.app.run("SetStage")

    def _setting(self) -> str:
        there = f"|{SETTINGS[self.system]}|" + (f"|{self.python}|" if self.there else "")
        texts = {
            "StageSystem": self.system,
            "StagePython": self.python,
            "There": there,
            "AnswerCode": self.answer[0],
            "AnswerText": self.answer[1],
            "ScriptReply": self.reply,
        }
        rows = [f'    {name} = "{text}"' for name, text in texts.items()]
        rows += [f"    Refusal = {self.refusal}", f"    ExitCode = {self.exit_code}", f"    Answers = {self.answers}"]
        return "\nPublic Sub SetStage()\n" + "\n".join(rows) + "\nEnd Sub\n"

    def press(self, macro: str = "IBValidate") -> list[tuple[str, int]]:
        """Press a button (or let the time come): the message boxes shown since, as (text, icon)."""
        before = len(self.app.dialogs)
        self.app.run(macro)
        return [(text, icon) for _, text, _, icon in self.app.dialogs[before:]]

    def messages(self) -> list[str]:
        """[what was started, which macro was put off for a second, the status bar]"""
        return str(self.app.run("Told")).split("#")


def source(name: str) -> str:
    return (files("addin.templates.macros") / "vba" / f"{name}.bas").read_text(encoding="ascii")


def staged_bridge() -> str:
    text = source("IBBridge")
    for words, fake in REPLACED.items():
        assert words in text, f"the bridge no longer says: {words}"
        text = text.replace(words, fake)
    return text

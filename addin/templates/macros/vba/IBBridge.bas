Attribute VB_Name = "IBBridge"
Option Explicit

' From a button to Python, and back with the answer: Excel for Windows, Excel for Mac, LibreOffice.
' The interpreter's path stands in a settings file of this person, never in the workbook: workbooks travel.
' Excel for Windows waits for Python. The other two must not (Python talks to the very program that would wait),
' so they look for the answer once a second.
' Plain VBA only: LibreOffice runs both branches of #If, and a Declare is what virus scanners look for.

Private Const TITLE As String = "IB Trackers"
Private Const TEN_MINUTES As Double = 10 / 1440
Private AnswerFile As String
Private StartedAt As Date

Public Sub IBStart(ByVal Action As String)
    Dim Folder As String, Settings As String, Python As String
    If ActiveWorkbook Is Nothing Then
        Say Words("Open a workbook first, then press the button again.")
        Exit Sub
    End If
    If AnswerFile <> "" And Now < StartedAt + TEN_MINUTES Then
        Say Words("Still working. The answer will appear here.")
        Exit Sub
    End If
    Settings = IBSettingsFile()
    Python = IBSetting(Settings, "python")
    If Python = "" Then
        Say Replace(Words("IB Trackers is not set up on this computer yet: {file} names no Python."), "{file}", Settings) & _
            vbCrLf & InTerminal("install")
        Exit Sub
    End If
    Folder = Left(Settings, Len(Settings) - Len(Dir(Settings)))
    AnswerFile = Folder & "answer-" & CStr(CLng(Int(Now))) & "-" & CStr(Int(Timer * 100)) & ".txt"
    StartedAt = Now
    Application.StatusBar = TITLE & ": " & Replace(Words("working on it ({action})..."), "{action}", Replace(Action, "_", " "))
    If IsOn("Windows") Then
        StartOnWindows Python, Action
    ElseIf IsOn("Mac") Then
        StartOnMac Action
    Else
        StartOnLibreOffice Python, Action
    End If
End Sub

Public Sub IBAnswer()
    ' Looks for the answer; where Excel could not wait, it comes back in a second when there is none yet.
    Dim Code As String, Text As String
    If AnswerFile = "" Then Exit Sub
    If Dir(AnswerFile) = "" Then
        If Now < StartedAt + TEN_MINUTES Then
            Application.OnTime Now + TimeSerial(0, 0, 1), AnswerMacro()
        Else
            Trouble Words("No answer for ten minutes.") & " " & HelpLine()
        End If
        Exit Sub
    End If
    ReadAnswer Code, Text
    Finish Text, IIf(Code = "0", vbInformation, vbExclamation)
End Sub

Private Function AnswerMacro() As String
    ' LibreOffice does not undo a doubled apostrophe, and needs no workbook's name.
    AnswerMacro = "IBAnswer"
    If IsOn("Mac") Then AnswerMacro = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!IBAnswer"
End Function

Private Sub StartOnWindows(ByVal Python As String, ByVal Action As String)
    Dim Host As Object, Code As Long, Reason As String
    If Dir(Python) = "" Then
        Trouble NoInterpreter(Python)
        Exit Sub
    End If
    On Error GoTo Refused
    Set Host = CreateObject("WScript.Shell")
    Code = Host.Run(IBCommand(Python, Action, ActiveWorkbook.Name, " --hwnd=" & Application.Hwnd, AnswerFile), 0, True)
    On Error GoTo 0
    If Dir(AnswerFile) = "" Then
        Trouble Replace(Words("Python stopped without an answer (exit code {code})."), "{code}", CStr(Code)) & " " & HelpLine()
    Else
        IBAnswer
    End If
    Exit Sub
Refused:
    Reason = Err.Number & ": " & Err.Description
    Trouble Replace(Words("Windows did not let Excel start Python (error {error})."), "{error}", Reason) & vbCrLf & _
           Words("Most likely this rule is on: Block all Office applications from creating child processes.") & vbCrLf & _
           Replace(Words("Ask whoever looks after this computer to allow {file}."), "{file}", Python) & _
           vbCrLf & WithoutMacros()
End Sub

Private Sub StartOnMac(ByVal Action As String)
    ' The script reads the interpreter's path itself, outside Excel's sandbox.
    Dim Reply As String, Reason As String
    On Error GoTo NoScript
#If Mac Then
    Reply = AppleScriptTask("ib-trackers.applescript", "StartPython", Action & "|" & AnswerFile & "|" & ActiveWorkbook.Name)
#End If
    On Error GoTo 0
    If Reply = "started" Then
        IBAnswer
    Else
        Trouble Replace(Words("Python could not be started: {reply}"), "{reply}", Reply) & vbCrLf & InTerminal("doctor")
    End If
    Exit Sub
NoScript:
    Reason = CStr(Err.Number)
    Trouble Replace(Words("macOS did not run the script that starts Python (error {error})."), "{error}", Reason) & _
           " " & InTerminal("install") & vbCrLf & WithoutMacros()
End Sub

Private Sub StartOnLibreOffice(ByVal Python As String, ByVal Action As String)
    If Dir(Python) = "" Then
        Trouble NoInterpreter(Python)
        Exit Sub
    End If
    Shell IBCommand(Python, Action, ActiveWorkbook.Name, "", AnswerFile), 0
    IBAnswer
End Sub

Public Function IBCommand(ByVal Python As String, ByVal Action As String, ByVal Book As String, _
                          ByVal Window As String, ByVal Answer As String) As String
    ' Straight to Python, so nothing needs escaping and no black window opens.
    ' -P keeps a json.py that lies beside the workbook from being imported.
    IBCommand = Q(Python) & " -P -m addin.excel.entry " & Action & " " & Q("--wb=" & Book) & Window & _
                " " & Q("--log=" & Answer)
End Function

Private Function Q(ByVal Text As String) As String
    Q = """" & Text & """"
End Function

Private Function IsOn(ByVal Host As String) As Boolean
    IsOn = InStr(Application.OperatingSystem, Host) > 0
End Function

Private Function IBSettingsFile() As String
    If IsOn("Windows") Then
        IBSettingsFile = Environ("USERPROFILE") & "\.ib-trackers\excel.conf"
    ElseIf IsOn("Mac") Then
        IBSettingsFile = Environ("HOME") & "/ib-trackers.conf"
    ElseIf Environ("IB_TRACKERS_CONF") <> "" Then
        IBSettingsFile = Environ("IB_TRACKERS_CONF")
    Else
        IBSettingsFile = Environ("HOME") & "/.ib-trackers/excel.conf"
    End If
End Function

Public Function IBSetting(ByVal Path As String, ByVal Key As String) As String
    ' The value of a "key=value" line; "" where there is no such file or line.
    Dim Number As Integer, Row As String
    IBSetting = ""
    If Dir(Path) = "" Then Exit Function
    Number = FreeFile
    Open Path For Input As #Number
    Do While Not EOF(Number)
        Line Input #Number, Row
        If Left(Row, Len(Key) + 1) = Key & "=" Then IBSetting = Mid(Row, Len(Key) + 2)
    Loop
    Close #Number
End Function

Private Sub ReadAnswer(ByRef Code As String, ByRef Text As String)
    ' The first line is the exit code, the rest is for the person.
    Dim Number As Integer, Row As String
    Number = FreeFile
    Open AnswerFile For Input As #Number
    If Not EOF(Number) Then Line Input #Number, Code
    Do While Not EOF(Number)
        Line Input #Number, Row
        Text = Text & Row & vbCrLf
    Loop
    Close #Number
    Kill AnswerFile
End Sub

Private Function HelpLine() As String
    HelpLine = Words("Send this message to whoever installed IB Trackers (ib-trackers excel doctor finds the cause).")
End Function

Private Function NoInterpreter(ByVal Python As String) As String
    NoInterpreter = Replace(Words("The Python of IB Trackers is not where it was installed: {file}"), "{file}", Python) & _
                    vbCrLf & InTerminal("install")
End Function

Private Function InTerminal(ByVal StepName As String) As String
    InTerminal = Words("In a terminal run:") & "  ib-trackers excel " & StepName
End Function

Private Function WithoutMacros() As String
    WithoutMacros = Words("Without macros: leave this workbook open and run in a terminal:") & _
                    "  ib-trackers validate excel:"
End Function

Private Function Words(ByVal Text As String) As String
    ' What is in these brackets is in the workbook's language: it is looked up when the workbook is made.
    Words = Text
End Function

Private Sub Finish(ByVal Text As String, ByVal Icon As Long)
    AnswerFile = ""
    Application.StatusBar = False
    MsgBox Text, Icon, TITLE
End Sub

Private Sub Say(ByVal Text As String)
    MsgBox Text, vbExclamation, TITLE
End Sub

Private Sub Trouble(ByVal Text As String)
    Finish Text, vbExclamation
End Sub

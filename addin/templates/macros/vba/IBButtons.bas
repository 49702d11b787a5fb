Attribute VB_Name = "IBButtons"
Option Explicit

' What the buttons on the sheets run: one Sub without parameters each.

Public Sub IBValidate()
    IBStart "validate"
End Sub

Public Sub IBNextProblem()
    IBStart "next_problem"
End Sub

Public Sub IBAdopt()
    IBStart "adopt"
End Sub

Public Sub IBFix()
    IBStart "fix"
End Sub

Public Sub IBUndo()
    IBStart "undo"
End Sub

Public Sub IBExport()
    IBStart "export"
End Sub

Public Sub IBReport()
    IBStart "report"
End Sub

Public Sub IBSync()
    IBStart "sync"
End Sub

Public Sub IBHelp()
    IBStart "help"
End Sub

Public Sub IBRegister()
    IBStart "register_candidate"
End Sub

Public Sub IBLend()
    IBStart "lend"
End Sub

Public Sub IBReturn()
    IBStart "give_back"
End Sub

Public Sub IBCount()
    IBStart "count"
End Sub

Public Sub IBNightly()
    IBStart "nightly"
End Sub

Public Sub IBImport()
    IBStart "import"
End Sub

Public Sub IBShare()
    IBStart "share"
End Sub

Public Sub IBRollOver()
    IBStart "roll_over"
End Sub

Public Sub IBRemind()
    IBStart "remind"
End Sub

Public Sub IBBringBack()
    IBStart "bring_back"
End Sub

Public Sub IBHandOver()
    IBStart "hand_over"
End Sub

Public Sub IBRedactedCopy()
    IBStart "redacted_copy"
End Sub

Public Sub IBHeldOn()
    IBStart "held_on"
End Sub

Public Sub IBDueToErase()
    IBStart "due_to_erase"
End Sub

Public Sub IBIbis()
    IBStart "ibis"
End Sub

Public Sub IBPacks()
    IBStart "packs"
End Sub

Public Sub IBCalendar()
    IBStart "calendar"
End Sub

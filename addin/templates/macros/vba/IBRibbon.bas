Attribute VB_Name = "IBRibbon"
Option Explicit

' What the items of the ribbon tab run: each takes the control that was clicked.

Public Sub OnValidate(control As IRibbonControl)
    IBValidate
End Sub

Public Sub OnNextProblem(control As IRibbonControl)
    IBNextProblem
End Sub

Public Sub OnAdopt(control As IRibbonControl)
    IBAdopt
End Sub

Public Sub OnFix(control As IRibbonControl)
    IBFix
End Sub

Public Sub OnUndo(control As IRibbonControl)
    IBUndo
End Sub

Public Sub OnExport(control As IRibbonControl)
    IBExport
End Sub

Public Sub OnReport(control As IRibbonControl)
    IBReport
End Sub

Public Sub OnNightly(control As IRibbonControl)
    IBNightly
End Sub

Public Sub OnImport(control As IRibbonControl)
    IBImport
End Sub

Public Sub OnShare(control As IRibbonControl)
    IBShare
End Sub

Public Sub OnSync(control As IRibbonControl)
    IBSync
End Sub

Public Sub OnHelp(control As IRibbonControl)
    IBHelp
End Sub

Public Sub OnRegister(control As IRibbonControl)
    IBRegister
End Sub

Public Sub OnLend(control As IRibbonControl)
    IBLend
End Sub

Public Sub OnReturn(control As IRibbonControl)
    IBReturn
End Sub

Public Sub OnCount(control As IRibbonControl)
    IBCount
End Sub

Public Sub OnRollOver(control As IRibbonControl)
    IBRollOver
End Sub

Public Sub OnRemind(control As IRibbonControl)
    IBRemind
End Sub

Public Sub OnBringBack(control As IRibbonControl)
    IBBringBack
End Sub

Public Sub OnHandOver(control As IRibbonControl)
    IBHandOver
End Sub

Public Sub OnRedactedCopy(control As IRibbonControl)
    IBRedactedCopy
End Sub

Public Sub OnHeldOn(control As IRibbonControl)
    IBHeldOn
End Sub

Public Sub OnDueToErase(control As IRibbonControl)
    IBDueToErase
End Sub

Public Sub OnIbis(control As IRibbonControl)
    IBIbis
End Sub

Public Sub OnPacks(control As IRibbonControl)
    IBPacks
End Sub

Public Sub OnCalendar(control As IRibbonControl)
    IBCalendar
End Sub

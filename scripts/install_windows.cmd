@echo off
rem Double-click this file. It installs IB Trackers for you alone and opens a new workbook.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0install_windows.ps1"
if errorlevel 1 pause

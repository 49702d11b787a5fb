# Installs IB Trackers for this user: no administrator rights, no Python needed beforehand.
$ErrorActionPreference = "Stop"
$source = Split-Path -Parent $PSScriptRoot
$tools = Join-Path $env:USERPROFILE ".local\bin"
$env:Path = "$tools;$env:Path"
try {
    if (-not (Get-Command uv -ErrorAction SilentlyContinue)) {
        Write-Host "Getting uv, which brings Python (once) ..."
        Invoke-RestMethod https://astral.sh/uv/install.ps1 | Invoke-Expression
    }
    Write-Host "Installing IB Trackers ..."
    & uv tool install --quiet --force --python ">=3.11" "ib-trackers[excel,google] @ $source"
    if ($LASTEXITCODE) { throw "IB Trackers could not be installed. Is this computer online?" }
    $command = Join-Path (& uv tool dir --bin) "ib-trackers.exe"
    & $command excel install
    if ($LASTEXITCODE) { Write-Host "The Excel tab was not installed. Close Excel and run this file again." }
    $folder = Join-Path ([Environment]::GetFolderPath("MyDocuments")) "IB Trackers"
    $book = Join-Path $folder "School.xlsm"
    if (-not (Test-Path $book)) { & $command new $book }
    Start-Process $book
} catch {
    Write-Host ""
    Write-Host $_.Exception.Message
    Write-Host "Nothing was changed in your own files. Run this file again, or ask whoever looks after your computer."
    exit 1
}

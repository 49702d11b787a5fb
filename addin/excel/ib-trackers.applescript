-- Starts the Python of IB Trackers for Excel for Mac, which may start no program itself.
-- `ib-trackers excel install` puts this file into ~/Library/Application Scripts/com.microsoft.Excel/.
-- The parameter is "action|answer file|workbook"; the answer is "started" or a sentence.
-- Python runs in the background: it talks to Excel, so Excel must not wait for it.
on StartPython(packed)
	set oldDelimiters to AppleScript's text item delimiters
	set AppleScript's text item delimiters to "|"
	set actionName to text item 1 of packed
	set answerFile to text item 2 of packed
	set bookName to (text items 3 thru -1 of packed) as text
	set AppleScript's text item delimiters to oldDelimiters
	set settingsFile to (POSIX path of (path to home folder)) & "Library/Containers/com.microsoft.Excel/Data/ib-trackers.conf"
	try
		set python to do shell script "sed -n 's/^python=//p' " & quoted form of settingsFile & " | tr -d '\\r'"
		do shell script "test -x " & quoted form of python
	on error
		return "the Python named in " & settingsFile & " is not there."
	end try
	try
		do shell script quoted form of python & " -P -m addin.excel.entry " & quoted form of actionName & " " & quoted form of ("--wb=" & bookName) & " " & quoted form of ("--log=" & answerFile) & " >/dev/null 2>&1 &"
		return "started"
	on error errorText number errorNumber
		return errorText & " (" & errorNumber & ")"
	end try
end StartPython

"""Google Sheets: sign-in, request policy, Apps Script, and the local stand-in for Google."""

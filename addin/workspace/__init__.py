"""What lies on disk around a workbook: settings, lists, tracker files, the opened workbook, backups, state."""

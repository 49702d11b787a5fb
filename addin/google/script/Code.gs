/**
 * IB Trackers in Google Sheets: a menu, and ids for new rows.
 *
 * To install (once for each spreadsheet):
 *   1. In the spreadsheet choose Extensions > Apps Script, delete what stands there, paste this file, and save.
 *   2. In Project Settings tick "Show appsscript.json", open that file, paste the other file over it, and save.
 *   3. Reload the spreadsheet: the menu "IB Trackers" appears. Choose an item once and allow what Google asks.
 *
 * With clasp instead: clasp clone the script's id into an empty folder, copy both files into it, clasp push.
 *
 * Nothing is sent anywhere. A request (Validate now, Export, Sync now) becomes a row of the hidden sheet _requests;
 * the coordinator's computer reads it on its next scheduled run and writes the answer beside it.
 */

const ID_HEADER = 'IBT id';
const STAMP_HEADER = 'Last edited';
const REQUESTS = '_requests';
const REQUEST_HEADERS = ['Id', 'Request', 'Asked', 'By', 'State', 'Answer', 'Answered'];
const FINDINGS = 'Findings';
const TITLE = 'IB Trackers';

const LETTERS = 'bcdfghjkmnpqrstvwxz'; // no vowels: no words, no months; no l: it looks like 1
const SIGNS = LETTERS + '23456789';
const ID_LENGTH = 6;
const HEADER_WITHIN = 20; // rows from the top in which a sheet's headers are looked for

/** Runs by itself when somebody opens the spreadsheet. */
function onOpen() {
  SpreadsheetApp.getUi().createMenu(TITLE)
    .addItem('Validate now', 'validateNow')
    .addItem('Next problem', 'nextProblem')
    .addSeparator()
    .addItem('Export', 'exportNow')
    .addItem('Sync now', 'syncNow')
    .addSeparator()
    .addItem('Help', 'help')
    .addToUi();
}

function validateNow() { ask('validate', 'The check is asked for: problems will be marked and listed on Findings.'); }
function exportNow() { ask('export', 'The export is asked for: the coordinator will find the files.'); }
function syncNow() { ask('sync', 'The sync is asked for: edits on both sides will be brought together.'); }

/**
 * Writes one row on the sheet _requests. Asking twice for the same thing is asking once.
 * @param {string} kind
 * @param {string} words
 */
function ask(kind, words) {
  const book = SpreadsheetApp.getActive();
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(5000)) {
    book.toast('Somebody else is asking at this moment. Try again.', TITLE);
    return;
  }
  try {
    const sheet = book.getSheetByName(REQUESTS) || newRequestsSheet(book);
    const waits = sheet.getDataRange().getValues().some((row) => row[1] === kind && row[4] === 'NEW');
    if (waits) {
      book.toast('This is asked for already. The answer comes with the next scheduled run.', TITLE);
      return;
    }
    sheet.appendRow([Utilities.getUuid(), kind, new Date(), Session.getActiveUser().getEmail(), 'NEW', '', '']);
    book.toast(words + ' It happens with the next scheduled run.', TITLE);
  } finally {
    lock.releaseLock();
  }
}

/** @param {GoogleAppsScript.Spreadsheet.Spreadsheet} book */
function newRequestsSheet(book) {
  const stood = book.getActiveSheet();
  const sheet = book.insertSheet(REQUESTS, book.getNumSheets());
  sheet.appendRow(REQUEST_HEADERS);
  sheet.setFrozenRows(1);
  stood.activate();
  sheet.hideSheet();
  return sheet;
}

/** Goes to the next cell of the sheet Findings, from where the person stands. */
function nextProblem() {
  const book = SpreadsheetApp.getActive();
  const problems = listProblems(book.getSheetByName(FINDINGS));
  if (!problems.length) {
    book.toast('No problem is listed. Choose "Validate now" to check again.', TITLE);
    return;
  }
  const cell = book.getCurrentCell();
  const here = cell ? cell.getSheet().getName() + '!' + cell.getA1Notation() : '';
  const places = problems.map((problem) => problem.sheet + '!' + problem.cell);
  const next = (places.lastIndexOf(here) + 1) % problems.length;
  const problem = problems[next];
  const sheet = book.getSheetByName(problem.sheet);
  if (!sheet) {
    book.toast('The sheet ' + problem.sheet + ' is gone. Choose "Validate now" to check again.', TITLE);
    return;
  }
  sheet.getRange(problem.cell).activate();
  book.toast(problem.wrong + ' ' + problem.todo, 'Problem ' + (next + 1) + ' of ' + problems.length, 20);
}

/**
 * The rows of the sheet Findings that name a cell.
 * @param {GoogleAppsScript.Spreadsheet.Sheet | null} sheet
 */
function listProblems(sheet) {
  if (!sheet) return [];
  const [headers, ...rows] = sheet.getDataRange().getDisplayValues();
  const [inSheet, inCell, wrong, todo] = ['Sheet', 'Cell', 'What is wrong', 'What to do'].map((h) => headers.indexOf(h));
  if (inSheet < 0 || inCell < 0) return [];
  return rows.filter((row) => row[inSheet] && row[inCell]).map((row) => ({
    sheet: row[inSheet], cell: row[inCell], wrong: row[wrong] || '', todo: row[todo] || '',
  }));
}

/** What the menu does, and what became of the last requests. */
function help() {
  const sheet = SpreadsheetApp.getActive().getSheetByName(REQUESTS);
  const last = sheet ? sheet.getDataRange().getDisplayValues().slice(1).slice(-5) : [];
  const text = [
    'Validate now: marks what is wrong and lists it on the sheet Findings.',
    'Next problem: takes you to the next wrong cell.',
    'Export: makes the files for the coordinator.',
    'Sync now: brings this spreadsheet and the coordinator\'s workbook together.',
    '',
    'Type, paste, sort and insert rows as you like. Leave the column "' + ID_HEADER + '" alone: it tells rows apart.',
    '',
    last.length ? 'Last requests:' : 'Nothing has been asked for yet.',
    ...last.map((row) => row[2] + '  ' + row[1] + '  ' + row[4] + '  ' + row[5]),
  ];
  SpreadsheetApp.getUi().alert(TITLE, text.join('\n'), SpreadsheetApp.getUi().ButtonSet.OK);
}

/**
 * Runs by itself after a person's edit; writes of the program itself never cause it.
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 */
function onEdit(e) {
  const sheet = e.range.getSheet();
  const at = findHeaders(sheet);
  if (!at) return;
  if (isIdTypedOver(e, at)) {
    e.range.setValue(e.oldValue);
    SpreadsheetApp.getActive().toast('The id belongs to the row and was put back.', TITLE);
    return;
  }
  const first = Math.max(e.range.getRow(), at.row + 1);
  const last = Math.min(e.range.getLastRow(), sheet.getLastRow());
  if (first > last) return;
  const rows = sheet.getRange(first, 1, last - first + 1, sheet.getLastColumn()).getValues();
  const filled = rows.map((row) => isFilled(row, at));
  giveIds(sheet, at, first, rows, filled);
  if (at.stamp) stamp(sheet, at.stamp, first, filled);
}

/**
 * Where the headers stand, and which columns are ours (0: there is none); null for a sheet that is no tracker.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 */
function findHeaders(sheet) {
  const height = Math.min(HEADER_WITHIN, sheet.getLastRow());
  if (!height) return null;
  const top = sheet.getRange(1, 1, height, sheet.getLastColumn()).getValues();
  const row = top.findIndex((cells) => cells.includes(ID_HEADER));
  return row < 0 ? null : { row: row + 1, id: top[row].indexOf(ID_HEADER) + 1, stamp: top[row].indexOf(STAMP_HEADER) + 1 };
}

/**
 * Did somebody type over, or delete, the id of one row?
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 * @param {{row: number, id: number}} at
 */
function isIdTypedOver(e, at) {
  const single = e.range.getNumRows() === 1 && e.range.getNumColumns() === 1;
  return single && e.range.getColumn() === at.id && e.range.getRow() > at.row && Boolean(e.oldValue);
}

/**
 * Does the row hold anything besides our own columns and unticked boxes?
 * @param {any[]} row
 * @param {{id: number, stamp: number}} at
 */
function isFilled(row, at) {
  return row.some((value, i) => i !== at.id - 1 && i !== at.stamp - 1 && value !== '' && value !== false);
}

/**
 * A new id for each filled row that has none, or that brought one along from the row it was copied from.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {{row: number, id: number}} at
 * @param {number} first
 * @param {any[][]} rows
 * @param {boolean[]} filled
 */
function giveIds(sheet, at, first, rows, filled) {
  const all = sheet.getRange(at.row + 1, at.id, sheet.getLastRow() - at.row, 1).getValues().map((row) => row[0]);
  const times = new Map();
  all.forEach((id) => times.set(id, (times.get(id) || 0) + 1));
  rows.forEach((row, i) => {
    const id = row[at.id - 1];
    if (!filled[i] || (id !== '' && times.get(id) === 1)) return;
    times.set(id, times.get(id) - 1);
    const fresh = newId(times);
    times.set(fresh, 1);
    sheet.getRange(first + i, at.id).setValue(fresh);
  });
}

/**
 * Six signs that no id of the sheet has; the first is a letter, so that it is never taken for a number.
 * @param {Map<any, number>} taken
 * @returns {string}
 */
function newId(taken) {
  const pick = (/** @type {string} */ signs) => signs.charAt(Math.floor(Math.random() * signs.length));
  let id = pick(LETTERS);
  while (id.length < ID_LENGTH) id += pick(SIGNS);
  return taken.has(id) ? newId(taken) : id;
}

/**
 * The moment of the edit, beside each filled row.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {number} column
 * @param {number} first
 * @param {boolean[]} filled
 */
function stamp(sheet, column, first, filled) {
  const now = new Date();
  filled.forEach((yes, i) => { if (yes) sheet.getRange(first + i, column).setValue(now); });
}

/**
 * IB Trackers in Google Sheets: a menu, checks while people type, and ids for new rows.
 *
 * To install (once for each spreadsheet; a copy of the spreadsheet brings the script along):
 *   1. In the spreadsheet choose Extensions > Apps Script, delete what is there and paste this whole file. Save.
 *   2. Reload the spreadsheet: the menu "IB Trackers" appears. Choose an item once and allow what Google asks.
 *
 * The file is Code.gs and Checks.gs of addin/google/script in one; with clasp, push these two and appsscript.json.
 *
 * Nothing is sent anywhere. A request (Validate now, Export, Sync now) becomes a row of the hidden sheet _requests;
 * the coordinator's computer reads it on its next run and writes the answer beside it. The rules of each sheet are on
 * the hidden sheet _rules, and what is needed to put an id back on the hidden sheet _ids.
 *
 * The script asks for this spreadsheet only, none of your others:
 * @OnlyCurrentDoc
 */

const ID_HEADER = 'IBT id';
const STAMP_HEADER = 'Last edited';
const REQUESTS = '_requests';
const REQUEST_HEADERS = ['Id', 'Request', 'Asked', 'By', 'State', 'Answer', 'Answered'];
const STATUS_COLUMN = 9;
const RULES = '_rules';
const IDS = '_ids';
const HOME_BOXES = { 'Validate now': 'validate', 'Export': 'export', 'Sync now': 'sync' };
const TITLE = 'IB Trackers';
const NOTE = 'IB Trackers: ';
const FILLS = { error: '#f8cbad', warning: '#ffe699', info: '#ddebf7' };
const LEVELS = ['error', 'warning', 'info'];

const LETTERS = 'bcdfghjkmnpqrstvwxz'; // no vowels: no words, no months; no l: it looks like 1
const SIGNS = LETTERS + '23456789';
const ID_LENGTH = 6;
const HEADER_WITHIN = 20; // rows from the top in which a sheet's headers are looked for
const PATIENCE = 10000; // milliseconds to wait for another edit to be finished

/**
 * @typedef {GoogleAppsScript.Spreadsheet.Sheet} Sheet
 * @typedef {{row: number, headers: string[], id: number, stamp: number}} Headers row and columns count from 1; 0: none
 */

/** @type {Object<string, Object<string, string>>} language -> sentence -> what it is there; filled when the file is written */
const WORDS = {};

/**
 * A sentence in the language of the spreadsheet (File > Settings > Locale), else in English; {0} is the first value.
 * @param {string} sentence
 * @param {...(string|number)} values
 */
function say(sentence, ...values) {
  const known = WORDS[SpreadsheetApp.getActive().getSpreadsheetLocale().slice(0, 2)] || {};
  return values.reduce((/** @type {string} */ text, value, i) => text.replace('{' + i + '}', () => String(value)), known[sentence] || sentence);
}

/** Runs by itself when somebody opens the spreadsheet. */
function onOpen() {
  SpreadsheetApp.getUi().createMenu(TITLE)
    .addItem(say('Validate now'), 'validateNow')
    .addItem(say('Next problem'), 'nextProblem')
    .addSeparator()
    .addItem(say('Export'), 'exportNow')
    .addItem(say('Sync now'), 'syncNow')
    .addSeparator()
    .addItem(say('Privacy'), 'privacy')
    .addItem(say('Help'), 'help')
    .addToUi();
  locked(() => SpreadsheetApp.getActive().getSheets().forEach(rememberAllRows));
}

// ---- Requests -----------------------------------------------------------------------------------------------------

/** Checks every tracker sheet at once, and asks for the checks that need the coordinator's workbook. */
function validateNow() {
  const book = SpreadsheetApp.getActive();
  const results = book.getSheets().map(validateSheet).filter((result) => result !== null);
  const problems = results.reduce((sum, result) => sum + result.problems, 0);
  const left = results.reduce((sum, result) => sum + result.left, 0);
  const words = [problems ? say('Problems marked: {0}.', problems) : say('No problems found.')];
  if (left) words.push(say('Rules that need other sheets and are checked with the next run: {0}.', left));
  ask('validate', words.join(' '));
}

function exportNow() { ask('export', say('Export requested. Your coordinator gets the files.')); }
function syncNow() { ask('sync', say('Sync requested.')); }

/**
 * Writes one row on the sheet _requests. Asking twice for the same thing is asking once.
 * @param {string} kind
 * @param {string} words
 */
function ask(kind, words) {
  const book = SpreadsheetApp.getActive();
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(5000)) {
    book.toast(say('Busy. Try again in a few seconds.'), TITLE);
    return;
  }
  try {
    const sheet = book.getSheetByName(REQUESTS) || newHiddenSheet(book, REQUESTS, REQUEST_HEADERS);
    const waiting = sheet.getDataRange().getValues().find((row) => row[1] === kind && row[4] === 'NEW');
    if (waiting) {
      const at = timeOf(waiting[2]);
      const already = at ? say('Already requested at {0}.', at) : say('Already requested.');
      book.toast(already + ' ' + nextRun(sheet), TITLE);
      return;
    }
    sheet.appendRow([Utilities.getUuid(), kind, new Date(), Session.getActiveUser().getEmail(), 'NEW', '', '']);
    book.toast(words + ' ' + nextRun(sheet), TITLE);
  } finally {
    lock.releaseLock();
  }
}

/** @param {any} moment */
function timeOf(moment) {
  const zone = SpreadsheetApp.getActive().getSpreadsheetTimeZone();
  return moment instanceof Date ? Utilities.formatDate(moment, zone, 'HH:mm') : '';
}

/**
 * When the next run is due, as the last one has left it in the first row of _requests.
 * @param {Sheet} sheet
 * @returns {string}
 */
function nextRun(sheet) {
  const [, , , next, , until] = sheet.getRange(1, STATUS_COLUMN, 1, 6).getDisplayValues()[0];
  const now = new Date();
  if (!until || new Date(until) < now || !next) {
    return say('No computer is answering at the moment: your coordinator has to start IB Trackers.');
  }
  const zone = SpreadsheetApp.getActive().getSpreadsheetTimeZone();
  const due = new Date(Math.max(new Date(next).getTime(), now.getTime()));
  const day = (/** @type {Date} */ date) => Utilities.formatDate(date, zone, 'yyyy-MM-dd');
  const tomorrow = day(due) === day(now) ? '' : day(due) === day(new Date(now.getTime() + 86400000)) ? say('tomorrow') + ' ' : day(due) + ' ';
  return say('Next check: {0}.', tomorrow + Utilities.formatDate(due, zone, 'HH:mm'));
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Spreadsheet} book
 * @param {string} name
 * @param {string[]} headers
 */
function newHiddenSheet(book, name, headers) {
  const active = book.getActiveSheet();
  const sheet = book.insertSheet(name, book.getNumSheets());
  if (headers.length) sheet.appendRow(headers);
  sheet.setFrozenRows(headers.length ? 1 : 0);
  active.activate();
  sheet.hideSheet();
  return sheet;
}

/** What the menu does, when the next run is due, and what became of the last requests. */
function help() {
  const sheet = SpreadsheetApp.getActive().getSheetByName(REQUESTS);
  const last = sheet ? sheet.getDataRange().getDisplayValues().slice(1).slice(-5) : [];
  const text = [
    say('Validate now: marks what is wrong, with a note on each cell.'),
    say('Next problem: takes you to the next marked cell.'),
    say('Export: makes the files for your coordinator.'),
    say('Sync now: exchanges changes with the workbook of your coordinator.'),
    say('Privacy: who can open this spreadsheet, and what you may do with it.'),
    '',
    say('Type, paste, sort and insert rows as you like. The column {0} is filled in automatically.', ID_HEADER),
    '',
    ...(sheet ? [nextRun(sheet), ''] : []),
    last.length ? say('Last requests:') : say('Nothing has been requested yet.'),
    ...last.map((row) => row[2] + '  ' + row[1] + '  ' + (row[4] === 'NEW' ? say('waiting') : row[5])),
  ];
  SpreadsheetApp.getUi().alert(TITLE, text.join('\n'), SpreadsheetApp.getUi().ButtonSet.OK);
}

/** Who can open this spreadsheet, and what may be done with what is in it. */
function privacy() {
  const book = SpreadsheetApp.getActive();
  let people = [say('Choose Share, at the top right, to see who can open this spreadsheet.')];
  try {
    const editors = book.getEditors().map((user) => user.getEmail());
    const readers = book.getViewers().map((user) => user.getEmail()).filter((one) => !editors.includes(one));
    people = [
      say('Can change this spreadsheet: {0}', editors.filter(Boolean).join(', ') || say('nobody else')),
      ...(readers.length ? [say('Can only read it: {0}', readers.filter(Boolean).join(', '))] : []),
    ];
  } catch (error) {
    // Google tells this to editors only
  }
  const text = [
    ...people,
    '',
    say('It holds personal data of students. Share it with nobody else, and do not copy it into other tools.'),
    say('Export makes files for your coordinator only; each is noted in the log of what went to whom.'),
    say('Somebody asks what is held on them, or to be erased? Send them to your coordinator, whose workbook has buttons for it.'),
  ];
  SpreadsheetApp.getUi().alert(say('Privacy'), text.join('\n'), SpreadsheetApp.getUi().ButtonSet.OK);
}

// ---- Marks --------------------------------------------------------------------------------------------------------

/** Goes to the next cell that has a note of ours, from the active cell on, sheet by sheet. */
function nextProblem() {
  const book = SpreadsheetApp.getActive();
  const problems = book.getSheets().filter(findHeaders).flatMap(notedCells);
  if (!problems.length) {
    book.toast(say('No problem is marked. Choose Validate now to check again.'), TITLE);
    return;
  }
  const cell = book.getCurrentCell();
  const here = cell ? [cell.getSheet().getName(), cell.getRow(), cell.getColumn()].join(' ') : '';
  const next = (problems.findIndex((one) => one.key === here) + 1) % problems.length;
  const problem = problems[next];
  problem.sheet.getRange(problem.row, problem.column).activate();
  book.toast(problem.words, say('Problem {0} of {1}', next + 1, problems.length), 20);
}

/** @param {Sheet} sheet */
function notedCells(sheet) {
  return sheet.getDataRange().getNotes().flatMap((line, r) => line.flatMap((note, c) => (note.startsWith(NOTE) ? [{
    sheet, row: r + 1, column: c + 1, words: note.slice(NOTE.length), key: [sheet.getName(), r + 1, c + 1].join(' '),
  }] : [])));
}

/**
 * Checks a whole sheet; null for one that is no tracker.
 * @param {Sheet} sheet
 */
function validateSheet(sheet) {
  const at = findHeaders(sheet);
  const rules = at && readRules(sheet);
  if (!at || !rules) return null;
  const height = sheet.getLastRow() - at.row;
  if (height < 1) return { problems: 0, left: rules.left.length };
  const rows = sheet.getRange(at.row + 1, 1, height, at.headers.length).getValues();
  const problems = findProblems(rules, tableOf(rules, at, at.row + 1, rows), clock());
  mark(sheet, at, at.row + 1, height, problems);
  return { problems: problems.length, left: rules.left.length };
}

/**
 * The rules of a sheet, from the hidden sheet _rules; null where there are none.
 * @param {Sheet} sheet
 * @returns {Rules | null}
 */
function readRules(sheet) {
  const hidden = SpreadsheetApp.getActive().getSheetByName(RULES);
  const lines = hidden && hidden.getLastRow() ? hidden.getDataRange().getDisplayValues() : [];
  const line = lines.find((one) => one[0] === String(sheet.getSheetId())) || lines.find((one) => one[1] === sheet.getName());
  return line ? JSON.parse(line.slice(2).join('')) : null;
}

/**
 * The filled rows as values by column name; a column is found by its header or one of its other names.
 * @param {any} rules
 * @param {Headers} at
 * @param {number} first the number of the first row
 * @param {any[][]} rows
 */
function tableOf(rules, at, first, rows) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const headers = at.headers.map(plain);
  const filled = [...rows.keys()].filter((i) => isFilled(rows[i], at));
  const now = clock();
  /** @type {Record<string, any[]>} */
  const columns = {};
  for (const column of rules.columns) {
    const place = [column.header, ...column.aliases].map((name) => headers.indexOf(plain(name))).find((i) => i >= 0);
    if (place === undefined || Object.values(columns).some((one) => one === columns[column.name])) continue;
    columns[column.name] = filled.map((i) => readCell(rows[i][place], column.type, now));
  }
  return { rows: filled.map((i) => first + i), columns };
}

/** Today, and dates as the spreadsheet shows them: both in its own time zone. */
function clock() {
  const zone = SpreadsheetApp.getActive().getSpreadsheetTimeZone();
  const known = new Map();
  const toDay = (/** @type {Date} */ date) => {
    const moment = date.getTime();
    if (!known.has(moment)) known.set(moment, Utilities.formatDate(date, zone, 'yyyy-MM-dd HH:mm:ss').replace(' 00:00:00', ''));
    return known.get(moment);
  };
  return { today: toDay(new Date()).slice(0, 10), toDay };
}

/**
 * Marks the findings in these rows and takes our other marks away. Colours and notes of people stay as they are.
 * @param {Sheet} sheet
 * @param {Headers} at
 * @param {number} first
 * @param {number} height
 * @param {any[]} problems
 */
function mark(sheet, at, first, height, problems) {
  const range = sheet.getRange(first, 1, height, at.headers.length);
  const fills = range.getBackgrounds();
  const notes = range.getNotes();
  const before = { fills: fills.map((line) => [...line]), notes: notes.map((line) => [...line]) };
  notes.forEach((line, r) => line.forEach((note, c) => {
    if (note.startsWith(NOTE)) notes[r][c] = '';
    if (note.startsWith(NOTE) && isOurs(fills[r][c])) fills[r][c] = '#ffffff';
  }));
  const cells = new Map();
  for (const one of problems) {
    const key = [one.row - first, at.headers.indexOf(one.column)].join(' ');
    cells.set(key, [...(cells.get(key) || []), one].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)));
  }
  for (const [key, found] of cells) {
    const [r, c] = key.split(' ').map(Number);
    if (r < 0 || r >= height || c < 0) continue;
    if (!notes[r][c]) notes[r][c] = NOTE + found.map((/** @type {any} */ one) => (one.message + ' ' + one.suggestion).trim()).join('\n');
    if (fills[r][c] === '#ffffff') fills[r][c] = /** @type {Record<string, string>} */ (FILLS)[found[0].level];
  }
  at.headers.forEach((_, c) => {
    const rows = [...notes.keys()].filter((r) => notes[r][c] !== before.notes[r][c] || fills[r][c] !== before.fills[r][c]);
    if (rows.length) writeMarks(sheet.getRange(first + rows[0], c + 1, rows[rows.length - 1] - rows[0] + 1, 1), notes, fills, rows, c);
  });
}

/**
 * Writes the marks of one column. One that only the coordinator may edit is left to the coordinator's computer.
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {string[][]} notes
 * @param {string[][]} fills
 * @param {number[]} rows
 * @param {number} c
 */
function writeMarks(range, notes, fills, rows, c) {
  const part = (/** @type {string[][]} */ lines) => lines.slice(rows[0], rows[rows.length - 1] + 1).map((line) => [line[c]]);
  try {
    range.setNotes(part(notes));
    range.setBackgrounds(part(fills));
  } catch (error) {
    console.log('Not marked: ' + range.getA1Notation() + ' is protected.');
  }
}

/** @param {string} fill */
function isOurs(fill) { return Object.values(FILLS).includes(fill.toLowerCase()); }

// ---- Edits --------------------------------------------------------------------------------------------------------

/**
 * Runs by itself after a person's edit; writes of the program itself never cause it.
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 */
function onEdit(e) {
  const sheet = e.range.getSheet();
  const at = findHeaders(sheet);
  if (!at) {
    answerBox(e, sheet);
    return;
  }
  const first = Math.max(e.range.getRow(), at.row + 1);
  const last = Math.min(e.range.getLastRow(), sheet.getLastRow());
  if (first > last) return;
  locked(() => {
    const rows = sheet.getRange(first, 1, last - first + 1, at.headers.length).getValues();
    keepIds(sheet, at, first, rows, e);
    if (at.stamp) stamp(sheet, at, first, rows);
  });
  checkRows(sheet, at, first, last, e);
}

/**
 * Does something while nobody else's edit is at work; not at all where that takes too long.
 * @param {() => void} work
 */
function locked(work) {
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(PATIENCE)) return;
  try {
    work();
  } finally {
    lock.releaseLock();
  }
}

/**
 * A ticked box on Home: the check is made at once, and the box stays ticked until the coordinator's computer answers.
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 * @param {Sheet} sheet
 */
function answerBox(e, sheet) {
  if (e.range.getColumn() !== 2 || e.range.getNumRows() !== 1 || e.range.getValue() !== true) return;
  const label = String(sheet.getRange(e.range.getRow(), 1).getValue());
  if (!(label in HOME_BOXES)) return;
  const book = SpreadsheetApp.getActive();
  const found = label === 'Validate now' ? book.getSheets().map(validateSheet).filter((one) => one !== null) : [];
  const problems = found.reduce((sum, one) => sum + one.problems, 0);
  const requests = book.getSheetByName(REQUESTS);
  const words = (found.length ? say('Problems marked: {0}.', problems) + ' ' : '') + (requests ? nextRun(requests) : '');
  sheet.getRange(e.range.getRow(), 3).setValue(words);
}

/**
 * Where the headers are, and which columns are ours; null for a sheet that is no tracker.
 * @param {Sheet} sheet
 * @returns {Headers | null}
 */
function findHeaders(sheet) {
  const height = Math.min(HEADER_WITHIN, sheet.getLastRow());
  if (!height) return null;
  const top = sheet.getRange(1, 1, height, sheet.getLastColumn()).getValues();
  const row = top.findIndex((cells) => cells.includes(ID_HEADER));
  if (row < 0) return null;
  const headers = top[row].map(String);
  return { row: row + 1, headers, id: headers.indexOf(ID_HEADER) + 1, stamp: headers.indexOf(STAMP_HEADER) + 1 };
}

/**
 * Does the row hold anything besides our own columns and unticked boxes?
 * @param {any[]} row
 * @param {Headers} at
 */
function isFilled(row, at) {
  return row.some((value, i) => i !== at.id - 1 && i !== at.stamp - 1 && value !== '' && value !== false);
}

/**
 * Checks the edited rows, and those that hold the same as the edited cell does or did, and marks them.
 * @param {Sheet} sheet
 * @param {Headers} at
 * @param {number} first
 * @param {number} last
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 */
function checkRows(sheet, at, first, last, e) {
  const rules = readRules(sheet);
  if (!rules) return;
  const rows = sheet.getRange(at.row + 1, 1, sheet.getLastRow() - at.row, at.headers.length).getValues();
  const problems = findProblems(rules, tableOf(rules, at, at.row + 1, rows), clock());
  const edited = rows.slice(first - at.row - 1, last - at.row).flat().concat(e.oldValue === undefined ? [] : [e.oldValue]);
  const shared = new Set(edited.filter((value) => value !== '' && typeof value !== 'boolean').map(String));
  const unique = new Set(rules.rules.flatMap((rule) => rule.unique || []).concat(
    rules.columns.filter((column) => column.words.some((word) => word.word === 'unique')).map((column) => column.name)));
  const places = rules.columns.filter((column) => unique.has(column.name)).map((column) => at.headers.indexOf(column.header));
  const touched = rows.flatMap((row, i) => (
    places.some((place) => place >= 0 && shared.has(String(row[place]))) ? [at.row + 1 + i] : []));
  for (const row of touched.slice(0, 50)) if (row < first || row > last) markRow(sheet, at, row, row, problems);
  markRow(sheet, at, first, last, problems);
  const columns = at.headers.slice(e.range.getColumn() - 1, e.range.getColumn() - 1 + e.range.getNumColumns());
  const here = problems.filter((one) => one.row >= first && one.row <= last && columns.includes(one.column));
  if (here.length) {
    const more = here.length > 1 ? ' ' + say('({0} more: see the notes)', here.length - 1) : '';
    SpreadsheetApp.getActive().toast((here[0].message + ' ' + here[0].suggestion).trim() + more, TITLE, 8);
  }
}

/**
 * @param {Sheet} sheet
 * @param {Headers} at
 * @param {number} first
 * @param {number} last
 * @param {any[]} problems
 */
function markRow(sheet, at, first, last, problems) {
  mark(sheet, at, first, last - first + 1, problems.filter((one) => one.row >= first && one.row <= last));
}

// ---- Row ids ------------------------------------------------------------------------------------------------------

/**
 * Puts typed-over ids back, and gives an id to each filled row that has none or that was copied with its id.
 * @param {Sheet} sheet
 * @param {Headers} at
 * @param {number} first
 * @param {any[][]} rows the edited rows
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 */
function keepIds(sheet, at, first, rows, e) {
  const height = sheet.getLastRow() - at.row;
  const all = sheet.getRange(at.row + 1, at.id, height, 1).getValues().map((row) => row[0]);
  const start = first - at.row - 1;
  const ids = all.slice(start, start + rows.length);
  const others = new Set(all.filter((id, i) => id !== '' && (i < start || i >= start + rows.length)));
  const onIds = e.range.getColumn() <= at.id && e.range.getColumn() + e.range.getNumColumns() > at.id;
  const known = onIds ? rememberedIds(sheet) : new Map();
  const taken = new Set(others);
  const right = ids.map((id, i) => {
    if (!isFilled(rows[i], at)) return id;
    const before = onIds && rows.length === 1 && e.range.getNumColumns() === 1 ? e.oldValue : known.get(fingerprint(rows[i], at));
    const wanted = before && !taken.has(before) ? before : id;
    const good = isId(wanted) && !taken.has(wanted) ? wanted : newId(taken);
    taken.add(good);
    return good;
  });
  if (right.some((id, i) => id !== ids[i])) {
    sheet.getRange(first, at.id, right.length, 1).setValues(right.map((id) => [id]));
    if (onIds && e.range.getNumColumns() === 1) {
      SpreadsheetApp.getActive().toast(say('Column {0} is filled in automatically; your change was undone.', ID_HEADER), TITLE);
    }
  }
  rememberRows(sheet, right.flatMap((id, i) => (isFilled(rows[i], at) ? [[id, fingerprint(rows[i], at)]] : [])));
}

/** @param {any} text */
function isId(text) { return new RegExp('^[' + LETTERS + '][' + SIGNS + ']{' + (ID_LENGTH - 1) + '}$').test(String(text)); }

/**
 * Six signs that no id of the sheet has; the first is a letter, so that it is never taken for a number.
 * @param {Set<any>} taken
 * @returns {string}
 */
function newId(taken) {
  const pick = (/** @type {string} */ signs) => signs.charAt(Math.floor(Math.random() * signs.length));
  let id = pick(LETTERS);
  while (id.length < ID_LENGTH) id += pick(SIGNS);
  return taken.has(id) ? newId(taken) : id;
}

/**
 * A short text that tells a row's contents apart from others', without quoting them.
 * @param {any[]} row
 * @param {Headers} at
 */
function fingerprint(row, at) {
  const text = JSON.stringify(row.filter((_, i) => i !== at.id - 1 && i !== at.stamp - 1));
  let one = 5381;
  let two = 52711;
  for (let i = 0; i < text.length; i += 1) {
    one = (one * 33 + text.charCodeAt(i)) % 4294967296;
    two = (two * 31 + text.charCodeAt(i)) % 4294967291;
  }
  return one.toString(36) + two.toString(36);
}

/**
 * The ids of a sheet's rows by fingerprint; rows that hold the same are left out, since nobody could tell them apart.
 * @param {Sheet} sheet
 * @returns {Map<string, string>}
 */
function rememberedIds(sheet) {
  const found = new Map();
  for (const [gid, id, print] of idLines()) {
    if (gid === String(sheet.getSheetId())) found.set(print, found.has(print) && found.get(print) !== id ? '' : id);
  }
  return found;
}

/** @returns {string[][]} the lines of the hidden sheet _ids: sheet, id, fingerprint */
function idLines() {
  const hidden = SpreadsheetApp.getActive().getSheetByName(IDS);
  return hidden && hidden.getLastRow() ? hidden.getRange(1, 1, hidden.getLastRow(), 3).getDisplayValues() : [];
}

/**
 * Remembers rows by what they hold now: one read, and one write where something is new.
 * @param {Sheet} sheet
 * @param {string[][]} rows [id, fingerprint]
 */
function rememberRows(sheet, rows) {
  if (!rows.length) return;
  const book = SpreadsheetApp.getActive();
  const hidden = book.getSheetByName(IDS) || newHiddenSheet(book, IDS, []);
  const gid = String(sheet.getSheetId());
  const lines = idLines();
  const places = new Map(lines.map((line, i) => [line[0] + ' ' + line[1], i]));
  let low = lines.length;
  let changed = false;
  for (const [id, print] of rows) {
    const place = places.get(gid + ' ' + id);
    if (place === undefined) lines.push([gid, id, print]);
    else if (lines[place][2] === print) continue;
    else [lines[place], low] = [[gid, id, print], Math.min(low, place)];
    changed = true;
  }
  if (changed) hidden.getRange(low + 1, 1, lines.length - low, 3).setValues(lines.slice(low));
}

/**
 * Remembers all rows of a sheet: those that the program wrote never caused an edit.
 * @param {Sheet} sheet
 */
function rememberAllRows(sheet) {
  const at = findHeaders(sheet);
  if (!at || sheet.getLastRow() <= at.row) return;
  const rows = sheet.getRange(at.row + 1, 1, sheet.getLastRow() - at.row, at.headers.length).getValues();
  const good = rows.filter((row) => isFilled(row, at) && isId(row[at.id - 1]));
  rememberRows(sheet, good.map((row) => [row[at.id - 1], fingerprint(row, at)]));
}

/**
 * The moment of the edit, beside each filled row.
 * @param {Sheet} sheet
 * @param {Headers} at
 * @param {number} first
 * @param {any[][]} rows
 */
function stamp(sheet, at, first, rows) {
  const now = new Date();
  const moments = rows.map((row) => [isFilled(row, at) ? now : row[at.stamp - 1]]);
  sheet.getRange(first, at.stamp, moments.length, 1).setValues(moments);
}

// Runs one function of the product's Apps Script (Checks.gs, Code.gs) for the emulator's page, in Node.
//
// Standard input: {files, call, event? (an edit, or a form's {sender, answers}), sheets: [{id, title, hidden, cells, notes, fills, rows, columns}], active, user,
// zone}. A cell {"$date": "2027-03-15T00:00:00"} is a date in the spreadsheet's zone. Standard output: what the function
// did, in order: {writes: [...], toasts: [...], alerts: [...], goto}. What is not modelled throws, and the page says so.
import fs from 'node:fs';
import vm from 'node:vm';

const given = JSON.parse(fs.readFileSync(0, 'utf8'));
const done = { writes: [], toasts: [], alerts: [], goto: null };
const UTC = 'Z';

const strict = (name, members) => new Proxy(members, {
  get(target, key) {
    if (key in target || typeof key === 'symbol') return target[key];
    throw new Error(`${name}.${String(key)} is not carried out by the emulator`);
  },
});
const raw = (value) => (value && value.$date ? new Date(value.$date + UTC) : value === null || value === undefined ? '' : value);
const sent = (value) => (value instanceof Date ? { $date: value.toISOString().slice(0, 19), $moment: value.moment === true } : value);
const shown = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value === true ? 'TRUE' : value === false ? 'FALSE' : String(value));
const grid = (rows, columns, of) => Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (__, c) => of(r, c)));

function range(sheet, row, column, rows = 1, columns = 1) {
  if (row < 1 || column < 1 || rows < 1 || columns < 1) throw new Error('The coordinates of the range are outside the sheet.');
  const at = (store, none) => grid(rows, columns, (r, c) => store[row - 1 + r]?.[column - 1 + c] ?? none);
  const put = (kind, store, values) => {
    values.forEach((line, r) => line.forEach((value, c) => {
      while (store.length < row + r) store.push([]);
      store[row - 1 + r][column - 1 + c] = value;
    }));
    done.writes.push({ kind, sheet: sheet.id, row, column, values: values.map((line) => line.map(sent)) });
  };
  const values = () => at(sheet.cells, '').map((line) => line.map(raw));
  return strict('Range', {
    getRow: () => row, getLastRow: () => row + rows - 1, getColumn: () => column, getNumRows: () => rows,
    getNumColumns: () => columns, getSheet: () => sheetOf(sheet),
    getValue: () => values()[0][0], getValues: values, getDisplayValues: () => values().map((line) => line.map(shown)),
    getNotes: () => at(sheet.notes, ''), getBackgrounds: () => at(sheet.fills, '#ffffff'),
    setValue: (value) => put('values', sheet.cells, [[value]]), setValues: (all) => put('values', sheet.cells, all),
    setNumberFormat: (format) => { done.writes.push({ kind: 'format', sheet: sheet.id, row, column, format }); return range(sheet, row, column, rows, columns); },
    setNotes: (all) => put('notes', sheet.notes, all), setBackgrounds: (all) => put('fills', sheet.fills, all),
    activate: () => { done.goto = { sheet: sheet.title, row, column }; },
  });
}

const lastRow = (sheet) => sheet.cells.findLastIndex((line) => line.some((value) => value !== '' && value !== null)) + 1;
const lastColumn = (sheet) => Math.max(0, ...sheet.cells.map((line) => line.findLastIndex((value) => value !== '' && value !== null) + 1));

function sheetOf(sheet) {
  return strict('Sheet', {
    getName: () => sheet.title, getSheetId: () => sheet.id, getLastRow: () => lastRow(sheet), getLastColumn: () => lastColumn(sheet),
    getDataRange: () => range(sheet, 1, 1, Math.max(1, lastRow(sheet)), Math.max(1, lastColumn(sheet))),
    getRange: (...place) => range(sheet, ...place),
    appendRow: (line) => { // read as if a person had typed it, as in Google
      done.writes.push({ kind: 'typed', sheet: sheet.id, title: sheet.title, row: lastRow(sheet) + 1, values: [line.map(sent)] });
      sheet.cells[lastRow(sheet)] = line;
    },
    setFrozenRows: () => {}, activate: () => {},
    hideSheet: () => done.writes.push({ kind: 'hide', sheet: sheet.id }),
  });
}

const book = strict('Spreadsheet', {
  getSheetByName: (title) => { const found = given.sheets.find((one) => one.title === title); return found ? sheetOf(found) : null; },
  getSheets: () => given.sheets.map(sheetOf), getNumSheets: () => given.sheets.length,
  getActiveSheet: () => sheetOf(given.sheets.find((one) => one.title === given.active.sheet) || given.sheets[0]),
  getCurrentCell: () => range(given.sheets.find((one) => one.title === given.active.sheet) || given.sheets[0], given.active.row, given.active.column),
  getSpreadsheetTimeZone: () => given.zone, getSpreadsheetLocale: () => given.locale,
  insertSheet: (title) => {
    const sheet = { id: Math.max(...given.sheets.map((one) => one.id)) + 1, title, cells: [], notes: [], fills: [] };
    given.sheets.push(sheet);
    done.writes.push({ kind: 'sheet', sheet: sheet.id, title });
    return sheetOf(sheet);
  },
  getEditors: () => given.editors.map(userOf),
  getViewers: () => [...given.editors, ...given.viewers].map(userOf),
  toast: (text, title) => { done.toasts.push({ title: title || '', text }); },
});
const userOf = (email) => strict('User', { getEmail: () => email });
const menu = strict('Menu', { addItem: () => menu, addSeparator: () => menu, addToUi: () => {} });
const ui = strict('Ui', {
  createMenu: () => menu, ButtonSet: { OK: 'OK' },
  alert: (title, text) => { done.alerts.push({ title, text }); },
});
const formatDate = (date, zone, pattern) => {
  const moment = date.moment === true ? date : new Date(date); // a cell's date is in the spreadsheet's zone already
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: date.moment === true ? zone : 'UTC', dateStyle: 'short', timeStyle: 'medium' }).format(moment);
  return pattern.replace('yyyy-MM-dd', text.slice(0, 10)).replace('HH:mm:ss', text.slice(11)).replace('HH:mm', text.slice(11, 16));
};
class Moment extends Date { // a date that the script makes is a moment; one that a cell holds is a day and time
  constructor(...words) { super(...words); this.moment = !(words[0] instanceof Date) || words[0].moment === true; }
}
Object.defineProperty(Moment, Symbol.hasInstance, { value: (one) => Object.prototype.toString.call(one) === '[object Date]' });

const context = vm.createContext({
  Date: Moment, console: { log: () => {} },
  SpreadsheetApp: strict('SpreadsheetApp', { getUi: () => ui, getActive: () => book }),
  LockService: strict('LockService', { getDocumentLock: () => strict('Lock', { tryLock: () => true, releaseLock: () => {} }) }),
  Utilities: strict('Utilities', { getUuid: () => crypto.randomUUID(), formatDate }),
  Session: strict('Session', { getActiveUser: () => strict('User', { getEmail: () => given.user }) }),
});
for (const file of given.files) vm.runInContext(fs.readFileSync(file, 'utf8'), context);
const submission = ({ sender, answers }) => ({ response: strict('FormResponse', {
  getRespondentEmail: () => sender,
  getItemResponses: () => Object.entries(answers).map(([title, answer]) => strict('ItemResponse', {
    getItem: () => strict('Item', { getTitle: () => title }), getResponse: () => answer,
  })),
}) });
const edit = ({ sheet, row, column, rows, columns, oldValue }) => (
  { range: range(given.sheets.find((one) => one.id === sheet), row, column, rows, columns), oldValue });
const { event } = given;
context[given.call](event && (event.answers ? submission(event) : edit(event)));
process.stdout.write(JSON.stringify(done));

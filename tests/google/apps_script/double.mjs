// A small Apps Script, written by hand: sheets are arrays of rows, and what is not modelled throws.
//
// The double is strict: a member that it does not have throws instead of answering undefined, so that a test cannot
// pass on a method nobody thought about. Whether a method exists in Apps Script at all is for tsc to say, which checks
// Code.gs against the public type definitions.
import fs from 'node:fs';
import vm from 'node:vm';

const CODE = ['Checks.gs', 'Code.gs'].map((name) => new URL(`../../../addin/google/script/${name}`, import.meta.url));

export const strict = (name, members) => new Proxy(members, {
  get(target, key) {
    if (key in target || typeof key === 'symbol') return target[key];
    throw new Error(`${name}.${String(key)} is not in the test double`);
  },
});

const letters = (column) => (column > 26 ? String.fromCharCode(64 + Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26));

/** `sheets`: {name: rows}; `at`: the cell on which the person stands, such as ['CAS', 2, 3]; `now`: an ISO moment. */
export function world({ sheets = {}, lockFree = true, at = null, random = [], now = '2026-11-29T10:42:00Z', lookZone = 'UTC', locked = [] } = {}) {
  const w = {
    sheets, log: [], menu: [], toasts: [], hidden: [], frozen: {}, activated: [], alerts: [], at, calls: 0, editors: [], viewers: [],
    notes: {}, fills: {}, formats: {}, locale: 'en_GB',
  };
  const draws = [...random];
  const ids = () => Object.keys(sheets);

  const grow = (name, rows, columns) => {
    const cells = sheets[name];
    while (cells.length < rows) cells.push([]);
    for (const row of cells) while (row.length < columns) row.push('');
  };

  const range = (name, row, column, rows = 1, columns = 1) => {
    if (row < 1 || column < 1 || rows < 1 || columns < 1) throw new Error('Those coordinates are outside the sheet.');
    grow(name, row + rows - 1, column + columns - 1);
    const read = () => sheets[name].slice(row - 1, row - 1 + rows).map((r) => r.slice(column - 1, column - 1 + columns));
    const place = `${name}!${letters(column)}${row}`;
    const key = (r, c) => `${name}!${letters(column + c)}${row + r}`;
    const look = (store, none) => read().map((line, r) => line.map((_, c) => store[key(r, c)] || none));
    const size = (values) => {
      if (values.length !== rows || values.some((line) => line.length !== columns)) throw new Error('The number of rows or columns is wrong.');
    };
    const write = (what, values, put) => {
      size(values);
      const touched = Array.from({ length: columns }, (_, c) => `${name}!${letters(column + c)}`);
      if (touched.some((one) => locked.includes(one))) throw new Error('You are trying to edit a protected cell or object.');
      values.forEach((line, r) => line.forEach((value, c) => put(r, c, value)));
      w.log.push(`${what}${place}${rows + columns > 2 ? `:${letters(column + columns - 1)}${row + rows - 1}` : ''}`);
      w.calls += 1;
    };
    const counted = (answer) => { w.calls += 1; return answer; };
    return strict('Range', {
      getRow: () => row,
      getLastRow: () => row + rows - 1,
      getColumn: () => column,
      getNumRows: () => rows,
      getNumColumns: () => columns,
      getSheet: () => sheet(name),
      getA1Notation: () => `${letters(column)}${row}`,
      getValue: () => counted(read()[0][0]),
      getValues: () => counted(read()),
      getDisplayValues: () => counted(read().map((r) => r.map(String))),
      getNotes: () => counted(look(w.notes, '')),
      getBackgrounds: () => counted(look(w.fills, '#ffffff')),
      setNotes: (values) => write('notes ', values, (r, c, value) => { w.notes[key(r, c)] = value; }),
      setBackgrounds: (values) => write('fills ', values, (r, c, value) => { w.fills[key(r, c)] = value; }),
      setValues: (values) => write('', values, (r, c, value) => { sheets[name][row - 1 + r][column - 1 + c] = value; }),
      setValue: (value) => write('', [[value]], () => { sheets[name][row - 1][column - 1] = value; }),
      setNumberFormat: (format) => { w.formats[key(0, 0)] = format; return range(name, row, column, rows, columns); },
      activate: () => { w.at = [name, row, column]; w.activated.push(place); },
    });
  };

  const lastRow = (name) => sheets[name].findLastIndex((row) => row.some((cell) => cell !== '')) + 1;
  const lastColumn = (name) => Math.max(0, ...sheets[name].map((row) => row.findLastIndex((cell) => cell !== '') + 1));

  const sheet = (name) => (name in sheets ? strict('Sheet', {
    getName: () => name,
    getSheetId: () => 100 + ids().indexOf(name),
    getLastRow: () => lastRow(name),
    getLastColumn: () => lastColumn(name),
    getDataRange: () => range(name, 1, 1, Math.max(1, lastRow(name)), Math.max(1, lastColumn(name))),
    getRange: (a, ...more) => {
      if (typeof a === 'number') return range(name, a, ...more);
      const [, letter, row] = /^([A-Z])(\d+)$/.exec(a);
      return range(name, Number(row), letter.charCodeAt(0) - 64);
    },
    appendRow: (row) => { sheets[name].splice(lastRow(name), 0, [...row]); },
    setFrozenRows: (rows) => { w.frozen[name] = rows; },
    hideSheet: () => { w.hidden.push(name); },
    activate: () => {},
  }) : null);

  const menu = strict('Menu', {
    addItem: (title, name) => { w.menu.push([title, name]); return menu; },
    addSeparator: () => menu,
    addToUi: () => { w.log.push('menu'); },
  });
  const ui = strict('Ui', {
    createMenu: (title) => { w.menuTitle = title; return menu; },
    alert: (title, text) => { w.alerts.push([title, text]); },
    ButtonSet: strict('ButtonSet', { OK: 'OK' }),
  });
  const book = strict('Spreadsheet', {
    getSheetByName: sheet,
    getActiveSheet: () => sheet(ids()[0]),
    getSheets: () => ids().map(sheet),
    getSpreadsheetTimeZone: () => lookZone,
    getSpreadsheetLocale: () => w.locale,
    getCurrentCell: () => (w.at ? range(...w.at) : null),
    getNumSheets: () => Object.keys(sheets).length,
    insertSheet: (name) => { sheets[name] = []; return sheet(name); },
    toast: (text, title) => { w.toasts.push([title, text]); },
    getEditors: () => users(w.editors),
    getViewers: () => users([...w.editors, ...w.viewers]),
  });
  const users = (emails) => emails.map((email) => strict('User', { getEmail: () => email }));
  const lock = strict('Lock', { tryLock: () => lockFree, releaseLock: () => { w.log.push('released'); } });
  const math = strict('Math', {
    max: Math.max, min: Math.min, floor: Math.floor, abs: Math.abs, random: () => (draws.length ? draws.shift() : Math.random()),
  });

  const Now = class extends Date { constructor(...given) { super(...(given.length ? given : [now])); } };
  const formatDate = (date, zone, pattern) => {
    const part = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(date);
    return { 'HH:mm': part.slice(11, 16), 'yyyy-MM-dd': part.slice(0, 10), 'yyyy-MM-dd HH:mm:ss': part }[pattern];
  };
  w.context = vm.createContext({
    Date: Now,
    console: { log: () => {} },
    SpreadsheetApp: strict('SpreadsheetApp', { getUi: () => ui, getActive: () => book }),
    LockService: strict('LockService', { getDocumentLock: () => lock }),
    Utilities: strict('Utilities', { getUuid: () => `uuid-${w.log.length}`, formatDate }),
    Session: strict('Session', { getActiveUser: () => strict('User', { getEmail: () => 't@example.org' }) }),
    Math: math,
  });
  for (const file of CODE) vm.runInContext(fs.readFileSync(file, 'utf8'), w.context);
  w.edit = (name, row, column, { rows = 1, columns = 1, oldValue } = {}) =>
    w.context.onEdit(strict('event', { range: range(name, row, column, rows, columns), oldValue }));
  return w;
}

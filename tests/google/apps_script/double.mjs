// A small Apps Script, written by hand: sheets are arrays of rows, and what is not modelled throws.
//
// The double is strict: a member that it does not have throws instead of answering undefined, so that a test cannot
// pass on a method nobody thought about. Whether a method exists in Apps Script at all is for tsc to say, which checks
// Code.gs against the public type definitions.
import fs from 'node:fs';
import vm from 'node:vm';

const CODE = new URL('../../../addin/google/script/Code.gs', import.meta.url);

export const strict = (name, members) => new Proxy(members, {
  get(target, key) {
    if (key in target || typeof key === 'symbol') return target[key];
    throw new Error(`${name}.${String(key)} is not in the test double`);
  },
});

const letters = (column) => String.fromCharCode(64 + column);

/** `sheets`: {name: rows}; `at`: the cell on which the person stands, such as ['CAS', 2, 3]. */
export function world({ sheets = {}, lockFree = true, at = null, random = [] } = {}) {
  const w = { sheets, log: [], menu: [], toasts: [], hidden: [], frozen: {}, activated: [], alerts: [], at };
  const draws = [...random];

  const grow = (name, rows, columns) => {
    const cells = sheets[name];
    while (cells.length < rows) cells.push([]);
    for (const row of cells) while (row.length < columns) row.push('');
  };

  const range = (name, row, column, rows = 1, columns = 1) => {
    if (row < 1 || column < 1 || rows < 1 || columns < 1) throw new Error('Those coordinates are outside the sheet.');
    grow(name, row + rows - 1, column + columns - 1);
    const read = () => sheets[name].slice(row - 1, row - 1 + rows).map((r) => r.slice(column - 1, column - 1 + columns));
    return strict('Range', {
      getRow: () => row,
      getLastRow: () => row + rows - 1,
      getColumn: () => column,
      getNumRows: () => rows,
      getNumColumns: () => columns,
      getSheet: () => sheet(name),
      getA1Notation: () => `${letters(column)}${row}`,
      getValues: read,
      getDisplayValues: () => read().map((r) => r.map(String)),
      setValue: (value) => { sheets[name][row - 1][column - 1] = value; w.log.push(`${name}!${letters(column)}${row}`); },
      activate: () => { w.at = [name, row, column]; w.activated.push(`${name}!${letters(column)}${row}`); },
    });
  };

  const lastRow = (name) => sheets[name].findLastIndex((row) => row.some((cell) => cell !== '')) + 1;
  const lastColumn = (name) => Math.max(0, ...sheets[name].map((row) => row.findLastIndex((cell) => cell !== '') + 1));

  const sheet = (name) => (name in sheets ? strict('Sheet', {
    getName: () => name,
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
    getActiveSheet: () => sheet(Object.keys(sheets)[0]),
    getCurrentCell: () => (w.at ? range(...w.at) : null),
    getNumSheets: () => Object.keys(sheets).length,
    insertSheet: (name) => { sheets[name] = []; return sheet(name); },
    toast: (text, title) => { w.toasts.push([title, text]); },
  });
  const lock = strict('Lock', { tryLock: () => lockFree, releaseLock: () => { w.log.push('released'); } });
  const math = strict('Math', {
    max: Math.max, min: Math.min, floor: Math.floor, random: () => (draws.length ? draws.shift() : Math.random()),
  });

  w.context = vm.createContext({
    SpreadsheetApp: strict('SpreadsheetApp', { getUi: () => ui, getActive: () => book }),
    LockService: strict('LockService', { getDocumentLock: () => lock }),
    Utilities: strict('Utilities', { getUuid: () => `uuid-${w.log.length}` }),
    Session: strict('Session', { getActiveUser: () => strict('User', { getEmail: () => 't@example.org' }) }),
    Math: math,
  });
  vm.runInContext(fs.readFileSync(CODE, 'utf8'), w.context);
  w.edit = (name, row, column, { rows = 1, columns = 1, oldValue } = {}) =>
    w.context.onEdit(strict('event', { range: range(name, row, column, rows, columns), oldValue }));
  return w;
}

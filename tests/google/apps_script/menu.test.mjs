// The menu, the requests and the ids of Code.gs, run under Node: node --test tests/google/apps_script/
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';

import { world } from './double.mjs';

const ID = /^[bcdfghjkmnpqrstvwxz][bcdfghjkmnpqrstvwxz2-9]{5}$/;
const HEADERS = ['IBT id', 'Candidate', 'Done', 'Last edited'];
const tracker = (...rows) => ({ CAS: [[...HEADERS], ...rows] });
const ids = (w) => w.sheets.CAS.slice(1).map((row) => row[0]);

test('the menu items name functions that are there', () => {
  const w = world();
  w.context.onOpen();
  assert.equal(w.menuTitle, 'IB Trackers');
  assert.deepEqual(w.menu.map(([title]) => title), ['Validate now', 'Next problem', 'Export', 'Sync now', 'Help']);
  for (const [, name] of w.menu) assert.equal(typeof w.context[name], 'function', name);
  assert.deepEqual(w.log, ['menu']);
});

for (const [name, kind] of [['validateNow', 'validate'], ['exportNow', 'export'], ['syncNow', 'sync']]) {
  test(`${name} writes one request, on a hidden sheet that it makes, and lets go of the lock`, () => {
    const w = world({ sheets: tracker() });
    w.context[name]();
    const [headers, request] = w.sheets._requests;
    assert.deepEqual([...headers], ['Id', 'Request', 'Asked', 'By', 'State', 'Answer', 'Answered']);
    assert.match(request[0], /^uuid-/);
    assert.deepEqual([request[1], request[3], request[4], request[5]], [kind, 't@example.org', 'NEW', '']);
    assert.deepEqual([w.hidden, w.frozen, w.log], [['_requests'], { _requests: 1 }, ['released']]);
    assert.equal(w.toasts.length, 1);
  });
}

test('asking twice is asking once; asking again after the answer is a new request', () => {
  const w = world({ sheets: tracker() });
  w.context.syncNow();
  w.context.syncNow();
  assert.equal(w.sheets._requests.length, 2);
  assert.match(w.toasts[1][1], /already/);
  w.context.validateNow();
  assert.equal(w.sheets._requests.length, 3);
  w.sheets._requests[1][4] = 'DONE';
  w.context.syncNow();
  assert.equal(w.sheets._requests.length, 4);
});

test('while somebody else is asking, nothing is written and the person is told', () => {
  const w = world({ sheets: tracker(), lockFree: false });
  w.context.syncNow();
  assert.equal('_requests' in w.sheets, false);
  assert.match(w.toasts[0][1], /Try again/);
  assert.deepEqual(w.log, []);
});

const FINDINGS = [
  ['Level', 'Sheet', 'Cell', 'Column', 'Value', 'What is wrong', 'What to do'],
  ['error', 'CAS', 'C2', 'Start', 'x', 'x is not a date.', 'Enter a date.'],
  ['warning', 'CAS', 'C2', 'Start', 'x', 'It is early.', ''],
  ['error', 'CAS', 'B3', 'Candidate', '', 'It is missing.', 'Enter it.'],
  ['error', 'CP', 'A2', 'Code', '', 'Gone.', ''],
];

test('Next problem goes from cell to cell, past the second problem of a cell, and round again', () => {
  const w = world({ sheets: { ...tracker(['b22222', 'Ana', '', '']), CP: [['Code'], ['']], Findings: FINDINGS } });
  for (let i = 0; i < 4; i += 1) w.context.nextProblem();
  assert.deepEqual(w.activated, ['CAS!C2', 'CAS!B3', 'CP!A2', 'CAS!C2']);
  assert.deepEqual(w.toasts[0], ['Problem 1 of 4', 'x is not a date. Enter a date.']);
  assert.equal(w.toasts[1][0], 'Problem 3 of 4');
});

test('Next problem starts from where the person stands', () => {
  const w = world({ sheets: { ...tracker(), CP: [['Code']], Findings: FINDINGS }, at: ['CAS', 3, 2] });
  w.context.nextProblem();
  assert.deepEqual(w.activated, ['CP!A2']);
});

test('without findings, or with a sheet that is gone, it says so', () => {
  const none = world({ sheets: tracker() });
  none.context.nextProblem();
  assert.match(none.toasts[0][1], /No problem/);
  const gone = world({ sheets: { Findings: [FINDINGS[0], FINDINGS[4]] } });
  gone.context.nextProblem();
  assert.match(gone.toasts[0][1], /CP is gone/);
});

test('Help tells what became of the last requests', () => {
  const w = world({ sheets: tracker() });
  w.context.help();
  assert.match(w.alerts[0][1], /Nothing has been asked/);
  w.context.syncNow();
  w.sheets._requests[1][5] = 'Three conflicts.';
  w.context.help();
  assert.match(w.alerts[1][1], /sync {2}NEW {2}Three conflicts\./);
});

test('a new row gets an id and the moment of the edit; other rows are left alone', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', true, ''], ['', 'Ben', false, '']) });
  w.edit('CAS', 3, 2);
  assert.match(ids(w)[1], ID);
  assert.ok(Object.prototype.toString.call(w.sheets.CAS[2][3]) === '[object Date]');
  assert.deepEqual(w.log, ['CAS!A3', 'CAS!D3']);
});

test('an edit of a row that has an id changes the stamp only', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', true, '']) });
  w.edit('CAS', 2, 2);
  assert.deepEqual(w.log, ['CAS!D2']);
});

test('pasted rows get ids, each its own; blank rows and unticked boxes get none', () => {
  const w = world({ sheets: tracker(['', 'Ana', '', ''], ['', '', false, ''], ['', 'Cy', '', '']) });
  w.edit('CAS', 2, 1, { rows: 40, columns: 4 });
  assert.match(ids(w)[0], ID);
  assert.equal(ids(w)[1], '');
  assert.match(ids(w)[2], ID);
  assert.notEqual(ids(w)[0], ids(w)[2]);
});

test('a copied row gets an id of its own, the original keeps its', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', '', ''], ['bcdfgh', 'Ana', '', '']) });
  w.edit('CAS', 3, 1, { columns: 4 });
  assert.equal(ids(w)[0], 'bcdfgh');
  assert.match(ids(w)[1], ID);
  assert.notEqual(ids(w)[1], 'bcdfgh');
});

test('an id that is taken is not given again', () => {
  const w = world({ sheets: tracker(['bbbbbb', 'Ana', '', ''], ['', 'Ben', '', '']), random: Array(6).fill(0) });
  w.edit('CAS', 3, 2);
  assert.match(ids(w)[1], ID);
  assert.notEqual(ids(w)[1], 'bbbbbb');
});

test('an id that somebody types over or deletes is put back', () => {
  const w = world({ sheets: tracker(['', 'Ana', '', '']) });
  w.edit('CAS', 2, 1, { oldValue: 'bcdfgh' });
  assert.equal(ids(w)[0], 'bcdfgh');
  assert.match(w.toasts[0][1], /put back/);
});

test('headers may stand lower, and the stamp is optional', () => {
  const w = world({ sheets: { CAS: [['Our CAS list'], [], ['IBT id', 'Candidate'], ['', 'Ana']] } });
  w.edit('CAS', 4, 2);
  assert.match(w.sheets.CAS[3][0], ID);
  assert.deepEqual(w.log, ['CAS!A4']);
});

test('sheets without the id column, headers and empty sheets are never written to', () => {
  const w = world({ sheets: { ...tracker(['bcdfgh', 'Ana', '', '']), Notes: [['Candidate'], ['Ana']], Empty: [] } });
  w.edit('Notes', 2, 1);
  w.edit('Empty', 1, 1);
  w.edit('CAS', 1, 2);
  assert.deepEqual(w.log, []);
});

test('a member outside the double throws', () => {
  const w = world();
  assert.throws(() => vm.runInContext('SpreadsheetApp.getActivSpreadsheet()', w.context), /not in the test double/);
});

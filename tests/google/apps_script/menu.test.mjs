// The menu, the requests and the ids of Code.gs, run under Node: node --test tests/google/apps_script/
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';

import { world } from './double.mjs';

const ID = /^[bcdfghjkmnpqrstvwxz][bcdfghjkmnpqrstvwxz2-9]{5}$/;
const HEADERS = ['IBT id', 'Candidate', 'Done', 'Last edited'];
const tracker = (...rows) => ({ CAS: [[...HEADERS], ...rows] });
const ids = (w) => w.sheets.CAS.slice(1).map((row) => row[0]);
const onCas = (w) => w.log.filter((line) => line.includes('CAS!'));
const status = (until, next) => ['Id', 'Request', 'Asked', 'By', 'State', 'Answer', 'Answered', '', 'Last run', '', 'Next run', next, 'Valid until', until];

test('the menu items name functions that are there', () => {
  const w = world();
  w.context.onOpen();
  assert.equal(w.menuTitle, 'IB Trackers');
  assert.deepEqual(w.menu.map(([title]) => title), ['Validate now', 'Next problem', 'Export', 'Sync now', 'Privacy', 'Help']);
  for (const [, name] of w.menu) assert.equal(typeof w.context[name], 'function', name);
  assert.deepEqual(w.log, ['menu', 'released']);
});

test('menu and answers are in the language of the spreadsheet', () => {
  const w = world({ sheets: tracker() });
  Object.assign(vm.runInContext('WORDS', w.context), { fr: { 'Validate now': 'Valider', 'Sync requested.': 'Demandé.', 'Problem {0} of {1}': '{1}/{0}' } });
  w.locale = 'fr_CA';
  w.context.onOpen();
  assert.deepEqual(w.menu.map(([title]) => title), ['Valider', 'Next problem', 'Export', 'Sync now', 'Privacy', 'Help']);
  w.context.syncNow();
  assert.match(w.toasts[0][1], /^Demandé\. /);
  assert.equal(w.context.say('Problem {0} of {1}', 2, '$&'), '$&/2');
  w.locale = 'fi_FI';
  assert.equal(w.context.say('Validate now'), 'Validate now');
});

for (const [name, kind] of [['validateNow', 'validate'], ['exportNow', 'export'], ['syncNow', 'sync']]) {
  test(`${name} writes one request, on a hidden sheet that it makes, and lets go of the lock`, () => {
    const w = world({ sheets: tracker() });
    w.context[name]();
    const [headers, request] = w.sheets._requests;
    assert.deepEqual([...headers].slice(0, 7), ['Id', 'Request', 'Asked', 'By', 'State', 'Answer', 'Answered']);
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
  assert.match(w.toasts[1][1], /^Already requested at 10:42\. /);
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
  assert.equal(w.toasts[0][1], 'Busy. Try again in a few seconds.');
  assert.deepEqual(w.log, []);
});

for (const [name, until, next, says] of [
  ['a watcher', '2026-11-29T10:55:00Z', '2026-11-29T10:43:00Z', 'Next check: 10:43.'],
  ['a run of tonight', '2026-11-30T03:30:00Z', '2026-11-30T02:30:00Z', 'Next check: tomorrow 02:30.'],
  ['a run of some day', '2026-12-05T03:30:00Z', '2026-12-05T02:30:00Z', 'Next check: 2026-12-05 02:30.'],
  ['a watcher that has ended', '2026-11-29T10:30:00Z', '2026-11-29T10:20:00Z', 'No computer is answering at the moment: your coordinator has to start IB Trackers.'],
]) {
  test(`a request says when the next run is due: ${name}`, () => {
    const w = world({ sheets: { ...tracker(), _requests: [status(until, next)] } });
    w.context.syncNow();
    assert.equal(w.toasts[0][1], `Sync requested. ${says}`);
    w.context.help();
    assert.ok(w.alerts[0][1].includes(says));
  });
}

const RULES = {
  sheet: 'CAS', left: ['candidate-exists-in'], types: {}, rules: [
    { id: 'key', level: 'error', say: '{what} is also in row {other}.', fix: 'Keep one row.', unique: ['candidate'] }],
  columns: [
    { name: 'candidate', header: 'Candidate', type: 'text', aliases: ['Student'], words: [
      { word: 'required', limit: true, rule: 'candidate-required', level: 'error', say: 'Candidate is missing.', fix: 'Enter it.' }] },
    { name: 'hours', header: 'Hours', type: 'number', aliases: [], words: [
      { word: 'at_most', limit: 200, rule: 'hours-at-most', level: 'warning', say: 'Hours is {value}.', fix: 'Enter 200 or less.' }] },
  ],
};
const text = JSON.stringify(RULES);
const checked = (...rows) => ({
  CAS: [['IBT id', 'Candidate', 'Hours'], ...rows], _rules: [['100', 'CAS', text.slice(0, 50), text.slice(50)]],
});

test('a mistake is marked with its sentence while it is typed, and the mark goes when it is corrected', () => {
  const w = world({ sheets: checked(['bcdfgh', 'Ana', 900]) });
  w.edit('CAS', 2, 3);
  assert.equal(w.notes['CAS!C2'], 'IB Trackers: Hours is 900. Enter 200 or less.');
  assert.equal(w.fills['CAS!C2'], '#ffe699');
  assert.deepEqual(w.toasts[0], ['IB Trackers', 'Hours is 900. Enter 200 or less.']);
  w.sheets.CAS[1][2] = 90;
  w.edit('CAS', 2, 3, { oldValue: '900' });
  assert.equal(w.notes['CAS!C2'], '');
  assert.equal(w.fills['CAS!C2'], '#ffffff');
  assert.equal(w.toasts.length, 1);
});

test('a duplicate marks both rows, and correcting one clears both', () => {
  const w = world({ sheets: checked(['bcdfgh', 'Ana', 1], ['ccdfgh', 'Ben', 1], ['dcdfgh', 'Ana', 1]) });
  w.edit('CAS', 4, 2);
  assert.equal(w.notes['CAS!B2'], 'IB Trackers: Ana is also in row 4. Keep one row.');
  assert.equal(w.notes['CAS!B4'], 'IB Trackers: Ana is also in row 2. Keep one row.');
  w.sheets.CAS[3][1] = 'Cy';
  w.edit('CAS', 4, 2, { oldValue: 'Ana' });
  assert.equal(w.notes['CAS!B2'] + w.notes['CAS!B4'], '');
});

test('notes and colours of people stay as they are', () => {
  const w = world({ sheets: checked(['bcdfgh', '', 900]) });
  Object.assign(w.notes, { 'CAS!B2': 'Ask his tutor' });
  Object.assign(w.fills, { 'CAS!B2': '#00ff00', 'CAS!C2': '#00ff00' });
  w.edit('CAS', 2, 3);
  assert.equal(w.notes['CAS!B2'], 'Ask his tutor');
  assert.match(w.notes['CAS!C2'], /^IB Trackers: /);
  assert.deepEqual([w.fills['CAS!B2'], w.fills['CAS!C2']], ['#00ff00', '#00ff00']);
  w.sheets.CAS[1] = ['bcdfgh', 'Ana', 9];
  w.edit('CAS', 2, 3);
  assert.deepEqual([w.notes['CAS!B2'], w.fills['CAS!B2'], w.notes['CAS!C2']], ['Ask his tutor', '#00ff00', '']);
});

test('a column that only the coordinator may edit is left to the coordinator, and the others are marked', () => {
  const w = world({ sheets: checked(['bcdfgh', '', 900]), locked: ['CAS!B'] });
  w.edit('CAS', 2, 3);
  assert.equal(w.notes['CAS!B2'], undefined);
  assert.equal(w.notes['CAS!C2'], 'IB Trackers: Hours is 900. Enter 200 or less.');
});

test('Validate now checks the whole sheet at once and says what is left to the next run', () => {
  const w = world({ sheets: { ...checked(['bcdfgh', '', 900], ['ccdfgh', 'Ben', 5]), Notes: [['x']] } });
  w.context.validateNow();
  assert.match(w.toasts[0][1], /^Problems marked: 2\. Rules that need other sheets and are checked with the next run: 1\. No computer/);
  assert.equal(w.notes['CAS!B2'], 'IB Trackers: Candidate is missing. Enter it.');
  assert.equal(w.sheets._requests[1][1], 'validate');
});

test('Next problem goes from marked cell to marked cell and round again, from where the person is', () => {
  const w = world({ sheets: checked(['bcdfgh', '', 900], ['ccdfgh', 'Ben', 900]), at: ['CAS', 2, 3] });
  w.context.validateNow();
  for (let i = 0; i < 3; i += 1) w.context.nextProblem();
  assert.deepEqual(w.activated, ['CAS!C3', 'CAS!B2', 'CAS!C2']);
  assert.deepEqual(w.toasts[1], ['Problem 3 of 3', 'Hours is 900. Enter 200 or less.']);
});

test('without marks Next problem says so', () => {
  const w = world({ sheets: tracker() });
  w.context.nextProblem();
  assert.match(w.toasts[0][1], /No problem is marked/);
});

test('a box ticked on Home is checked at once and says when it is answered', () => {
  const w = world({ sheets: { Home: [['Validate now', true, '']], ...checked(['bcdfgh', '', 1]), _requests: [status('2026-11-29T10:55:00Z', '2026-11-29T10:43:00Z')] } });
  w.sheets._rules[0][0] = '101';
  w.edit('Home', 1, 2);
  assert.equal(w.sheets.Home[0][2], 'Problems marked: 1. Next check: 10:43.');
  assert.equal(w.sheets.Home[0][1], true);
});

test('Help tells what became of the last requests', () => {
  const w = world({ sheets: tracker() });
  w.context.help();
  assert.match(w.alerts[0][1], /Nothing has been requested yet/);
  w.context.syncNow();
  w.context.exportNow();
  Object.assign(w.sheets._requests[1], { 4: 'DONE', 5: 'Three conflicts.' });
  w.context.help();
  assert.match(w.alerts[1][1], /sync {2}Three conflicts\.[^]*export {2}waiting/);
});

test('Privacy names who can open the spreadsheet, and says where to ask', () => {
  const w = world({ sheets: tracker() });
  Object.assign(w, { editors: ['a@example.org', 'b@example.org'], viewers: ['head@example.org'] });
  w.context.privacy();
  assert.match(w.alerts[0][1], /Can change this spreadsheet: a@example\.org, b@example\.org\nCan only read it: head@example\.org\n/);
  assert.match(w.alerts[0][1], /Send them to your coordinator/);
  w.editors = null; // Google refuses to tell a person who may only read
  w.context.privacy();
  assert.match(w.alerts[1][1], /^Choose Share/);
});

test('a new row gets an id and the moment of the edit; other rows are left alone', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', true, ''], ['', 'Ben', false, '']) });
  w.edit('CAS', 3, 2);
  assert.match(ids(w)[1], ID);
  assert.ok(Object.prototype.toString.call(w.sheets.CAS[2][3]) === '[object Date]');
  assert.deepEqual(onCas(w), ['CAS!A3', 'CAS!D3']);
});

test('an edit of a row that has an id changes the stamp only', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', true, '']) });
  w.edit('CAS', 2, 2);
  assert.deepEqual(onCas(w), ['CAS!D2']);
});

test('pasted rows get ids, each its own; blank rows and unticked boxes get none', () => {
  const w = world({ sheets: tracker(['', 'Ana', '', ''], ['', '', false, ''], ['', 'Cy', '', '']) });
  w.edit('CAS', 2, 1, { rows: 40, columns: 4 });
  assert.match(ids(w)[0], ID);
  assert.equal(ids(w)[1], '');
  assert.match(ids(w)[2], ID);
  assert.notEqual(ids(w)[0], ids(w)[2]);
});

test('five thousand pasted rows get their ids in one write, for a handful of calls', () => {
  const w = world({ sheets: { CAS: [['IBT id', 'Candidate'], ...Array.from({ length: 5000 }, (_, i) => ['', `row ${i}`])] } });
  w.edit('CAS', 2, 1, { rows: 5000, columns: 2 });
  assert.equal(new Set(ids(w)).size, 5000);
  assert.ok(ids(w).every((id) => ID.test(id)));
  assert.deepEqual(onCas(w), ['CAS!A2:A5001']);
  assert.ok(w.calls < 20, String(w.calls));
});

test('a copied row gets an id of its own, the original keeps its, also when the copy is above', () => {
  for (const copy of [3, 2]) {
    const w = world({ sheets: tracker(['bcdfgh', 'Ana', '', ''], ['bcdfgh', 'Ana', '', '']) });
    w.edit('CAS', copy, 1, { columns: 4 });
    assert.equal(ids(w)[copy === 3 ? 0 : 1], 'bcdfgh');
    assert.match(ids(w)[copy - 2], ID);
    assert.notEqual(ids(w)[copy - 2], 'bcdfgh');
  }
});

test('a block that was moved keeps its ids; a row twice in one paste has one id only once', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', '', ''], ['ccdfgh', 'Ben', '', ''], ['ccdfgh', 'Ben', '', '']) });
  w.edit('CAS', 2, 1, { rows: 3, columns: 4 });
  assert.deepEqual(ids(w).slice(0, 2), ['bcdfgh', 'ccdfgh']);
  assert.equal(new Set(ids(w)).size, 3);
});

test('an id that is taken is not given again', () => {
  const w = world({ sheets: tracker(['bbbbbb', 'Ana', '', ''], ['', 'Ben', '', '']), random: Array(6).fill(0) });
  w.edit('CAS', 3, 2);
  assert.match(ids(w)[1], ID);
  assert.notEqual(ids(w)[1], 'bbbbbb');
});

for (const typed of ['', 'hello', 'ccdfgh']) {
  test(`an id that somebody types over or deletes is put back: ${typed || 'deleted'}`, () => {
    const w = world({ sheets: tracker([typed, 'Ana', '', ''], ['ccdfgh', 'Ben', '', '']) });
    w.edit('CAS', 2, 1, { oldValue: 'bcdfgh' });
    assert.deepEqual(ids(w), ['bcdfgh', 'ccdfgh']);
    assert.equal(w.toasts[0][1], 'Column IBT id is filled in automatically; your change was undone.');
  });
}

test('ids that were cleared or pasted over together come back by what their rows hold', () => {
  const rows = [['bcdfgh', 'Ana', '', ''], ['ccdfgh', 'Ben', '', ''], ['dcdfgh', 'Cy', '', '']];
  const w = world({ sheets: tracker(...rows.map((row) => [...row])) });
  w.context.onOpen();
  for (const [first, second] of [['', ''], ['x', 'y'], ['dcdfgh', 'dcdfgh'], ['ccdfgh', 'bcdfgh']]) {
    Object.assign(w.sheets.CAS[1], { 0: first });
    Object.assign(w.sheets.CAS[2], { 0: second });
    w.edit('CAS', 2, 1, { rows: 2 });
    assert.deepEqual(ids(w), ['bcdfgh', 'ccdfgh', 'dcdfgh'], `${first} ${second}`);
  }
});

test('what a row held is remembered as it is edited, and quotes nothing', () => {
  const w = world({ sheets: tracker(['bcdfgh', 'Ana', '', ''], ['ccdfgh', 'Ben', '', '']) });
  w.context.onOpen();
  w.sheets.CAS[1][1] = 'Anna';
  w.edit('CAS', 2, 2, { oldValue: 'Ana' });
  w.sheets.CAS[1][0] = w.sheets.CAS[2][0] = '';
  w.edit('CAS', 2, 1, { rows: 2 });
  assert.deepEqual(ids(w), ['bcdfgh', 'ccdfgh']);
  assert.equal(w.sheets._ids.length, 2);
  assert.ok(!JSON.stringify(w.sheets._ids).includes('Ann'));
});

test('while another edit is at work for long, ids wait for the next edit', () => {
  const w = world({ sheets: tracker(['', 'Ana', '', '']), lockFree: false });
  w.edit('CAS', 2, 2);
  assert.deepEqual(ids(w), ['']);
});

test('headers may stand lower, and the stamp is optional', () => {
  const w = world({ sheets: { CAS: [['Our CAS list'], [], ['IBT id', 'Candidate'], ['', 'Ana']] } });
  w.edit('CAS', 4, 2);
  assert.match(w.sheets.CAS[3][0], ID);
  assert.deepEqual(onCas(w), ['CAS!A4']);
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

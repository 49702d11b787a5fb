// The form's script: what the form asks, and a submission that becomes a row of the tracker's sheet.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';

import { strict, world } from './double.mjs';

const FORM = {
  title: 'CAS experiences', about: 'CAS', sheet: 'CAS', sender: 'Supervisor email', fields: [
    { header: 'Title', type: 'text', about: 'A short name.', several: false, required: true, choices: [] },
    { header: 'Strand', type: 'choice', about: '', several: true, required: false, choices: ['Creativity', 'Service'] },
    { header: 'Status', type: 'choice', about: '', several: false, required: true, choices: ['Draft', 'Complete'] },
    { header: 'Hours', type: 'number', about: '', several: false, required: false, choices: [] },
    { header: 'Start', type: 'date', about: '', several: false, required: false, choices: [] },
  ],
};
const SCRIPT = fs.readFileSync(new URL('../../../addin/google/script/Form.gs', import.meta.url), 'utf8')
  .replace('const FORM = {};', `const FORM = ${JSON.stringify(FORM)};`);

const withForm = (sheets) => {
  const w = world({ sheets });
  const made = [];
  const item = (kind) => {
    const one = { kind };
    made.push(one);
    const chained = strict(kind, new Proxy({}, {
      has: () => true,
      get: (_, name) => (...given) => { one[name] = given[0]; return chained; },
    }));
    return chained;
  };
  const form = strict('Form', {
    setDescription: () => form, setCollectEmail: (yes) => { w.email = yes; return form; }, getId: () => 'form', getPublishedUrl: () => 'https://form',
    addTextItem: () => item('text'), addListItem: () => item('list'), addCheckboxItem: () => item('checkboxes'), addDateItem: () => item('date'),
  });
  const validation = new Proxy({}, { get: () => () => validation });
  const trigger = strict('Trigger', { forForm: () => trigger, onFormSubmit: () => trigger, create: () => { w.trigger = true; } });
  Object.assign(w.context, {
    FormApp: strict('FormApp', { create: (title) => { w.title = title; return form; }, createTextValidation: () => validation }),
    ScriptApp: strict('ScriptApp', { newTrigger: (name) => { w.handler = name; return trigger; } }),
    PropertiesService: strict('PropertiesService', { getDocumentProperties: () => ({ setProperty: () => {} }) }),
    console: { log: (line) => { w.said = line; } },
  });
  vm.runInContext(SCRIPT, w.context);
  return { w, made };
};
const submission = (answers) => ({ response: {
  getRespondentEmail: () => 't@example.org',
  getItemResponses: () => Object.entries(answers).map(([title, answer]) => ({ getItem: () => ({ getTitle: () => title }), getResponse: () => answer })),
} });

test('the form has a question for each field, with its drop-down and help, and says where it is', () => {
  const { w, made } = withForm({});
  w.context.makeForm();
  assert.deepEqual(made.map((one) => one.kind), ['text', 'checkboxes', 'list', 'text', 'date']);
  assert.deepEqual([...made[2].setChoiceValues], ['Draft', 'Complete']);
  assert.deepEqual([made[0].setTitle, made[0].setHelpText, made[0].setRequired], ['Title', 'A short name.', true]);
  assert.deepEqual([w.title, w.handler, w.trigger, w.email], ['CAS experiences', 'onTrackerForm', true, true]);
  assert.match(w.said, /https:\/\/form/);
});

test('a submission becomes a row below the last, by header, with an id and the address of the sender', () => {
  const { w } = withForm({ CAS: [['Title', 'Strand', 'Own', 'Hours', 'Supervisor email', 'Status', 'IBT id'], ['Choir', '', '', '', '', 'Draft', 'bcdfgh']] });
  w.context.onTrackerForm(submission({ Title: '=HYPERLINK("x")', Strand: ['Creativity', 'Service'], Hours: '12.5', Status: 'Complete' }));
  const row = w.sheets.CAS[2];
  assert.deepEqual(row.slice(0, 6), ["'=HYPERLINK(\"x\")", 'Creativity; Service', '', 12.5, 't@example.org', 'Complete']);
  assert.match(row[6], /^[bcdfghjkmnpqrstvwxz][bcdfghjkmnpqrstvwxz2-9]{5}$/);
  assert.notEqual(row[6], 'bcdfgh');
  assert.deepEqual(Object.values(w.formats), ['@', '@', '@']); // text, so that a code keeps its zeros
});

test('without the tracker\'s sheet the answer stays in the form and the owner is told', () => {
  const { w } = withForm({ Notes: [['x']] });
  assert.throws(() => w.context.onTrackerForm(submission({ Title: 'x' })), /Nothing was lost/);
});

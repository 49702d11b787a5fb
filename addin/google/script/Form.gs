/**
 * IB Trackers: a Google Form for a tracker, made from its declaration, and its answers as rows of the tracker's sheet.
 *
 * To install: in the shared spreadsheet choose Extensions > Apps Script, add a script file Form, paste this file, save.
 * Choose the function makeForm and press Run once; allow what Google asks. The log shows the form's address to share.
 * Each submission is appended to the tracker's sheet with a row id; the next sync takes it to the coordinator.
 */

/** What the form asks: made by "ib-trackers google form". @type {any} */
const FORM = {};

/** Makes the form once, and lets each submission call onTrackerForm. */
function makeForm() {
  const form = FormApp.create(FORM.title).setDescription(FORM.about).setCollectEmail(true);
  for (const field of FORM.fields) addField(form, field);
  ScriptApp.newTrigger('onTrackerForm').forForm(form).onFormSubmit().create();
  PropertiesService.getDocumentProperties().setProperty('ibt-form', form.getId());
  console.log('Share this address: ' + form.getPublishedUrl());
}

/**
 * @param {GoogleAppsScript.Forms.Form} form
 * @param {any} field
 */
function addField(form, field) {
  const item = newItem(form, field);
  item.setTitle(field.header).setHelpText(field.about).setRequired(field.required);
}

/**
 * @param {GoogleAppsScript.Forms.Form} form
 * @param {any} field
 * @returns {any}
 */
function newItem(form, field) {
  if (field.choices.length && field.several) return form.addCheckboxItem().setChoiceValues(field.choices);
  if (field.choices.length) return form.addListItem().setChoiceValues(field.choices);
  if (field.type === 'date') return form.addDateItem();
  const item = form.addTextItem();
  if (field.type === 'number' || field.type === 'integer') {
    item.setValidation(FormApp.createTextValidation().requireNumber().setHelpText('Enter a number.').build());
  }
  if (field.type === 'email') {
    item.setValidation(FormApp.createTextValidation().requireTextIsEmail().setHelpText('Enter an email address.').build());
  }
  return item;
}

/**
 * Runs by itself when somebody submits the form: one new row, below the last, by header.
 * @param {any} e
 */
function onTrackerForm(e) {
  const given = new Map(e.response.getItemResponses().map((/** @type {any} */ one) => [one.getItem().getTitle(), one.getResponse()]));
  const sheet = SpreadsheetApp.getActive().getSheetByName(FORM.sheet);
  const at = sheet && findHeaders(sheet);
  if (!sheet || !at) throw new Error('The sheet ' + FORM.sheet + ' has no column ' + ID_HEADER + '. Nothing was lost: the answer is in the form.');
  locked(() => {
    const taken = new Set(sheet.getRange(1, at.id, sheet.getLastRow(), 1).getValues().map((row) => row[0]));
    /** @type {Array<[number, string]>} */
    const texts = [];
    const line = at.headers.map((header, i) => {
      if (i === at.id - 1) return newId(taken);
      if (header === FORM.sender) return e.response.getRespondentEmail();
      const field = FORM.fields.find((/** @type {any} */ one) => one.header === header);
      const answer = field ? answerOf(field, given.get(header)) : '';
      if (typeof answer !== 'string' || !answer || field.type === 'date') return answer;
      texts.push([i + 1, answer]);
      return '';
    });
    sheet.appendRow(line);
    const row = sheet.getLastRow();
    // A code such as 000123 keeps its zeros in a cell of text.
    for (const [column, text] of texts) sheet.getRange(row, column).setNumberFormat('@').setValue(text);
  });
}

/**
 * An answer as the cell wants it: several choices with semicolons; text that a spreadsheet would calculate gets an
 * apostrophe, whatever the format of its cell.
 * @param {any} field
 * @param {any} answer
 */
function answerOf(field, answer) {
  if (answer === undefined || answer === null || answer === '') return '';
  if (Array.isArray(answer)) return answer.join('; ');
  if (field.type === 'number' || field.type === 'integer') return Number(answer);
  if (field.type === 'date') return answer;
  return /^[=+\-@]/.test(String(answer)) ? "'" + answer : String(answer);
}

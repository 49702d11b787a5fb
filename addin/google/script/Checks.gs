/**
 * The checks of IB Trackers that a sheet can make by itself. Plain functions: nothing here reads or writes a sheet.
 *
 * The rules are data, made from the same declaration of the tracker as the checks of the coordinator's program, and
 * give the same findings in the same words. A cell of which this file cannot be sure (a date written as text, say) and
 * a rule that looks at another sheet are left to the program.
 *
 * @typedef {{row: number, column: string, rule: string, level: string, message: string, suggestion: string}} Finding
 * @typedef {{kind: string, value: any, odd?: string}} Value one cell; kind is blank, text, number, date, yes_no or
 *   unsure; odd is what stands there when it cannot be of the column's type, and the value counts as blank
 * @typedef {{word: string, limit: any, rule: string, level: string, say: string, fix: string}} Word
 * @typedef {{name: string, header: string, type: string, several?: boolean, words: Word[]}} Column
 * @typedef {{rows: number[], columns: Record<string, Value[]>}} Table
 * @typedef {{id: string, level: string, say: string, fix: string, column?: string, when?: any, then?: Record<string, Word[]>,
 *   unique?: string[], measure?: string, per?: string, of?: string[], where?: any, low?: any, high?: any,
 *   allowed?: string[]}} Rule
 * @typedef {{sheet: string, columns: Column[], rules: Rule[], types: Record<string, any>, left: string[]}} Rules
 * @typedef {{today: string, toDay: (date: Date) => string}} Clock today and how to read a date, both as 2027-03-15
 */

const BLANK = { kind: 'blank', value: null };
const UNSURE = { kind: 'unsure', value: null };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MOST_SHOWN = 80; // characters of a value in a sentence
const DAY = 86400000;
const NAMED = /\{(\w+)(?:\|([^}]*))?\}/g;

/**
 * All findings of a table, in the order of its rows.
 * @param {Rules} rules
 * @param {Table} table
 * @param {Clock} clock
 * @returns {Finding[]}
 */
function findProblems(rules, table, clock) {
  const columns = new Map(rules.columns.map((column) => [column.name, column]));
  const found = [...typeProblems(rules, table)];
  for (const column of rules.columns) {
    if (table.columns[column.name]) found.push(...wordProblems(column, column.words, table, clock));
  }
  for (const rule of rules.rules) {
    if (!columnsOf(rule).every((name) => table.columns[name])) continue;
    if (rule.unique) found.push(...duplicateProblems(rule, rule.unique, table, columns));
    if (rule.then) found.push(...conditionProblems(rule, table, columns, clock));
    if (rule.measure) found.push(...measureProblems(rule, table, columns, clock));
  }
  return found.sort((a, b) => a.row - b.row);
}

/** @param {Rule} rule */
function columnsOf(rule) {
  const conditions = [rule.when, rule.then, rule.where].flatMap((part) => Object.keys(part || {}));
  return [...conditions, ...(rule.unique || []), ...(rule.of || []), ...(rule.per ? [rule.per] : [])];
}

/**
 * One cell as a value of its column's type.
 * @param {any} raw what the sheet holds
 * @param {string} type
 * @param {Clock} clock
 * @returns {Value}
 */
function readCell(raw, type, clock) {
  if (raw === '' || raw === null || raw === undefined || (typeof raw === 'string' && !raw.trim())) return BLANK;
  if (type === 'date') {
    if (raw instanceof Date) return { kind: 'date', value: clock.toDay(raw) };
    if (typeof raw === 'number' && raw >= 1 && raw < 2958466 && Number.isInteger(raw)) {
      return { kind: 'date', value: new Date(Date.UTC(1899, 11, 30) + raw * DAY).toISOString().slice(0, 10) };
    }
    return isWord(raw) || isNoDay(raw) ? { ...BLANK, odd: raw } : UNSURE;
  }
  if (type === 'number' || type === 'integer') {
    if (typeof raw === 'number' && type === 'integer' && !Number.isInteger(raw)) return { ...BLANK, odd: String(raw) };
    if (typeof raw === 'number') return { kind: 'number', value: raw };
    if (typeof raw === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(raw)) return { kind: 'number', value: Number(raw) };
    return isWord(raw) && !/^([ivx]{2,}|n[or][ivx]+)$/i.test(raw) ? { ...BLANK, odd: raw } : UNSURE;
  }
  if (type === 'yes_no') {
    if (typeof raw === 'boolean') return { kind: 'yes_no', value: raw };
    const word = String(raw).trim().toLowerCase();
    return word === 'yes' || word === 'no' ? { kind: 'yes_no', value: word === 'yes' } : UNSURE;
  }
  if (type === 'time' || raw instanceof Date) return UNSURE;
  if (typeof raw === 'boolean') return { kind: 'text', value: raw ? 'TRUE' : 'FALSE' };
  if (typeof raw === 'number' && Math.abs(raw) >= 1e15) return UNSURE;
  return { kind: 'text', value: String(raw) };
}

/**
 * Whether this is a single word, where a number or date should be; other texts may be readable to the program.
 * @param {any} raw
 */
function isWord(raw) {
  return typeof raw === 'string' && /^[a-z]+$/i.test(raw);
}

/**
 * Whether this is written as a date and is none, whichever of its numbers is the month: 31/31/2026, 2026-02-30.
 * @param {any} raw
 */
function isNoDay(raw) {
  const [whole, first, , second, third] = typeof raw === 'string' && raw.match(/^(\d+)([-./])(\d+)\2(\d+)$/) || [];
  if (!whole) return false;
  const [year, ...rest] = first.length === 4 ? [first, second, third] : [third, first, second];
  if (!/^(19|20)\d\d$/.test(year) || rest.some((part) => part.length > 2)) return false;
  const [one, other] = rest.map(Number);
  return !isDay(Number(year), one, other) && !isDay(Number(year), other, one);
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
function isDay(year, month, day) {
  return month >= 1 && month <= 12 && day >= 1 && new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
}

/**
 * The value as exact text: 2027-03-15, yes, 12.5.
 * @param {Value} value
 */
function exactText(value) {
  if (value.kind === 'blank') return '';
  return value.kind === 'yes_no' ? (value.value ? 'yes' : 'no') : String(value.value);
}

/**
 * The value as a person reads it, short enough for a sentence: 15 Mar 2027.
 * @param {Value} value
 */
function shownText(value) {
  if (value.kind === 'yes_no') return value.value ? 'Yes' : 'No';
  if (value.kind === 'date') return value.value.replace(/^(\d+)-(\d+)-(\d+)/, sayDate);
  const text = exactText(value);
  if (text.length <= MOST_SHOWN) return text;
  const signs = [...text];
  return signs.length <= MOST_SHOWN ? text : signs.slice(0, MOST_SHOWN).join('') + '…';
}

/**
 * @param {string} _ the whole match
 * @param {string} year
 * @param {string} month
 * @param {string} day
 */
function sayDate(_, year, month, day) {
  return Number(day) + ' ' + MONTHS[Number(month) - 1] + ' ' + year;
}

/**
 * The single values of a cell that may hold several.
 * @param {Value} value
 * @returns {string[]}
 */
function parts(value) {
  return exactText(value).split(/[;,\n]/).map((part) => part.trim()).filter(Boolean);
}

/**
 * Text in a column of numbers or dates that cannot be one; and parts in a column of whole numbers.
 * @param {Rules} rules
 * @param {Table} table
 * @returns {Finding[]}
 */
function typeProblems(rules, table) {
  /** @type {Finding[]} */
  const found = [];
  for (const column of rules.columns) {
    const sentences = rules.types[column.type];
    if (!sentences || !table.columns[column.name]) continue;
    table.columns[column.name].forEach((value, i) => {
      if (value.odd === undefined) return;
      const sentence = /\d/.test(value.odd) && sentences.fraction || sentences.text;
      const shown = shownText({ kind: 'text', value: value.odd });
      found.push(finding(table, i, column.header, {
        rule: dashed(column.name) + '-type', level: 'error', message: sentence[0].replace('{value}', shown),
        suggestion: sentence[1].replace('{value}', shown),
      }));
    });
  }
  return found;
}

/**
 * Cells that break the words of their column; with `among` only of these rows.
 * @param {Column} column
 * @param {Word[]} words
 * @param {Table} table
 * @param {Clock} clock
 * @param {Set<number>} [among]
 * @returns {Finding[]}
 */
function wordProblems(column, words, table, clock, among) {
  /** @type {Finding[]} */
  const found = [];
  const values = table.columns[column.name];
  for (const word of words) {
    const isBroken = breaker(word, column);
    const others = word.word === 'unique' ? twins(values.map((value) => [value]), table) : new Map();
    const limitAt = limits(word.limit, table, clock);
    const aboutBlanks = word.word === 'required';
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i];
      if ((value.kind === 'blank') !== aboutBlanks || value.kind === 'unsure' || value.odd !== undefined) continue;
      if (among && !among.has(i)) continue;
      const limit = limitAt(i);
      if (limit === UNSURE || !isBroken(value, limit, others.get(i))) continue;
      const words = wordsAbout(value, limit, others.get(i));
      const [message, suggestion] = [word.say, word.fix].map((sentence) => fillFrom(sentence, words, among && table, i));
      found.push(finding(table, i, column.header, { rule: word.rule, level: word.level, message, suggestion }));
    }
  }
  return found;
}

/**
 * What a sentence about one cell may name.
 * @param {Value} value
 * @param {any} limit
 * @param {number | undefined} other
 * @returns {Record<string, () => string>}
 */
function wordsAbout(value, limit, other) {
  return {
    value: () => shownText(value), other: () => String(other || ''), length: () => String([...exactText(value)].length),
    limit: () => (limit && limit.kind ? shownText(limit) : String(limit)), words: () => String(wordsOf(value).length),
    count: () => String(parts(value).length),
  };
}

/**
 * What breaks a word in a column, as a function of the cell, its limit and the row of a duplicate.
 * @param {{word: string, limit: any}} word
 * @param {Column} column
 * @returns {(value: Value, limit: any, other?: number) => boolean}
 */
function breaker(word, column) {
  switch (word.word) {
    case 'required': return (value) => value.kind === 'blank';
    case 'blank': return (value) => value.kind !== 'blank';
    case 'unique': return (value, limit, other) => other !== undefined;
    case 'one_of': case 'exists_in': return notAllowed(word.limit, Boolean(column.several));
    case 'none_of': return filled((value) => word.limit.includes(exactText(value)));
    case 'pattern': return notLike(new RegExp('^(?:' + word.limit + ')$', 'u'));
    case 'at_least': return compared((order) => order < 0);
    case 'at_most': return compared((order) => order > 0);
    case 'more_than': return compared((order) => order <= 0);
    case 'less_than': return compared((order) => order >= 0);
    case 'longest': return filled((value, limit) => [...exactText(value)].length > limit);
    case 'most_words': return filled((value, limit) => wordsOf(value).length > limit);
    case 'least_values': return filled((value, limit) => parts(value).length < limit);
    case 'most_values': return filled((value, limit) => parts(value).length > limit);
    default: return () => false;
  }
}

/**
 * A blank cell breaks no word but `required`.
 * @param {(value: Value, limit: any) => boolean} broken
 */
function filled(broken) {
  return (/** @type {Value} */ value, /** @type {any} */ limit) => value.kind !== 'blank' && broken(value, limit);
}

/** @param {RegExp} pattern */
function notLike(pattern) { return filled((value) => !pattern.test(exactText(value))); }

/** @param {Value} value */
function wordsOf(value) { return exactText(value).split(/\s+/).filter(Boolean); }

/**
 * Not on the list, also when case, blanks and punctuation do not count: the program knows those, and says what is meant.
 * @param {string[]} allowed
 * @param {boolean} several
 */
function notAllowed(allowed, several) {
  const exact = new Set(allowed);
  const known = new Set(allowed.map(folded));
  const good = (/** @type {string} */ text) => exact.has(text) || known.has(folded(text));
  return filled((value) => !good(exactText(value)) && !(several && parts(value).every(good)));
}

/**
 * The order of two values of one kind; values of different kinds are left to other rules.
 * @param {(order: number) => boolean} wrong
 */
function compared(wrong) {
  return filled((value, limit) => {
    if (!limit || limit.kind === 'blank' || limit.kind !== value.kind) return false;
    return wrong(value.value < limit.value ? -1 : value.value > limit.value ? 1 : 0);
  });
}

/** @param {string} text */
function folded(text) {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/**
 * The limit of a word, as a function of the row: a list or pattern as it is, else a value; UNSURE where it is not known.
 * @param {any} limit
 * @param {Table} table
 * @param {Clock} clock
 * @returns {(i: number) => any}
 */
function limits(limit, table, clock) {
  const always = (/** @type {any} */ value) => () => value;
  if (typeof limit === 'number') return always({ kind: 'number', value: limit });
  if (limit === null || typeof limit !== 'object' || Array.isArray(limit)) return always(limit);
  if (limit.today) return always({ kind: 'date', value: clock.today });
  if (limit.date) return always({ kind: 'date', value: limit.date });
  if (limit.count !== undefined) return always(limit.count);
  if (limit.column) {
    const values = table.columns[limit.column];
    return (i) => (values ? values[i] : BLANK);
  }
  const base = limits(limit.of, table, clock);
  return (i) => {
    const value = base(i);
    if (value.kind !== 'date') return value.kind === 'unsure' ? UNSURE : value;
    return { kind: 'date', value: laterDay(value.value, limit.days || 0, limit.months || 0) };
  };
}

/**
 * A day moved on by whole months (to the last day of a shorter month) and days.
 * @param {string} day
 * @param {number} days
 * @param {number} months
 */
function laterDay(day, days, months) {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const moved = Date.UTC(year, month - 1 + months, Math.min(date, last)) + days * DAY;
  return new Date(moved).toISOString().slice(0, 10) + day.slice(10);
}

/**
 * For each index whose values another row has too, the number of that row; blank and unsure values are left out.
 * @param {Value[][]} keys
 * @param {Table} table
 * @returns {Map<number, number>}
 */
function twins(keys, table) {
  const places = new Map();
  keys.forEach((key, i) => {
    if (key.some((value) => value.kind === 'blank' || value.kind === 'unsure')) return;
    const text = JSON.stringify(key.map((value) => [value.kind, value.value]));
    if (!places.has(text)) places.set(text, []);
    places.get(text).push(i);
  });
  const found = new Map();
  for (const indexes of places.values()) {
    if (indexes.length < 2) continue;
    for (const i of indexes) found.set(i, table.rows[i === indexes[0] ? indexes[1] : indexes[0]]);
  }
  return found;
}

/**
 * @param {Rule} rule
 * @param {string[]} names
 * @param {Table} table
 * @param {Map<string, Column>} columns
 * @returns {Finding[]}
 */
function duplicateProblems(rule, names, table, columns) {
  const keys = table.rows.map((_, i) => names.map((name) => table.columns[name][i]));
  const header = /** @type {Column} */ (columns.get(names[names.length - 1])).header;
  return [...twins(keys, table)].map(([i, other]) => {
    const words = { what: () => keys[i].map(shownText).join(' · '), other: () => String(other) };
    return finding(table, i, header, said(rule, words, table, i));
  });
}

/**
 * @param {Rule} rule
 * @param {Table} table
 * @param {Map<string, Column>} columns
 * @param {Clock} clock
 * @returns {Finding[]}
 */
function conditionProblems(rule, table, columns, clock) {
  const chosen = matchingRows(rule.when || {}, table, columns, clock);
  return Object.entries(rule.then || {}).flatMap(([name, words]) => {
    const column = /** @type {Column} */ (columns.get(name));
    const shown = rule.column ? /** @type {Column} */ (columns.get(rule.column)) : column;
    return wordProblems(column, words, table, clock, chosen).map((one) => ({ ...one, column: shown.header }));
  });
}

/**
 * The indexes of the rows that meet every condition. A blank cell meets only `blank` and `none_of`.
 * @param {Record<string, Word[]>} conditions
 * @param {Table} table
 * @param {Map<string, Column>} columns
 * @param {Clock} clock
 * @returns {Set<number>}
 */
function matchingRows(conditions, table, columns, clock) {
  const chosen = new Set(table.rows.keys());
  for (const [name, words] of Object.entries(conditions)) {
    const column = /** @type {Column} */ (columns.get(name));
    const blankMayStay = words.some((word) => word.word === 'blank' || word.word === 'none_of');
    const tests = words.map((word) => ({ limitAt: limits(word.limit, table, clock), isBroken: breaker(word, column) }));
    table.columns[name].forEach((value, i) => {
      const broken = tests.some((test) => {
        const limit = test.limitAt(i);
        return limit === UNSURE || test.isBroken(value, limit);
      });
      if (value.kind === 'unsure' || broken || (value.kind === 'blank' && !blankMayStay)) chosen.delete(i);
    });
  }
  return chosen;
}

/**
 * @param {Rule} rule
 * @param {Table} table
 * @param {Map<string, Column>} columns
 * @param {Clock} clock
 * @returns {Finding[]}
 */
function measureProblems(rule, table, columns, clock) {
  const per = /** @type {string} */ (rule.per);
  const of = rule.of || [];
  const chosen = matchingRows(rule.where || {}, table, columns, clock);
  const groups = new Map();
  table.columns[per].forEach((value, i) => {
    if (value.kind === 'blank' || value.kind === 'unsure') return;
    if (!groups.has(value.value)) groups.set(value.value, []);
    groups.get(value.value).push(i);
  });
  /** @type {Finding[]} */
  const found = [];
  for (const indexes of groups.values()) {
    const kept = indexes.filter((/** @type {number} */ i) => chosen.has(i));
    const { n, seen } = measured(rule, kept.map((/** @type {number} */ i) => of.map((name) => table.columns[name][i])), columns);
    const low = rule.low === null || rule.low === undefined ? -Infinity : rule.low;
    const high = rule.high === null || rule.high === undefined ? Infinity : rule.high;
    if (n >= low && n <= high) continue;
    const i = indexes[0];
    const group = exactText(table.columns[per][i]);
    const missing = (rule.allowed || []).filter((value) => !seen.has(value)).join(', ');
    const words = {
      n: () => String(n), low: () => String(rule.low), high: () => String(rule.high), group: () => group, [per]: () => group,
      missing: () => missing,
    };
    const header = /** @type {Column} */ (columns.get(rule.column || of[0] || per)).header;
    found.push(finding(table, i, header, said(rule, words, table, i)));
  }
  return found;
}

/**
 * A count, a sum or the number of distinct values of these rows, and the values seen.
 * @param {Rule} rule
 * @param {Value[][]} rows the values that are measured, row by row
 * @param {Map<string, Column>} columns
 */
function measured(rule, rows, columns) {
  const filled = rows.map((row) => row[0]).filter((value) => value && value.kind !== 'blank');
  if (rule.measure === 'sum') {
    return { n: filled.reduce((sum, value) => sum + (value.kind === 'number' ? value.value : 0), 0), seen: new Set() };
  }
  if (rule.measure === 'count') return { n: rule.of && rule.of.length ? filled.length : rows.length, seen: new Set() };
  const column = columns.get(/** @type {string[]} */ (rule.of)[0]);
  const seen = new Set(filled.flatMap((value) => (column && column.several ? parts(value) : [exactText(value)])));
  return { n: seen.size, seen };
}

/**
 * A sentence with its {names} filled in: what the rule adds, else the row's cell of that name. A name may say what to
 * write where the cell is blank: {title|(no title)}.
 * @param {string} sentence
 * @param {Record<string, () => string>} words
 * @param {Table | undefined} table
 * @param {number} i
 */
function fillFrom(sentence, words, table, i) {
  return sentence.includes('{') ? sentence.replace(NAMED, (whole, name, otherwise) => {
    if (name in words) return words[name]() || otherwise || '';
    return table && name in table.columns ? shownText(table.columns[name][i]) || otherwise || '' : whole;
  }) : sentence;
}

/**
 * @param {Rule} rule
 * @param {Record<string, () => string>} words
 * @param {Table} table
 * @param {number} i
 */
function said(rule, words, table, i) {
  const [message, suggestion] = [rule.say, rule.fix].map((sentence) => fillFrom(sentence, words, table, i));
  return { rule: rule.id, level: rule.level, message, suggestion };
}

/**
 * @param {Table} table
 * @param {number} i
 * @param {string} column its header
 * @param {{rule: string, level: string, message: string, suggestion: string}} rest
 * @returns {Finding}
 */
function finding(table, i, column, rest) {
  return { row: table.rows[i], column, ...rest };
}

/** @param {string} name */
function dashed(name) { return name.replace(/_/g, '-'); }

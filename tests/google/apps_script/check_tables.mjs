// Findings of Checks.gs for tables that come as JSON on standard input: [{rules, headerRow, columns: {name: [raw, …]}}].
// A raw value {"$date": "2027-03-15"} is a date as Apps Script gives it.
import fs from 'node:fs';
import vm from 'node:vm';

const context = vm.createContext({ Date });
vm.runInContext(fs.readFileSync(new URL('../../../addin/google/script/Checks.gs', import.meta.url), 'utf8'), context);
const clock = { today: '2026-11-29', toDay: (date) => date.toISOString().slice(0, 10) };
const raw = (value) => (value && value.$date ? new Date(`${value.$date}T00:00:00Z`) : value === null ? '' : value);

const tables = JSON.parse(fs.readFileSync(0, 'utf8'));
const answers = tables.map(({ rules, headerRow, columns }) => {
  const types = Object.fromEntries(rules.columns.map((column) => [column.name, column.type]));
  const read = Object.entries(columns).map(([name, cells]) => [
    name, cells.map((cell) => context.readCell(raw(cell), types[name], clock))]);
  const height = Object.values(columns)[0].length;
  const table = { rows: Array.from({ length: height }, (_, i) => headerRow + 1 + i), columns: Object.fromEntries(read) };
  const started = process.cpuUsage().user;
  const found = context.findProblems(rules, table, clock);
  return { found, ms: (process.cpuUsage().user - started) / 1000 };
});
process.stdout.write(JSON.stringify(answers));

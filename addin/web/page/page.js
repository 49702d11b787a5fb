// The page: hands the workbook to Python in worker.js and shows what comes back. Every text is set as text, never as HTML.
const at = (id) => document.getElementById(id);
const SHOWN = 100;
const WORDS = { error: "Error", warning: "Warning", info: "Note" };
const waiting = new Map();
let worker, number = 0, book = "", findings = [], settled = "Ready. Choose a workbook.";

function make(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  if (text !== "") element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function fill(id, lines) {
  at(id).replaceChildren(...lines.filter((line) => line.trim()).map((line) => make("li", line.trim(), line.startsWith("  ") ? { class: "part" } : {})));
}

function status(text, busy = false) {
  at("status").textContent = text;
  at("progress").hidden = !busy;
  for (const button of document.querySelectorAll("button, #file")) button.disabled = busy;
}

function problem(text = "") {
  at("problem").textContent = text;
  at("problem").hidden = !text;
}

async function start() {
  if (location.protocol === "file:") {
    return problem("Opened as a file, this page cannot start. Ask whoever gave it to you for its web address (https://…).");
  }
  if ("serviceWorker" in navigator && window.isSecureContext) {
    status("Downloading (once; later it works offline) …", true);
    try {
      await navigator.serviceWorker.register("sw.js");
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
      }
      at("offline").textContent = "Works offline.";
    } catch { at("offline").textContent = "This browser does not keep the page for offline use."; }
  }
  worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = heard;
  worker.onerror = () => failed("Python could not be started.");
  status("Starting Python …", true);
}

function heard({ data }) {
  if (data.step) return status(`${data.step} …`, true);
  if (data.failed) return failed(data.failed);
  if (data.ready) { document.body.dataset.ready = data.version; return status(settled); }
  waiting.get(data.id)(data);
  waiting.delete(data.id);
}

function failed(why) {
  status("");
  problem(`This page cannot run here: ${why} Use a current Chrome, Edge, Firefox or Safari.`);
}

async function ask(request, files = []) {
  problem();
  status("Working …", true);
  const { result, files: made = [] } = await new Promise((done) => {
    waiting.set(++number, done);
    worker.postMessage({ id: number, request: { ...request, ...(book && request.task !== "begin" ? { book } : {}) }, files }, files.map((one) => one.data));
  });
  status(settled);
  if (result.problem) problem(result.problem);
  return { ...result, made };
}

function offer(made, start = false) {
  const links = made.map(({ name, data }) => {
    const type = name.endsWith(".html") ? "text/html" : "application/octet-stream";
    const link = make("a", `Download ${name}`, { download: name, href: URL.createObjectURL(new Blob([data], { type })) });
    const item = make("li");
    item.append(link);
    return item;
  });
  for (const old of at("files").querySelectorAll("a")) URL.revokeObjectURL(old.href);
  at("files").replaceChildren(...links);
  if (start && links.length) links[0].firstChild.click();
}

async function opened(chosen) {
  const files = await Promise.all([...chosen].map(async (file) => ({ name: file.name, data: await file.arrayBuffer() })));
  const workbook = files.find((file) => !file.name.endsWith(".toml"));
  if (!workbook) return problem("Choose a workbook too: .xlsx, .xlsm, .xls, .ods or .csv.");
  for (const id of ["result", "setup", "report", "groups"]) at(id).hidden = true;
  for (const id of ["said", "files"]) at(id).replaceChildren();
  at("undo").hidden = true;
  book = workbook.name;
  settled = `${book} is open. It has not been changed.`;
  await ask({ task: "begin" }, files);
  await check();
}

async function check() {
  const found = await ask({ task: "check" });
  if (!found.findings) return setUp(found.problem); // a list has no findings of its own, and nothing is wrong with it
  show(found);
}

function show(found) {
  findings = inOrder(found.findings);
  const count = (level) => found.trackers.reduce((sum, one) => sum + one[level], 0);
  const tiles = [["error", "errors"], ["warning", "warnings"], ["info", "notes"]].map(([level, words]) => [count(level), words, level]);
  tiles.push([found.certain, "can be fixed with certainty", found.certain ? "info" : "good"]);
  at("tiles").replaceChildren(...tiles.map(([value, words, tone]) => {
    const item = make("li", "", { class: value ? tone : "good" });
    item.append(make("strong", value.toLocaleString()), make("span", words));
    return item;
  }));
  fill("remarks", found.remarks);
  at("trackers").tBodies[0].replaceChildren(...found.trackers.map(trackerRow));
  at("repair").hidden = !found.certain;
  at("setup").hidden = true;
  at("result").hidden = false;
  list();
  at("result-title").focus();
}

function inOrder(found) {
  const sheets = [...new Set(found.map((one) => one.sheet))];
  return [...found].sort((one, other) => sheets.indexOf(one.sheet) - sheets.indexOf(other.sheet) || one.row - other.row);
}

function trackerRow(one) {
  const row = make("tr");
  const tone = one.error ? "error" : one.warning ? "warning" : one.rows ? "good" : "plain";
  const state = { error: "To correct", warning: "To look at", good: "In order", plain: "Empty" }[tone];
  row.append(make("th", one.title, { scope: "row" }));
  for (const value of [one.rows, one.error, one.warning]) row.append(make("td", value.toLocaleString(), { class: "number" }));
  const cell = make("td");
  cell.append(make("span", state, { class: `pill ${tone}` }));
  row.append(cell);
  return row;
}

function list() {
  const levels = Object.keys(WORDS).filter((level) => at(`level-${level}`).checked);
  const words = at("find").value.trim().toLocaleLowerCase();
  const has = (one) => !words || `${one.cell} ${one.column} ${one.value} ${one.message} ${one.suggestion}`.toLocaleLowerCase().includes(words);
  const wanted = findings.filter((one) => levels.includes(one.level) && has(one));
  const sheets = grouped(wanted);
  const parts = [...sheets].map(([sheet, mine], place) => sheetPart(sheet, mine, place === 0));
  at("findings").replaceChildren(...(parts.length ? parts : [make("p", findings.length ? "No problem like that." : "No problems found.")]));
}

function grouped(wanted) {
  const sheets = new Map();
  for (const one of wanted) sheets.set(one.sheet, [...(sheets.get(one.sheet) ?? []), one]);
  return sheets;
}

function sheetPart(sheet, mine, open) {
  const part = make("details");
  part.open = open;
  part.append(make("summary", `${sheet}: ${mine.length.toLocaleString()} ${mine.length === 1 ? "problem" : "problems"}`));
  const table = make("table"), head = make("thead"), body = make("tbody"), row = make("tr");
  table.append(make("caption", `Problems on ${sheet}`, { class: "hidden" }), head, body);
  head.append(row);
  for (const title of ["Cell", "Level", "What is wrong", "What to do"]) row.append(make("th", title, { scope: "col" }));
  const more = make("button", "", { type: "button" });
  const next = () => {
    body.append(...mine.slice(body.rows.length, body.rows.length + SHOWN).map(findingRow));
    more.textContent = `Show more (${(mine.length - body.rows.length).toLocaleString()} left)`;
    more.hidden = body.rows.length >= mine.length;
  };
  more.addEventListener("click", next);
  next();
  part.append(table, more);
  return part;
}

function findingRow(one) {
  const row = make("tr"), level = make("td", "", { "data-label": "Level" });
  level.append(make("span", WORDS[one.level], { class: `pill ${one.level}` }));
  const advice = one.fix === null ? one.suggestion : `${one.suggestion} Fix writes: ${one.fix}`;
  row.append(make("td", one.cell, { "data-label": "Cell" }), level,
    make("td", one.message, { "data-label": "Problem", dir: "auto" }), make("td", advice.trim(), { "data-label": "To do", dir: "auto" }));
  return row;
}

async function setUp(why = "") {
  const found = await ask({ task: "look", answers: {} });
  if (found.problem && why) problem(why);
  if (found.problem) return;
  fill("reading", found.lines);
  at("setup").hidden = false;
  at("questions").replaceChildren(...found.questions.map(question), ...(found.understood || found.questions.length ? [make("button", "Set up", { class: "main" })] : []));
  if (!found.understood && !found.questions.length) problem(why || "No more sheets to set up were recognised.");
  at("setup-title").focus();
}

function question(one, place) {
  const field = make("fieldset"), first = one.default || one.options[0]?.[0] || "";
  field.dataset.name = one.name;
  field.append(make("legend", one.text));
  for (const [value, words] of one.options) {
    const label = make("label"), input = make("input", "", { type: "radio", name: `q${place}`, value });
    input.checked = value === first;
    const said = words || (value === "leave" ? "leave it open" : value);
    label.append(input, ` ${said[0].toLocaleUpperCase()}${said.slice(1)}`);
    field.append(label);
  }
  if (one.free) {
    const label = make("label", "Another: ");
    label.append(make("input", "", { type: "text", size: 6, autocomplete: "off" }));
    field.append(label);
  }
  return field;
}

async function answered(event) {
  event.preventDefault();
  const answers = {};
  for (const field of at("questions").querySelectorAll("fieldset")) {
    const typed = field.querySelector("input[type=text]")?.value.trim().toUpperCase();
    answers[field.dataset.name] = typed || field.querySelector("input:checked")?.value || "";
  }
  const done = await ask({ task: "adopt", answers });
  if (done.problem) return;
  const still = done.questions.map((one) => `Still needed: ${one.text}`);
  if (!done.written) { problem(still.join(" ") || "Nothing was recognised, and nothing was written."); return; }
  book = done.book;
  settled = `${book} is set up. Your own file is unchanged: download the new one.`;
  await check();
  changed(done.made, [...done.new, ...(done.to_check ? [`${done.to_check} cells to check: see the sheet Adoption notes.`] : [])]);
}

function changed(made, lines, start = false) {
  fill("said", lines);
  at("undo").hidden = false;
  offer(made, start);
}

async function mark() {
  const done = await ask({ task: "check", write: true });
  if (done.problem) return;
  settled = `${book} is marked. Your own file is unchanged: keep the downloaded one.`;
  status(settled);
  changed(done.made, ["Each problem has a colour and a note in its cell, and a line on the sheet Findings."], true);
}

async function repairs() {
  const found = await ask({ task: "repairs" });
  if (found.problem) return;
  const choices = found.groups.map((one) => {
    const label = make("label"), input = make("input", "", { type: "checkbox", value: one.number });
    input.checked = true;
    label.append(input, ` ${one.title}: ${one.samples.join(", ")}`);
    return label;
  });
  at("groups").replaceChildren(make("h3", "These can be fixed", { id: "groups-title" }), ...choices, make("button", "Fix the chosen ones", { class: "main" }));
  at("groups").hidden = false;
  at("groups").querySelector("input, button").focus();
}

async function fixed(event) {
  event.preventDefault();
  const groups = [...at("groups").querySelectorAll("input:checked")].map((input) => Number(input.value));
  if (!groups.length) return problem("Choose at least one.");
  const done = await ask({ task: "fix", groups });
  if (done.problem) return;
  at("groups").hidden = true;
  settled = `${book} is fixed and marked. Your own file is unchanged: download the new one.`;
  await check();
  changed(done.made, done.lines);
}

async function undo() {
  const done = await ask({ task: "undo" });
  if (done.problem) return;
  book = done.book;
  await check();
  changed(done.made, done.lines);
}

async function exported() {
  const done = await ask({ task: "export", to: at("format").value });
  if (done.problem) return;
  fill("said", [`${done.rows.toLocaleString()} rows exported. The file holds personal data.`, ...done.remarks]);
  offer(done.made, true);
}

async function reported() {
  const done = await ask({ task: "report" });
  if (done.problem) return;
  at("report").hidden = false;
  at("report-page").srcdoc = done.html;
  fill("said", ["Download the page to print it or keep it as PDF. It holds personal data."]);
  offer(done.made);
  at("report-title").focus();
}

at("file").addEventListener("change", () => { if (at("file").files.length) opened(at("file").files).then(() => { at("file").value = ""; }); });
for (const kind of ["dragover", "dragenter"]) document.addEventListener(kind, (event) => { event.preventDefault(); at("drop").classList.add("over"); });
document.addEventListener("dragleave", () => at("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  at("drop").classList.remove("over");
  if (event.dataTransfer.files.length && !at("file").disabled) opened(event.dataTransfer.files);
});
at("mark").addEventListener("click", mark);
at("repair").addEventListener("click", repairs);
at("groups").addEventListener("submit", fixed);
at("adopt").addEventListener("click", () => setUp());
at("questions").addEventListener("submit", answered);
at("undo").addEventListener("click", undo);
at("export").addEventListener("click", exported);
at("status-page").addEventListener("click", reported);
for (const input of document.querySelectorAll("#filters input")) input.addEventListener("input", list);
start();

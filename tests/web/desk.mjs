// Puts requests to the page's Python in Node: node desk.mjs FOLDER_OF_THE_PAGE SCRIPT.json -> answers as JSON.
// SCRIPT: {"files": {name: path}, "requests": [...], "keep": [[path in Python, path here], ...]}
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, script] = process.argv.slice(2);
const { files, requests, keep } = JSON.parse(fs.readFileSync(script, "utf8"));
const { loadPyodide } = await import(pathToFileURL(path.resolve(folder, "pyodide/pyodide.mjs")));
const python = await loadPyodide();
const home = python.runPython("import site; site.getsitepackages()[0]");
const list = JSON.parse(fs.readFileSync(path.join(folder, "files.json"), "utf8"));
for (const name of list.packages) {
  python.unpackArchive(new Uint8Array(fs.readFileSync(path.join(folder, name))), "zip", { extractDir: home });
}
const answer = python.pyimport("addin.web.desk").answer;
const steps = [];
const tell = (step) => steps.push(step);
answer(JSON.stringify({ task: "begin" }), tell);
for (const [name, from] of Object.entries(files)) python.FS.writeFile(`/school/${name}`, new Uint8Array(fs.readFileSync(from)));
const answers = [];
for (const request of requests) {
  const { keep: to, ...rest } = request;
  answers.push(JSON.parse(answer(JSON.stringify(rest), tell)));
  if (to) fs.writeFileSync(to, python.FS.readFile(`/school/${rest.book}`));
}
for (const [from, to] of keep ?? []) fs.writeFileSync(to, python.FS.readFile(from));
const today = python.runPython("import datetime; datetime.date.today().isoformat()");
fs.writeSync(1, JSON.stringify({ answers, steps, today, here: [new Date().getFullYear(), new Date().getMonth() + 1, new Date().getDate()] }));

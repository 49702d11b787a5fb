// Runs Python beside the page, so that the page stays usable. Files exist only here, in memory.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const HOME = "/lib/python3.14/site-packages";
let python, answer;

async function start() {
  const list = await (await fetch("files.json")).json();
  self.postMessage({ step: "Starting Python" });
  python = await loadPyodide({ indexURL: new URL("pyodide/", self.location).href });
  self.postMessage({ step: "Loading IB Trackers" });
  const home = python.runPython("import site; site.getsitepackages()[0]") || HOME;
  for (const name of list.packages) {
    const data = new Uint8Array(await (await fetch(name)).arrayBuffer());
    python.unpackArchive(data, "zip", { extractDir: home });
  }
  answer = python.pyimport("addin.web.desk").answer;
  self.postMessage({ ready: true, version: list["ib-trackers"] });
}

const started = start().catch((error) => self.postMessage({ failed: String(error).slice(0, 300) }));

self.onmessage = async ({ data }) => {
  await started;
  const tell = (step) => self.postMessage({ step });
  if (data.request.task === "begin") answer(JSON.stringify({ task: "begin" }), tell);
  for (const file of data.files ?? []) python.FS.writeFile(`/school/${file.name}`, new Uint8Array(file.data));
  if (data.request.task === "begin") return self.postMessage({ id: data.id, result: {} });
  const result = JSON.parse(answer(JSON.stringify(data.request), tell));
  const files = (result.files ?? []).map((path) => ({ name: path.split("/").pop(), data: python.FS.readFile(path).buffer }));
  self.postMessage({ id: data.id, result, files }, files.map((file) => file.data));
};

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
  try {
    const { result, files } = work(data);
    self.postMessage({ id: data.id, result, files }, files.map((file) => file.data));
  } catch (error) {
    const problem = `Unexpected error in the browser (${error.name}). Your file was not changed. Reload the page and try again.`;
    self.postMessage({ id: data.id, result: { problem } });
  }
};

function work({ request, files: given = [] }) {
  const tell = (step) => self.postMessage({ step });
  const result = JSON.parse(answer(JSON.stringify(request), tell));
  if (given.length) python.FS.mkdirTree("/school/trackers");
  for (const file of given) python.FS.writeFile(`/school/${placeOf(file.name)}`, new Uint8Array(file.data));
  const files = (result.files ?? []).map((path) => ({ name: path.split("/").pop(), data: python.FS.readFile(path).buffer }));
  return { result, files };
}

// A school's own tracker files are read from the folder trackers, as beside a workbook.
function placeOf(name) {
  return name.endsWith(".toml") && name !== "ib-trackers.toml" ? `trackers/${name}` : name;
}

// Other people's JavaScript clients against the local emulator, unchanged: what works, what fails.
//
//   ib-trackers emulator                        in another terminal; it names the address and the key file
//   npm install googleapis google-spreadsheet google-auth-library          in a folder of their own
//   node peer_google_clients.mjs ADDRESS KEY_FILE                          a copy of this file, in that folder
//
// Only where the requests go is set: googleapis by its own option `rootUrl`; google-spreadsheet and the sign-in, which
// know no such option, by the `fetch` that they use.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { JWT } from "google-auth-library";
import { google } from "googleapis";
import { GoogleSpreadsheet } from "google-spreadsheet";

const [address, keyFile] = process.argv.slice(2);
const key = JSON.parse(readFileSync(keyFile, "utf8"));
const scopes = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"];
let failed = 0;

const original = globalThis.fetch;
function led(input, options) {
  const url = new URL(typeof input === "string" || input instanceof URL ? input : input.url);
  const target = url.hostname.endsWith("googleapis.com") ? address + url.pathname + url.search : url.href;
  return input instanceof Request ? original(new Request(target, input), options) : original(target, options);
}
globalThis.fetch = led;

async function step(client, name, action) {
  try {
    const result = await action();
    console.log(`ok    ${client}: ${name}`);
    return result;
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${client}: ${name}: ${error.message}`);
    return undefined;
  }
}

function same(got, wanted) {
  if (!isDeepStrictEqual(got, wanted)) throw new Error(`${JSON.stringify(wanted)} expected, ${JSON.stringify(got)} came`);
}

const auth = new JWT({ email: key.client_email, key: key.private_key, scopes, transporterOptions: { fetchImplementation: led } });

async function withGoogleapis() {
  const run = (name, action) => step("googleapis", name, action);
  const sheets = google.sheets({ version: "v4", auth, rootUrl: `${address}/` });
  const drive = google.drive({ version: "v3", auth, rootUrl: `${address}/` });
  const made = await run("create", () => sheets.spreadsheets.create({ requestBody: { properties: { title: "peer" } } }));
  const spreadsheetId = made.data.spreadsheetId;
  const values = [["a", "b"], [1, 2.5]];
  const raw = { spreadsheetId, valueInputOption: "RAW" };
  await run("update", () => sheets.spreadsheets.values.update({ ...raw, range: "Sheet1!A1", requestBody: { values } }));
  const got = await run("get", () => sheets.spreadsheets.values.get({ spreadsheetId, range: "Sheet1", valueRenderOption: "UNFORMATTED_VALUE" }));
  await run("the values are right", () => same(got.data.values, values));
  await run("append", () => sheets.spreadsheets.values.append({ ...raw, range: "A1", requestBody: { values: [["c"]] } }));
  await run("batchGet", () => sheets.spreadsheets.values.batchGet({ spreadsheetId, ranges: ["A1", "B:B"] }));
  const requests = [{ addSheet: { properties: { title: "two" } } }];
  await run("batchUpdate", () => sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } }));
  await run("get with cells", () => sheets.spreadsheets.get({ spreadsheetId, includeGridData: true }));
  await run("drive: list", () => drive.files.list({ q: "name = 'peer'", fields: "files(id,name)" }));
  const share = { type: "user", role: "writer", emailAddress: "t@example.org" };
  await run("drive: share", () => drive.permissions.create({ fileId: spreadsheetId, requestBody: share }));
  return spreadsheetId;
}

async function withGoogleSpreadsheet(spreadsheetId) {
  const run = (name, action) => step("google-spreadsheet", name, action);
  const book = new GoogleSpreadsheet(spreadsheetId, auth);
  await run("loadInfo", () => book.loadInfo());
  const sheet = await run("addSheet with headers", () => book.addSheet({ title: "people", headerValues: ["id", "name"] }));
  await run("addRows", () => sheet.addRows([{ id: "0001", name: "Ada" }, { id: "0002", name: "Ben" }], { raw: true }));
  const rows = await run("getRows", () => sheet.getRows());
  await run("the rows are right", () => same(rows.map(row => row.toObject()), [{ id: "0001", name: "Ada" }, { id: "0002", name: "Ben" }]));
  await run("change a row and save it", async () => { rows[1].set("name", "Benno"); await rows[1].save({ raw: true }); });
  await run("delete a row", () => rows[0].delete());
  await run("loadCells", () => sheet.loadCells("A1:B2"));
  await run("a cell is right", () => same(sheet.getCellByA1("B2").value, "Benno"));
  await run("save cells with format and note", async () => {
    const cell = sheet.getCellByA1("A1");
    cell.note = "a note";
    cell.textFormat = { bold: true };
    await sheet.saveUpdatedCells();
  });
  await run("setDataValidation", () => sheet.setDataValidation({ startRowIndex: 1, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 1 }, { condition: { type: "ONE_OF_LIST", values: [{ userEnteredValue: "a" }] }, strict: true }));
  await run("addNamedRange", () => book.addNamedRange("first", { sheetId: sheet.sheetId, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }));
  await run("resize", () => sheet.resize({ rowCount: 50, columnCount: 5 }));
  await run("duplicate", () => sheet.duplicate({ title: "copy" }));
  await run("clear", () => sheet.clear());
  await run("delete sheet", () => sheet.delete());
}

await withGoogleSpreadsheet(await withGoogleapis());
process.exit(failed ? 1 : 0);

// Keeps the page's own files, so that it works offline after the first visit; lets no other request through.
const NAME = "ib-trackers-VERSION_OF_THE_FILES";
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => event.respondWith(serve(event.request)));

async function keep() {
  const list = await (await fetch("files.json", { cache: "no-cache" })).json();
  const cache = await caches.open(NAME);
  await cache.addAll(["./", "files.json", ...Object.keys(list.files).filter((name) => name !== "sw.js")]);
  await self.skipWaiting();
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("ib-trackers-") && name !== NAME) await caches.delete(name);
  await self.clients.claim();
}

async function serve(request) {
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return Response.error();
  const found = await (await caches.open(NAME)).match(request, { ignoreSearch: true });
  if (!found) return Response.error();
  if (!request.url.includes("worker.js")) return found;
  const headers = new Headers(found.headers);
  headers.set("Content-Security-Policy", POLICY);
  return new Response(found.body, { status: found.status, headers });
}

// Answers from what the infoscreen has kept: files at once, page and document while there is no network. It knows pages of
// screens only, and keeps nothing by itself but the files that pages are made of.

const NAME = "litfass-screen ";
// How long a network may take until what is kept is shown, in milliseconds.
const SLOW = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const base = new URL(self.registration.scope).pathname.replace(/\/+$/, "");
  const isFile = url.pathname.startsWith("/media/") || /^\/(static|screen)\//.test(url.pathname);
  if (request.mode === "navigate" && url.pathname.replace(/\/+$/, "") === base) {
    event.respondWith(page(base, request));
  } else if (isFile && url.pathname !== "/screen/time" && url.pathname !== "/screen/worker.js") {
    event.respondWith(file(base, url.pathname, request));
  }
});

// The page as it is now; as it was where the network is away, slow, or answers for somebody else.
async function page(base, request) {
  const kept = await caches.match(base, { cacheName: NAME + base });
  if (!kept) return fetch(request);
  const late = new Promise(resolve => setTimeout(() => resolve(null), SLOW));
  const now = await Promise.race([fetch(request).catch(() => null), late]);
  if (now !== null && now.headers.get("x-litfass-screen") === "gone") {
    await caches.delete(NAME + base);
    await self.registration.unregister();
    return now;
  }
  return now !== null && now.ok ? now : kept;
}

async function file(base, path, request) {
  const kept = await caches.match(path, { cacheName: NAME + base });
  if (!kept) return fetch(request);
  return request.headers.has("range") ? part(kept, request.headers.get("range")) : kept;
}

// A part of a film that is kept whole.
async function part(kept, range) {
  const found = /^bytes=(\d+)-(\d*)$/.exec(range);
  const blob = await kept.blob();
  const start = found ? Number(found[1]) : 0;
  const end = found && found[2] !== "" ? Math.min(Number(found[2]), blob.size - 1) : blob.size - 1;
  if (start > end) return new Response(null, { status: 416, headers: { "content-range": `bytes */${blob.size}` } });
  const headers = {
    "accept-ranges": "bytes",
    "content-length": String(end - start + 1),
    "content-range": `bytes ${start}-${end}/${blob.size}`,
    "content-type": kept.headers.get("content-type") || "video/mp4",
  };
  return new Response(blob.slice(start, end + 1), { status: 206, headers });
}

// What is kept so that it plays on without a network: the page and its parts, the document, and the files it names, no others.

// Most that is kept, in bytes: what comes later in a programme is fetched when it is on.
const MOST_BYTES = 600 * 1024 * 1024;
const NAME = "litfass-screen ";

export class Shelf {
  constructor(base) {
    this.base = base;
    this.name = NAME + base;
    this.isThere = typeof caches !== "undefined" && "serviceWorker" in navigator;
    this.work = Promise.resolve();
  }

  // Starts the worker that answers from here while there is no network; it looks after this page and nothing else.
  async start() {
    if (!this.isThere) return;
    try {
      await navigator.serviceWorker.register("/screen/worker.js", { scope: this.base });
    } catch (_) {
      this.isThere = false;
    }
  }

  // The last document, if there is one.
  async last() {
    if (!this.isThere) return null;
    try {
      const found = await (await caches.open(this.name)).match(`${this.base}/programme`);
      return found ? await found.json() : null;
    } catch (_) {
      return null;
    }
  }

  // Keeps a document and everything it needs, and lets go at once of what it does not name: it may have been withdrawn.
  keep(text, media) {
    if (!this.isThere) return;
    const wanted = new Set();
    let bytes = 0;
    for (const { sha256, length } of media) {
      bytes += length;
      if (bytes <= MOST_BYTES) wanted.add(`/media/${sha256}`);
    }
    this.sweep(wanted).catch(() => {});
    this.work = this.work.then(() => this.put(text, wanted)).catch(() => {});
  }

  async sweep(wanted) {
    const cache = await caches.open(this.name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/media/") && !wanted.has(pathname)) await cache.delete(request);
    }
  }

  async put(text, wanted) {
    const cache = await caches.open(this.name);
    const headers = { "content-type": "application/json" };
    await cache.put(`${this.base}/programme`, new Response(text, { headers }));
    // What came while an older document was kept.
    await this.sweep(wanted);
    await this.putPage(cache);
    for (const address of wanted) {
      if (await cache.match(address)) continue;
      const answer = await fetch(address, { cache: "no-store", credentials: "omit" });
      if (answer.status === 200) await cache.put(address, answer);
    }
  }

  // Keeps the page as it is now, and the files it is made of.
  async putPage(cache) {
    const page = await fetch(location.pathname, { cache: "no-store", credentials: "omit" });
    if (page.ok) await cache.put(this.base, page);
    const own = performance.getEntriesByType("resource").map(entry => new URL(entry.name, location.href));
    const parts = own.filter(url => url.origin === location.origin && /^\/(static|screen)\//.test(url.pathname));
    const wanted = new Set(parts.map(url => url.pathname).filter(path => !/worker\.js$|time$/.test(path)));
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const isPart = /^\/(static|screen)\//.test(pathname);
      if (isPart && !wanted.has(pathname)) await cache.delete(request);
    }
    for (const path of wanted) {
      if (!(await cache.match(path))) await cache.add(path);
    }
  }

  // Keeps nothing any more: the address leads nowhere.
  async clear() {
    if (!this.isThere) return;
    await this.work;
    await caches.delete(this.name);
    const worker = await navigator.serviceWorker.getRegistration(this.base);
    if (worker && new URL(worker.scope).pathname === this.base) await worker.unregister();
  }
}

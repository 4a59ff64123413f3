// Reads the platform where there is no network. It answers for what is listed here and for nothing else, and whatever can
// change is asked of the server first, always: what it keeps is shown only while the server cannot be reached.
const VERSION = "@version";
const FILES = "@files";
const PAGES = ["/", "/wall", "/imprint", "/privacy"];
// Pages and files, of this version; what followed stages said last; pictures of that.
const SHELL = `litfass ${VERSION}`;
const POSTS = "litfass posts";
const PICTURES = "litfass pictures";
const MINUTE = 60_000;
// What is older than a week is no better than nothing.
const STALE = 7 * 1440 * MINUTE;

const path = (request) => new URL(request.url ?? request, location).pathname;
const age = (answer) => Date.now() - Date.parse(answer.headers.get("date"));
// Answers depend on headers that are not asked for here again.
const find = (cache, key) => caches.match(key, { cacheName: cache, ignoreVary: true });
const put = async (cache, key, answer) => left || (await caches.open(cache)).put(key, answer);
// Whoever follows nobody any more wants nothing of this any more.
let left = false;

// Files and pages that are not here yet.
const fill = async () => {
  const missing = [];
  for (const one of [...FILES, ...PAGES]) if (!(await find(SHELL, one))) missing.push(one);
  await (await caches.open(SHELL)).addAll(missing);
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(fill());
  // A browser that can goes there without even waking this worker.
  for (const pathname of ["/dashboard", "/dashboard/*", "/screens/*", "/login", "/register", "/logout"]) {
    event.addRoutes?.({ condition: { urlPattern: new URLPattern({ pathname }) }, source: "network" })?.catch(() => {});
  }
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("litfass ") && ![SHELL, POSTS, PICTURES].includes(name)) await caches.delete(name);
    }
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (PAGES.includes(url.pathname)) event.respondWith(page(request, url));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(file(request, url));
  } else if (isOfWall(request, url)) {
    event.respondWith(posts(request));
  } else if (request.destination === "image" && url.pathname.startsWith("/media/")) {
    event.respondWith(picture(request, url));
  }
});

// The first posts of a stage, for a visitor's own wall.
const isOfWall = (request, url) =>
  /^\/api\/v1\/stages\/[^/]+\/posts$/.test(url.pathname) && !url.searchParams.has("before")
    && request.referrer.startsWith(location.origin) && path(request.referrer) === "/wall";

// Files never change under their address.
const file = async (request, url) => (await find(SHELL, url.pathname)) ?? fetch(request);

const page = async (request, url) => {
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok && !answer.redirected && !url.search) await put(SHELL, url.pathname, answer.clone());
  if (answer && answer.status < 500) return answer;
  return (await find(SHELL, url.pathname)) ?? answer ?? Response.error();
};

const posts = async (request) => {
  const answer = await fetch(request, { cache: "no-cache" }).catch(() => null);
  if (answer && answer.status < 500) {
    await renew(POSTS, request.url, answer.clone());
    return answer;
  }
  // As soon as there is a network again what was withdrawn is to go, even if nobody looks.
  await registration.sync?.register("renew").catch(() => {});
  const kept = await find(POSTS, request.url);
  if (!kept || age(kept) > STALE) return answer ?? Response.error();
  const headers = new Headers(kept.headers);
  headers.set("x-kept", kept.headers.get("date"));
  return new Response(kept.body, { headers });
};

// A picture has the hash of what is in it for an address; who is not to show it any more is not given it by the server.
const picture = async (request, url) =>
  (await fetch(request).catch(() => null)) ?? (await find(PICTURES, url.pathname)) ?? (await sibling(url.pathname)) ?? Response.error();

// The same picture in another size, where a browser that was turned or made wider wants one that it has not seen.
const sibling = async (place) => {
  if (left) return null;
  for (const answer of await (await caches.open(POSTS)).matchAll()) {
    const media = (await answer.json()).posts.flatMap((post) => post.media);
    const sizes = media.map((medium) => medium.renditions.map((one) => path(one.url))).find((sizes) => sizes.includes(place)) ?? [];
    for (const size of sizes) {
      const kept = await find(PICTURES, size);
      if (kept) return kept;
    }
  }
  return null;
};

// Takes over what the server says of something that is kept: what is gone there goes here.
const renew = async (cache, key, answer) => {
  if (answer.ok && !answer.redirected) await put(cache, key, answer);
  else if (!left && (answer.status === 404 || answer.status === 410)) await (await caches.open(cache)).delete(key, { ignoreVary: true });
};

const renewAll = async (cache, keys) => {
  for (const key of keys) {
    const kept = await find(cache, key);
    if (kept && age(kept) < MINUTE) continue;
    const answer = await fetch(key, { cache: "no-cache" }).catch(() => null);
    if (answer) await renew(cache, key, answer);
  }
};

// Pictures that no kept post shows any more go.
const sweep = async () => {
  const shown = [];
  const kept = await caches.open(POSTS);
  for (const key of await kept.keys()) shown.push(await (await kept.match(key, { ignoreVary: true })).text());
  const pictures = await caches.open(PICTURES);
  for (const key of await pictures.keys()) {
    if (!shown.some((text) => text.includes(path(key)))) await pictures.delete(key, { ignoreVary: true });
  }
};

// An open page says who is followed now, and which pictures it shows.
const tend = async ({ followed, pictures, leave }) => {
  left = leave;
  if (leave) {
    for (const name of await caches.keys()) if (name.startsWith("litfass ")) await caches.delete(name);
    return registration.unregister();
  }
  // A page that began to load before this worker was active would else be left to itself for as long as it is open.
  await clients.claim();
  await fill();
  const kept = await caches.open(POSTS);
  const places = followed.map((handle) => `/api/v1/stages/${encodeURIComponent(handle)}/posts`);
  for (const key of await kept.keys()) if (!places.includes(path(key))) await kept.delete(key, { ignoreVary: true });
  await renewAll(SHELL, PAGES);
  await renewAll(POSTS, (await kept.keys()).map((key) => key.url));
  for (const url of pictures.map(path).filter((place) => place.startsWith("/media/"))) {
    if (await find(PICTURES, url)) continue;
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) await put(PICTURES, url, answer);
  }
  await sweep();
};

// One after the other: what is forgotten stays so.
let turn = Promise.resolve();
addEventListener("message", (event) => {
  turn = turn.then(() => tend(event.data)).catch(() => {});
  event.waitUntil(turn);
});

addEventListener("sync", (event) => {
  const again = async () => {
    await renewAll(POSTS, (await (await caches.open(POSTS)).keys()).map((key) => key.url));
    await sweep();
  };
  event.waitUntil(again());
});

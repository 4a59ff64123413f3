// A visitor's own wall: what the stages show that they follow, newest first. The server is asked for each of them as the
// widget asks; who is followed stays in this browser.
const MINUTE = 60_000;

(() => {
  "use strict";
  // Posts that are asked for at once, of each stage; and how many more are shown on a click, at least.
  const COUNT = 24, MORE = 12;
  const box = document.getElementById("mine");
  const [list, chips] = [box.querySelector(".wall"), box.querySelector(".followed")];
  const [told, kept, older, nobody] = ["told", "kept", "older", "nobody"].map((id) => document.getElementById(id));
  const words = JSON.parse(box.dataset.said);
  const language = document.documentElement.lang;
  // By handle: what a stage said, where its older posts begin, and how many pages of them are in sight.
  const stages = new Map();
  // Until when each had been seen when this page was opened.
  const seen = new Map();
  let cards = new Map();
  let busy = false, due = false, line = null, lineOf = "";

  const at = (post) => Date.parse(post.published_at);
  const newest = (posts) => posts.reduce((a, b) => (a && at(a) >= at(b) ? a : b), null);

  const ask = async (place) => {
    const answer = await fetch(place, { cache: "no-cache", credentials: "omit" }).catch(() => null);
    return answer?.status === 404 ? { gone: true } : answer?.ok ? { data: await answer.json(), kept: answer.headers.get("x-kept") } : {};
  };

  // Asks a stage for as many pages as are in sight. Where nobody answers, what is shown stays.
  const load = async (handle, pages) => {
    let next = `/api/v1/stages/${encodeURIComponent(handle)}/posts?count=${COUNT}`;
    const one = { posts: [], pages: 0, next: null, kept: null, stage: null };
    while (next && one.pages < pages) {
      const answer = await ask(next);
      if (answer.gone) return stages.set(handle, { posts: [], pages: 1, next: null, gone: true });
      if (!answer.data) break;
      one.stage = answer.data.stage;
      one.kept ??= answer.kept;
      one.posts.push(...answer.data.posts);
      one.pages += 1;
      // Of the address the host is left out: this page may be known under another name.
      const after = answer.data.next && new URL(answer.data.next);
      one.next = next = after ? after.pathname + after.search : null;
    }
    if (one.stage) stages.set(handle, one);
  };

  // Posts older than this have not all been asked for yet.
  const horizon = () => Math.max(-Infinity, ...[...stages.values()].filter((one) => one.next).map(oldest));
  const oldest = (one) => Math.min(Infinity, ...one.posts.filter((post) => !post.pinned).map(at));

  const inSight = () => {
    const since = horizon();
    const all = [...stages].flatMap(([handle, one]) => one.posts.map((post) => ({ handle, stage: one.stage, post })));
    const shown = all.filter(({ post }) => post.extent !== "id" && (since === Infinity || at(post) >= since));
    return shown.sort((a, b) => at(b.post) - at(a.post) || (a.post.id < b.post.id ? 1 : -1));
  };

  const make = ({ handle, stage, post }) => {
    const node = card(post, words, 2, seen.get(handle));
    node.firstChild.prepend(el("p", { class: "of" }, el("a", { href: `/@${handle}`, dir: "auto" }, stage.name)));
    node.lang = post.language ?? stage.language;
    node.querySelector(".meta").lang = language;
    node.querySelector(".on")?.remove();
    for (const link of node.querySelectorAll("a")) {
      if (new URL(link.href).origin !== location.origin) continue;
      link.removeAttribute("target");
      link.removeAttribute("title");
    }
    return node;
  };

  // Long words are cut until somebody wants to read on: here, where no network is needed.
  const settle = (nodes) => {
    const long = nodes.map((node) => node.querySelector(".text")).filter((text) => text && text.scrollHeight > text.clientHeight + 8);
    for (const text of long) {
      const button = el("button", { type: "button", class: "on", "aria-expanded": "false", lang: language }, words.more);
      button.onclick = () => {
        const open = text.classList.toggle("open");
        button.textContent = open ? words.less : words.more;
        button.setAttribute("aria-expanded", open);
      };
      text.classList.add("long");
      text.after(button);
    }
  };

  const draw = () => {
    const [before, fresh] = [cards, []];
    cards = new Map();
    for (const one of inSight()) {
      const id = `${one.handle} ${one.post.id}`, key = JSON.stringify([one.post, one.stage.name]);
      const held = before.get(id);
      const now = held?.key === key ? held : { key, node: make(one) };
      if (now !== held) fresh.push(now.node);
      if (before.size > 0 && !held) now.node.classList.add("arrived");
      cards.set(id, now);
    }
    const nodes = [...cards.values()].map((one) => one.node);
    for (const child of [...list.children]) if (!nodes.includes(child)) child.remove();
    nodes.forEach((node, place) => list.children[place] === node || list.insertBefore(node, list.children[place] ?? null));
    settle(fresh);
    tellTimes(list, language);
    if (before.size > 0 && fresh.some((node) => node.classList.contains("arrived"))) told.textContent = words.arrived;
    older.hidden = ![...stages.values()].some((one) => one.next);
    const away = [...stages.values()].map((one) => one.kept).filter(Boolean).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
    const when = away && new Date(away).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    kept.textContent = away ? words.away.replace("{when}", () => when) : nodes.length === 0 && stages.size > 0 ? words.nothing : "";
    drawChips();
  };

  const drawChips = () => {
    const handles = platform.handles();
    nobody.hidden = handles.length > 0;
    const chip = (handle) => {
      const one = stages.get(handle), name = one?.stage?.name ?? `@${handle}`;
      const label = words.unfollow.replace("{name}", () => name);
      const button = el("button", { type: "button", "aria-label": label, title: label }, icon("M6 6l12 12M18 6L6 18"));
      button.onclick = () => {
        follows.set(platform.name(handle), null);
        refresh();
        (chips.querySelector("button") ?? document.getElementById("main")).focus();
      };
      return el("li", {}, one?.gone ? el("span", {}, words.gone.replace("{name}", () => name)) : el("a", { href: `/@${handle}`, dir: "auto" }, name), button);
    };
    const said = JSON.stringify(handles.map((handle) => [handle, stages.get(handle)?.stage?.name, stages.get(handle)?.gone]));
    if (chips.dataset.said === said) return;
    chips.dataset.said = said;
    chips.replaceChildren(...handles.map(chip));
  };

  const refresh = async () => {
    if (busy) return due = true;
    busy = true;
    try {
      const handles = platform.handles();
      for (const handle of [...stages.keys()]) if (!handles.includes(handle)) stages.delete(handle);
      for (const handle of handles) if (!seen.has(handle)) seen.set(handle, follows.seen(platform.name(handle)));
      await Promise.all(handles.map((handle) => load(handle, stages.get(handle)?.pages ?? 1)));
      draw();
      // What is on the page now has been seen at the next visit.
      for (const [handle, one] of stages) {
        const last = newest(one.posts);
        const name = platform.name(handle);
        if (last && follows.has(name) && at(last) > follows.seen(name)) follows.set(name, last.published_at);
      }
    } finally {
      busy = false;
    }
    listen();
    keep();
    if (due) {
      due = false;
      refresh();
    }
  };

  // Who can hear hears; who cannot asks once a minute all the same.
  const listen = () => {
    const handles = document.hidden ? [] : platform.handles();
    const wish = new URLSearchParams(handles.map((handle) => ["stage", handle])).toString();
    if (line && line.readyState !== EventSource.CLOSED && wish === lineOf) return;
    line?.close();
    line = wish ? new EventSource(`/wall/live?${wish}`) : null;
    lineOf = wish;
    let broken = false;
    const soon = () => setTimeout(refresh, Math.random() * 300);
    line?.addEventListener("posts", soon);
    line?.addEventListener("error", () => { broken = true; });
    // What happened while the line was down is caught up with.
    line?.addEventListener("open", () => {
      if (broken) soon();
      broken = false;
    });
  };

  // Pictures that were seen can be seen again without a network.
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const shown = [...list.querySelectorAll("img")].filter((one) => one.complete && one.naturalWidth > 0);
      platform.tend(shown.map((one) => one.currentSrc));
    }, 700);
  };
  list.addEventListener("load", keep, true);

  older.onclick = async () => {
    const before = inSight().length;
    older.setAttribute("aria-busy", "true");
    for (let more = true; more && inSight().length < before + MORE;) {
      const since = horizon(), pages = [...stages.values()].reduce((sum, one) => sum + one.pages, 0);
      const slow = [...stages].filter(([, one]) => one.next && oldest(one) >= since);
      await Promise.all(slow.map(([handle, one]) => load(handle, one.pages + 1)));
      more = [...stages.values()].reduce((sum, one) => sum + one.pages, 0) > pages;
    }
    older.removeAttribute("aria-busy");
    draw();
    // The keyboard goes on where the new ones begin.
    const first = list.children[before];
    first?.setAttribute("tabindex", "-1");
    first?.focus({ preventScroll: true });
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? listen() : refresh()));
  addEventListener("online", refresh);
  addEventListener("storage", refresh);
  addEventListener("pagehide", () => {
    line?.close();
    line = null;
  });
  addEventListener("pageshow", (event) => event.persisted && refresh());
  setInterval(() => {
    if (document.hidden) return;
    tellTimes(list, language);
    refresh();
  }, MINUTE);
  // Once the worker is there, what is on the page goes through its hands, too.
  navigator.serviceWorker?.addEventListener("controllerchange", refresh);
  drawChips();
  refresh();
})();

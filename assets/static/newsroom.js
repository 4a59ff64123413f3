// Keeps an open newsroom up to date, and adds older posts in place. Everything works without it.
(() => {
  // Whoever chose a language by an address keeps it: what leads on takes it along. Elsewhere a cookie keeps the choice;
  // under a domain of its own a newsroom has none.
  const spoken = new URL(location).searchParams.get("lang");
  const inLanguage = (path) => {
    const url = new URL(path, location);
    if (spoken && url.origin === location.origin && url.pathname !== "/language" && !url.searchParams.has("lang")) {
      url.searchParams.set("lang", spoken);
    }
    return url;
  };
  if (spoken) {
    const lead = (event) => {
      const link = event.target.closest?.("a[href]:not([download], [type])");
      if (link && !link.getAttribute("href").startsWith("#")) link.href = inLanguage(link.href);
    };
    for (const kind of ["click", "auxclick"]) document.addEventListener(kind, lead, true);
    for (const form of document.forms) form.addEventListener("formdata", (event) => event.formData.set("lang", spoken));
  }

  // Of many topics the open one is in sight.
  const topics = document.querySelector(".topics ul");
  const open = topics?.querySelector("[aria-current]");
  if (open && topics.scrollWidth > topics.clientWidth) topics.scrollLeft = open.offsetLeft - (topics.clientWidth - open.offsetWidth) / 2;

  // Handing a page on: with what the device offers, or by copying its address.
  const address = document.querySelector("link[rel=canonical]")?.href;
  const hand = document.querySelector("[data-hand-on]");
  if (hand && navigator.share) {
    hand.hidden = false;
    const button = hand.querySelector("button");
    // Who closes the device's own dialogue has changed their mind; that is no error.
    button.onclick = () => navigator.share({ title: button.dataset.title, url: address }).catch(() => {});
  }
  const copy = document.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    const button = copy.querySelector("button");
    const words = button.querySelector("span");
    const before = words.textContent;
    button.onclick = async () => {
      try {
        await navigator.clipboard.writeText(address);
      } catch {
        return;
      }
      words.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; }, 4000);
    };
  }

  const wall = document.getElementById("posts");
  if (!wall) return;
  const told = document.querySelector("[data-told]");
  const nav = document.querySelector(".pages");
  // How many pages of the list are in sight.
  let pages = 1;

  // One page of the list: its posts, and where the next begins.
  const fetchPage = async (path) => {
    const url = inLanguage(path);
    url.searchParams.set("part", "posts");
    const answer = await fetch(url);
    // A topic may have another name now, or be gone.
    if (answer.redirected || answer.status === 404) {
      location.reload();
      return null;
    }
    if (!answer.ok) return null;
    const text = await answer.text();
    // A whole page: the newsroom is found elsewhere now.
    if (/^\s*<!doctype/i.test(text)) {
      location.reload();
      return null;
    }
    const box = document.createElement("template");
    box.innerHTML = text;
    const older = box.content.querySelector("a.older");
    older?.remove();
    return { nodes: [...box.content.children], older: older?.getAttribute("href") };
  };

  const setOlder = (href) => {
    const link = nav?.querySelector(".older");
    if (href && link) link.href = href;
    else link?.remove();
  };

  nav?.addEventListener("click", async (event) => {
    const link = event.target.closest(".older");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.hasAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    const page = await fetchPage(link.getAttribute("href")).catch(() => null);
    link.removeAttribute("aria-busy");
    // What cannot be added in place is still a page.
    if (!page) return location.assign(link.href);
    pages += 1;
    wall.append(...page.nodes.filter((node) => !document.getElementById(node.id)));
    setOlder(page.older);
    // The keyboard goes on where the new ones begin.
    const first = page.nodes[0];
    first?.setAttribute("tabindex", "-1");
    first?.focus({ preventScroll: true });
  });

  if (!wall.dataset.live || !window.EventSource) return;

  // Takes over the list as it is now: what is new comes in, what is gone goes, what stays keeps its place.
  async function refresh() {
    let older = wall.dataset.list;
    const fresh = [];
    for (let page = 0; page < pages && older; page += 1) {
      const part = await fetchPage(older);
      if (!part) return;
      fresh.push(...part.nodes);
      older = part.older;
    }
    const before = new Map([...wall.children].map((node) => [node.id, node]));
    let arrived = false;
    const now = fresh.map((node) => {
      const held = before.get(node.id);
      if (held && node.id && held.dataset.changed === node.dataset.changed) return held;
      if (!held && node.id && before.size) {
        node.classList.add("arrived");
        arrived = true;
      }
      return node;
    });
    // What stays is not touched: it may have the focus, or hold what somebody has marked.
    for (const child of [...wall.children]) if (!now.includes(child)) child.remove();
    now.forEach((node, place) => wall.children[place] === node || wall.insertBefore(node, wall.children[place] ?? null));
    setOlder(older);
    if (arrived && told) told.textContent = told.dataset.words;
  }

  let news;
  let broken = false;
  const listen = () => {
    news = new EventSource(wall.dataset.live);
    news.addEventListener("posts", refresh);
    news.addEventListener("error", () => { broken = true; });
    // What happened while the line was down is caught up with.
    news.addEventListener("open", () => { if (broken) { broken = false; refresh(); } });
  };
  listen();
  // Another controller may have changed something, and does not tell here; or all lines were taken.
  setInterval(() => {
    if (document.hidden) return;
    if (news.readyState === EventSource.CLOSED) listen();
    refresh();
  }, 60_000);
  // A page that was left can be come back to at once, as it was, if it holds no line.
  addEventListener("pagehide", () => news.close());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    listen();
    refresh();
  });
})();

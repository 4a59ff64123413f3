// The wall itself: an element, and the script tag that stands for one.
const shared = new CSSStyleSheet();
shared.replaceSync(STYLE);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const hovers = matchMedia("(hover: hover)");

class Wall extends HTMLElement {
  static observedAttributes = [...SETTINGS, "origin"];
  #root = this.attachShadow({ mode: "open" });
  #own = new CSSStyleSheet();
  #rules = "";
  #data = null;
  #words = null;
  #cards = new Map();
  #seen = 0;
  #asked = 0;
  #due = false;
  #moves = false;
  #timer = 0;
  #sight = new ResizeObserver(() => requestAnimationFrame(() => this.#settle()));

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [shared, this.#own];
    // What the page wrote inside stands there until there is something to show.
    this.#root.append(el("slot", {}));
    const left = () => requestAnimationFrame(() => this.#fill());
    this.addEventListener("pointerleave", left);
    this.addEventListener("focusout", left);
  }

  connectedCallback() {
    walls.add(this);
    this.#sight.observe(this);
    this.#timer = setInterval(() => this.#moves && !document.hidden && !this.#isUsed() && this.#step(1), 6000);
    this.#again();
  }

  disconnectedCallback() {
    walls.delete(this);
    this.#sight.disconnect();
    clearInterval(this.#timer);
    tend();
  }

  attributeChangedCallback(name, before, now) {
    if (before !== now && this.isConnected) this.#again();
  }

  get line() { return `${this.#place}/live`; }
  get #origin() { return this.getAttribute("origin") || ORIGIN; }
  get #place() { return `${this.#origin}/api/v1/stages/${encodeURIComponent(this.getAttribute("stage") ?? "")}`; }
  get #layout() { return LAYOUTS.find((layout) => layout === this.getAttribute("layout")) ?? LAYOUTS[0]; }
  get #name() { return `${this.#origin}/@${this.#data.stage.handle}`; }

  // Begins anew, once for however many attributes were changed.
  #again() {
    this.#dress("");
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (!this.isConnected) return;
      this.#data = null;
      tend();
      this.refresh();
    });
  }

  // Takes over what there is now. Where nobody answers, what is shown stays, or else what this browser got last time.
  async refresh() {
    const turn = ++this.#asked;
    const wish = new URLSearchParams({ count: this.getAttribute("count") || 12 });
    if (this.getAttribute("topic")) wish.set("topic", this.getAttribute("topic"));
    const ask = (cache) =>
      fetch(`${this.#place}/posts?${wish}`, { cache, credentials: "omit", referrerPolicy: "no-referrer" });
    try {
      let answer = await ask("no-cache").catch(() => null);
      if (!answer || answer.status === 429 || answer.status >= 500) {
        if (this.#data) return;
        answer = await ask("force-cache");
        if (Date.now() - Date.parse(answer.headers.get("date")) > STALE) return;
      }
      const data = answer.ok ? await answer.json() : null;
      if (turn !== this.#asked) return;
      if (data) this.#show(data);
      // A stage or topic that is gone takes its posts along.
      else if (answer.status === 404) this.#empty();
    } catch { /* there will be another time */ }
  }

  #empty() {
    this.#data = null;
    this.#cards.clear();
    this.#root.replaceChildren(el("slot", {}));
  }

  #show(data) {
    const same = this.#data && JSON.stringify(this.#data.stage) === JSON.stringify(data.stage);
    this.#data = data;
    if (!same) this.#frame();
    this.#fill();
  }

  // Everything but the posts.
  #frame() {
    const { stage } = this.#data;
    const wanted = [this.getAttribute("language"), document.documentElement.lang, stage.language];
    const known = wanted.map((tag) => (tag ?? "").slice(0, 2).toLowerCase()).find((tag) => Object.hasOwn(WORDS, tag)) ?? "en";
    const words = this.#words = { ...WORDS[known], language: known };
    const say = (text) => text.replace("{name}", () => stage.name);
    const theme = ["light", "dark"].find((theme) => theme === this.getAttribute("theme"));
    const layout = this.#layout;
    const posts = el("ul", { class: "posts", role: "list" });
    this.#cards.clear();
    this.#moves = false;
    this.#dress("");
    this.#seen = follows.seen(this.#name);
    this.#root.replaceChildren(el("section",
      { class: `wall ${layout}`, lang: known, dir: getComputedStyle(this).direction, "data-theme": theme, "aria-label": say(words.wall) },
      el("p", { class: "told", role: "status" }), posts,
      el("div", { class: "foot" },
        link(web(stage.url), words, say(words.all)),
        el("div", { class: "buttons" }, this.#follow(words), ...(layout === "carousel" ? this.#controls(posts, words) : [])))));
  }

  #find(css) { return this.#root.querySelector(css); }

  // Whether somebody is just reading here.
  #isUsed() { return (hovers.matches && this.matches(":hover")) || this.#find(":focus-visible") !== null; }

  // The posts: what is new comes in, what is gone goes, what stays is not touched. Nothing moves under a pointer or around
  // the focus but what has to go, and that goes at once.
  #fill() {
    const list = this.#find(".posts");
    if (!list || !this.#data) return;
    const held = this.#cards, first = held.size === 0, used = !first && this.#isUsed();
    const level = levelBelow(this);
    this.#cards = new Map();
    let arrived = false;
    for (const post of this.#data.posts) {
      const before = held.get(post.id);
      if (post.extent === "id" || (used && !before)) continue;
      const key = JSON.stringify(post);
      const now = before?.key === key ? before : { key, node: card(post, this.#words, level, this.#seen) };
      if (!first && !before) {
        now.node.classList.add("arrived");
        arrived = true;
      }
      this.#cards.set(post.id, now);
    }
    const nodes = [...this.#cards.values()].map((card) => card.node);
    for (const child of [...list.children]) if (!nodes.includes(child)) child.remove();
    nodes.forEach((node, at) => list.children[at] === node || list.insertBefore(node, list.children[at] ?? null));
    this.#find(".none")?.remove();
    if (nodes.length === 0) list.before(el("p", { class: "none" }, this.#words.nothing));
    if (arrived) this.#find(".told").textContent = this.#words.arrived;
    this.tellTimes();
    this.#settle();
    if (follows.has(this.#name)) follows.set(this.#name, this.#newest());
  }

  tellTimes() {
    if (this.#data) tellTimes(this.#root, this.#words.language, this.#data.stage.time_zone);
  }

  // Says where words go on elsewhere, and gives each card of the masonry as many rows as it is high.
  #settle() {
    // Measured all at once: to measure after each change would lay the wall out as often as it has posts.
    const texts = [...this.#root.querySelectorAll(".text")];
    const long = texts.map((text) => text.scrollHeight > text.clientHeight + 8);
    texts.forEach((text, at) => {
      text.classList.toggle("long", long[at]);
      if (text.nextElementSibling.matches(".on")) text.nextElementSibling.hidden = !long[at];
    });
    const list = this.#find(".masonry .posts");
    if (!list) return;
    list.classList.add("rows");
    const gap = parseFloat(getComputedStyle(list).columnGap) || 0;
    const spans = [...list.children].map((card) => Math.ceil((card.firstChild.offsetHeight + gap) / 4));
    this.#dress(spans.map((span, at) => `.posts>:nth-child(${at + 1}){grid-row-end:span ${span}}`).join(""));
  }

  // The style of this wall alone: its colours, its height if it has one.
  #dress(more) {
    const colour = (name) => /^#[0-9a-f]{6}$/.exec(this.#data?.stage.colours[name] ?? "")?.[0] ?? "initial";
    const height = Number(this.getAttribute("height"));
    const fixed = height > 0 ? `:host{block-size:${height}px!important;overflow:auto!important}` : "";
    const rules = `${fixed}.wall{--link:${colour("link_on_light")};--link-dark:${colour("link_on_dark")}}${more}`;
    if (rules !== this.#rules) this.#own.replaceSync(this.#rules = rules);
  }

  #controls(list, words) {
    const button = (label, path, act) => {
      const button = el("button", { type: "button", class: "icon", "aria-label": label, title: label }, icon(path));
      button.onclick = act;
      return button;
    };
    const pause = button("", "", () => play(!this.#moves));
    const play = (moves) => {
      this.#moves = moves;
      pause.title = moves ? words.pause : words.play;
      pause.setAttribute("aria-label", pause.title);
      pause.querySelector("path").setAttribute("d", moves ? "M9 6v12M15 6v12" : "M8 5v14l11-7z");
    };
    const turn = (by) => () => {
      play(false);
      this.#step(by);
    };
    play(!calm.matches);
    list.addEventListener("pointerdown", () => play(false));
    list.addEventListener("focusin", () => play(false));
    return [button(words.previous, "M15 5l-7 7 7 7", turn(-1)), pause, button(words.next, "M9 5l7 7-7 7", turn(1))];
  }

  // One card on; from the last to the first.
  #step(by) {
    const list = this.#find(".carousel .posts");
    if (!list?.firstChild) return;
    const { direction, columnGap } = getComputedStyle(list);
    const at = Math.abs(list.scrollLeft), end = list.scrollWidth - list.clientWidth;
    const to = at + by * (list.firstChild.offsetWidth + parseFloat(columnGap));
    const left = by > 0 && at > end - 4 ? 0 : by < 0 && at < 4 ? end : to;
    list.scrollTo({ left: direction === "rtl" ? -left : left });
  }

  #newest() {
    return this.#data.posts.map((post) => post.published_at).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b), "");
  }

  #follow(words) {
    const button = el("button", { type: "button", title: words.follow_hint });
    const say = () => {
      const on = follows.has(this.#name);
      button.textContent = on ? words.following : words.follow;
      button.setAttribute("aria-pressed", on);
    };
    button.onclick = () => {
      // Where the browser keeps nothing, nobody can be followed.
      button.disabled = !follows.set(this.#name, follows.has(this.#name) ? null : this.#newest());
      say();
    };
    say();
    return button;
  }
}

// The level of headings below the one that the wall stands under.
const levelBelow = (wall) => {
  let level = 1;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (wall.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_PRECEDING) level = Number(heading.localName[1]);
  }
  return Math.min(level + 1, 6);
};

if (!customElements.get(NAME)) customElements.define(NAME, Wall);
// A script tag with a stage shows the wall where it stands.
for (const tag of SCRIPTS.filter((one) => one.dataset.stage)) {
  const wall = el(NAME, { origin: ORIGIN });
  for (const name of SETTINGS) if (tag.dataset[name]) wall.setAttribute(name, tag.dataset[name]);
  tag.after(wall);
  if (tag.closest("head")) console.warn("Litfass: put this tag where the posts should stand, inside <body>.", tag);
}

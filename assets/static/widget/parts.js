// What posts are built of, piece by piece: no text ever becomes markup or style.
const el = (tag, attributes, ...children) => {
  const node = typeof tag === "string" ? document.createElement(tag) : tag;
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child || child === 0));
  return node;
};

const icon = (path) => {
  const svg = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  return el(svg("svg"), { viewBox: "0 0 24 24", "aria-hidden": "true" }, el(svg("path"), { d: path }));
};

// An address on the web, or nothing.
const web = (url) => (/^https?:\/\//i.test(url ?? "") ? url : null);

const link = (href, words, ...children) =>
  el("a", { href, target: "_blank", rel: "noopener noreferrer", title: words.window }, ...children);

// Words with mark-up are taken over tag by tag. Where the page forbids to read mark-up (Trusted Types), plain words do.
const TAGS = "P BR B STRONG I EM U S DEL INS CODE PRE BLOCKQUOTE UL OL LI SUB SUP MARK SMALL Q CITE".split(" ");
const UNREAD = "SCRIPT STYLE TITLE TEXTAREA NOSCRIPT IFRAME TEMPLATE".split(" ");
let policy = { createHTML: (html) => html };
try {
  policy = window.trustedTypes?.createPolicy("litfass", policy) ?? policy;
} catch { /* then reading fails, too, once */ }

const taken = (from, words) => {
  const nodes = [];
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) nodes.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || UNREAD.includes(node.nodeName)) continue;
    const inside = taken(node, words);
    const href = node.nodeName === "A" ? web(node.getAttribute("href")) : null;
    if (href) nodes.push(link(href, words, ...inside));
    else if (TAGS.includes(node.nodeName)) nodes.push(el(node.localName, { lang: node.getAttribute("lang") }, ...inside));
    else nodes.push(...inside);
  }
  return nodes;
};

const marked = (post, words) => {
  try {
    return taken(new DOMParser().parseFromString(policy.createHTML(post.html), "text/html").body, words);
  } catch {
    policy = null;
    return post.text.split("\n\n").filter(Boolean).map((text) => el("p", {}, text));
  }
};

const picture = (medium) => {
  const sizes = "auto, (min-width: 40em) 24em, 92vw";
  const files = (...types) => medium.renditions.filter((file) => types.includes(file.type) && web(file.url));
  const set = (files) => files.map((file) => `${file.url} ${file.width}w`).join(", ");
  const plain = files("image/jpeg", "image/png");
  // Without its smallest size a format would make a telephone take a large one.
  const sources = ["image/avif", "image/webp"].map((type) =>
    files(type)[0]?.width <= plain[0]?.width && el("source", { type, srcset: set(files(type)), sizes }));
  return el("picture", {}, ...sources, el("img", {
    loading: "lazy", decoding: "async", referrerpolicy: "no-referrer", alt: medium.alt,
    width: medium.width, height: medium.height, sizes, srcset: set(plain),
    src: (plain.find((file) => file.width >= 640) ?? plain.at(-1))?.url,
  }));
};

// A post as a card. `seen`: until when its reader has seen all (0 for who does not follow).
const card = (post, words, level, seen) => {
  const url = web(post.url) ?? web(post.external_url);
  const host = web(post.external_url) && new URL(post.external_url).hostname.replace(/^www\./, "");
  // Of some networks nothing but the link may be given on.
  const title = post.title ?? (post.extent === "link" && host ? words.original.replace("{host}", () => host) : null);
  const shown = post.media.slice(0, 4), more = post.media.length - shown.length;
  const text = marked(post, words);
  return el("li", {}, el("article", {},
    shown.length > 0 && el("div", { class: `pics p${shown.length}` },
      ...shown.map(picture), more > 0 && el("span", { class: "count" }, `+${more}`)),
    el("div", { class: "body" },
      title && el(`h${level}`, { class: "title", dir: "auto", lang: post.language }, url ? link(url, words, title) : title),
      text.length > 0 && el("div", { class: "text", dir: "auto", lang: post.language }, ...text),
      text.length > 0 && url && el("p", { class: "on", hidden: "" }, link(url, words, words.more,
        el("span", { class: "told", lang: post.language }, ` ${title ?? post.text.slice(0, 60)}`))),
      el("p", { class: "meta" },
        seen > 0 && Date.parse(post.published_at) > seen && el("span", { class: "new" }, words.new),
        post.author && el("span", { class: "author", dir: "auto" }, post.author),
        !title && url ? link(url, words, el("time", { datetime: post.published_at })) : el("time", { datetime: post.published_at }),
        host && post.extent === "full" && link(post.external_url, words, `${host} ↗`)))));
};

// "5 minutes ago", and the date once that is more than a week.
const tellTimes = (root, language, timeZone) => {
  const spans = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const time of root.querySelectorAll("time")) {
    const at = new Date(time.dateTime), minutes = (Date.now() - at) / MINUTE;
    const [count, unit] = minutes < 1 ? [0, "second"] : minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
    const text = minutes > -1 && minutes < 7 * 1440
      ? spans.format(-Math.floor(Math.max(count, 0)), unit)
      : at.toLocaleDateString(language, { dateStyle: "long", timeZone });
    if (time.textContent !== text) time.textContent = text;
    time.title = at.toLocaleString(language, { dateStyle: "long", timeStyle: "short", timeZone });
  }
};

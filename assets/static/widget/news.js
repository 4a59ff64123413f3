// Who is told what: walls of new posts, and a visitor's own browser of whom they follow.
const walls = new Set();
// One line to each stage, however many walls hang on it; none while nobody looks.
const lines = new Map();

const tell = (url) => {
  for (const wall of walls) if (wall.line === url) wall.refresh();
};

const open = (url) => {
  const line = new EventSource(url);
  let broken = false;
  // Not every page in the world at the same instant.
  const soon = () => setTimeout(tell, Math.random() * 300, url);
  line.addEventListener("posts", soon);
  line.addEventListener("error", () => { broken = true; });
  // What happened while the line was down is caught up with.
  line.addEventListener("open", () => {
    if (broken) soon();
    broken = false;
  });
  return line;
};

const tend = () => {
  const wanted = new Set(document.hidden ? [] : [...walls].map((wall) => wall.line));
  for (const [url, line] of lines) {
    if (wanted.has(url) && line.readyState !== EventSource.CLOSED) continue;
    line.close();
    lines.delete(url);
  }
  for (const url of wanted) if (!lines.has(url)) lines.set(url, open(url));
};

document.addEventListener("visibilitychange", () => {
  tend();
  if (!document.hidden) for (const wall of walls) wall.refresh();
});

setInterval(() => {
  tend();
  if (document.hidden) return;
  // Also where a line is open: another controller may have changed something, and does not tell here.
  for (const wall of walls) {
    wall.tellTimes();
    wall.refresh();
  }
}, MINUTE);

// Whom this visitor follows, by the address of the newsroom: when the newest post was that they have seen there.
const follows = {
  all() {
    try {
      return JSON.parse(localStorage.getItem("litfass"))?.follow ?? {};
    } catch {
      return {};
    }
  },
  has: (stage) => Object.hasOwn(follows.all(), stage),
  seen: (stage) => (follows.has(stage) ? Date.parse(follows.all()[stage]) : 0) || 0,
  // Remembers until when a stage was seen; `null` forgets it.
  set(stage, seen) {
    try {
      const { [stage]: _, ...rest } = follows.all();
      const follow = seen === null ? rest : { ...rest, [stage]: seen };
      localStorage.setItem("litfass", JSON.stringify({ ...JSON.parse(localStorage.getItem("litfass")), follow }));
      return true;
    } catch {
      return false;
    }
  },
};

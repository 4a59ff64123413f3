// Who is told what: walls of new posts.
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

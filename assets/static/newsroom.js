// Keeps an open newsroom up to date. Everything works without it.
(() => {
  // Of many topics the open one is in sight.
  document.querySelector(".topics [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

  const wall = document.querySelector("#posts[data-live]");
  if (!wall || !window.EventSource) return;
  const told = document.querySelector("[data-told]");

  // Takes over the list as it is now: what is new comes in, what is gone goes, what stays keeps its place.
  async function refresh() {
    const answer = await fetch(`${wall.dataset.list}?part=posts`);
    // A topic may have another name now, or be gone.
    if (answer.redirected || answer.status === 404) return location.reload();
    if (!answer.ok) return;
    const box = document.createElement("template");
    box.innerHTML = await answer.text();
    const before = new Map([...wall.children].map((node) => [node.id, node]));
    let arrived = false;
    const now = [...box.content.children].map((node) => {
      const held = before.get(node.id);
      if (held && node.id && held.dataset.changed === node.dataset.changed) return held;
      if (!held && node.id && before.size) {
        node.classList.add("arrived");
        arrived = true;
      }
      return node;
    });
    wall.replaceChildren(...now);
    if (arrived && told) told.textContent = told.dataset.words;
  }

  const news = new EventSource(wall.dataset.live);
  let broken = false;
  news.addEventListener("posts", refresh);
  news.addEventListener("error", () => { broken = true; });
  // What happened while the line was down is caught up with.
  news.addEventListener("open", () => { if (broken) { broken = false; refresh(); } });
})();

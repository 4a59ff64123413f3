// The media library: files are dropped and sent in pieces (tus 1.0.0), so that a broken line costs nothing but time; and
// the point of a picture that must stay in sight is set on the picture. All of it works without this, by plain forms.
(() => {
  "use strict";

  // --- Sending. Nothing is kept in the browser: whoever chooses the same file again goes on where it stopped. ---
  const form = document.getElementById("send");
  const PIECE = 8 * 1024 * 1024;
  const AT_ONCE = 3;
  const PAUSES = [1, 2, 4, 8, 15, 30];

  const encode = (text) => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
  const sleep = (seconds) => new Promise((done) => {
    const end = () => { clearTimeout(timer); removeEventListener("online", end); done(); };
    const timer = setTimeout(end, seconds * 1000);
    addEventListener("online", end);
  });

  class Refused extends Error {}
  class Stopped extends Error {}

  // Asks; only what may be better a moment later is tried again.
  const ask = (method, address, headers, body, row) => new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    const all = { "tus-resumable": "1.0.0", "x-xsrf": document.body.dataset.xsrf, ...headers };
    Object.entries(all).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => row.progress(event.loaded);
    request.onload = () => {
      // A web server before us answers by itself while we start anew.
      if (request.status === 429 || (request.status >= 500 && request.status !== 507)) return fail(request);
      // Whoever was logged out is sent to another page.
      if (!request.getResponseHeader("tus-resumable")) return fail(new Refused(row.texts.out));
      if (request.status < 300) return done(request);
      if ([404, 409, 410].includes(request.status)) return fail(request);
      return fail(new Refused(request.responseText || row.texts.left));
    };
    request.onerror = request.ontimeout = () => fail(request);
    request.onabort = () => fail(new Stopped());
    row.stop = () => request.abort();
    if (row.stopped) return fail(new Stopped());
    request.send(body);
  });

  const begin = async (row) => {
    const words = { filename: row.file.name, modified: String(row.file.lastModified) };
    const metadata = Object.entries(words).map(([name, value]) => `${name} ${encode(value)}`).join(",");
    const answer = await ask("POST", form.dataset.uploads, { "upload-length": String(row.file.size), "upload-metadata": metadata }, null, row);
    return answer.getResponseHeader("location");
  };

  // Sends what is missing; the entry that the file became.
  const rest = async (row) => {
    row.address ??= await begin(row);
    row.progress(0);
    let answer = await ask("HEAD", row.address, {}, null, row);
    for (;;) {
      const entry = answer.getResponseHeader("litfass-media");
      if (entry) return entry;
      row.held = Number(answer.getResponseHeader("upload-offset"));
      row.progress(0);
      const piece = row.file.slice(row.held, row.held + PIECE);
      if (row.held + piece.size >= row.file.size) row.last = true;
      const headers = { "content-type": "application/offset+octet-stream", "upload-offset": String(row.held) };
      answer = await ask("PATCH", row.address, headers, piece, row);
      row.tries = 0;
    }
  };

  const send = async (row) => {
    for (;;) {
      try {
        return await rest(row);
      } catch (error) {
        if (error instanceof Refused || error instanceof Stopped) throw error;
        // What is not there any more is begun anew.
        if (error.status === 404 || error.status === 410) row.address = undefined;
        // We may be there ourselves, and know better why it has to wait.
        const ours = error.status === 503 && error.getResponseHeader("tus-resumable");
        row.say((ours && error.responseText) || row.texts.offline);
        row.last = false;
        const pause = PAUSES[Math.min(row.tries, PAUSES.length - 1)];
        row.tries += 1;
        await sleep(pause);
        if (row.stopped) throw new Stopped();
      }
    }
  };

  const told = (text) => { document.getElementById("pieces-told").textContent = text; };

  const draw = (file) => {
    const template = document.getElementById("piece");
    const node = template.content.cloneNode(true).firstElementChild;
    const [said, bar, button, link] = [".piece-said", "progress", "button", "a"].map((css) => node.querySelector(css));
    const row = { file, texts: template.dataset, held: 0, tries: 0, stop: () => {} };
    node.querySelector("strong").textContent = file.name;
    button.setAttribute("aria-label", `${button.title}: ${file.name}`);
    bar.setAttribute("aria-label", file.name);
    row.say = (text) => { said.textContent = text; };
    row.progress = (sent) => {
      const part = file.size ? Math.min(100, Math.floor(100 * (row.held + sent) / file.size)) : 0;
      bar.value = part;
      row.say(part === 100 && row.last ? row.texts.checking : row.texts.sending.replace("%1", part));
    };
    row.end = (text, kind, entry) => {
      node.classList.add(kind);
      row.say(text);
      button.hidden = true;
      if (entry) {
        link.href += `/${entry}`;
        link.setAttribute("aria-label", `${link.textContent}: ${file.name}`);
        link.hidden = false;
      }
      told(`${file.name}: ${text}`);
    };
    button.onclick = () => {
      row.stopped = true;
      row.stop();
      // What is here of it need not stay; if this does not get through, it goes by itself.
      if (row.address) fetch(row.address, { method: "DELETE", headers: { "tus-resumable": "1.0.0", "x-xsrf": document.body.dataset.xsrf } }).catch(() => {});
      row.end(row.texts.ended, "is-done");
      document.getElementById("files").focus();
    };
    row.say(row.texts.waiting);
    document.getElementById("pieces").append(node);
    return row;
  };

  const waiting = [];
  let busy = 0;
  const next = () => {
    while (busy < AT_ONCE && waiting.length > 0) {
      const row = waiting.shift();
      if (row.stopped) continue;
      busy += 1;
      send(row).then(
        (entry) => {
          row.end(row.texts.done, "is-done", entry);
          document.getElementById("finding").hidden = false;
          document.body.dispatchEvent(new CustomEvent("sent"));
        },
        (error) => { if (!(error instanceof Stopped)) row.end(error.message || row.texts.left, "is-wrong"); },
      ).finally(() => { busy -= 1; next(); });
    }
  };
  const take = (files) => {
    Array.from(files).forEach((file) => waiting.push(draw(file)));
    next();
  };

  if (form) {
    const drop = document.getElementById("drop");
    const input = document.getElementById("files");
    form.classList.add("is-live");
    drop.querySelector(".drop-words").hidden = false;
    input.addEventListener("change", () => {
      const files = Array.from(input.files);
      input.value = "";
      take(files);
    });
    // The whole page takes files, so that one that misses the field does not open instead.
    let depth = 0;
    const brings = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");
    const over = (change) => {
      depth = Math.max(0, depth + change);
      drop.classList.toggle("is-over", depth > 0);
    };
    addEventListener("dragenter", (event) => { if (brings(event)) { event.preventDefault(); over(1); } });
    addEventListener("dragleave", (event) => { if (brings(event)) over(-1); });
    addEventListener("dragover", (event) => { if (brings(event)) event.preventDefault(); });
    addEventListener("drop", (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      depth = 0;
      over(0);
      take(event.dataTransfer.files);
    });
    addEventListener("beforeunload", (event) => { if (busy > 0) event.preventDefault(); });
  }

  // --- The point of a picture: set by a click, dragged, or moved by arrow keys; the two numbers say the same. ---
  const sight = document.getElementById("point");
  if (sight) {
    const fields = { x: document.getElementById("focus_x"), y: document.getElementById("focus_y") };
    const dot = document.createElement("button");
    dot.type = "button";
    dot.className = "point-dot";
    dot.setAttribute("aria-label", sight.dataset.label);
    dot.setAttribute("aria-describedby", "focus-hint");
    sight.append(dot);
    sight.classList.add("is-live");
    const bound = (number) => Math.min(100, Math.max(0, Math.round(number)));
    const read = (name) => bound(Number(fields[name].value) || 0);
    const mark = () => {
      dot.style.left = `${read("x")}%`;
      dot.style.top = `${read("y")}%`;
    };
    const set = (x, y) => {
      fields.x.value = bound(x);
      fields.y.value = bound(y);
      mark();
    };
    const tell = () => {
      document.getElementById("point-told").textContent = sight.dataset.said.replace("%1", read("x")).replace("%2", read("y"));
    };
    const at = (event) => {
      const box = sight.querySelector("img").getBoundingClientRect();
      set(100 * (event.clientX - box.left) / box.width, 100 * (event.clientY - box.top) / box.height);
    };
    sight.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      sight.setPointerCapture(event.pointerId);
      dot.focus({ preventScroll: true });
      at(event);
    });
    sight.addEventListener("pointermove", (event) => { if (sight.hasPointerCapture(event.pointerId)) at(event); });
    sight.addEventListener("pointerup", tell);
    dot.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 10 : 1;
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      set(read("x") + move[0], read("y") + move[1]);
      tell();
    });
    Object.values(fields).forEach((field) => field.addEventListener("input", mark));
    mark();
  }
})();

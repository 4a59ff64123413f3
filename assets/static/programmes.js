// The editor of programmes: edits without a new page, slides and pictures put in order by dragging. All of it works
// without this, by buttons and whole pages.
(() => {
  "use strict";

  // --- Edits: the answer takes the place of the editor, and whoever uses the keyboard stays where they were. ---
  let place = null;
  const editor = () => document.getElementById("editor");

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (!form.matches("#desk form[hx-post]")) return;
    const item = form.querySelector("[name=item]")?.value ?? "";
    const row = document.getElementById(`item-${item}`);
    const beside = row?.nextElementSibling ?? row?.previousElementSibling;
    place = { used: document.activeElement?.id, item, beside: beside?.id, region: row?.closest(".region")?.querySelector("h3")?.id };
  });

  // What was refused comes as a page too: it says why.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "editor" || ![409, 422].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  const reachable = (node) => node && node.getClientRects().length > 0;
  document.addEventListener("htmx:afterSettle", () => {
    if (!place || !editor()) return;
    if (window.litfass?.correct(document.getElementById("desk"))) {
      place = null;
      return;
    }
    const ids = [place.used, place.item && `item-${place.item}`, place.beside, place.region, "state", "editor"];
    place = null;
    const target = ids.map((id) => id && document.getElementById(id)).find(reachable);
    if (target !== document.activeElement) target?.focus({ preventScroll: target.id === "editor" });
    document.body.dispatchEvent(new CustomEvent("edited"));
  });

  // --- Order: rows are dragged by their handle, pictures of a series moved by buttons too. ---
  let dragged = null;
  let start = -1;
  const index = (row) => Array.from(row.parentElement.children).indexOf(row);

  // Before which row of the list a pointer would drop.
  const below = (list, y) => Array.from(list.children).find((row) => {
    const box = row.getBoundingClientRect();
    return row !== dragged && y < box.top + box.height / 2;
  });

  // The numbers say what the order says.
  const count = (list) => list.querySelectorAll(".picture-place").forEach((input, number) => { input.value = number + 1; });

  // The preview of a form follows what scripts change, too.
  const typed = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));

  const dropped = (row) => {
    if (row.parentElement.matches("[data-series]")) {
      count(row.parentElement);
      return typed(row.querySelector(".picture-place"));
    }
    const form = document.getElementById("sort");
    // `form.elements.item` would be a function of the collection.
    form.querySelector("[name=item]").value = row.dataset.item;
    form.querySelector("[name=to]").value = index(row);
    form.requestSubmit();
  };

  const end = (kept) => {
    if (!dragged) return;
    const row = dragged;
    const list = row.parentElement;
    dragged = null;
    row.classList.remove("is-dragged");
    if (!kept) {
      row.remove();
      list.insertBefore(row, list.children[start] ?? null);
    } else if (index(row) !== start) dropped(row);
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".item-grip");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    dragged = grip.closest("li");
    start = index(dragged);
    dragged.classList.add("is-dragged");
    grip.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (dragged) dragged.parentElement.insertBefore(dragged, below(dragged.parentElement, event.clientY) ?? null);
  });
  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-move]");
    if (!button) return;
    const row = button.closest("li");
    const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(row); else other.after(row);
    count(row.parentElement);
    typed(row.querySelector(".picture-place"));
    button.focus();
  });

  // --- What must stay in sight: a click on the picture says it more exactly than the list of places. ---
  const mark = (row) => {
    const select = row.querySelector("select[data-focus]");
    const [x, y] = select.value.split(",").map(Number);
    row.querySelectorAll(".focus-dot").forEach((dot) => dot.setAttribute("d", `M${x} ${y}h.01`));
  };
  const begin = (root) => {
    root.querySelectorAll("[data-sort], [data-series]").forEach((list) => list.classList.add("is-sortable"));
    root.querySelectorAll("[data-move]").forEach((button) => { button.hidden = false; });
    root.querySelectorAll("[data-focus]").forEach((select) => {
      const row = select.closest("[data-picture]");
      const sight = row.querySelector(".focus-sight");
      sight.classList.add("is-live");
      mark(row);
      select.addEventListener("change", () => mark(row));
      sight.addEventListener("click", (event) => {
        const box = sight.getBoundingClientRect();
        const part = (at, from, size) => Math.min(100, Math.max(0, Math.round(100 * (at - from) / size)));
        const own = select.querySelector("[data-own]");
        own.value = `${part(event.clientX, box.left, box.width)},${part(event.clientY, box.top, box.height)}`;
        own.hidden = own.disabled = false;
        own.selected = true;
        mark(row);
        typed(select);
        event.preventDefault();
      });
    });
  };
  begin(document);

  // Enter in a search goes on searching; it keeps nothing.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("input[data-search]")) event.preventDefault();
  });

  // --- A slide's form: whoever fills in a number of seconds or times means them. ---
  document.addEventListener("input", (event) => {
    const chooses = event.target.closest("[data-chooses]")?.dataset.chooses;
    const radio = chooses && document.getElementById(chooses);
    if (radio && event.target !== radio) radio.checked = true;
  }, true);

  // A file is on its way as soon as it is chosen; the picture follows what is typed.
  const look = document.getElementById("look");
  const sending = () => Array.from(document.querySelectorAll("#item-form input[type=file]"))
    .filter((input) => input.files.length > 0)
    .map((input) => input.closest("fieldset").querySelector(".upload-busy"));
  const trouble = (text) => {
    const note = document.getElementById("look-trouble");
    if (note) note.textContent = text;
  };
  look?.addEventListener("htmx:beforeSend", () => {
    trouble("");
    sending().forEach((busy) => {
      busy.querySelector("span").textContent = busy.dataset.text;
      busy.querySelector("progress").hidden = false;
    });
  });
  look?.addEventListener("htmx:xhr:progress", (event) => {
    if (!event.detail.lengthComputable) return;
    const part = Math.round(100 * event.detail.loaded / event.detail.total);
    sending().forEach((busy) => { busy.querySelector("progress").value = part; });
  });
  look?.addEventListener("htmx:afterRequest", (event) => {
    document.querySelectorAll(".upload-busy").forEach((busy) => {
      busy.querySelector("span").textContent = "";
      busy.querySelector("progress").hidden = true;
    });
    // An answer that was called off on the way to another page is none.
    const failed = event.detail.failed && event.detail.xhr.status !== 0;
    if (failed) trouble(document.getElementById("look-trouble").dataset.text);
  });
  look?.addEventListener("htmx:sendError", () => trouble(document.getElementById("look-trouble").dataset.text));
  look?.addEventListener("click", () => {
    const sight = document.getElementById(look.dataset.show);
    const box = sight.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) sight.scrollIntoView({ block: "start" });
  });
  document.addEventListener("htmx:load", (event) => event.target !== document.body && begin(event.target.parentElement ?? event.target));
})();

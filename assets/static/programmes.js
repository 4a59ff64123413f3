// Slides of a playlist are put in order by dragging; without it, by buttons.
(() => {
  "use strict";
  const form = document.getElementById("sort");
  if (!form) return;
  let dragged = null;
  let start = -1;

  const place = (item) => Array.from(item.parentElement.children).indexOf(item);

  // Before which item of the list a pointer at this height would drop.
  const below = (list, y) => Array.from(list.children).find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && y < box.top + box.height / 2;
  });

  const drop = () => {
    if (!dragged) return;
    const item = dragged;
    dragged = null;
    item.classList.remove("is-dragged");
    const to = place(item);
    if (to === start) return;
    form.elements.item.value = item.dataset.item;
    form.elements.to.value = to;
    form.requestSubmit();
  };

  document.querySelectorAll("[data-sort]").forEach((list) => list.classList.add("is-sortable"));
  document.querySelectorAll("[data-sort] > li .item-grip").forEach((grip) => {
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      dragged = grip.closest("li");
      start = place(dragged);
      dragged.classList.add("is-dragged");
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
      if (!dragged) return;
      dragged.parentElement.insertBefore(dragged, below(dragged.parentElement, event.clientY) ?? null);
    });
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("pointercancel", () => {
      if (!dragged) return;
      const list = dragged.parentElement;
      dragged.remove();
      list.insertBefore(dragged, list.children[start] ?? null);
      dragged.classList.remove("is-dragged");
      dragged = null;
    });
  });
})();

// The one desk: keys, selection, and what others do meanwhile. Without this file its forms do the same.
(() => {
  "use strict";
  const desk = document.getElementById("desk");
  if (!desk) return;
  const $ = (id) => document.getElementById(id);
  const rows = () => Array.from(desk.querySelectorAll(".desk-row:not(.is-gone)"));
  const picks = () => rows().map((row) => row.querySelector(".desk-pick")).filter(Boolean);
  const row = (element) => element?.closest?.(".desk-row") ?? null;
  const list = $("desk-rows");
  const toast = $("desk-toast");
  const status = $("desk-status");
  const acts = []; // what this page has done, the last one last
  let current = null; // the post somebody is at
  let anchor = null; // the post from which a range is chosen
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const headers = () => ({ "hx-request": "true", "x-xsrf": document.body.dataset.xsrf });

  // Selection -------------------------------------------------------------
  const bulk = $("desk-bulk");
  const all = $("desk-all");
  const whole = $("desk-page-all");
  const counted = () => {
    if (!bulk) return;
    const chosen = picks().filter((pick) => pick.checked).length;
    bulk.classList.toggle("is-idle", chosen === 0 && !all?.checked);
    $("desk-chosen").textContent = chosen === 0 || all?.checked ? "" : `${chosen} ${desk.dataset.chosen}`;
    whole.checked = chosen > 0 && chosen === picks().length;
    whole.indeterminate = chosen > 0 && !whole.checked;
  };
  const choose = (to, range) => {
    const now = rows();
    const pick = to.querySelector(".desk-pick");
    if (!pick) return;
    const from = range && anchor ? now.findIndex((one) => one.id === anchor) : -1;
    if (from >= 0) {
      const at = now.indexOf(to);
      now.slice(Math.min(from, at), Math.max(from, at) + 1).forEach((one) => { one.querySelector(".desk-pick").checked = true; });
    } else {
      pick.checked = !pick.checked;
      anchor = to.id;
    }
    counted();
  };
  const clear = () => {
    picks().forEach((pick) => { pick.checked = false; });
    if (all) all.checked = false;
    anchor = null;
    counted();
  };
  if (bulk) {
    bulk.classList.add("is-live");
    $("desk-page").hidden = false;
    whole.addEventListener("change", () => { picks().forEach((pick) => { pick.checked = whole.checked; }); counted(); });
    all?.addEventListener("change", counted);
    desk.addEventListener("click", (event) => {
      if (!event.target.matches(".desk-pick")) return;
      const at = row(event.target);
      if (event.shiftKey && anchor) {
        event.target.checked = true;
        choose(at, true);
      } else {
        anchor = at.id;
        counted();
      }
    });
    counted();
  }

  // Going from post to post -----------------------------------------------
  const go = (to) => {
    if (!to) return;
    current = to.id;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const now = rows();
    const at = now.findIndex((one) => one.id === (row(document.activeElement)?.id ?? current));
    return now[at < 0 ? 0 : Math.min(Math.max(at + by, 0), now.length - 1)];
  };
  desk.addEventListener("focusin", (event) => { current = row(event.target)?.id ?? current; });

  // What others do ---------------------------------------------------------
  const query = (part) => {
    const asked = new URLSearchParams(desk.dataset.here);
    if (part) asked.set("part", part);
    if (desk.dataset.last) asked.set("last", desk.dataset.last);
    rows().slice(0, 120).forEach((one) => asked.append("held", one.dataset.mark));
    return `/dashboard/desk/news?${asked}`;
  };
  const replace = (old, fresh) => {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const checked = old.querySelector(".desk-pick")?.checked;
    old.replaceWith(fresh);
    const pick = fresh.querySelector(".desk-pick");
    if (pick && checked) pick.checked = true;
    if (!focused) return;
    // The keyboard stays where it was: on the post, or on the button in the same place.
    const places = { p: "[data-key=p], [data-key=h]", h: "[data-key=p], [data-key=h]" };
    const key = focused.dataset?.key;
    const same = key ? fresh.querySelector(places[key] ?? `[data-key=${key}]`) : focused.matches(".desk-pick") ? pick : null;
    (same ?? fresh).focus({ preventScroll: true });
  };
  const gone = (old) => {
    const note = document.createElement("article");
    note.className = "post-row desk-row is-gone";
    note.id = old.id;
    note.tabIndex = -1;
    note.textContent = desk.dataset.gone;
    replace(old, note);
  };
  const offer = (text) => {
    const place = $("desk-news");
    if (!text) return place.replaceChildren();
    const button = place.querySelector("button") ?? document.createElement("button");
    if (!button.isConnected) {
      button.type = "button";
      button.className = "btn btn-primary";
      button.addEventListener("click", insert);
      place.append(button);
    }
    if (button.textContent !== text) button.textContent = text;
  };
  let asking = false;
  let again = false;
  const look = async () => {
    if (asking) { again = true; return; }
    asking = true;
    again = false;
    try {
      const answer = await fetch(query(""), { headers: headers() });
      if (answer.ok) {
        const page = parsed(await answer.text());
        const came = page.querySelector("[data-fresh]")?.textContent ?? "";
        offer(came);
        // What is done with all that fit is done with what was seen until now.
        if (!came) desk.elements.seen.value = page.querySelector("[data-seen]").dataset.seen;
        const said = [];
        page.querySelectorAll(".desk-row").forEach((fresh) => {
          const old = $(fresh.id);
          if (!old || !list.contains(old)) return;
          if (fresh.dataset.note && fresh.dataset.note !== old.dataset.note) said.push(`${fresh.querySelector("h2").textContent}: ${fresh.dataset.note}`);
          replace(old, fresh);
        });
        page.querySelectorAll("[data-gone]").forEach((one) => {
          const old = $(`post-${one.dataset.gone}`);
          if (old && !old.matches(".is-gone")) gone(old);
        });
        if (said.length) status.textContent = said.join(". ");
        counted();
      }
    } catch {
      // No connection: the next event asks again.
    } finally {
      asking = false;
      if (again) soon();
    }
  };
  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, 120); };
  // New posts stand where they belong; whoever reads further down stays there.
  const higher = (one, other) => {
    const [a, b] = [one.dataset.place, other.dataset.place].map((place) => place.split("."));
    return Number(a[0]) - Number(b[0]) || (a[1] > b[1] ? 1 : -1);
  };
  const insert = async () => {
    const answer = await fetch(query("new"), { headers: headers() }).catch(() => null);
    if (!answer?.ok) return;
    const seen = rows().find((one) => one.getBoundingClientRect().bottom > 80);
    const before = seen?.getBoundingClientRect().top;
    const fresh = Array.from(parsed(await answer.text()).querySelectorAll(".desk-row")).filter((one) => !$(one.id));
    fresh.forEach((one) => {
      const below = rows().find((held) => higher(one, held) > 0);
      if (below) below.before(one); else list.append(one);
    });
    const held = document.activeElement?.closest("#desk-news");
    offer("");
    $("desk-none")?.remove();
    // Who pressed the button wants to see them; who goes on reading does not lose the place.
    if (held) go(fresh[0] ?? rows()[0]);
    else if (seen) window.scrollBy(0, seen.getBoundingClientRect().top - before);
    counted();
  };
  const events = new EventSource("/dashboard/desk/live");
  events.addEventListener("posts", soon);
  events.addEventListener("open", soon);
  window.addEventListener("pagehide", () => events.close());

  // Doing something ---------------------------------------------------------
  const tell = (element) => {
    toast.replaceChildren(...(element ? [element] : []));
    const close = toast.querySelector("[data-close]");
    if (!close) return;
    close.hidden = false;
    close.addEventListener("click", () => { tell(null); (current && $(current))?.focus({ preventScroll: true }); });
  };
  const failed = () => {
    const note = document.createElement("div");
    note.className = "flash flash-wrong desk-told";
    note.setAttribute("role", "alert");
    note.textContent = desk.dataset.failed;
    tell(note);
  };
  let busy = Promise.resolve();
  // One after the other, in the order of the keys.
  const send = (address, body) => {
    busy = busy.then(async () => {
      const answer = await fetch(address, { method: "POST", headers: headers(), body }).catch(() => null);
      if (!answer || ![200, 409, 422].includes(answer.status)) return failed();
      const told = parsed(await answer.text()).querySelector(".desk-told");
      tell(told);
      const undo = told?.querySelector("[data-undo]")?.dataset.undo;
      if (undo) acts.push(undo);
      await look();
    });
    return busy;
  };
  const undo = () => {
    const act = acts.pop() ?? toast.querySelector("[data-undo]")?.dataset.undo;
    if (act) send("/dashboard/desk/undo", new URLSearchParams({ act, here: desk.dataset.here }));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.matches("[data-undo]")) {
      event.preventDefault();
      event.stopPropagation();
      const at = acts.indexOf(form.dataset.undo);
      if (at >= 0) acts.splice(at, 1);
      send("/dashboard/desk/undo", new URLSearchParams(new FormData(form)));
      (current && $(current))?.focus({ preventScroll: true });
    } else if (form === desk || form.matches(".desk-topics")) {
      event.preventDefault();
      event.stopPropagation();
      const many = form === desk && !button.value.includes("~");
      send("/dashboard/desk/do", new URLSearchParams(new FormData(form, button))).then(() => many && clear());
      if (form !== desk) $("desk-topics").close();
    }
  }, true);

  // Topics, in a window above.
  const dialog = $("desk-topics");
  const topics = async (id) => {
    const asked = new URLSearchParams({ post: id, here: desk.dataset.here });
    const answer = await fetch(`/dashboard/desk/topics?${asked}`, { headers: headers() }).catch(() => null);
    if (!answer?.ok) return failed();
    dialog.replaceChildren(...parsed(await answer.text()).body.children);
    dialog.setAttribute("aria-labelledby", "desk-topics-title");
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    dialog.showModal();
  };
  dialog.addEventListener("close", () => (current && $(current))?.focus({ preventScroll: true }));
  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-topics]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    current = row(link).id;
    topics(link.dataset.topics);
  });

  // What was done is said once, not again after a reload.
  const place = new URL(location.href);
  if (place.searchParams.has("acted")) {
    place.searchParams.delete("acted");
    history.replaceState(history.state, "", place);
  }

  // Filters are applied as they are chosen.
  $("desk-filter").addEventListener("change", (event) => event.target.matches("select, input[type=date]") && $("desk-filter").requestSubmit());
  // What asks for nothing does not stand in the address.
  $("desk-filter").addEventListener("formdata", (event) => {
    for (const [name, value] of Array.from(event.formData)) if (!value) event.formData.delete(name);
  });
  window.addEventListener("pageshow", (event) => event.persisted && soon());

  // Keys --------------------------------------------------------------------
  const help = $("desk-help");
  $("desk-help-open").hidden = false;
  $("desk-help-open").addEventListener("click", () => help.showModal());
  const on = $("desk-keys-on");
  on.checked = sessionStorage.getItem("desk-keys") !== "off";
  on.addEventListener("change", () => sessionStorage.setItem("desk-keys", on.checked ? "on" : "off"));
  const press = (key) => {
    const at = row(document.activeElement);
    const button = at?.querySelector(`[data-key=${key}]`);
    if (!button) return;
    // The next one is at hand as soon as this one is decided.
    if (key === "p" || key === "h") {
      const next = step(1);
      button.click();
      if (next !== at) go(next);
    } else {
      at.focus({ preventScroll: true });
      button.click();
    }
  };
  const keys = {
    j: () => go(step(1)),
    k: () => go(step(-1)),
    ArrowDown: () => go(step(1)),
    ArrowUp: () => go(step(-1)),
    J: () => { const from = row(document.activeElement); if (from && !anchor) choose(from); go(step(1)); choose(row(document.activeElement), true); },
    K: () => { const from = row(document.activeElement); if (from && !anchor) choose(from); go(step(-1)); choose(row(document.activeElement), true); },
    p: () => press("p"),
    h: () => press("h"),
    i: () => press("i"),
    t: () => press("t"),
    e: () => press("e"),
    x: () => { const at = row(document.activeElement); if (at) choose(at); },
    X: () => { const at = row(document.activeElement); if (at) choose(at, true); },
    u: undo,
    z: undo,
    n: () => $("desk-news").querySelector("button") && insert(),
    "/": () => $("q").focus(),
    Escape: clear,
    "?": () => help.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (!on.checked && event.key !== "?") return;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const writes = event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (writes || (event.key.startsWith("Arrow") && !row(event.target) && event.target !== document.body)) return;
    const does = keys[event.key];
    if (!does || (event.key.startsWith("Arrow") && event.shiftKey)) return;
    event.preventDefault();
    does();
  });
})();

// Adds comfort to pages that work without it.
(() => {
  "use strict";
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // htmx sends the token of forms with everything that changes something.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.body.dataset.xsrf;
    if (token && event.detail.verb !== "get") event.detail.headers["x-xsrf"] = token;
  });

  // Menus close on Escape and when something else is clicked.
  const close = (except) => $$("details.menu[open]").forEach((menu) => menu !== except && menu.removeAttribute("open"));
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    close();
    open?.querySelector("summary")?.focus();
  });

  // A form is sent once; a question is asked where one is due.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !window.confirm(question)) return event.preventDefault();
    if (form.dataset.sent || form.matches("[hx-post], [hx-get]")) return form.dataset.sent && event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    $$("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }));

  // "5 minutes ago" stays true while the page is open.
  const language = document.documentElement.lang;
  const spans = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const refresh = () => $$("time[datetime]").forEach((time) => {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    if (minutes < 1 || minutes >= 7 * 1440) return;
    const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
    time.textContent = spans.format(-Math.floor(count), unit);
  });
  setInterval(refresh, 30000);

  const start = (root) => {
    // What was done stays in sight until it is closed, or until something else is done.
    $$("[data-close]", root).forEach((button) => {
      button.hidden = false;
      button.onclick = () => {
        button.closest(".flash").remove();
        document.getElementById("main")?.focus({ preventScroll: true });
      };
    });

    // Shows a password.
    $$("button[data-reveal]", root).forEach((button) => {
      const input = document.getElementById(button.dataset.reveal);
      const icon = button.querySelector(".fa-solid");
      button.hidden = false;
      button.onclick = () => {
        const shown = input.type === "text";
        input.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", String(!shown));
        icon.classList.toggle("fa-eye", shown);
        icon.classList.toggle("fa-eye-slash", !shown);
        input.focus();
      };
      input.form?.addEventListener("submit", () => { input.type = "password"; });
    });

    // Copies what stands in an element.
    $$("button[data-copy]", root).forEach((button) => {
      if (!navigator.clipboard) return;
      const words = button.querySelector("span[aria-live]");
      const before = words.textContent;
      button.hidden = false;
      button.onclick = async () => {
        const what = document.getElementById(button.dataset.copy);
        try {
          await navigator.clipboard.writeText(what.textContent);
        } catch {
          // The browser does not want to: it is marked, to be copied by hand.
          getSelection().selectAllChildren(what);
          return;
        }
        words.textContent = button.dataset.copied;
        setTimeout(() => { words.textContent = before; }, 4000);
      };
    });

    // The picker and the text of a colour follow each other.
    $$("input[data-colour]", root).forEach((picker) => {
      const text = document.getElementById(picker.dataset.colour);
      picker.hidden = false;
      picker.oninput = () => {
        text.value = picker.value;
        text.dispatchEvent(new Event("input", { bubbles: true }));
      };
      text.addEventListener("input", () => {
        if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value.toLowerCase();
      });
    });
  };
  start(document);
  document.addEventListener("htmx:load", (event) => event.target !== document.body && start(event.target));

  // On a phone the tabs scroll, on a low display the list: the one we are at is in sight.
  const tabs = document.querySelector(".side");
  const tab = tabs?.querySelector("[aria-current]");
  if (tab && tabs.scrollWidth > tabs.clientWidth) tabs.scrollLeft = tab.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
  if (tab && tab.offsetParent === tabs && tab.offsetTop + 2 * tab.offsetHeight > tabs.clientHeight) tabs.scrollTop = tab.offsetTop - (tabs.clientHeight - tab.offsetHeight) / 2;

  // What was done is said once, not again after a reload.
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(history.state, "", here);
  }

  // After a form that could not be taken, the first field to correct has the focus.
  const correct = (root = document) => {
    const wrong = root.querySelector("[aria-invalid=true]");
    // A group cannot have it, its first control can.
    const field = wrong?.matches("fieldset") ? wrong.querySelector("input:not([type=hidden]), select, textarea") : wrong;
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
    return Boolean(field);
  };
  window.litfass = { correct };
  correct();
})();

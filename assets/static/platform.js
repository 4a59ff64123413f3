// Follows stages. Whoever follows one can read the platform without a network; of everybody else nothing is kept. All that
// can be read can be read without this, too.
const platform = (() => {
  "use strict";
  const start = `${location.origin}/@`;
  const name = (handle) => start + handle;
  const handles = () => Object.keys(follows.all()).filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
  // Whoever has put it on their device wants to read it there, also before they follow anybody.
  const isInstalled = () => matchMedia("(display-mode: standalone)").matches;

  // The worker cleans up behind itself, once it is through with what it does.
  const forget = async () => (await navigator.serviceWorker.getRegistration("/"))?.active?.postMessage({ leave: true });

  // Keeps what is to be read without a network, and no more than that.
  const tend = async (pictures = []) => {
    if (!navigator.serviceWorker || !window.caches) return;
    try {
      const followed = handles();
      if (followed.length === 0 && !isInstalled()) return await forget();
      await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
      (await navigator.serviceWorker.ready).active.postMessage({ followed, pictures, leave: false });
    } catch { /* a browser that keeps nothing shows everything all the same */ }
  };

  const buttons = [...document.querySelectorAll("[data-follow]")];
  const say = (button) => {
    const on = follows.has(name(button.dataset.follow));
    button.firstElementChild.textContent = on ? button.dataset.on : button.dataset.off;
    button.setAttribute("aria-pressed", on);
  };
  for (const button of buttons) {
    say(button);
    button.onclick = () => {
      const one = name(button.dataset.follow);
      const newest = button.closest("li")?.querySelector("time")?.dateTime ?? "";
      // Where the browser keeps nothing, nobody can be followed.
      button.disabled = !follows.set(one, follows.has(one) ? null : newest);
      say(button);
      tend();
    };
  }
  document.documentElement.classList.add("is-alive");

  const away = document.querySelector(".away");
  const tellAway = () => { away.textContent = navigator.onLine ? "" : away.dataset.away; };
  addEventListener("storage", () => buttons.forEach(say));
  addEventListener("offline", tellAway);
  addEventListener("online", () => {
    tellAway();
    tend();
  });
  // What is on the page comes first.
  addEventListener("load", () => {
    if (!navigator.onLine) tellAway();
    setTimeout(tend, 500);
  });
  return { handles, name, tend };
})();

// Follows stages. Whoever follows one can read the platform without a network; of everybody else nothing is kept. All that
// can be read can be read without this, too.
const platform = (() => {
  "use strict";
  const start = `${location.origin}/@`;
  const name = (handle) => start + handle;
  const handles = () => Object.keys(follows.all()).filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
  // Whoever has put it on their device wants to read it there, also before they follow anybody.
  const isInstalled = () => matchMedia("(display-mode: standalone)").matches;

  // The worker cleans up behind itself, once it is through with what it does. Where there is none any more, this does.
  const forget = async () => {
    const worker = (await navigator.serviceWorker.getRegistration("/"))?.active;
    if (worker) return worker.postMessage({ leave: true });
    for (const name of await caches.keys()) if (name.startsWith("litfass ")) await caches.delete(name);
  };

  const atWork = (registration) => registration.active ?? new Promise((resolve, reject) => {
    const worker = registration.waiting ?? registration.installing;
    worker.onstatechange = () => {
      if (worker.state === "activated") resolve(worker);
      if (worker.state === "redundant") reject(new Error("the worker could not be set up"));
    };
  });

  // Who is followed is looked at last: a worker may take its time to come, and what it is told then is to be true.
  const tendNow = async (pictures) => {
    const isWanted = () => handles().length > 0 || isInstalled();
    if (!isWanted()) return await forget();
    const worker = await atWork(await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" }));
    if (!isWanted()) return await forget();
    worker.postMessage({ followed: handles(), pictures, leave: false });
  };

  // Keeps what is to be read without a network, and no more than that. One after the other: else a wish that took long
  // would undo a later one.
  let turn = Promise.resolve();
  const tend = (pictures = []) => {
    if (!navigator.serviceWorker || !window.caches) return;
    // A browser that keeps nothing shows everything all the same.
    turn = turn.then(() => tendNow(pictures)).catch(() => {});
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

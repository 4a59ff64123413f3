// A display that stays on, fills the glass and shows no pointer, as far as the browser allows.

let lock = null;

async function stayAwake() {
  if (!navigator.wakeLock || document.visibilityState !== "visible" || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch (_) {
    // It may be refused, on battery for instance.
  }
}

function fill() {
  const root = document.documentElement;
  const ask = root.requestFullscreen || root.webkitRequestFullscreen;
  if (!ask || document.fullscreenElement || document.webkitFullscreenElement) return;
  const asked = ask.call(root);
  if (asked && asked.catch) asked.catch(() => {});
}

export function keepAwake() {
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);
  document.addEventListener("click", () => {
    fill();
    stayAwake();
  });
}

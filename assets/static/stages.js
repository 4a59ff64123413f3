// Suggests a handle while a name is typed, and shows a look while it is chosen.
(() => {
  "use strict";

  // The handle follows the name until somebody types one.
  const handle = document.querySelector("input[data-suggest]");
  if (handle) {
    const name = document.getElementById(handle.dataset.suggest);
    let own = handle.value !== "";
    let timer;
    let asked = 0;
    handle.addEventListener("input", () => { own = handle.value !== ""; });
    name.addEventListener("input", () => {
      clearTimeout(timer);
      if (own) return;
      timer = setTimeout(async () => {
        const turn = ++asked;
        const answer = await fetch(`/dashboard/stages/handle?name=${encodeURIComponent(name.value)}`).catch(() => null);
        if (answer?.ok && !answer.redirected && turn === asked && !own) handle.value = await answer.text();
      }, 250);
    });
  }
  const zone = document.querySelector("input[data-zone]");
  if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

  const form = document.querySelector("form[data-look]");
  if (!form) return;
  const ink = "#141417";
  const white = "#ffffff";
  const luminance = (colour) => [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const inkOn = (colour) => (contrast(colour, ink) >= contrast(colour, white) ? ink : white);
  const read = (field) => {
    const text = form.elements[field].value.trim();
    return /^#[0-9a-f]{6}$/i.test(text) ? text : null;
  };
  const draw = () => {
    const accent = read("accent");
    const background = read("background");
    const name = form.elements.name.value.trim();
    const label = form.querySelector("[data-name]");
    label.textContent = name;
    const letter = form.querySelector("[data-letter]");
    if (letter) letter.textContent = (Array.from(name)[0] ?? "").toUpperCase();
    if (!accent || !background) return;
    const colours = { accent, background, "on-accent": inkOn(accent), "on-background": inkOn(background) };
    form.querySelectorAll("[data-fill]").forEach((part) => part.setAttribute("fill", colours[part.dataset.fill]));
    // The accent, made darker or lighter until it can be read: as newsrooms have it for links.
    const grounds = { light: ["#f6f5f2", 0], dark: ["#1e1e23", 255] };
    Object.entries(grounds).forEach(([name, [ground, towards]]) => {
      const mixed = (step) => "#" + [1, 3, 5].map((at) => {
        const part = parseInt(accent.slice(at, at + 2), 16);
        return Math.round(part + ((towards - part) * step) / 20).toString(16).padStart(2, "0");
      }).join("");
      const step = Array.from({ length: 21 }, (_, at) => at).find((at) => contrast(mixed(at), ground) >= 4.5) ?? 20;
      const colour = mixed(step);
      form.querySelector(`[data-link=${name}]`).setAttribute("fill", colour);
      form.querySelector(`[data-link-name=${name}]`).textContent = colour;
      form.querySelector(`[data-link-same=${name}]`).hidden = step > 0;
      form.querySelector(`[data-link-other=${name}]`).hidden = step === 0;
    });
    const ratios = {
      text: contrast(background, inkOn(background)),
      button: contrast(accent, inkOn(accent)),
      link: contrast(accent, background),
    };
    form.querySelectorAll("[data-contrast]").forEach((row) => {
      const ratio = ratios[row.dataset.contrast];
      row.querySelector("[data-ratio]").textContent = (Math.floor(ratio * 10) / 10).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 });
      row.classList.toggle("contrast-low", ratio < 4.5);
    });
  };
  form.addEventListener("input", draw);
})();

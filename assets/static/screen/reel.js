// A film on the programme's time: muted, round and round, and passed over where it cannot be played.

import { addressOf } from "./pictures.js";
import { remainder } from "./zone.js";

// A film that is not on its way after so long is broken, in milliseconds.
const SLOW = 4000;
// How far it may be from where it should be, in seconds, and how often that is looked at, in milliseconds.
const OFF = 0.35;
const LOOK = 3000;

// Puts a film into an element; it appears over its first picture once it plays.
export function mountFilm(element, { frame, file, began }, work) {
  const video = document.createElement("video");
  video.muted = true;
  video.defaultMuted = true;
  video.loop = true;
  video.preload = "auto";
  video.setAttribute("muted", "");
  video.setAttribute("playsinline", "");
  const scale = Math.max(frame.w / file.width, frame.h / file.height);
  video.style.width = `${file.width * scale}px`;
  video.style.height = `${file.height * scale}px`;
  video.style.left = `${(frame.w - file.width * scale) / 2}px`;
  video.style.top = `${(frame.h - file.height * scale) / 2}px`;
  const broken = () => {
    if (element.isConnected !== false) work.filmBroken(file.sha256);
  };
  // Before its time it waits at its beginning.
  const planned = () => remainder(Math.max(work.now() - began, 0), Math.max(file.millis, 1)) / 1000;
  const follow = () => {
    const [is, shall] = [video.currentTime, planned()];
    const off = Math.abs(is - shall);
    const round = file.millis / 1000;
    if (Math.min(off, Math.abs(round - off)) > OFF && video.readyState > 0) video.currentTime = shall;
  };
  video.addEventListener("error", broken);
  video.addEventListener("loadedmetadata", follow);
  video.addEventListener("playing", () => video.classList.add("plays"));
  video.src = addressOf(file.sha256);
  element.appendChild(video);
  let timer = null;
  let late = null;
  const play = () => {
    const started = video.play();
    if (started && started.catch) started.catch(error => {
      if (error.name === "NotSupportedError") broken();
    });
  };
  work.whenShown(() => {
    follow();
    play();
    timer = setInterval(() => {
      follow();
      // A key of a remote control may have stopped it, or the browser.
      if (video.paused) play();
    }, LOOK);
    late = setTimeout(() => {
      if (video.readyState < 2) broken();
    }, SLOW);
  });
  work.whenAsked(follow);
  work.whenGone(() => {
    clearInterval(timer);
    clearTimeout(late);
    video.removeEventListener("error", broken);
    video.pause();
    // Lets go of the decoder.
    video.removeAttribute("src");
    video.load();
  });
}

// Turns what was drawn into elements. Everything is set by properties, because the policy of the page allows no inline style.

import { PAN } from "./canvas.js";
import { codePlace, isDark } from "./code.js";
import { css } from "./colour.js";
import { isTinted } from "./clean.js";
import { wear } from "./measure.js";
import { mountFilm } from "./reel.js";

const ALIGN = { start: "start", lead: "left", centre: "center", trail: "right" };
// Where nobody said what matters most: heads are above the middle.
const UNSAID = [50, 44];
// Gaps of a running text, in times its size, and what stands between two lines.
const TAPE_GAP = 0.9;
const POINT = "•";
// How far what moves may be from where it should be, in milliseconds.
const OFF = 100;

function box(frame, origin, name) {
  const element = document.createElement("div");
  element.className = name;
  place(element, frame, origin);
  return element;
}

function place(element, frame, origin) {
  const { style } = element;
  style.left = `${frame.x - origin.x}px`;
  style.top = `${frame.y - origin.y}px`;
  style.width = `${frame.w}px`;
  style.height = `${frame.h}px`;
}

// Animates an element from where it is by now, and puts it there again where the clock has turned out to be another one.
// `since` says how many milliseconds ago it began, of what goes round every so many milliseconds the last time.
function animate(element, millis, since, work, round = Infinity) {
  const { style } = element;
  const mounted = performance.now();
  let delay = -since();
  style.animationDuration = `${millis}ms`;
  style.animationDelay = `${delay}ms`;
  work.whenAsked(() => {
    const shall = performance.now() - mounted - since();
    const off = Math.abs(shall - delay) % round;
    if (Math.min(off, round - off) <= OFF) return;
    delay = shall;
    style.animationDelay = `${delay}ms`;
  });
}

function gradient([from, to], degrees) {
  return `linear-gradient(${degrees}deg, ${css(from)}, ${css(to)})`;
}

function paintArea({ frame, colours, slope, radius, outline, turn }, origin) {
  const element = box(frame, origin, "piece");
  const { style } = element;
  if (radius) style.borderRadius = `${radius}px`;
  if (turn) style.transform = `rotate(${turn}rad)`;
  if (outline) style.border = `${outline}px solid ${css(colours[0])}`;
  else if (css(colours[0]) === css(colours[1])) style.backgroundColor = css(colours[0]);
  else style.backgroundImage = gradient(colours, slope);
  return element;
}

function paintWords({ frame, paragraph, set, colour, tint, align }, origin) {
  const element = document.createElement("p");
  element.className = paragraph.isParted ? "words parted" : paragraph.isBroken ? "words broken" : "words";
  place(element, frame, origin);
  wear(element, set);
  element.dir = paragraph.fromRight ? "rtl" : "ltr";
  element.style.textAlign = ALIGN[align];
  element.style.color = css(colour);
  // Hashtags and links are runs of their own.
  let run = "";
  for (const piece of splitAfterSpaces(paragraph.text)) {
    if (!isTinted(piece.trim().replace(/[.,!?:)]+$/, ""))) {
      run += piece;
      continue;
    }
    if (run !== "") element.appendChild(document.createTextNode(run));
    run = "";
    const tinted = document.createElement("span");
    tinted.style.color = css(tint);
    tinted.textContent = piece;
    element.appendChild(tinted);
  }
  if (run !== "") element.appendChild(document.createTextNode(run));
  return element;
}

function splitAfterSpaces(text) {
  return text.match(/[^ ]* |[^ ]+$/g) || [];
}

function paintPhoto({ frame, picture, radius, pan }, origin, work) {
  const element = box(frame, origin, "piece photo");
  if (radius) element.style.borderRadius = `${radius}px`;
  const image = document.createElement("img");
  image.alt = picture.alt || "";
  const scale = Math.max(frame.w / picture.width, frame.h / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  const said = picture.focus && (picture.focus.x !== 50 || picture.focus.y !== 50);
  const [x, y] = said ? [picture.focus.x, picture.focus.y] : UNSAID;
  // How much of what is cut off goes at the beginning of a side, so that a point comes as near to the middle as can be.
  const start = (percent, whole, shown) => {
    if (!said) return ((whole - shown) * percent) / 100;
    return Math.min(Math.max((percent / 100) * whole - shown / 2, 0), whole - shown);
  };
  const { style } = image;
  style.width = `${w}px`;
  style.height = `${h}px`;
  style.left = `${-start(x, w, frame.w)}px`;
  style.top = `${-start(y, h, frame.h)}px`;
  const holder = document.createElement("div");
  holder.className = "holder";
  if (pan !== undefined) {
    const focus = picture.focus || { x: 50, y: 50 };
    holder.classList.add("approached");
    holder.style.transformOrigin = `${focus.x}% ${focus.y}%`;
    animate(holder, PAN.millis, () => work.now() - pan, work);
  }
  holder.appendChild(image);
  element.appendChild(holder);
  work.show(image, picture.sha256);
  return element;
}

function paintCode({ frame, matrix, colours, radius }, origin) {
  const element = box(frame, origin, "piece");
  element.style.backgroundColor = css(colours[0]);
  element.style.borderRadius = `${radius}px`;
  const found = matrix ? codePlace(matrix, frame) : null;
  if (found === null) return element;
  const drawing = document.createElement("canvas");
  drawing.className = "code";
  drawing.width = found.frame.w;
  drawing.height = found.frame.h;
  place(drawing, found.frame, frame);
  const pen = drawing.getContext("2d");
  pen.fillStyle = css(colours[1]);
  for (let y = 0; y < matrix.side; y += 1) {
    for (let x = 0; x < matrix.side; x += 1) {
      if (isDark(matrix, x, y)) pen.fillRect(x * found.pixels, y * found.pixels, found.pixels, found.pixels);
    }
  }
  element.appendChild(drawing);
  return element;
}

// One speed for all displays: where a text stands is counted from 1970. It is as long as it takes to leave no hole.
function paintTape({ frame, texts, set, colours, speed }, origin, work, mirrored) {
  const element = box(frame, origin, "piece tape");
  const runner = document.createElement("div");
  runner.className = "runner";
  runner.dir = mirrored ? "rtl" : "ltr";
  wear(runner, set);
  runner.style.lineHeight = `${frame.h}px`;
  runner.style.color = css(colours[0]);
  const gap = Math.round(set.size * TAPE_GAP);
  const point = { text: POINT, width: work.measure.width(POINT, set) };
  const stretches = [].concat(...texts.map(one => [one, point]));
  const round = stretches.reduce((sum, { width }) => sum + width + gap, 0);
  const times = round < 1 ? 0 : Math.ceil(frame.w / round) + 1;
  let at = 0;
  for (let time = 0; time < times; time += 1) {
    for (const { text, width } of stretches) {
      const stretch = document.createElement("span");
      stretch.textContent = text;
      stretch.dir = "auto";
      stretch.style[mirrored ? "right" : "left"] = `${at}px`;
      runner.appendChild(stretch);
      at += width + gap;
    }
  }
  const millis = (round / speed) * 1000;
  runner.style.setProperty("--round", `${mirrored ? round : -round}px`);
  animate(runner, millis, () => work.now() % Math.max(millis, 1), work, millis);
  element.appendChild(runner);
  return element;
}

// Makes the elements of a part of the display: a sheet that may move, and what cuts it off. `work` shows pictures and films,
// measures, and knows the time.
export function paintPart(part, work) {
  const root = box(part.frame, { x: 0, y: 0 }, "part");
  const sheet = document.createElement("div");
  sheet.className = "sheet";
  root.appendChild(sheet);
  for (const piece of part.pieces) {
    const origin = part.frame;
    if (piece.kind === "area") sheet.appendChild(paintArea(piece, origin));
    else if (piece.kind === "words") sheet.appendChild(paintWords(piece, origin));
    else if (piece.kind === "photo") sheet.appendChild(paintPhoto(piece, origin, work));
    else if (piece.kind === "code") sheet.appendChild(paintCode(piece, origin));
    else if (piece.kind === "tape") sheet.appendChild(paintTape(piece, origin, work, part.mirrored));
    else if (piece.kind === "film") {
      const film = box(piece.frame, origin, "piece film");
      mountFilm(film, piece, work);
      sheet.appendChild(film);
    }
  }
  return { root, sheet };
}

// The ground of the whole display, of which a part shows what lies behind it.
export function ground(element, colours, frame, [width, height]) {
  const { style } = element;
  style.backgroundImage = gradient(colours, 125);
  style.backgroundSize = `${width}px ${height}px`;
  style.backgroundPosition = `${-frame.x}px ${-frame.y}px`;
}

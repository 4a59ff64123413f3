// The display: what is on stays until what takes its place is ready, and leaves nothing behind.

import { Canvas } from "./canvas.js";
import { Frame } from "./frame.js";
import { CHANGE_MILLIS, backdrop, lookOf } from "./look.js";
import { Moment } from "./moment.js";
import { ground, paintPart } from "./paint.js";
import { cuesAt } from "./player.js";
import { drawSlide } from "./slides.js";
import { drawSaid, drawWaiting } from "./waiting.js";
import { Words } from "./words.js";

const HOUSE = { name: "Litfass", address: "", accent: "", background: "", logo: null };
const NO_ZONE = { offsets: [] };
// What could not be played is tried again after so long, in milliseconds: perhaps it was only slow.
const AGAIN = 60000;

export class Stage {
  constructor(root, { measure, pictures, clock, motion, rotation }) {
    Object.assign(this, { root, measure, pictures, clock, rotation });
    this.moves = motion;
    this.brokenFilms = new Set();
    this.onBroken = () => {};
    // What is on, what is on its way, and what is made ready for later.
    this.layers = [];
    this.next = [];
    this.ahead = [];
    this.turn = 0;
    this.resize();
  }

  // Fits the display to the window, turned clockwise by 0, 90, 180 or 270 degrees.
  resize() {
    const [width, height] = [window.innerWidth, window.innerHeight];
    const upright = this.rotation % 180 === 0;
    this.display = upright ? [width, height] : [height, width];
    const { style } = this.root;
    style.width = `${this.display[0]}px`;
    style.height = `${this.display[1]}px`;
    const turns = {
      0: "none",
      90: `translateX(${width}px) rotate(90deg)`,
      180: `translate(${width}px, ${height}px) rotate(180deg)`,
      270: `translateY(${height}px) rotate(-90deg)`,
    };
    style.transform = turns[this.rotation];
  }

  // What is on at an instant, drawn as data. Without a programme it is words.
  compose(shown, at) {
    const programme = shown.programme || null;
    const look = lookOf(programme ? programme.look : HOUSE);
    const words = new Words(programme ? programme.language : shown.language);
    const moment = new Moment(at, programme ? programme.zone : NO_ZONE, words);
    this.measure.speak(words.language);
    const setting = {
      look,
      words,
      moment,
      measure: this.measure,
      codes: shown.codes || {},
      display: this.display,
      moves: this.moves,
      broken: this.pictures.broken,
      brokenFilms: this.brokenFilms,
    };
    const [width, height] = this.display;
    const bad = slide => this.moves && slide.kind === "film" && Boolean(slide.film) && this.brokenFilms.has(slide.film.sha256);
    const cues = programme ? cuesAt(programme, at, [], bad) : [];
    const percent = (part, of) => (part / 100) * of;
    const one = (cue, frame, draw) => {
      const canvas = new Canvas(setting, frame, cue);
      draw(canvas);
      const part = canvas.part();
      return { cue, part, mark: JSON.stringify([cue.region, part]) };
    };
    const drawn = cues.map(cue => {
      const { left, top, width: w, height: h } = cue.area;
      const frame = new Frame(percent(left, width), percent(top, height), percent(w, width), percent(h, height));
      return one(cue, frame, canvas => drawSlide(canvas, cue.slide));
    });
    if (drawn.length === 0) {
      const cue = { region: "", entry: "", change: "fade", since: at, began: at };
      const whole = new Frame(0, 0, width, height);
      drawn.push(one(cue, whole, canvas => (programme ? drawWaiting(canvas) : drawSaid(canvas, shown.said || "starting"))));
    }
    return { drawn, ground: backdrop(look) };
  }

  // Makes ready what will soon be on.
  prepare(shown, at) {
    const composed = this.compose(shown, at);
    const known = this.layers.concat(this.next);
    const wanted = composed.drawn.filter(one => !known.some(layer => layer.mark === one.mark));
    const ahead = this.ahead;
    this.ahead = wanted.map(one => ahead.find(layer => layer.mark === one.mark) || this.mount(one, composed));
    this.drop(ahead.filter(layer => !this.ahead.includes(layer)));
  }

  // Shows what is on at an instant, as soon as all of it is ready.
  show(shown, at) {
    this.turn += 1;
    const turn = this.turn;
    const composed = this.compose(shown, at);
    const known = this.layers.concat(this.next, this.ahead).filter(layer => !layer.leaves);
    known.forEach(layer => layer.follow());
    const next = composed.drawn.map(one => known.find(layer => layer.mark === one.mark) || this.mount(one, composed));
    // What was on its way or made ready, and is not wanted any more.
    this.drop(this.next.concat(this.ahead).filter(layer => !next.includes(layer) && !this.layers.includes(layer)));
    this.next = next;
    this.ahead = [];
    return Promise.all(next.map(layer => layer.ready)).then(() => {
      if (turn !== this.turn) return false;
      this.next = [];
      this.change(next, composed);
      return true;
    });
  }

  change(next, composed) {
    ground(this.root, composed.ground, { x: 0, y: 0 }, this.display);
    const before = this.layers;
    this.layers = next;
    const gone = before.filter(layer => !next.includes(layer) && !layer.leaves);
    const was = new Map(before.map(layer => [layer, layer.cue]));
    next.forEach((layer, index) => {
      const { cue } = composed.drawn[index];
      layer.cue = cue;
      layer.root.style.zIndex = String(index * 2 + 3);
      Object.assign(layer.root.dataset, { region: cue.region, entry: cue.entry, since: String(cue.since) });
    });
    const come = next.filter(layer => !before.includes(layer));
    for (const layer of come) {
      const old = gone.find(one => one.cue.region === layer.cue.region && same(one.part.frame, layer.part.frame));
      const first = before.length === 0;
      // The same slide that only says something else, the time for instance, changes at once.
      const isSlide = !old || was.get(old).entry !== layer.cue.entry || was.get(old).since !== layer.cue.since;
      const way = first || !this.moves || !isSlide ? "cut" : old ? layer.cue.change : "fade";
      this.enter(layer, old, way);
    }
    for (const layer of gone) this.leave(layer, come.length > 0);
  }

  enter(layer, old, way) {
    const { root, sheet, part } = layer;
    layer.shown();
    if (way === "cut") {
      root.classList.add("on");
      if (old) {
        old.leaves = true;
        this.remove(old);
      }
      return;
    }
    if (old) {
      old.root.style.zIndex = String(Number(root.style.zIndex) - 1);
      old.leaves = true;
    }
    // A part that lets others shine through fades as what was there fades out.
    const through = old && !layer.grounded;
    const moving = [[way === "slide" ? sheet : root, `from-${way}`]];
    if (old && way === "slide") moving.push([old.sheet, "to-slide"]);
    else if (through) moving.push([old.root, "to-fade"]);
    for (const [element, name] of moving) {
      element.style.setProperty("--wide", `${part.frame.w}px`);
      element.classList.add(name);
    }
    root.classList.add("on");
    setTimeout(() => {
      moving.forEach(([element, name]) => element.classList.remove(name));
      if (old) this.remove(old);
    }, CHANGE_MILLIS);
  }

  // What has no successor in its place fades out, or lies below what comes over it.
  leave(layer, below) {
    if (layer.leaves) return;
    layer.leaves = true;
    if (!this.moves) {
      this.remove(layer);
      return;
    }
    if (below) layer.root.style.zIndex = "1";
    else layer.root.classList.add("to-fade");
    setTimeout(() => this.remove(layer), CHANGE_MILLIS);
  }

  // Puts a part before the display, unseen: it says when it is ready.
  mount({ cue, part, mark }, composed) {
    const [waits, held, starts, asks, ends] = [[], [], [], [], []];
    let isGone = false;
    const work = {
      now: () => this.clock.now(),
      measure: this.measure,
      show: (image, sha256) => {
        held.push(sha256);
        // What is gone before its picture came says nothing about the picture.
        const taken = this.pictures.take(sha256).then(url => (isGone ? null : reveal(image, url)));
        waits.push(taken.catch(() => (isGone ? null : this.pictures.fail(sha256))));
      },
      filmBroken: sha256 => {
        this.brokenFilms.add(sha256);
        setTimeout(() => this.brokenFilms.delete(sha256), AGAIN);
        this.onBroken();
      },
      whenShown: start => starts.push(start),
      whenAsked: ask => asks.push(ask),
      whenGone: end => ends.push(end),
    };
    const { root, sheet } = paintPart(part, work);
    const others = composed.drawn.slice(0, composed.drawn.findIndex(one => one.mark === mark));
    const grounded = !others.some(other => overlap(other.part.frame, part.frame));
    if (grounded) ground(sheet, composed.ground, part.frame, this.display);
    root.style.zIndex = "0";
    this.root.appendChild(root);
    return {
      cue,
      part,
      mark,
      root,
      sheet,
      grounded,
      leaves: false,
      ready: Promise.all(waits),
      shown: () => starts.splice(0).forEach(start => start()),
      follow: () => asks.forEach(ask => ask()),
      end: () => {
        isGone = true;
        ends.splice(0).forEach(end => end());
        held.splice(0).forEach(sha256 => this.pictures.release(sha256));
        root.remove();
      },
    };
  }

  remove(layer) {
    layer.end();
  }

  drop(layers) {
    layers.forEach(layer => layer.end());
  }
}

function same(one, other) {
  return one.x === other.x && one.y === other.y && one.w === other.w && one.h === other.h;
}

function overlap(one, other) {
  return one.x < other.right - 1 && other.x < one.right - 1 && one.y < other.bottom - 1 && other.y < one.bottom - 1;
}

// Lets an image show a file, and waits until it can be painted without a gap.
function reveal(image, url) {
  return new Promise((resolve, reject) => {
    image.onload = () => (image.decode ? image.decode().then(resolve, reject) : resolve());
    image.onerror = reject;
    image.src = url;
  });
}

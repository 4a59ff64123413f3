// The infoscreen in a browser: plays what the kiosks play, at the same instants.

import { keepAwake } from "./awake.js";
import { Clock } from "./clock.js";
import { Link } from "./link.js";
import { AHEAD_MILLIS } from "./look.js";
import { Measure } from "./measure.js";
import { Pictures } from "./pictures.js";
import { programmeNext, readProgramme } from "./programme.js";
import { Shelf } from "./shelf.js";
import { nextLook } from "./slides.js";
import { Stage } from "./stage.js";
import { cuesAt } from "./player.js";

// A new version waits no longer than this, whatever a clock says, in milliseconds.
const LONGEST_WAIT = 1000;
// Nothing waits longer than this for the next look.
const LONGEST_SLEEP = 60000;
const TURNS = ["0", "90", "180", "270"];
const FONT = "Inter Variable";

class Screen {
  constructor(root) {
    const query = new URLSearchParams(location.search);
    const rotation = TURNS.includes(query.get("rotate")) ? Number(query.get("rotate")) : 0;
    const still = query.get("motion") === "still" || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const base = location.pathname.replace(/\/+$/, "");
    this.clock = new Clock("/screen/time");
    this.pictures = new Pictures();
    this.measure = new Measure(document.body);
    const { measure, pictures, clock } = this;
    this.stage = new Stage(root, { measure, pictures, clock, motion: !still, rotation });
    this.link = new Link(base);
    this.shelf = new Shelf(base);
    this.shown = { programme: null, language: document.documentElement.lang, said: "starting" };
    this.coming = null;
    this.timer = null;
  }

  async start() {
    const { clock, link, pictures, stage } = this;
    pictures.onBroken = () => this.renew();
    stage.onBroken = () => this.renew();
    clock.onSet = () => this.renew();
    link.onProgramme = (found, text) => this.take(found, text);
    link.onActivate = (version, at) => this.activate(version, at);
    link.onGone = () => this.end();
    window.addEventListener("resize", () => {
      stage.resize();
      this.measure.forget();
      this.renew();
    });
    // Nobody drew while nobody looked.
    document.addEventListener("visibilitychange", () => this.renew());
    keepAwake();
    await Promise.all([loadFonts(), this.shelf.start()]);
    this.measure.forget();
    // Letters of other scripts come when they are needed first.
    if (document.fonts && document.fonts.addEventListener) {
      document.fonts.addEventListener("loadingdone", () => {
        this.measure.forget();
        this.renew();
      });
    }
    const last = await this.shelf.last();
    if (last && !this.shown.programme) this.play(read(last));
    else this.renew();
    clock.follow();
    link.start();
  }

  // A document has come. The first one is shown at once; another version takes over when it is to.
  take(found, text) {
    const next = read(found);
    const current = this.shown.programme;
    this.shelf.keep(text, next.programme.media);
    if (!current || current.version === next.programme.version) {
      this.play(next);
      return;
    }
    const now = this.clock.now();
    const told = this.coming && this.coming.next.programme.version === next.programme.version ? this.coming.at : Infinity;
    const at = Math.min(next.programme.active_at, told, this.early(next.programme.version), now + LONGEST_WAIT);
    this.coming = { next, at };
    this.plan();
  }

  // The controller says from when on a version is shown.
  activate(version, at) {
    if (this.coming && this.coming.next.programme.version === version) {
      this.coming.at = Math.min(this.coming.at, at);
      this.plan();
    } else {
      this.told = { version, at };
    }
  }

  early(version) {
    return this.told && this.told.version === version ? this.told.at : Infinity;
  }

  play(shown) {
    this.shown = shown;
    this.coming = null;
    this.pictures.forgive();
    this.stage.brokenFilms.clear();
    this.renew();
  }

  // The address leads nowhere any more: nothing of what it showed stays here.
  end() {
    clearTimeout(this.timer);
    this.coming = null;
    this.shown = { programme: null, language: document.documentElement.lang, said: "ended" };
    this.shelf.clear();
    this.renew();
  }

  // Shows what is on now, and plans what comes next.
  renew() {
    this.prepared = null;
    this.stage.show(this.shown, this.clock.now());
    this.plan();
  }

  // When something else is to be seen.
  due(now) {
    const { programme } = this.shown;
    const instants = [now + LONGEST_SLEEP, (Math.floor(now / 60000) + 1) * 60000];
    if (this.coming) instants.push(this.coming.at);
    if (programme) {
      const change = programmeNext(programme, now, []);
      if (change !== null) instants.push(change);
      for (const cue of cuesAt(programme, now, [], () => false)) {
        const look = nextLook(cue.slide, now);
        if (look !== null) instants.push(look);
      }
      if (this.shown.again !== null && this.shown.again > now) instants.push(this.shown.again);
    }
    return Math.min(...instants.map(at => Math.max(at, now + 1)));
  }

  plan() {
    clearTimeout(this.timer);
    const now = this.clock.now();
    const due = this.due(now);
    const early = due - now > AHEAD_MILLIS;
    const wait = early ? due - now - AHEAD_MILLIS : due - now;
    if (!early && this.prepared !== due) {
      this.prepared = due;
      this.stage.prepare(this.comingAt(due), due);
    }
    this.timer = setTimeout(() => this.tick(due), Math.max(wait, 0));
  }

  comingAt(at) {
    return this.coming && this.coming.at <= at ? this.coming.next : this.shown;
  }

  tick(due) {
    const now = this.clock.now();
    if (now < due) {
      this.plan();
      return;
    }
    if (this.coming && this.coming.at <= now) {
      this.play(this.coming.next);
      return;
    }
    const { again } = this.shown;
    if (again !== null && again !== undefined && again <= now) {
      this.shown.again = null;
      this.link.ask();
    }
    this.renew();
  }
}

function read({ programme, codes, again }) {
  return { programme: readProgramme(programme), codes: codes || {}, again: again === undefined ? null : again };
}

// Text is measured in the letters it is drawn in; where they do not come, in those of the house.
async function loadFonts() {
  if (!document.fonts || !document.fonts.load) return;
  const weights = [400, 600, 700].map(weight => document.fonts.load(`${weight} 20px "${FONT}"`, "Aä"));
  const late = new Promise(resolve => setTimeout(resolve, 3000));
  await Promise.race([Promise.all(weights).catch(() => {}), late]);
}

const root = document.getElementById("screen");
if (root) new Screen(root).start();

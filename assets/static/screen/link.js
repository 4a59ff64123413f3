// The way to the controller: hears what is new at once, and asks now and then all the same.

import { sleep } from "./clock.js";

// How often is asked whether anything is new, in milliseconds, each page at times of its own.
const POLL = 60000;
// First and longest pause before a broken line is tried again.
const AGAIN = [1000, 60000];

export class Link {
  constructor(base) {
    this.base = base;
    this.tag = "";
    this.asking = null;
    this.onProgramme = () => {};
    this.onActivate = () => {};
    this.onGone = () => {};
    this.isOver = false;
  }

  start() {
    this.listen(AGAIN[0]);
    this.poll();
  }

  async poll() {
    while (!this.isOver) {
      await this.ask();
      await sleep(POLL * (0.75 + Math.random() * 0.5));
    }
  }

  // Fetches the document, unless it is the one that is here. What is told meanwhile is asked for once more.
  ask() {
    if (this.asking) {
      this.asking.again = true;
      return this.asking.done;
    }
    const asking = { again: false };
    asking.done = this.fetchAll(asking);
    this.asking = asking;
    return asking.done;
  }

  async fetchAll(asking) {
    try {
      do {
        asking.again = false;
        await this.fetchOnce();
      } while (asking.again && !this.isOver);
    } catch (_) {
      // What is on plays on.
    }
    this.asking = null;
  }

  async fetchOnce() {
    const headers = this.tag ? { "if-none-match": this.tag } : {};
    const answer = await fetch(`${this.base}/programme`, { cache: "no-store", credentials: "omit", headers });
    // Only our own word counts: a proxy that is lost says 404, too.
    if (answer.status === 404 && answer.headers.get("x-litfass-screen") === "gone") {
      this.isOver = true;
      if (this.line) this.line.close();
      this.onGone();
      return;
    }
    if (answer.status !== 200) return;
    const text = await answer.text();
    const document = JSON.parse(text);
    this.tag = answer.headers.get("etag") || "";
    this.onProgramme(document, text);
  }

  listen(pause) {
    if (typeof EventSource === "undefined" || this.isOver) return;
    const line = new EventSource(`${this.base}/live`);
    this.line = line;
    let next = Math.min(pause * 2, AGAIN[1]);
    line.addEventListener("open", () => {
      next = AGAIN[0];
      this.ask();
    });
    line.addEventListener("programme", () => this.ask());
    line.addEventListener("activate", event => {
      const { version, at } = JSON.parse(event.data);
      this.onActivate(version, at);
    });
    line.addEventListener("error", () => {
      // What the browser gives up is begun anew.
      if (line.readyState !== 2 || this.isOver) return;
      line.close();
      setTimeout(() => this.listen(next), next * (0.5 + Math.random()));
    });
  }
}

// The controller's time, from several looks at its clock: displays change together, however wrong their own clocks are.

const LOOKS = 4;
// Between two looks, and until the next row of them, in milliseconds.
const PAUSE = 250;
const AGAIN = 300000;
// A look that takes longer says nothing; a difference larger than this is taken over at once.
const SLOW = 2000;
const LARGE = 400;
// Smaller differences are only the network.
const SMALL = 15;

export class Clock {
  constructor(address) {
    this.address = address;
    this.offset = 0;
    this.isSet = false;
    this.onSet = () => {};
  }

  now() {
    return Date.now() + this.offset;
  }

  // Keeps looking at the controller's clock.
  async follow() {
    for (;;) {
      await this.look();
      await sleep(AGAIN * (0.8 + Math.random() * 0.4));
    }
  }

  async look() {
    let best = null;
    for (let look = 0; look < LOOKS; look += 1) {
      const found = await this.ask();
      if (found !== null && (best === null || found.took < best.took)) best = found;
      // The first is better than none.
      if (best !== null && !this.isSet) this.take(best.offset);
      await sleep(PAUSE);
    }
    if (best !== null) this.take(best.offset);
  }

  take(offset) {
    const off = offset - this.offset;
    if (this.isSet && Math.abs(off) < SMALL) return;
    this.offset = this.isSet && Math.abs(off) < LARGE ? this.offset + off / 2 : offset;
    this.isSet = true;
    this.onSet();
  }

  async ask() {
    try {
      const asked = Date.now();
      const answer = await fetch(this.address, { cache: "no-store", credentials: "omit" });
      const said = Number(await answer.text());
      const took = Date.now() - asked;
      if (!answer.ok || !(said > 0) || took > SLOW || took < 0) return null;
      return { took, offset: said + took / 2 - Date.now() };
    } catch (_) {
      return null;
    }
  }
}

export function sleep(millis) {
  return new Promise(resolve => setTimeout(resolve, millis));
}

// Files on their way to the glass: each is fetched once, held while something shows it, and let go.

// How long a file may take, in milliseconds; it is tried again after a while.
const SLOW = 15000;
const AGAIN = 60000;

export function addressOf(sha256) {
  return `/media/${sha256}`;
}

export class Pictures {
  constructor() {
    this.held = new Map();
    // Files that turned out not to be pictures, or that do not come.
    this.broken = new Set();
    this.onBroken = () => {};
  }

  // Takes hold of a picture: a promise of an address that an image can show.
  take(sha256) {
    let held = this.held.get(sha256);
    if (!held) {
      held = { users: 0, url: null };
      held.promise = fetchFile(sha256).then(blob => {
        held.url = URL.createObjectURL(blob);
        if (held.users === 0) this.forget(sha256, held);
        return held.url;
      });
      held.promise.catch(() => this.fail(sha256));
      this.held.set(sha256, held);
    }
    held.users += 1;
    return held.promise;
  }

  // Lets go of it.
  release(sha256) {
    const held = this.held.get(sha256);
    if (!held) return;
    held.users -= 1;
    if (held.users === 0 && held.url !== null) this.forget(sha256, held);
  }

  // Notes that a file cannot be shown: drawings leave it out for a while.
  fail(sha256) {
    const held = this.held.get(sha256);
    if (held) this.forget(sha256, held);
    if (this.broken.has(sha256)) return;
    this.broken.add(sha256);
    setTimeout(() => this.broken.delete(sha256), AGAIN);
    this.onBroken(sha256);
  }

  // Gives everything another try.
  forgive() {
    this.broken.clear();
  }

  forget(sha256, held) {
    if (held.url !== null) URL.revokeObjectURL(held.url);
    if (this.held.get(sha256) === held) this.held.delete(sha256);
  }
}

// Past the browser's own memory: what was withdrawn must not stay in it. What is played without a network is kept elsewhere.
function fetchFile(sha256) {
  const slow = new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), SLOW));
  const file = fetch(addressOf(sha256), { cache: "no-store", credentials: "omit" }).then(answer => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.blob();
  });
  return Promise.race([file, slow]);
}

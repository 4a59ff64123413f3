// Rectangles in pixels, and cutting them up. The same as `kiosk/src/stage/frame.rs`.

export function clamp(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

// Rounds halves away from zero.
export function round(value) {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

export class Frame {
  // A rectangle; sizes below nothing are nothing.
  constructor(x, y, w, h) {
    this.x = x;
    this.y = y;
    this.w = Math.max(w, 0);
    this.h = Math.max(h, 0);
  }

  get right() {
    return this.x + this.w;
  }

  get bottom() {
    return this.y + this.h;
  }

  // The same with some of it said anew.
  with({ x = this.x, y = this.y, w = this.w, h = this.h }) {
    return new Frame(x, y, w, h);
  }

  // Whether it lies on its side.
  get landscape() {
    return this.w > this.h * 1.15;
  }

  inset(by) {
    return new Frame(this.x + by, this.y + by, this.w - 2 * by, this.h - 2 * by);
  }

  insetSides(by) {
    return new Frame(this.x + by, this.y, this.w - 2 * by, this.h);
  }

  // On whole pixels, so that edges are sharp.
  snapped() {
    const [x, y] = [round(this.x), round(this.y)];
    return new Frame(x, y, round(this.right) - x, round(this.bottom) - y);
  }

  // Cuts a strip off a side and returns it.
  cutTop(wish) {
    const height = clamp(wish, 0, this.h);
    const cut = new Frame(this.x, this.y, this.w, height);
    this.y += height;
    this.h -= height;
    return cut;
  }

  cutBottom(wish) {
    const height = clamp(wish, 0, this.h);
    this.h -= height;
    return new Frame(this.x, this.bottom, this.w, height);
  }

  cutLeft(wish) {
    const width = clamp(wish, 0, this.w);
    const cut = new Frame(this.x, this.y, width, this.h);
    this.x += width;
    this.w -= width;
    return cut;
  }

  cutRight(wish) {
    const width = clamp(wish, 0, this.w);
    this.w -= width;
    return new Frame(this.right, this.y, width, this.h);
  }

  // The largest rectangle of this shape (width by height) inside, centred.
  holding(shape) {
    const [w, h] = this.w > this.h * shape ? [this.h * shape, this.h] : [this.w, this.w / shape];
    return new Frame(this.x + (this.w - w) / 2, this.y + (this.h - h) / 2, w, h);
  }
}

// How text is set. The same as in `kiosk/src/stage/drawing.rs`.

export const REGULAR = 400;
export const SEMIBOLD = 600;
export const BOLD = 700;

// Letters of a size in pixels and a heaviness; `more` says what is not usual about them.
export function type(size, weight, more) {
  return Object.assign({ size, weight, leading: 1.34, tracking: 0, digits: false }, more);
}

export function sized(set, size) {
  return Object.assign({}, set, { size });
}

export function weighing(set, weight) {
  return Object.assign({}, set, { weight });
}

// As a headline: tight.
export function tight(set) {
  return Object.assign({}, set, { leading: 1.12, tracking: -0.022 });
}

// As a poster: letters so large that the air between them shows.
export function poster(set) {
  return Object.assign({}, set, { leading: 1.04, tracking: -0.032 });
}

export function isPoster(set) {
  return set.leading < 1.06;
}

// One line that needs no room for others.
export function line(set, more) {
  return Object.assign({}, set, { leading: 1.2 }, more);
}

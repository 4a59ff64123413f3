// Pictures put together: which arrangement cuts off least. The same as `kiosk/src/stage/mosaic.rs`.

// How much the first picture counts.
const FIRST_COUNTS = 2;
// Where a picture beside several others may end.
const SPLITS = [0.5, 0.58, 0.66];

// How much of a picture of one shape is cut off to fill a frame, from 0 to 1.
export function cutOff(shape, frame) {
  const other = frame.w / Math.max(frame.h, 1);
  return 1 - Math.min(shape / other, other / shape);
}

function loss(frames, shapes) {
  // Squares: one picture cut badly is worse than all cut a little.
  const one = (frame, place) => Math.pow(cutOff(shapes[place], frame), 2) * (place === 0 ? FIRST_COUNTS : 1);
  return frames.reduce((sum, frame, place) => sum + one(frame, place), 0);
}

function takeLeft(rest, width, gap) {
  const taken = rest.cutLeft(width);
  rest.cutLeft(gap);
  return taken;
}

function takeTop(rest, height, gap) {
  const taken = rest.cutTop(height);
  rest.cutTop(gap);
  return taken;
}

function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

// Side by side, as wide as their shapes ask.
function row(area, shapes, gap) {
  const all = sum(shapes);
  const room = area.w - gap * (shapes.length - 1);
  const rest = area.with({});
  return shapes.map(shape => takeLeft(rest, (room * shape) / all, gap));
}

// One above the other, as high as their shapes ask.
function column(area, shapes, gap) {
  const all = sum(shapes.map(shape => 1 / shape));
  const room = area.h - gap * (shapes.length - 1);
  const rest = area.with({});
  return shapes.map(shape => takeTop(rest, room / shape / all, gap));
}

function even(count) {
  return new Array(count).fill(1);
}

// One on the left, the others in a column beside it.
function beside(area, split, others, gap) {
  const rest = area.with({});
  const first = takeLeft(rest, (area.w - gap) * split, gap);
  return [first, ...column(rest, even(others), gap)];
}

// One on top, the others in a row below it.
function above(area, split, others, gap) {
  const rest = area.with({});
  const first = takeTop(rest, (area.h - gap) * split, gap);
  return [first, ...row(rest, even(others), gap)];
}

function grid(area, gap) {
  const rest = area.with({});
  const top = takeTop(rest, (area.h - gap) / 2, gap);
  return [...row(top, even(2), gap), ...row(rest, even(2), gap)];
}

// Frames for one to four pictures of the given shapes (width by height), with gaps between them.
export function arrange(area, shapes, gap) {
  const count = shapes.length;
  if (count === 0) return [];
  if (count === 1) return [area];
  const tries = count === 4 ? [grid(area, gap)] : [row(area, shapes, gap), column(area, shapes, gap)];
  if (count === 2) {
    tries.push(row(area, even(2), gap), column(area, even(2), gap));
  } else {
    tries.push(...SPLITS.map(split => beside(area, split, count - 1, gap)));
    tries.push(...SPLITS.map(split => above(area, split, count - 1, gap)));
  }
  return tries.reduce((best, one) => (loss(one, shapes) < loss(best, shapes) ? one : best));
}

// Frames for any number of pictures in rows that fill an area, each picture nearly as wide as its shape asks.
export function rows(area, shapes, gap) {
  let best = null;
  for (let count = 1; count <= shapes.length; count += 1) {
    const start = place => Math.floor((place * shapes.length) / count);
    const parts = even(count).map((_, place) => shapes.slice(start(place), start(place + 1)));
    // As high as they would be uncut, then all stretched or pressed alike.
    const natural = part => Math.max(area.w - gap * (part.length - 1), 1) / sum(part);
    const factor = Math.max(area.h - gap * (count - 1), 1) / sum(parts.map(natural));
    const off = Math.abs(Math.log(factor));
    if (best !== null && best.off <= off) continue;
    const rest = area.with({});
    const lines = parts.map(part => row(takeTop(rest, natural(part) * factor, gap), part, gap));
    best = { off, frames: [].concat(...lines) };
  }
  return best === null ? [] : best.frames;
}

// Slide types in a browser: one more is one file and its name here, as in `shared` and in the kiosk.

import { announcement } from "./slides/announcement.js";
import { clock } from "./slides/clock.js";
import { countdown } from "./slides/countdown.js";
import { events } from "./slides/events.js";
import { film } from "./slides/film.js";
import { header } from "./slides/header.js";
import { hours } from "./slides/hours.js";
import { page } from "./slides/page.js";
import { photo } from "./slides/photo.js";
import { post } from "./slides/post.js";
import { qr } from "./slides/qr.js";
import { test_card } from "./slides/test_card.js";
import { ticker } from "./slides/ticker.js";
import { wall } from "./slides/wall.js";
import { weather } from "./slides/weather.js";

const DRAWN = { announcement, clock, countdown, events, film, header, hours, page, photo, post, qr, test_card, ticker, wall, weather };

// What the controller has turned into other slides before a display sees it.
const TURNED = ["posts", "photos", "document"];

function typeOf(slide) {
  return Object.prototype.hasOwnProperty.call(DRAWN, slide.kind) ? DRAWN[slide.kind] : null;
}

// Whether this version knows the type of a slide; of others it shows nothing, and the slide before stays on.
export function isKnown(slide) {
  return typeOf(slide) !== null || TURNED.includes(slide.kind);
}

// From when on there is nothing of a slide to show any more; `null` for never.
export function endsAt(slide) {
  const known = typeOf(slide);
  return known && known.endsAt ? known.endsAt(slide) : null;
}

// When a slide looks different by itself, where that is not the next minute of the clock; `null` for never.
export function nextLook(slide, at, moves) {
  const known = typeOf(slide);
  return known && known.nextLook ? known.nextLook(slide, at, moves) : null;
}

// Draws a slide.
export function drawSlide(canvas, slide) {
  const known = typeOf(slide);
  if (known) known.draw(canvas, slide);
}

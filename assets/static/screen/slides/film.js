// Draws a film: its first picture, and the film over it where things may move. It keeps silent in a browser.

import { drawPlate } from "../plate.js";

function draw(canvas, slide) {
  const picture = slide.film ? slide.film.poster : null;
  drawPlate(canvas, { picture, fit: slide.fit === "fill" ? "fill" : "whole", caption: slide.caption, film: slide.film });
}

export const film = { draw };

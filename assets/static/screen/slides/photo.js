// Draws a photo: up to the edges, or all of it. Series of photos and pages of documents are photos one after the other.

import { drawPlate } from "../plate.js";

function draw(canvas, { picture, caption, credit, fit, pan }) {
  drawPlate(canvas, { picture, fit: fit === "whole" ? "whole" : "fill", caption, credit, pan });
}

export const photo = { draw };

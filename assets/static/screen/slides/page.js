// Draws a picture of a web page: up to the edges where little of it is lost, else all of it.

import { MOST_CUT, shortAddress } from "../look.js";
import { cutOff } from "../mosaic.js";
import { drawPlate } from "../plate.js";

function draw(canvas, { address, picture }) {
  const shape = picture ? picture.width / Math.max(picture.height, 1) : 1;
  const fit = cutOff(shape, canvas.frame) <= MOST_CUT * 0.5 ? "fill" : "whole";
  // Only where there is nothing to see, its address says what should be there.
  const caption = canvas.sound([picture]).length === 0 ? shortAddress(address || "") : "";
  drawPlate(canvas, { picture, fit, caption });
}

export const page = { draw };

import { expect, test } from "vitest";
import { contrast, legibleOn, textOn } from "../../../chatui/src/ui/contrast.ts";

const COLOURS = ["#ffffff", "#000000", "#ffeb3b", "#c2410c", "#808080", "#00ff00", "#1a237e", "#ff69b4"];

test("contrast is 21 between black and white, and 1 between equals", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
  expect(contrast("#3b5bdb", "#3b5bdb")).toBe(1);
});

test.each(COLOURS)("text on %s can be read", (colour) => {
  expect(contrast(colour, textOn(colour))).toBeGreaterThanOrEqual(4.5);
});

test.each(COLOURS)("%s as text is shifted until it can be read on light and on dark", (colour) => {
  for (const paper of ["#ffffff", "#1c1b19"])
    expect(contrast(legibleOn(colour, paper), paper)).toBeGreaterThanOrEqual(4.5);
});

test("a colour that can be read already stays as it is", () => {
  expect(legibleOn("#1a237e", "#ffffff")).toBe("#1a237e");
});

import * as z from "zod";
import { MAX_TEXT_LENGTH } from "../frames/limits.ts";

/** What is said to the generator is a message like any other. */
export const prompt = z
  .string()
  .trim()
  .min(3, "Say in a few words what to build.")
  .max(
    MAX_TEXT_LENGTH,
    `A prompt may have up to ${MAX_TEXT_LENGTH.toLocaleString("en-US")} characters. Say it shorter.`,
  );

import * as z from "zod";
import { LANGUAGES } from "../languages.ts";

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour like '#3b5bdb'");

/** How an app looks. Colours are `#rrggbb`, never free CSS. */
export const branding = z.object({
  logo_text: z.string().max(4).optional(),
  primary_color: colour.optional(),
  accent_color: colour.optional(),
  theme: z.enum(["light", "dark", "auto"]).optional(),
  font: z.enum(["sans", "serif", "rounded", "mono"]).optional(),
  /** Spoken to whose browser asks for none that these pages speak. */
  language: z.enum(LANGUAGES).optional(),
  welcome: z.string().max(500).optional(),
  suggestions: z.array(z.string().min(1).max(120)).max(6).optional(),
});
export type Branding = z.infer<typeof branding>;

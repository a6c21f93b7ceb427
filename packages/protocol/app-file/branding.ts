import * as z from "zod";

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour like '#3b5bdb'");

/** How an app looks. Colours are `#rrggbb`, never free CSS. */
export const branding = z.object({
  logo_text: z.string().max(4).optional(),
  primary_color: colour.optional(),
  accent_color: colour.optional(),
  theme: z.enum(["light", "dark", "auto"]).optional(),
  welcome: z.string().max(500).optional(),
  suggestions: z.array(z.string().min(1).max(120)).max(6).optional(),
});
export type Branding = z.infer<typeof branding>;

import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { buildInNode } from "#test/support/build-in-node";
import { planned } from "#test/support/planned";
import { ODD_PROMPTS } from "./odd-prompts.ts";

test.each(ODD_PROMPTS)(
  "what nobody thought of goes live as well: $prompt",
  async ({ prompt, names }) => {
    const { build, files } = await buildInNode(prompt);
    const made = Object.keys(files.workflows).join(" ");
    for (const name of names.split(" ")) expect(made).toContain(name);
    expect(build.acceptance).toMatchObject({ failed: 0 });
    // A single workflow has its own conversations; several have those between them, too.
    const several = Object.keys(files.workflows).length > 1;
    expect(build.acceptance?.passed).toBeGreaterThanOrEqual(several ? 8 : 4);
  },
  60_000,
);

test.each(ODD_PROMPTS)("reads like a product: $prompt", ({ prompt }) => {
  const files = filesFrom(planned(prompt));
  const { name, branding } = files.app;
  expect(name).toMatch(/^[A-Z][\w &'-]{3,60}$/);
  expect(branding.logo_text).toMatch(/^[A-Z]{1,3}$/);
  const entry = Object.values(files.workflows).find((it) => it.entry);
  expect(entry?.ui?.welcome).toMatch(/^Welcome to .{4,}! I can help you .{5,}\. What can I do for you\?$/);
  const said = [name, entry?.ui?.welcome, ...(entry?.ui?.suggestions ?? [])].join("\n");
  expect(entry?.ui?.suggestions.length).toBeGreaterThanOrEqual(2);
  expect(said).not.toMatch(/lorem|request 1\b|undefined|null|\b(\w{4,}) \1\b|\ba [aeio]\w|2030-/i);
});

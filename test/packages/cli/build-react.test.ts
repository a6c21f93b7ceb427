import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runTool } from "#cli/gate/run-tool";
import { buildReactInto } from "#cli/platform/build-react";
import { CHECKOUT } from "../../../packages/cli/launch/checkout.mjs";

const folder = mkdtempSync(join(tmpdir(), "mozaiks-react-"));
const read = (name: string) => readFileSync(join(folder, name), "utf8");
beforeAll(() => buildReactInto(folder), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("what can be installed exports what the README names, and brings no React and no style of the page's", () => {
  const code = read("mozaiks-react.js");
  const exported = [...(/export \{([^}]*)\}/.exec(code)?.[1] ?? "").matchAll(/(?:as )?(\w+)\s*(?:,|$)/g)].map(
    ([, name]) => name,
  );
  const section = readFileSync(join(CHECKOUT, "README.md"), "utf8")
    .split("## In your React app")[1]
    ?.split("\n## ")[0];
  const named = new Set((section ?? "").match(/\b(?:Mozaiks[A-Z]|useMozaiks)\w+/g));
  expect(new Set(exported)).toEqual(named);
  const imported = new Set([...code.matchAll(/\bfrom\s*"([^"]+)"/g)].map(([, name]) => name));
  expect([...imported].sort()).toEqual(["react", "react-dom", "react/jsx-runtime"]);
  expect(code).toContain(":host");
  expect(JSON.parse(read("package.json")).peerDependencies).toHaveProperty("react");
});

test("the line that the project promises compiles for who installs it, and a wrong one does not", async () => {
  const check = async (jsx: string) => {
    const file = join(folder, "page.tsx");
    const from = `import { MozaiksCoreApp } from "./mozaiks-react.js";`;
    const given = `const workflows = ["refund-handler", { name: "order-tracker", title: "Orders" }]; const logo = "/logo.svg"; const colors = { primary: "#0f766e" };`;
    writeFileSync(file, `${from}\n${given}\nexport const page = ${jsx};\n`);
    const types = join(CHECKOUT, "node_modules/@types");
    const flags =
      "--ignoreConfig --noEmit --strict --jsx react-jsx --module esnext --moduleResolution bundler --target es2024";
    const paths = ["--typeRoots", types, "--types", "react"];
    return runTool("tsc", [...flags.split(" "), ...paths, file]);
  };
  // React's types are found from where the file stands.
  symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"));
  const promised = await check(
    `<MozaiksCoreApp workflows={workflows} branding={{ logo, colors }} enterprise_id="ent_1" />`,
  );
  expect(promised).toEqual({ ok: true, output: expect.anything() });
  for (const wrong of [
    `<MozaiksCoreApp workflows={workflows} branding={{ logo, colors }} />`,
    `<MozaiksCoreApp workflows={7} enterprise_id="ent_1" />`,
    `<MozaiksCoreApp branding={{ colours: colors }} enterprise_id="ent_1" />`,
  ])
    expect((await check(wrong)).ok, wrong).toBe(false);
});

import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { zipOf } from "#test/support/zip-of";
import { anyCodeOf, changesNothing } from "./changes-nothing.ts";
import { call, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";
import { sendFile } from "./send-file.ts";

let owner: Person;
let acme: MadeApp;
let other: Person;
let theirs: MadeApp;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
  [acme, theirs] = await Promise.all([makeApp(owner, "Acme"), makeApp(other, "Globex")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(theirs.enterprise_id)]);
});

const YAML = { name: "app.yaml", content: "name: A" };
test(
  "T56 imports: zips that climb, link, lie, repeat or swell are refused with a reason, and nothing is kept",
  () =>
    changesNothing(async () => {
      const app = acme.enterprise_id;
      const names = [
        "../app.yaml",
        "../../etc/passwd",
        "/app.yaml",
        "a/../../b",
        "..\\app.yaml",
        "C:\\x",
        "C:/x",
        "\\\\host\\x",
        "a\0b",
        "workflows/../../x",
        "./app.yaml",
        "a//b",
        "a/./b",
        ".git/config",
        "%2e%2e/x",
        "workflows/greeter.yaml/../../x",
        "NUL\u202egpj.yaml",
        "a\nb",
      ];
      const zips: [string, Uint8Array | string][] = [
        ...names.map((name): [string, Uint8Array] => [name, zipOf([YAML, { name, content: "x" }])]),
        ["link", zipOf([YAML, { name: "a", content: "/etc/passwd", mode: 0o120777 }])],
        ["device", zipOf([YAML, { name: "a", content: "", mode: 0o060666 }])],
        ["case", zipOf([YAML, { name: "APP.YAML", content: "name: B" }])],
        ["lies", zipOf([YAML, { name: "a", content: "x", size: 0xfffffff0 }])],
        [
          "many",
          zipOf([
            YAML,
            ...Array.from({ length: 401 }, (_, n) => ({ name: `knowledge/f${n}.md`, content: "" })),
          ]),
        ],
        ["swells", zipOf([YAML, { name: "knowledge/a.md", content: "0".repeat(30_000_000) }])],
        ["empty", zipOf([])],
        ["no zip", "PK\u0003\u0004 but not really"],
        ["nothing", ""],
        ["script", "#!/bin/sh\nrm -rf /"],
      ];
      for (const [what, bytes] of zips) {
        const answer = await sendFile(`/api/apps/${app}/import`, owner, { name: "app.zip", bytes });
        expect({ what, status: answer.status, said: typeof anyCodeOf(answer) }).toEqual({
          what,
          status: expect.toSatisfy((it: number) => it >= 400 && it < 500),
          said: "string",
        });
      }
    }),
  60_000,
);

test("T58 uploads: whatever a file is called, it is kept by a plain name of its own, under its app", async () => {
  const app = acme.enterprise_id;
  const names = [
    "../../evil.txt",
    "..\\..\\evil.txt",
    "/etc/passwd",
    "C:\\boot.txt",
    "a\0b.txt",
    "con.txt",
    ".htaccess",
    "..",
    ".",
    "",
    `${"x".repeat(500)}.txt`,
    "<img src=x>.txt",
    "x\u202etxt.exe",
    "a%2f..%2fb.txt",
    `enterprises/${theirs.enterprise_id}/x.txt`,
    "name\r\nx-evil: 1.txt",
    '"; filename="b.html',
  ];
  for (const [i, name] of names.entries()) {
    const answer = await sendFile(`/api/apps/${app}/knowledge`, owner, {
      name,
      bytes: `words number ${i}`,
      type: "text/plain",
    });
    expect({ name, ok: answer.status < 500 }).toEqual({ name, ok: true });
    if (answer.status >= 400) continue;
    const kept = (answer.body as { name: string }).name;
    expect({ name, kept }).toEqual({
      name,
      kept: expect.stringMatching(/^[\p{L}\p{N}_(-][\p{L}\p{N} ._()-]{0,119}$/u),
    });
    expect(kept).not.toContain("..");
  }
  const { objects } = await env.FILES.list();
  for (const { key } of objects) expect(key).toMatch(/^enterprises\/ent_[a-z0-9]+\/[\w./-]+$/);
  expect(
    objects.filter(
      ({ key }) => key.startsWith(`enterprises/${theirs.enterprise_id}/`) && key.includes("knowledge"),
    ),
  ).toEqual([]);
});

test(
  "T33 bodies beyond their limit are 413 before they are parsed: JSON, forms, zips and CSV alike",
  () =>
    changesNothing(async () => {
      const app = acme.enterprise_id;
      const big = (bytes: number) => "[".repeat(bytes);
      const json = await call("/api/apps", { raw: big(1_100_000), token: owner.token });
      expect([json.status, anyCodeOf(json)]).toEqual([413, "TOO_LARGE"]);
      // Without a length that says so: an endless body is not read to its end.
      let sent = 0;
      const endless = new ReadableStream({
        pull(controller) {
          sent += 65_536;
          controller.enqueue(new Uint8Array(65_536).fill(91));
        },
      });
      const request = new Request("http://localhost:8787/api/apps", {
        method: "POST",
        body: endless,
        headers: { "content-type": "application/json", authorization: `Bearer ${owner.token}` },
      });
      expect((await worker.fetch(request)).status).toBe(413);
      expect(sent).toBeLessThan(4_000_000);
      for (const path of [`/api/apps/${app}/import`, `/api/apps/${app}/knowledge`]) {
        const answer = await sendFile(path, owner, {
          name: "a.zip",
          bytes: new Uint8Array(26 * 1024 * 1024),
        });
        expect({ path, status: answer.status, code: anyCodeOf(answer) }).toEqual({
          path,
          status: 413,
          code: "TOO_LARGE",
        });
      }
    }),
  60_000,
);

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { readMail } from "#mail/local-mailbox";
import { writeMail } from "#mail/mail";
import { compose } from "#workers/compose";
import { receive } from "#workers/gateway/receive";
import { mailFor } from "#workers/mail-for";
import { call, codeOf, migrate } from "./client.ts";

beforeAll(migrate);
afterEach(() => vi.restoreAllMocks());

const LOOK = { name: "Ann's <b>Café</b>", colour: "#336699" };
const letter = (to: string) =>
  writeMail(to, LOOK, {
    subject: "Hi\r\nBcc: eve@example.com",
    lead: "<script>alert(1)</script>",
    code: "123456",
    end: "Bye",
  });
const asks = (path: string, bindings: Partial<typeof env>, init?: RequestInit) => {
  const ctx = createExecutionContext();
  const request = new Request(`http://localhost:8787${path}`, init) as Request<
    unknown,
    IncomingRequestCfProperties
  >;
  return receive(request, { ...env, ...bindings }, ctx).finally(() => waitOnExecutionContext(ctx));
};

test("a local Worker keeps its mail and shows it, escaped, as a page and as JSON", async () => {
  await mailFor(compose(env))?.(letter("ann@example.com"));
  const { body } = await call("/dev/mail.json");
  expect(body).toMatchObject({
    items: [
      { to: "ann@example.com", subject: "Hi Bcc: eve@example.com", text: expect.stringContaining("123456") },
    ],
  });
  const page = await call("/dev/mail");
  expect(page.status).toBe(200);
  expect(page.body).toContain("123456");
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(page.body).not.toContain("<script>");
  const { html } = (body as { items: { html: string }[] }).items[0]!;
  expect(html).toContain("&lt;script&gt;");
  expect(html).toContain("Ann&#39;s &lt;b&gt;Café");
});

test("where the Worker is not local there is no mailbox to read, and no mail without a provider", async () => {
  for (const path of ["/dev/mail", "/dev/mail.json"]) {
    const answer = await asks(path, { MAILBOX: "" });
    expect({ path, status: answer.status }).toEqual({ path, status: 404 });
  }
  expect(mailFor(compose({ ...env, MAILBOX: "" }))).toBeNull();
  expect(codeOf(await call("/dev/nothing"))).toBe("NOT_FOUND");
});

test("the mailbox holds the newest 200 of a day", async () => {
  const deps = compose(env);
  const day = 24 * 3_600_000;
  const now = Date.now();
  const at = (ms: number) => mailFor({ ...deps, clock: { now: () => ms } })?.(letter("many@example.com"));
  for (let n = 0; n < 205; n += 1) await at(now + n);
  expect(await readMail(deps.db, now)).toHaveLength(200);
  await at(now + day + 1_000);
  expect(await readMail(deps.db, now + day + 1_000)).toHaveLength(1);
  expect(await env.DB.prepare("select count(*) as n from local_mail").first("n")).toBe(1);
});

const RESEND = { RESEND_API_KEY: "re_canary_key", MAIL_FROM: "Acme <hi@acme.example>" };

/** Stands in for the provider: answers one status after the other. */
function provider(...statuses: number[]) {
  return vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => new Response("{}", { status: statuses.shift() ?? 200 }));
}
const patient = (bindings: Partial<typeof env>) => ({
  ...compose({ ...env, ...bindings }),
  wait: async () => {},
});

test("by Resend a message goes out once, however often it is tried", async () => {
  const fetched = provider(503, 429, 200);
  await mailFor(patient(RESEND))?.(letter("bob@example.com"));
  expect(fetched).toHaveBeenCalledTimes(3);
  const [url, init] = fetched.mock.calls[0]!;
  expect(url).toBe("https://api.resend.com/emails");
  expect(JSON.parse(String(init?.body))).toMatchObject({ from: RESEND.MAIL_FROM, to: ["bob@example.com"] });
  const keys = fetched.mock.calls.map(([, it]) => new Headers(it?.headers).get("idempotency-key"));
  expect(new Set(keys).size).toBe(1);
  expect(new Headers(init?.headers).get("authorization")).toBe("Bearer re_canary_key");
});

test("a message that is refused is not tried again; logs hold neither message nor key", async () => {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...all) => void lines.push(all.join(" ")));
  const fetched = provider(422);
  await expect(mailFor(patient(RESEND))?.(letter("bob@example.com"))).rejects.toThrow("mail not sent");
  expect(fetched).toHaveBeenCalledTimes(1);
  provider(500, 500, 500);
  await expect(mailFor(patient(RESEND))?.(letter("bob@example.com"))).rejects.toThrow("mail not sent");
  expect(lines.join("\n")).toContain("mail.not_sent");
  expect(lines.join("\n")).not.toMatch(/123456|re_canary|bob@example/);
});

test("Cloudflare's binding sends where it is bound", async () => {
  const send = vi.fn(async () => ({ messageId: "m" }));
  await mailFor(compose({ ...env, MAIL_FROM: "hi@acme.example", EMAIL: { send } as unknown as SendEmail }))?.(
    letter("cy@example.com"),
  );
  expect(send).toHaveBeenCalledWith(
    expect.objectContaining({ from: "hi@acme.example", to: "cy@example.com" }),
  );
});

test("T18 a mail that can't be sent is a sentence, the same for those who have an account and those who haven't", async () => {
  const email = "known@example.com";
  await call("/api/auth/sign-up/email", { json: { email, password: "correct horse", name: "K" } });
  const answers: unknown[] = [];
  for (const to of [email, "unknown@example.com"]) {
    provider(422);
    const answer = await asks("/api/auth/request-password-reset", RESEND, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: to }),
    });
    answers.push({ status: answer.status, body: await answer.json() });
    vi.restoreAllMocks();
  }
  expect(answers[0]).toMatchObject({
    status: 502,
    body: { code: "MAIL_FAILED", message: expect.stringContaining("could not be sent") },
  });
  expect(answers[1]).toEqual(answers[0]);
});

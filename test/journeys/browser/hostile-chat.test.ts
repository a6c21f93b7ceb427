import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { frame, toolCall } from "../../chatui/chat/frames.ts";
import { chatMeta, chatStage, type Entrance } from "../../support/chat-stage.ts";
import { seededRandom } from "../kill/seeded-random.ts";
import { ODD_CARDS, PAYLOADS } from "./hostile-payloads.ts";
import { launch, visit } from "./open-app.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

/** Opens the chat of a stage that says what it is told to. */
async function open(enter: (entrance: Entrance) => void) {
  const stage = await chatStage(enter);
  const user = await visit(browser, stage.url);
  await user.page.evaluate(
    "addEventListener('securitypolicyviolation', (it) => console.error('policy: ' + it.violatedDirective + ' ' + it.blockedURI))",
  );
  return {
    ...user,
    stage,
    async end() {
      await user.close();
      await stage.close();
    },
  };
}

test(`T37 T38 T39 ${PAYLOADS.length} hostile texts, cut anywhere and whole, run nothing, load nothing and look alike`, async () => {
  expect(PAYLOADS.length).toBeGreaterThan(300);
  const random = seededRandom(7);
  let seq = 0;
  const frames: DownFrame[] = [];
  for (const [n, text] of PAYLOADS.entries()) {
    let chunk = 0;
    for (let at = 0; at < text.length; chunk++) {
      const size = 1 + Math.floor(random() ** 3 * Math.max(40, text.length / 4));
      const content = text.slice(at, at + size);
      frames.push(frame("chat.stream_chunk", { stream_id: `cut${n}`, chunk_seq: chunk, content }, seq++));
      at += size;
    }
    const whole = { stream_id: `whole${n}`, message_id: `m${n}`, content: text };
    frames.push(frame("chat.stream_end", whole, seq++));
  }
  // No text streams on after its run: what was cut is drawn as it is.
  frames.push(frame("chat.run_complete", { run_id: "r", status: "completed", reason: "done" }, seq));
  const { page, complaints, foreign, end } = await open(({ say, after }) => {
    say([chatMeta(seq)]);
    say(frames.filter((it) => (it.seq ?? 0) > after));
  });
  try {
    await page
      .locator('[data-testid="message"]')
      .nth(PAYLOADS.length * 2 - 1)
      .waitFor({ state: "attached" });
    await page.locator(".streaming").waitFor({ state: "detached" });
    const found = await page.evaluate<{
      drawn: number;
      unlike: number[];
      odd: string[];
      links: string[];
    }>(`(() => {
      const texts = [...document.querySelectorAll('[data-testid="message"] [dir="auto"]')].filter(
        (it) => it.parentElement.matches(".leading-relaxed"));
      const unlike = [];
      for (let n = 0; n < texts.length; n += 2)
        if (texts[n].innerHTML !== texts[n + 1].innerHTML) unlike.push(n / 2);
      const log = document.querySelector('[role="log"]');
      const odd = [...log.querySelectorAll("script,img,iframe,object,embed,link,style,meta,base,form,video,math,template")]
        .map((it) => it.outerHTML.slice(0, 100));
      for (const it of log.querySelectorAll("*")) for (const { name, value } of it.attributes)
        if (name.startsWith("on") || name === "src" || name === "srcset" || (name === "style" && !/^text-align: (start|center|end);$/.test(value)))
          odd.push(name + "=" + value);
      const links = [...log.querySelectorAll("a")].map((it) => it.href);
      const marks = /[\\u0000-\\u0008\\u202a-\\u202e\\u2066-\\u2069\\u200b\\ufeff\\u001b]/;
      if (marks.test(log.textContent)) odd.push("unseen characters");
      return { drawn: texts.length, unlike, odd, links };
    })()`);
    expect(found.drawn).toBe(PAYLOADS.length * 2);
    expect(found.unlike).toEqual([]);
    expect(found.odd).toEqual([]);
    expect(found.links.filter((href) => !/^(https?|mailto):/.test(href))).toEqual([]);
    expect(found.links.length).toBeGreaterThan(20);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await end();
  }
}, 120_000);

test(`T40 ${ODD_CARDS.length} cards that do not fit their schema break no page, and at most themselves`, async () => {
  const frames = ODD_CARDS.map(({ component, payload }, seq) =>
    toolCall(seq, {
      tool_call_id: `t${seq}`,
      tool_name: `<b>tool</b> ${seq}`,
      component_type: component,
      interaction_type: seq % 4 === 0 ? "ui_surface" : seq % 3 === 0 ? "approval" : "ui_tool",
      payload,
    }),
  );
  const last = ODD_CARDS.length;
  frames.push(frame("chat.stream_end", { stream_id: "s", message_id: "m", content: "still here" }, last));
  const { page, complaints, foreign, end } = await open(({ say }) => say([chatMeta(last), ...frames]));
  try {
    await page.getByText("still here").first().waitFor();
    await page.locator('[data-testid="card"], [data-testid="team-card"]').first().waitFor();
    await page.waitForFunction("document.querySelectorAll('.thread-item').length > 100");
    expect(await page.locator("[role=log] img, [role=log] b, [role=log] script").count()).toBe(0);
    await page.getByTestId("composer").fill("and I can write");
    expect(await page.getByTestId("send").isEnabled()).toBe(true);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await end();
  }
});

test("a server that goes away in the middle is come back to where it stopped; one that will not know us says so", async () => {
  const asked: number[] = [];
  const said = ["The first ", "half, ", "and the second."].map((content, n) =>
    frame("chat.stream_chunk", { stream_id: "s", chunk_seq: n, content }, n + 1),
  );
  const start = frame("chat.run_start", { workflow: "talk", chat_id: "chat_1", run_id: "r" }, 0);
  const done = frame(
    "chat.stream_end",
    { stream_id: "s", message_id: "m", content: "The first half, and the second." },
    4,
  );
  const ended = frame("chat.run_complete", { run_id: "r", status: "completed", reason: "done" }, 5);
  let leave = () => {};
  const { page, end } = await open(({ say, after, socket }) => {
    asked.push(after);
    if (asked.length === 1) {
      say([chatMeta(-1), start, ...said.slice(0, 2)]);
      leave = () => socket.terminate();
    } else if (after === 2) {
      say([chatMeta(2), ...said.slice(2), done, ended]);
      leave = () => socket.close(4401, "expired");
    } else socket.close(4401, "expired");
  });
  try {
    await page.getByText("The first half,").waitFor();
    leave();
    await page.getByText("The first half, and the second.").waitFor();
    expect(asked.slice(0, 2)).toEqual([-1, 2]);
    expect(await page.getByTestId("message").count()).toBe(1);
    await page.locator('[role="log"][aria-busy="false"]').waitFor();
    // A token that has run out is renewed once; who is refused again is told, and what was said stays.
    leave();
    await page.getByRole("alert").filter({ hasText: "You have been signed out." }).waitFor();
    expect(asked).toHaveLength(3);
    expect(await page.getByText("The first half, and the second.").count()).toBeGreaterThan(0);
  } finally {
    await end();
  }
});

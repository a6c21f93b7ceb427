import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "#cli/gate/find-chromium";
import { frame } from "../chatui/chat/frames.ts";
import { chatMeta, chatStage } from "../support/chat-stage.ts";
import { inTurns } from "./ledger/rounds.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile, rangeOf } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import { frameCosts } from "./ui/frame-costs.ts";
import { peerStage } from "./ui/peer-stage.ts";
import { whenSaid } from "./ui/when-said.ts";

/**
 * B16: an answer of 200 tokens a second streams into a chat of 500 messages in Chromium: what script, style and layout
 * cost from frame to frame, by its trace. Beside it the AI SDK's own `useChat` with each message as plain text; ours
 * draws Markdown, and has a socket, a log and a way to resume.
 */
const ROUNDS = 5;
const EARLIER = 500;
const TOKENS = 1_000;
const EVERY_MS = 5;
const NAMES = ["ours", "useChat, plain text"] as const;
const MOST_MS = 8;
const READY_MS = 1_000;

const EARLIER_TEXTS = Array.from({ length: EARLIER }, (_, n) =>
  n % 2 === 0
    ? `Question ${n}: what about this one?`
    : `**Answer ${n}.** It has a list:\n\n- one with \`code\`\n- two with a [link](https://example.com/${n})\n\nAnd a paragraph of some length, so that it takes more than a line to be read by anybody.`,
);
const WORDS =
  "The quick **brown fox** jumps over `the lazy dog` and\n\n- then it\n- rests, as [they](https://example.com) do.\n\n".split(
    /(?<= )/,
  );
const ANSWER = Array.from({ length: TOKENS }, (_, n) => WORDS[n % WORDS.length] ?? "");

// Who looks into the page for a text while it streams reads all of it each time, at the page's cost.
const said = whenSaid();
const folder = await mkdtemp(join(tmpdir(), "mozaiks-bench-ui-"));
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const ours = await chatStage(({ say, socket }) => {
  const before = EARLIER_TEXTS.map((content, n) =>
    n % 2 === 0
      ? frame("chat.text", { message_id: `m${n}`, role: "user", content, index: n }, n)
      : frame("chat.stream_end", { stream_id: `s${n}`, message_id: `m${n}`, content }, n),
  );
  say([chatMeta(EARLIER - 1), ...before]);
  socket.on("message", (data) => {
    const { type, data: sent } = JSON.parse(String(data)) as {
      type: string;
      data?: { client_message_id: string };
    };
    if (type === "user.input.submit" && sent) void stream(sent.client_message_id);
  });
  async function stream(client_message_id: string) {
    let seq = EARLIER;
    const own = {
      message_id: "own",
      role: "user" as const,
      content: "Go on",
      index: EARLIER,
      client_message_id,
    };
    say([frame("chat.text", own, seq++)]);
    say([frame("chat.run_start", { workflow: "talk", chat_id: "chat_1", run_id: "r" }, seq++)]);
    const next = (content: string, chunk_seq: number) =>
      say([frame("chat.stream_chunk", { stream_id: "answer", chunk_seq, content }, seq++)]);
    for (const [n, token] of ANSWER.entries()) {
      next(token, n);
      await wait(EVERY_MS);
    }
    next("The end.", ANSWER.length);
    said.all();
  }
});
const peer = await peerStage(EARLIER_TEXTS, ANSWER, EVERY_MS, folder, said.all);
const urls = { ours: ours.url, "useChat, plain text": peer.url };
try {
  const cpu = watchCpu();
  const rounds = await inTurns(ROUNDS, NAMES, (name) => measure(browser, urls[name]));
  const machine = cpu();
  const of = (name: (typeof NAMES)[number], what: keyof (typeof rounds)[number][typeof name]) =>
    rangeOf(rounds.map((round) => round[name][what] as number));
  printTable(
    [
      "streaming into 500 messages",
      "frame p50 ms",
      "frame p95 ms",
      "tasks > 50 ms",
      "ready after ms",
      "script kB",
    ],
    NAMES.map((name) => [
      name,
      of(name, "p50Ms").median.toFixed(1),
      of(name, "p95Ms").median.toFixed(1),
      of(name, "longTasks").median.toFixed(0),
      of(name, "readyMs").median.toFixed(0),
      of(name, "scriptKb").median.toFixed(0),
    ]),
  );
  const ratio = rangeOf(rounds.map((round) => round.ours.p95Ms / round["useChat, plain text"].p95Ms));
  console.log(
    `frame p95, ours ÷ useChat: ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} – ${ratio.max.toFixed(2)})`,
  );
  console.log(
    `bar: frame p95 ≤ ${MOST_MS} ms: ${of("ours", "p95Ms").median <= MOST_MS ? "reached" : "MISSED"}`,
  );
  console.log(
    `bar: ready in < ${READY_MS} ms: ${of("ours", "readyMs").median < READY_MS ? "reached" : "MISSED"}`,
  );
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("ui", { machine, rounds });
} finally {
  await browser.close();
  await ours.close();
  peer.close();
  await rm(folder, { recursive: true, force: true });
}

/** One visit with an empty cache. Script in kB as it is on disk: neither server here compresses. */
async function measure(from: Browser, url: string) {
  const context = await from.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  let scriptKb = 0;
  page.on("response", async (response) => {
    if (!response.headers()["content-type"]?.startsWith("text/javascript")) return;
    scriptKb += (await response.body().catch(() => Buffer.alloc(0))).length / 1_000;
  });
  const began = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.getByTestId("composer").waitFor();
  const readyMs = performance.now() - began;
  await page.getByText(`Question ${EARLIER - 2}:`).waitFor();
  await page.waitForLoadState("networkidle");
  await page.getByTestId("composer").fill("Go on");
  await from.startTracing(page, {
    categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"],
  });
  const all = said.next();
  await page.keyboard.press("Enter");
  await all;
  await page.getByText("The end.").waitFor({ state: "attached" });
  const { costsMs, longTasks } = frameCosts(await from.stopTracing());
  await context.close();
  return { p50Ms: quantile(costsMs, 0.5), p95Ms: quantile(costsMs, 0.95), longTasks, readyMs, scriptKb };
}

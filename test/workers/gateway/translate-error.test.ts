import { Hono } from "hono";
import { expect, test } from "vitest";
import { appError } from "#base/app-error";
import { errorBody } from "#protocol/errors";
import type { Call, GatewayEnv } from "#workers/gateway/call";
import { translateError } from "#workers/gateway/translate-error";

async function answerTo(thrown: unknown) {
  const lines: unknown[] = [];
  const app = new Hono<GatewayEnv>();
  app.onError(translateError);
  app.get("/", () => {
    throw thrown;
  });
  const log: Call["deps"]["log"] = (...line) => lines.push(line);
  const call = { deps: { log }, requestId: "req_1", site: null, origin: "http://x" } as unknown as Call;
  const answer = await app.fetch(new Request("http://x/"), call);
  return { status: answer.status, body: await answer.text(), log: JSON.stringify(lines) };
}

test("an error of the list keeps its code, status and details", async () => {
  const { status, body, log } = await answerTo(appError("CONFLICT", { slug: "acme" }));
  expect(status).toBe(409);
  expect(errorBody.parse(JSON.parse(body)).error).toEqual({
    code: "CONFLICT",
    message: "That conflicts with what is already there.",
    retryable: false,
    request_id: "req_1",
    details: { slug: "acme" },
  });
  expect(log).toBe("[]");
});

test("T65 T71 anything else is an opaque 500, and the log names the request but nothing that was said", async () => {
  const secret = 'insert into user values ("hunter2")\r\n{"level":"info"}';
  const { status, body, log } = await answerTo(new TypeError(secret));
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual({
    error: {
      code: "INTERNAL",
      message: "Something went wrong on our side.",
      retryable: true,
      request_id: "req_1",
    },
  });
  expect(log).toContain("req_1");
  expect(log).toContain("TypeError");
  expect(log).not.toContain("hunter2");
  expect(log).not.toMatch(/[\r\n]/);
});

test("an object that is overloaded or was restarted is 503, to be tried again", async () => {
  for (const flag of ["overloaded", "retryable"]) {
    const { status, body } = await answerTo(Object.assign(new Error("Durable Object"), { [flag]: true }));
    expect(status).toBe(503);
    expect(JSON.parse(body).error).toMatchObject({ code: "UNAVAILABLE", retryable: true });
  }
});

import { expect, test } from "vitest";
import { isSignedOut, readFailure } from "../../../chatui/src/api/failure.ts";

test("our own error body gives its code, sentence and whether to try again", () => {
  const body = {
    error: { code: "RATE_LIMITED", message: "Too many requests.", retryable: true, request_id: "r" },
  };
  expect(readFailure(429, body)).toMatchObject({
    status: 429,
    code: "RATE_LIMITED",
    message: "Too many requests.",
    retryable: true,
  });
});

test("a refused field is named first", () => {
  const details = { issues: [{ path: "prompt", message: "say in a few words what to build" }] };
  const body = { error: { code: "BAD_REQUEST", message: "No.", retryable: false, request_id: "r", details } };
  expect(readFailure(400, body).message).toBe("prompt: say in a few words what to build");
});

test("better-auth's own shape gives its sentence", () => {
  const body = { code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" };
  expect(readFailure(401, body)).toMatchObject({ code: "AUTH", message: "Invalid email or password" });
});

test.each([[null], ["<html>"], [{}], [{ error: null }]])(
  "a body of no known shape %j still makes a sentence",
  (body) => {
    expect(readFailure(502, body)).toMatchObject({ code: "INTERNAL", retryable: true });
    expect(isSignedOut(readFailure(401, body))).toBe(true);
  },
);

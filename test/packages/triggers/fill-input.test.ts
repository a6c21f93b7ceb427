import fc from "fast-check";
import { expect, test } from "vitest";
import { hookInput, scheduledInput, unknownPlaceholders } from "#triggers/fill-input";

const said = (input: string, body: unknown) => hookInput(input, body).split("\n\n")[0];

test("a schedule's input says when it was due, as it is called there", () => {
  const due = Date.UTC(2026, 2, 31, 22, 30);
  expect(scheduledInput("Report of {weekday}, {date} {time}. {other}", due, "Europe/Berlin")).toBe(
    "Report of Wednesday, 2026-04-01 00:30. {other}",
  );
});

test("values of the body stand in their places, texts in quotes", () => {
  const body = { order: { id: "A-1", items: [{ n: 2 }, { n: 3 }], paid: true }, list: [1, "x"] };
  expect(said("{body.order.id} {body.order.items.1.n} {body.order.paid} {body.none} {body.list}", body)).toBe(
    '"A-1" 3 true (nothing) "[1,\\"x\\"]"',
  );
});

test("T42 placeholders have no logic and reach only what the body itself has", () => {
  for (const path of ["constructor", "__proto__", "toString", "constructor.name", "length", "x.length"])
    expect(said(`{body.${path}}`, { x: "abc" })).toBe("(nothing)");
  // What JSON itself calls so is data like any other.
  expect(said("{body.__proto__.a}", JSON.parse('{"__proto__":{"a":"own"}}'))).toBe('"own"');
  expect(said("{body.a}", { a: "{body.secret}", secret: "s3cret" })).toBe('"{body.secret}"');
  expect(said("{{body.a}}", { a: 1 })).toBe("{1}");
  expect(said("{secrets.KEY} {process.env} {body} {1+1}", { secrets: { KEY: "x" } })).toBe(
    "{secrets.KEY} {process.env} {body} {1+1}",
  );
});

test("no text of a body can end its quotes, whatever it is, and none is long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => {
      const whole = hookInput("Order {body.id}.", { id: text });
      const [, quoted] = /^Order ("(?:[^"\\\n]|\\.)*")\.\n\nThe values/.exec(whole) ?? [];
      expect(JSON.parse(quoted ?? "")).toBe(text.slice(0, 500).toWellFormed());
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("a placeholder that has no value is found when the app is checked", () => {
  expect(unknownPlaceholders({ kind: "schedule", input: "{date} {day} {body.x}" })).toEqual([
    "day",
    "body.x",
  ]);
  expect(unknownPlaceholders({ kind: "webhook", input: "{body.a.0} {date} {body} {body..a}" })).toEqual([
    "date",
    "body",
    "body..a",
  ]);
});

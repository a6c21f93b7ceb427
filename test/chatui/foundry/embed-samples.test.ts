import { expect, test } from "vitest";
import { reactSample, readOrigins, scriptSample, tryUrl } from "../../../chatui/src/foundry/embed-samples.ts";

const PLAIN = { position: "", colour: "", greeting: "", language: "" };

test("the line for a page names the app's address, what was chosen, and nothing that could leave its attribute", () => {
  expect(scriptSample("https://acme.example/", PLAIN)).toBe(
    '<script src="https://acme.example/widget.js" async></script>',
  );
  const greeting = `"><script>alert("1")</script> & more`;
  expect(scriptSample("https://acme.example", { ...PLAIN, position: "left", greeting })).toBe(
    '<script src="https://acme.example/widget.js" async data-position="left" ' +
      'data-greeting="&quot;>&lt;script>alert(&quot;1&quot;)&lt;/script> &amp; more"></script>',
  );
  expect(tryUrl("https://acme.example", { ...PLAIN, greeting: "Hi & hello" })).toBe(
    "https://acme.example/embed/try?greeting=Hi+%26+hello",
  );
});

test("the React component names the same app, by its address and id", () => {
  const sample = reactSample("https://acme.example/", "ent_1");
  expect(sample).toContain('platform="https://acme.example"\n      enterprise_id="ent_1"');
});

test("what is no origin is told before it is sent", () => {
  const fine = ["https://shop.example", "https://www.shop.example:8443", "http://localhost:3000"];
  const wrong = [
    "https://shop.example/",
    "http://shop.example",
    "shop.example",
    "https://*.shop.example",
    "null",
  ];
  expect(readOrigins([...fine, ...wrong].join("\n "))).toEqual({ origins: [...fine, ...wrong], wrong });
});

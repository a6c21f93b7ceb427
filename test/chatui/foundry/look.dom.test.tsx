import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { AppDetail } from "#protocol/api/app";
import { AppLookForm } from "../../../chatui/src/foundry/app-look-form.tsx";
import { placeOf } from "../../../chatui/src/foundry/draw-logo.ts";
import { shown } from "./shown.dom.tsx";

const AT = "/api/apps/ent_1";
const LOGO = `${AT}/logo/logo_1.png`;
const APP = {
  ...{ enterprise_id: "ent_1", slug: "shop", name: "Shop", description: "", url: "http://shop.localhost" },
  ...{ status: "live", live_version: 1, draft_version: null, show_cost: false, logo: LOGO },
  branding: { logo_text: "SH" },
} as unknown as AppDetail;
afterEach(() => vi.unstubAllGlobals());

const pictures = (at: HTMLElement) => [...at.querySelectorAll("img")].map((it) => it.getAttribute("src"));

test("letters, font and language show in the preview at once and are saved together; what was not touched stays", async () => {
  const { at, button, click, writes } = await shown(<AppLookForm app={APP} />, {
    [`DELETE ${AT}/logo`]: () => ({ logo: null }),
    [`PATCH ${AT}`]: (changes: object) => ({ ...APP, ...changes, logo: null }),
  });
  const preview = at.querySelector<HTMLElement>('[data-testid="preview-dark"]');
  expect(pictures(at)).toEqual([LOGO, LOGO, LOGO]);
  await click(button("Use letters"));
  expect(pictures(at)).toEqual([]);
  expect(preview?.textContent).toContain("SH");
  const serif = [...at.querySelectorAll<HTMLInputElement>('input[type="radio"]')][1];
  await click(serif as HTMLInputElement);
  expect(preview?.style.fontFamily).toContain("serif");
  const language = [...at.querySelectorAll("select")].at(-1);
  if (!language) throw new Error("no languages");
  await act(async () => {
    language.value = "ar";
    language.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(preview?.getAttribute("dir")).toBe("rtl");
  await vi.waitUntil(async () => {
    await act(async () => undefined);
    return preview?.textContent?.includes("رسالتك");
  });
  expect(writes()).toEqual([]);
  await click(button("Save"));
  expect(writes()).toEqual([
    { method: "DELETE", path: `${AT}/logo`, body: undefined },
    {
      ...{ method: "PATCH", path: AT },
      body: {
        ...{ name: "Shop", show_cost: false },
        branding: { logo_text: "SH", font: "serif", language: "ar" },
      },
    },
  ]);
});

test("without a change to it the logo is not sent again, and one that can't be had is letters", async () => {
  const { at, button, click, writes } = await shown(<AppLookForm app={APP} />, {
    [`PATCH ${AT}`]: () => APP,
  });
  await click(button("Save"));
  expect(writes().map(({ method }) => method)).toEqual(["PATCH"]);
  for (const picture of at.querySelectorAll("img"))
    await act(async () => picture.dispatchEvent(new Event("error")));
  expect(pictures(at)).toEqual([]);
  expect(at.querySelector('[data-testid="preview-light"]')?.textContent).toContain("SH");
});

test("a picture is drawn whole into the middle of a square, one without a size of its own over all of it", () => {
  expect(placeOf(100, 50, 512)).toEqual([0, 128, 512, 256]);
  expect(placeOf(10, 40, 512)).toEqual([192, 0, 128, 512]);
  expect(placeOf(0, 0, 512)).toEqual([0, 0, 512, 512]);
});

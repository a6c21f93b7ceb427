import { afterEach, expect, test } from "vitest";
import { type ErrorCode, errorCode } from "#protocol/errors";
import { LANGUAGES, type Language } from "#protocol/languages";
import { refusalWords } from "../../../chatui/src/chat/spending-words.ts";
import { errorWords, pickLanguage, speak, type Words, words } from "../../../chatui/src/words/words.ts";

afterEach(() => speak("en"));

const OTHERS = LANGUAGES.filter((it) => it !== "en");

async function tableOf(language: Language): Promise<Words> {
  await speak(language);
  return words();
}

/** Each sentence by its place in the table; what takes something is said of `X1` and `X2`, what counts of 3. */
function sentences(table: object, at = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, it] of Object.entries(table)) {
    const place = `${at}${key}`;
    if (typeof it === "string") all.set(place, it);
    else if (typeof it === "function") all.set(place, it.length === 1 ? sayOf(it) : it("X1", "X2"));
    else for (const [inner, text] of sentences(it, `${place}.`)) all.set(inner, text);
  }
  return all;
}

/** A counting one makes `NaN` of a word. */
function sayOf(say: (it: unknown) => string): string {
  const text = say("X1");
  return /X1/.test(text) ? text : say(3);
}

/** The same in English for good. */
const SAME = new Set([
  ...[
    "no",
    "noThanks",
    "chats",
    "messages",
    "image",
    "tokens",
    "page",
    "source",
    "sources",
    "errors.OFFLINE",
    "chatName",
  ],
  ...["sign.name", "sign.code", "sign.passkeys", "sign.passkeyName", "optional", "menu"],
]);

test.each(OTHERS)(
  "%s: nothing is left in English, and who or what is meant stands in each sentence",
  async (language) => {
    const english = sentences(await tableOf("en"));
    const said = sentences(await tableOf(language));
    expect([...said.keys()].sort()).toEqual([...english.keys()].sort());
    const left = [...said].filter(([key, text]) => text === english.get(key) && !SAME.has(key));
    expect(left).toEqual([]);
    for (const [key, text] of said) {
      expect(text.trim(), key).not.toBe("");
      const named = (it: string) => it.match(/X[12]|[3٣]/g)?.sort() ?? [];
      expect(named(text), key).toEqual(named(english.get(key) ?? ""));
    }
  },
);

test.each([
  ["de", /(?<!\p{L})(du|dich|dir|dein(e|en|er|em|es)?)(?!\p{L})/iu],
  ["es", /(?<!\p{L})(usted(es)?|vos|vuestr[oa]s?)(?!\p{L})/iu],
  ["fr", /(?<!\p{L})(tu|toi|ton|ta|tes)(?!\p{L})/iu],
  ["zh", /你/],
] as const)("%s speaks to people in one way", async (language, other) => {
  const mixed = [...sentences(await tableOf(language))].filter(([, text]) => other.test(text));
  expect(mixed).toEqual([]);
});

test("Arabic counts in its six forms", async () => {
  const { sources } = await tableOf("ar");
  const said = [0, 1, 2, 3, 11, 100].map((count) => sources(count).replace(/\d+/, "#"));
  expect(said).toEqual(["# مصدر", "مصدر واحد", "مصدران", "# مصادر", "# مصدرًا", "# مصدر"]);
});

/** What programs and those who build meet, and what the app's owner has written themself. */
const NOT_SAID_TO_USERS: ErrorCode[] = [
  ...(["BAD_JSON", "METHOD_NOT_ALLOWED", "IDEMPOTENCY_MISMATCH", "UPGRADE_REQUIRED"] as const),
  ...(["UNKNOWN_FRAME", "BAD_FRAME", "MAINTENANCE"] as const),
  ...(["PLAN_CHANGED", "INVALID_WORKFLOW", "ACCEPTANCE_FAILED", "PROMPT_UNUSABLE"] as const),
];

test.each(OTHERS)(
  "%s: what a server refuses an end user with is said in their language",
  async (language) => {
    await speak(language);
    const english = errorCode.options.filter(
      (code) =>
        !NOT_SAID_TO_USERS.includes(code) &&
        (refusalWords(code, undefined, "user") ?? errorWords(code, "in English")) === "in English",
    );
    expect(english).toEqual([]);
  },
);

test("in English a server's own sentence stands, but for those of signing in, which are ours", () => {
  expect(errorWords("CONFLICT", "There is already a row with this number.")).toMatch(/this number/);
  expect(errorWords("INVALID_OTP", "Invalid OTP")).toBe("That code is not right.");
});

test.each([
  [null, ["sw", "fr-CA", "de"], "es", "fr"],
  ["zh", ["de"], "es", "zh"],
  ["tlh", ["sw"], "es", "es"],
  [null, ["zh-Hant-TW"], undefined, "zh"],
  [null, [], undefined, "en"],
] as const)("chosen %s, asked for %j, the app's %s: %s", (kept, asked, ofApp, spoken) => {
  expect(pickLanguage(kept, asked, ofApp)).toBe(spoken);
});

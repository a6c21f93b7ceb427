import { expect, test } from "vitest";
import type { AppFiles } from "#protocol/app-file/app-files";
import { appOf, edited, SEED, wrongWith } from "./support.ts";

/** Each an instruction and where it may change something; "undo that" goes back to what was before. */
type Edit = [request: string, touches: RegExp];

const TESTED = /^acceptance\//;
const SUPPORT: Edit[] = [
  [
    "refunds over $100 need my approval",
    /^workflows\/refund-handler\/(tools\/request_refund\/approval|agents\/refund-handler\/instructions)|^app\/tables\/orders\/sample$/,
  ],
  [
    "Refunds up to 14 days only.",
    /^workflows\/refund-handler\/tools\/request_refund\/require$|^app\/tables\/orders\/sample$/,
  ],
  [
    "raise the approval to $200",
    /^workflows\/refund-handler\/(tools\/request_refund\/approval|agents\/refund-handler\/instructions)|^app\/tables\/orders\/sample$/,
  ],
  [
    "undo that",
    /^workflows\/refund-handler\/(tools\/request_refund\/approval|agents)|^app\/tables\/orders\/sample$/,
  ],
  [
    "Add a column for size to orders and make it blue",
    /^app\/(tables\/orders\/columns\/size|branding\/primary_color)$/,
  ],
  ["tell users that we open at 9 and close at 5", /^workflows\/[a-z-]+\/agents\/[a-z-]+\/instructions$/],
  ["rename refund-handler to money-back", /^workflows\//],
  [
    "hand over to a human when somebody is angry",
    /^workflows\/[a-z-]+\/(tools\/talk_to_a_person|agents\/[a-z-]+\/(?:tools|instructions))/,
  ],
  [
    "remove the approval",
    /^workflows\/money-back\/(tools\/request_refund\/approval|agents\/money-back\/instructions)/,
  ],
  ["add a loyalty workflow", /^workflows\/|^app\/tables\/loyalt/],
];
const DENTIST: Edit[] = [
  ["rename the app to Bright Smiles; use the dark theme", /^app\/(name|branding)/],
  [
    "users should confirm before booking an appointment",
    /^workflows\/appointment[a-z-]*\/(tools\/book_appointment\/approval|agents\/[a-z-]+\/instructions)/,
  ],
  [
    "Add a phone number to appointments and make it required",
    /^app\/tables\/appointments\/(columns\/phone_number|sample)|^workflows\/appointment[a-z-]*\/tools\/book_appointment\/set$/,
  ],
  ["be more formal", /^workflows\/[a-z-]+\/agents\/[a-z-]+\/instructions$/],
  [
    "change the welcome message to 'Hello, and welcome. How can we help?'",
    /^workflows\/[a-z-]+\/ui\/welcome$/,
  ],
  ["add 'Can I park there?' as a suggestion", /^workflows\/[a-z-]+\/ui\/suggestions$/],
  ["answer in Spanish too", /^workflows\/[a-z-]+\/agents\/[a-z-]+\/instructions$/],
  [
    "cancelling an appointment needs my approval",
    /^workflows\/appointment[a-z-]*\/(tools\/cancel_appointment\/approval|agents\/[a-z-]+\/instructions)/,
  ],
  [
    "remove the approval for cancelling",
    /^workflows\/appointment[a-z-]*\/(tools\/cancel_appointment\/approval|agents\/[a-z-]+\/instructions)/,
  ],
  ["remove the questions workflow", /^workflows\//],
];

test.each([
  ["the seed app", SEED, SUPPORT],
  ["a dentist's", "A dentist app where patients book appointments and ask about opening hours", DENTIST],
] as const)(
  "ten edits of %s: only what was asked changes, and its conversations pass each time",
  async (_, prompt, edits) => {
    let files = appOf(prompt);
    let previous: AppFiles | null = null;
    expect(await wrongWith(files)).toEqual([]);
    for (const [request, touches] of edits) {
      const before = structuredClone(files);
      const { after, paths } = edited(files, request, previous);
      expect
        .soft({ request, elsewhere: paths.filter((it) => !touches.test(it) && !TESTED.test(it)) })
        .toEqual({ request, elsewhere: [] });
      expect.soft({ request, wrong: await wrongWith(after) }).toEqual({ request, wrong: [] });
      expect(files).toEqual(before);
      previous = files;
      files = after;
    }
  },
  300_000,
);

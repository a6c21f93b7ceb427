import { tracker } from "../shapes/tracker.ts";
import { choice, date, numberOf, text } from "./column.ts";

/** Where a parcel or a delivery is. */
export const deliveries = tracker({
  id: "deliveries",
  noun: "delivery",
  suffix: "tracker",
  cues: {
    phrases: [
      "courier track",
      "courier tracking",
      "delivery tracking",
      "delivery track",
      "track delivery",
      "package tracking",
      "parcel tracking",
      "shipment tracking",
      "delivery status",
      "track package",
      "track parcel",
      "track shipment",
    ],
    pairs: [
      {
        verbs: [
          "track",
          "follow",
          "check",
          "locate",
          "find",
          "see",
          "handle",
          "manage",
          "trace",
          "monitor",
          "schedule",
          "arrange",
        ],
        nouns: ["delivery", "package", "parcel", "shipment", "courier", "freight", "cargo"],
      },
    ],
    nouns: ["delivery", "parcel", "shipment"],
    verbs: ["ship"],
    unless: ["ask", "request", "order", "send", "donate", "submit", "upload", "log", "report"],
  },
  says: (the) => `where ${the} is and when it arrives`,
  key: (record) => numberOf(record, "D-\\d{4}", "D-1001"),
  columns: (record) => ({
    contents: text("Contents", `What is in the ${record}.`, {
      required: true,
      examples: ["Two boxes of books"],
    }),
    destination: text("Destination", "Where it goes.", { required: true, examples: ["12 Mill Lane"] }),
    status: choice(
      "Status",
      `Where the ${record} stands.`,
      ["preparing", "on its way", "delivered", "returned"],
      {
        required: true,
        default: "preparing",
      },
    ),
    arrives_on: date("Arrives on", "The day it arrives, or arrived."),
  }),
  samples: [
    {
      key: "D-1001",
      owner: "creator",
      values: {
        contents: "Two boxes of books",
        destination: "12 Mill Lane",
        status: "on its way",
        arrives_on: "2030-05-14",
      },
    },
    {
      key: "D-1002",
      owner: "sample",
      values: {
        contents: "A crate of old letters",
        destination: "7 Harbour Road",
        status: "preparing",
        arrives_on: "2030-05-16",
      },
    },
  ],
  where: "Where is my",
});

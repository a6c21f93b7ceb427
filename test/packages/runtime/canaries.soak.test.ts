import { test } from "vitest";
import { noForeignCanary } from "./canaries.ts";

test("T32 in 10,000 turns of fifty chats, interleaved, no prompt has a word of another chat", async () => {
  await noForeignCanary({ chats: 50, rounds: 200 });
});

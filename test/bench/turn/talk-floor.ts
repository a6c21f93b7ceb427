import { replyTo } from "./reply.ts";
import { assertReply, exchange, openSocket, type Talk } from "./talk.ts";

export type FloorFrame = { type: "piece"; content: string } | { type: "done" };

/** @param peer whoever speaks as the floor does */
export function talkToFloor(origin: string, peer = "floor"): Talk {
  return {
    name: "floor: doStream → socket",
    async open() {
      const socket = await openSocket(`${origin}/ws/peers/${peer}/${crypto.randomUUID()}`, [], null);
      return {
        say(text) {
          let got = "";
          return exchange(socket, text, (frame: FloorFrame) => {
            if (frame.type === "piece") {
              got += frame.content;
              return "first";
            }
            assertReply(got, replyTo(text));
            return "end";
          });
        },
        close: () => socket.close(),
      };
    },
  };
}

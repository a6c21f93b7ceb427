import { REPLY } from "./reply.ts";
import { assertReply, exchange, openSocket, type Talk } from "./talk.ts";

export type FloorFrame = { type: "piece"; content: string } | { type: "done" };

export function talkToFloor(origin: string): Talk {
  return {
    name: "floor: doStream → socket",
    async open() {
      const socket = await openSocket(`${origin}/ws/peers/floor/${crypto.randomUUID()}`, [], null);
      return {
        say(text) {
          let got = "";
          return exchange(socket, text, (frame: FloorFrame) => {
            if (frame.type === "piece") {
              got += frame.content;
              return "first";
            }
            assertReply(got, REPLY);
            return "end";
          });
        },
        close: () => socket.close(),
      };
    },
  };
}

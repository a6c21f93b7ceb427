import { request } from "node:http";
import type { Socket } from "node:net";

/**
 * A WebSocket that takes no compression and only listens: deflating each frame for each socket costs the local server
 * more than all else it does for it, and Node's own client can't decline it.
 */
export function plainSocket(
  url: string,
  protocols: string[],
  heard: (text: string) => void,
): Promise<{ close(): void }> {
  const asked = request(url.replace(/^ws/, "http"), {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
      "sec-websocket-protocol": protocols.join(", "),
    },
  });
  return new Promise((resolve, reject) => {
    asked.on("error", reject);
    asked.on("response", ({ statusCode }) => reject(new Error(`${url}: ${statusCode}`)));
    asked.on("upgrade", (_, socket: Socket, head) => {
      let left: Buffer = head;
      const take = (bytes: Buffer) => {
        left = textsOf(left.length === 0 ? bytes : Buffer.concat([left, bytes]), heard);
      };
      socket.on("data", take);
      socket.on("error", () => {});
      take(Buffer.alloc(0));
      resolve({ close: () => socket.destroy() });
    });
    asked.end();
  });
}

const TEXT = 0x81;

/** Hands on each whole text frame of a server (never masked). @returns what is left */
function textsOf(bytes: Buffer, heard: (text: string) => void): Buffer {
  let at = 0;
  while (bytes.length - at >= 2) {
    const short = bytes[at + 1]! & 0x7f;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length - at < head) break;
    const length =
      short === 126
        ? bytes.readUInt16BE(at + 2)
        : short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short;
    if (bytes.length - at < head + length) break;
    if (bytes[at] === TEXT) heard(bytes.toString("utf8", at + head, at + head + length));
    at += head + length;
  }
  return bytes.subarray(at);
}

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { AWAY_MS, comeAndGo, EVERY_MS } from "./drops.ts";
import { type Tally, tallyOf } from "./tally.ts";

/**
 * socket.io as it comes, or with its connection state recovery: a server that says numbers to everybody, and clients
 * whose transport breaks. Its own client comes back by itself.
 */
export async function dropSocketIo(clients: number, messages: number, recovers: boolean): Promise<Tally[]> {
  const http = createServer();
  const server = new Server(http, recovers ? { connectionStateRecovery: {} } : {});
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const over = Promise.withResolvers<void>();
  try {
    const tallies = Array.from({ length: clients }, () => client(url, messages, over.promise));
    await wait(500);
    for (let n = 0; n < messages; n++) {
      server.emit("number", n);
      await wait(EVERY_MS);
    }
    over.resolve();
    return await Promise.all(tallies);
  } finally {
    await server.close();
  }
}

async function client(url: string, messages: number, over: Promise<void>): Promise<Tally> {
  const tally = tallyOf(messages);
  const socket = io(url, {
    transports: ["websocket"],
    reconnectionDelay: AWAY_MS,
    reconnectionDelayMax: AWAY_MS,
    randomizationFactor: 0,
    forceNew: true,
  });
  socket.on("number", (n: number) => tally.heard(n));
  await comeAndGo(over, async () => {
    if (!socket.connected) await once(socket as unknown as EventTarget & NodeJS.EventEmitter, "connect");
    return () => socket.io.engine.close();
  });
  socket.disconnect();
  return tally.result();
}

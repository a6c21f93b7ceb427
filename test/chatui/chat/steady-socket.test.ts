import { expect, test } from "vitest";
import { openSteadySocket, type SocketStatus } from "../../../chatui/src/chat/steady-socket.ts";
import { fakeSockets } from "./fake-sockets.ts";

function open(random?: number) {
  const fake = fakeSockets(random);
  const states: string[] = [];
  const socket = openSteadySocket({
    url: () => "ws://app/ws",
    onMessage: () => {},
    onStatus: (status: SocketStatus) => states.push(status.state),
    deps: fake.deps,
  });
  return { ...fake, states, socket };
}

test("an open socket pings every 25 s, and a pong keeps it", () => {
  const { last, pass, sockets } = open();
  last().open();
  for (let i = 0; i < 3; i += 1) {
    pass(25_000);
    last().onmessage?.({ data: '{"type":"pong"}' });
  }
  pass(9_000);
  expect(last().sent).toEqual(Array(3).fill('{"type":"ping"}'));
  expect(sockets).toHaveLength(1);
});

test("F02 a pong that does not come within 10 s is a dead line: it connects again", () => {
  const { last, pass, sockets, states } = open();
  last().open();
  pass(25_000 + 10_000);
  expect(states.at(-1)).toBe("reconnecting");
  pass(1_000);
  expect(sockets).toHaveLength(2);
});

test("waits grow with every failure, up to a bound, each a random share", () => {
  const { last, pass, sockets } = open(0.5);
  last().open();
  const waits: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    last().drop();
    const before = sockets.length;
    let waited = 0;
    while (sockets.length === before) {
      pass(50);
      waited += 50;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([650, 1_150, 2_150, 4_150, 5_150, 5_150, 5_150]);
});

test("a close with 1008 is final", () => {
  const { last, pass, sockets, states } = open();
  last().open();
  last().drop(1008);
  pass(60_000);
  expect(states.at(-1)).toBe("closed");
  expect(sockets).toHaveLength(1);
});

test("a close with 4401 is tried once more, and final when that is refused as well", () => {
  const { last, pass, sockets, states } = open();
  last().open();
  last().drop(4401);
  expect(states.at(-1)).toBe("reconnecting");
  pass(1_000);
  expect(sockets).toHaveLength(2);
  last().open();
  last().drop(4401);
  pass(60_000);
  expect(states.at(-1)).toBe("closed");
  expect(sockets).toHaveLength(2);
});

test("a socket that was good for a while may run out again", () => {
  const { last, pass, states } = open();
  last().open();
  for (let i = 0; i < 3; i += 1) {
    pass(25_000);
    last().onmessage?.({ data: '{"type":"pong"}' });
    last().drop(4401);
    pass(1_000);
    last().open();
  }
  expect(states.at(-1)).toBe("open");
});

test("a socket that never opened is given up after a few tries", () => {
  const { last, pass, states } = open();
  for (let i = 0; i < 7; i += 1) {
    last().drop();
    pass(10_000);
  }
  expect(states.at(-1)).toBe("closed");
});

test("a closed socket stays closed and leaves no timer", () => {
  const { last, pass, socket, sockets } = open();
  last().open();
  socket.close();
  pass(120_000);
  expect(sockets).toHaveLength(1);
  expect(last().sent).toEqual([]);
});

test("F08 one that opens and is sent away at once waits longer each time; one that lasted begins anew", () => {
  const { last, pass, sockets } = open(0.999);
  const waitOf = () => {
    const before = sockets.length;
    let waited = 0;
    for (; sockets.length === before; waited += 50) pass(50);
    return waited;
  };
  const waits: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    last().open();
    last().drop(1013);
    waits.push(waitOf());
  }
  last().open();
  pass(5_000);
  last().drop(1013);
  waits.push(waitOf());
  expect(waits).toEqual([1_000, 2_000, 4_000, 1_000]);
});

test("T62 a socket closed because there are too many does not come back by itself: it would drive another one out", () => {
  const { last, pass, sockets, states } = open();
  last().open();
  last().drop(4429);
  pass(60_000);
  expect(states.at(-1)).toBe("closed");
  expect(sockets).toHaveLength(1);
});

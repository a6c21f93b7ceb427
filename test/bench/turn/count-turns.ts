import type { Talk } from "./talk.ts";
import type { SqlCount } from "./worker/count-sql.ts";

/** What one turn does, on average: the same on every machine. */
export type CountedTurn = {
  frames: number;
  bytes: number;
  statements: number;
  rowsRead: number;
  rowsWritten: number;
  byStatement: SqlCount[];
};

/** Counts the operations of turns after a chat's first, over all objects that take part. */
export async function countTurns(
  origin: string,
  talk: Talk,
  turns: number,
  say = "Tell me more.",
): Promise<CountedTurn> {
  const chat = await talk.open();
  await chat.say("Hello.");
  await fetch(`${origin}/ws/peers/count/start`);
  let frames = 0;
  let bytes = 0;
  for (let n = 0; n < turns; n++) {
    const turn = await chat.say(say);
    frames += turn.frames;
    bytes += turn.bytes;
  }
  const answer = await fetch(`${origin}/ws/peers/count/stop`);
  chat.close();
  const perTurn = ((await answer.json()) as SqlCount[]).map((it) => ({
    statement: it.statement,
    runs: it.runs / turns,
    rowsRead: it.rowsRead / turns,
    rowsWritten: it.rowsWritten / turns,
  }));
  const sum = (of: "runs" | "rowsRead" | "rowsWritten") => perTurn.reduce((all, it) => all + it[of], 0);
  return {
    frames: frames / turns,
    bytes: bytes / turns,
    statements: sum("runs"),
    rowsRead: sum("rowsRead"),
    rowsWritten: sum("rowsWritten"),
    byStatement: perTurn,
  };
}

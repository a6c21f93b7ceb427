import { env } from "cloudflare:workers";

type Asked = { roundTrips: number; statements: number };

/** Counts what is asked of D1 until the returned function is called. Everything in this process has one `env.DB`. */
export function countD1(): () => Asked {
  const asked: Asked = { roundTrips: 0, statements: 0 };
  const statement = Object.getPrototypeOf(env.DB.prepare("select 1")) as Record<string, unknown>;
  const undo = [
    ...["all", "raw", "run", "first"].map((name) => patch(statement, name, () => 1)),
    patch(env.DB as unknown as Record<string, unknown>, "batch", (all) => (all as unknown[]).length),
  ];
  return () => {
    for (const it of undo) it();
    return asked;
  };

  function patch(on: Record<string, unknown>, name: string, count: (given: unknown) => number): () => void {
    const own = Object.hasOwn(on, name);
    const before = on[name] as (...given: unknown[]) => unknown;
    on[name] = function (this: unknown, ...given: unknown[]) {
      asked.roundTrips += 1;
      asked.statements += count(given[0]);
      return before.apply(this, given);
    };
    return () => {
      if (own) on[name] = before;
      else delete on[name];
    };
  }
}

import { useCallback, useEffect, useState } from "react";

export type Answer<T> = { data: T | undefined; error: unknown; again: () => void };

/** What the server answers to one question, asked when `ask` changes. Keep `ask` the same for the same question. */
export function useAnswer<T>(ask: (() => Promise<T>) | null): Answer<T> {
  const [answer, setAnswer] = useState<{ of: unknown; data?: T; error?: unknown }>({ of: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!ask) return;
    let current = true;
    ask().then(
      (data) => current && setAnswer({ of: ask, data }),
      (error: unknown) => current && setAnswer({ of: ask, error }),
    );
    return () => {
      current = false;
    };
  }, [ask, round]);
  const again = useCallback(() => {
    setAnswer({ of: null });
    setRound((it) => it + 1);
  }, []);
  const own = answer.of === ask ? answer : undefined;
  return { data: own?.data, error: own?.error, again };
}

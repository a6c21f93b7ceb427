import { queryOptions } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Analytics } from "#protocol/api/analytics";
import type { Statement } from "#protocol/api/statement";
import type { Bill, MyUsage, SelfCheck, Usage, UsageFrame } from "#protocol/api/usage";
import { browserSocket } from "../chat/browser-socket.ts";
import { openSteadySocket, type SocketStatus } from "../chat/steady-socket.ts";
import { getFile, getJson } from "./http.ts";

/** Usage by day over the last 30 days. */
export function analyticsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["analytics", enterpriseId],
    queryFn: () => getJson<Analytics>(`/api/app/analytics/${enterpriseId}`),
    refetchInterval: 30_000,
  });
}

/** What the caller used this month, over all their apps. */
export const myUsageQuery = queryOptions({
  queryKey: ["my-usage"],
  queryFn: () => getJson<MyUsage>("/api/me/usage"),
});

/** A month (`YYYY-MM`) of the app's balance. */
export function statementQuery(enterpriseId: string, period: string) {
  return queryOptions({
    queryKey: ["statement", enterpriseId, period],
    queryFn: () => getJson<Statement>(`/api/app/usage/${enterpriseId}/statement?period=${period}`),
  });
}

/** What one chat cost, with its first 100 calls. */
export function billQuery(enterpriseId: string, chatId: string) {
  return queryOptions({
    queryKey: ["bill", enterpriseId, chatId],
    queryFn: () => getJson<Bill>(`/api/chats/${enterpriseId}/${chatId}/bill?limit=100`),
  });
}

/** The rows of a month (`YYYY-MM`), one a model call. */
export function usageCsv(enterpriseId: string, month: string): Promise<Blob> {
  return getFile(`/api/app/usage/${enterpriseId}/export?period=${month}&format=csv`);
}

/** Has every figure of the app added up again. */
export function checkBooks(enterpriseId: string): Promise<SelfCheck> {
  return getJson<SelfCheck>(`/api/app/usage/${enterpriseId}/check`);
}

/** An app's usage as it changes: absolute values, so the newest one wins. Null until the first snapshot. */
export function useLiveUsage(enterpriseId: string): { usage: Usage | null; status: SocketStatus } {
  const [usage, setUsage] = useState<Usage | null>(null);
  const [status, setStatus] = useState<SocketStatus>({ state: "connecting" });
  useEffect(() => {
    setUsage(null);
    const socket = openSteadySocket({
      url: () => `${location.origin.replace(/^http/, "ws")}/ws/usage/${enterpriseId}`,
      onMessage(data) {
        const next = readUsage(data);
        if (next) setUsage((before) => (before && before.seq > next.seq ? before : next));
      },
      onStatus: setStatus,
      deps: browserSocket,
    });
    return () => socket.close();
  }, [enterpriseId]);
  return { usage, status };
}

function readUsage(data: unknown): Usage | null {
  if (typeof data !== "string") return null;
  try {
    const frame = JSON.parse(data) as Partial<UsageFrame>;
    const isUsage = frame.type === "usage.snapshot" || frame.type === "usage.update";
    return isUsage ? (frame.data ?? null) : null;
  } catch {
    return null;
  }
}

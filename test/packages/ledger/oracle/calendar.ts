/** Zones without summer time, so that plain arithmetic tells their days. In hours. */
const OFFSETS: Record<string, number> = {
  UTC: 0,
  "Pacific/Kiritimati": 14,
  "Etc/GMT+12": -12,
  "Asia/Kolkata": 5.5,
};

export const ZONES = Object.keys(OFFSETS);

export type Grain = "day" | "month";
export type Window = { start: number; end: number; label: string; opening: bigint };

/** Windows as they are begun: each where the one before ended, or later. */
export function windows(now: () => number, balance: () => bigint) {
  const begun: Record<Grain, Window[]> = { day: [], month: [] };
  let zone = "UTC";
  return {
    begun,
    setZone(name: string) {
      zone = name;
    },
    open(grain: Grain): Window {
      const last = begun[grain].at(-1);
      if (last && now() < last.end) return last;
      const offset = OFFSETS[zone]! * 3_600_000;
      const local = new Date(now() + offset);
      const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
      const day = grain === "day" ? local.getUTCDate() : 1;
      const start = Date.UTC(year, month, day) - offset;
      const end = (grain === "day" ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1)) - offset;
      const label = local.toISOString().slice(0, grain === "day" ? 10 : 7);
      const window = {
        start: last && last.end > start ? last.end : start,
        end,
        label: last && last.label > label ? last.label : label,
        opening: grain === "month" ? balance() : 0n,
      };
      begun[grain].push(window);
      return window;
    },
  };
}

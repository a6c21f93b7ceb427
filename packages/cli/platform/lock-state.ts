import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../launch/refusal.mjs";

type Owner = { pid: number; startedAt: string | null };

/**
 * Takes a state folder for this process: two platforms on one set of databases would corrupt each other. The lock of
 * a process that is gone does not count.
 * @returns gives the folder back
 */
export function lockState(folder: string): () => void {
  const path = join(folder, "lock.json");
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Owner);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, mine, { flag: "wx" });
      return () => {
        if (readOr(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = parse(readOr(path));
    if (owner && isAlive(owner)) {
      refuse(
        `Mozaiks is already running on the state folder ${folder} (process ${owner.pid}); stop it first.`,
      );
    }
    rmSync(path, { force: true });
  }
  return refuse(`The state folder ${folder} is being taken by another start.`);
}

function isAlive({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startedAt === null || startedAt === startOf(pid);
}

/** When a process started, where the system tells (Linux): a number that comes up again belongs to another one. */
function startOf(pid: number): string | null {
  const stat = readOr(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function parse(text: string | null): Owner | null {
  try {
    const owner = JSON.parse(text ?? "") as Owner;
    return Number.isInteger(owner.pid) && owner.pid > 0 ? owner : null;
  } catch {
    return null;
  }
}

function readOr(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

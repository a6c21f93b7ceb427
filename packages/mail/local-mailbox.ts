import { desc, lt, notInArray } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Mail } from "./mail.ts";
import { localMail } from "./tables.ts";

const KEPT = 200;
const KEPT_MS = 24 * 3_600_000;

export type KeptMail = Mail & { id: number; at: number };

/** Puts a message where its reader can look it up on this machine; the newest 200 of the last day stay. */
export async function keepMail(db: Db, mail: Mail, now: number): Promise<void> {
  const { to, ...rest } = mail;
  const newest = db.select({ id: localMail.id }).from(localMail).orderBy(desc(localMail.id)).limit(KEPT);
  await db.batch([
    db.insert(localMail).values({ recipient: to, ...rest, at: now }),
    db.delete(localMail).where(lt(localMail.at, now - KEPT_MS)),
    db.delete(localMail).where(notInArray(localMail.id, newest)),
  ]);
}

/** What is there of the last day, newest first. */
export async function readMail(db: Db, now: number): Promise<KeptMail[]> {
  const rows = await db.select().from(localMail).orderBy(desc(localMail.id)).limit(KEPT);
  return rows
    .filter((row) => row.at >= now - KEPT_MS)
    .map(({ recipient, ...row }) => ({ ...row, to: recipient }));
}

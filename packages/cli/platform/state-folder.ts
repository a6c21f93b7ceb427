import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../launch/refusal.mjs";

export type Secrets = { AUTH_SECRET: string; TOKEN_SECRET: string; SECRETS_KEY: string };

/** Makes the folder of all local state, readable by its owner only, or refuses if it can't be written. */
export function openState(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    mkdirSync(join(folder, "data"), { recursive: true });
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    refuse(`The state folder ${folder} can't be used: ${reason(error)}.`);
  }
}

/** The secrets of this state folder, made on its first use and kept in `secrets.json`. */
export function localSecrets(folder: string): Secrets {
  const path = join(folder, "secrets.json");
  const fresh = { AUTH_SECRET: secret(), TOKEN_SECRET: secret(), SECRETS_KEY: secret() };
  try {
    writeFileSync(path, `${JSON.stringify(fresh, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST")
      refuse(`${path} can't be written: ${reason(error)}.`);
  }
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets> | null;
    if (isSecret(kept?.AUTH_SECRET) && isSecret(kept?.TOKEN_SECRET)) return withKey(path, kept as Secrets);
  } catch (error) {
    if (!(error instanceof SyntaxError)) refuse(`${path} can't be read: ${reason(error)}.`);
  }
  return refuse(`${path} is damaged. Remove it to get new secrets (everybody must sign in again).`);
}

/** A state folder from before apps had secrets gets the key for them; nothing was sealed without one. */
function withKey(path: string, kept: Secrets): Secrets {
  if (kept.SECRETS_KEY === undefined) {
    const made = { ...kept, SECRETS_KEY: secret() };
    // Written beside and moved into place: a file cut short would lock everybody out.
    writeFileSync(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return made;
  }
  if (isSecret(kept.SECRETS_KEY)) return kept;
  return refuse(`${path} is damaged: its SECRETS_KEY is no key, and without it no app's secrets open.`);
}

function secret(): string {
  return randomBytes(48).toString("base64url");
}

function isSecret(value: unknown): boolean {
  return typeof value === "string" && value.length >= 32;
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const known: Record<string, string> = {
    EACCES: "there is no permission to write there",
    EPERM: "there is no permission to write there",
    EROFS: "it is on a read-only disk",
    ENOTDIR: "a part of the path is a file",
    EEXIST: "it is a file, not a folder",
    ENOSPC: "the disk is full",
  };
  return (code && known[code]) || (error instanceof Error ? error.message : String(error));
}

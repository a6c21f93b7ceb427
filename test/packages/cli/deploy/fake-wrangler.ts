import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What an account has. `broken`: the command that fails, by its first words, and what it says then. */
export type Account = {
  in: boolean;
  databases: string[];
  buckets: string[];
  worker: boolean;
  secrets: string[];
  broken?: [string, string];
};
export type FakeCall = { args: string[]; given: Record<string, string>; token: string | null };

/** A `wrangler` on the PATH that answers as the real one does, keeps an account in a file and notes its calls. */
const SCRIPT = `#!/usr/bin/env node
const { readFileSync, writeFileSync, appendFileSync } = require("node:fs");
const { join } = require("node:path");
const folder = __dirname;
const args = process.argv.slice(2);
const account = JSON.parse(readFileSync(join(folder, "account.json"), "utf8"));
const file = args[args.indexOf("--secrets-file") + 1];
const given = args.includes("--secrets-file") ? JSON.parse(readFileSync(file, "utf8")) : {};
appendFileSync(join(folder, "calls"), JSON.stringify({ args, given, token: process.env.CF_API_TOKEN ?? null }) + "\\n");
const said = args.join(" ");
const end = (text, code = 0) => {
  writeFileSync(join(folder, "account.json"), JSON.stringify(account));
  (code ? process.stderr : process.stdout).write(text + "\\n");
  process.exit(code);
};
if (account.broken && said.startsWith(account.broken[0])) end(account.broken[1], 1);
if (said === "whoami --json") end(JSON.stringify({ loggedIn: account.in }), account.in ? 0 : 1);
if (said === "d1 list --json") end(JSON.stringify(account.databases.map((name) => ({ name, uuid: "uuid-of-" + name }))));
if (said.startsWith("d1 create ")) { account.databases.push(args[2]); end("made"); }
if (said.startsWith("r2 bucket info ")) account.buckets.includes(args[3]) ? end("{}") : end("no such bucket [code: 10006]", 1);
if (said.startsWith("r2 bucket create ")) { account.buckets.push(args[3]); end("made"); }
if (said.startsWith("secret list ")) account.worker ? end(JSON.stringify(account.secrets.map((name) => ({ name })))) : end("Worker \\"mozaiks\\" not found. [code: 10007]", 1);
if (said.startsWith("d1 migrations apply ")) end("applied");
if (said.startsWith("deploy ")) { account.worker = true; account.secrets.push(...Object.keys(given)); end("deployed"); }
end("unknown: " + said, 1);
`;

export function fakeWrangler(account: Account) {
  const folder = mkdtempSync(join(tmpdir(), "mozaiks-wrangler-"));
  const before = process.env.PATH;
  writeFileSync(join(folder, "wrangler"), SCRIPT);
  chmodSync(join(folder, "wrangler"), 0o755);
  const set = (to: Account) => writeFileSync(join(folder, "account.json"), JSON.stringify(to));
  set(account);
  process.env.PATH = `${folder}${delimiter}${before}`;
  const calls = join(folder, "calls");
  return {
    folder,
    set,
    account: () => JSON.parse(readFileSync(join(folder, "account.json"), "utf8")) as Account,
    /** The calls since the last time this was asked. */
    calls: (): FakeCall[] => {
      const lines = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
      rmSync(calls, { force: true });
      return lines.filter(Boolean).map((line) => JSON.parse(line) as FakeCall);
    },
    remove: () => {
      process.env.PATH = before;
      rmSync(folder, { recursive: true });
    },
  };
}

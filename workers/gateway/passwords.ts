import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { PasswordHasher } from "#auth/make-auth";

/** scrypt as OWASP recommends it: 128·N·r = 32 MiB for each hash, so few run at once. */
const COST = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 64;
const MAX_PASSWORD_LENGTH = 128;
const MAX_AT_ONCE = 2;

/** Those at work and those in line, for the whole isolate: it is its memory that is scarce. Holds no request data. */
const line = { running: 0, waiting: [] as (() => void)[] };

async function inLine<T>(work: () => Promise<T>): Promise<T> {
  if (line.running >= MAX_AT_ONCE) await new Promise<void>((go) => line.waiting.push(go));
  else line.running += 1;
  try {
    return await work();
  } finally {
    const next = line.waiting.shift();
    if (next) next();
    else line.running -= 1;
  }
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `scrypt$16384$16$1$<salt>$<key>`, hex: the parameters travel with the hash so that they can be raised. */
export const passwords: PasswordHasher = {
  async hash(password) {
    const salt = randomBytes(16);
    const key = await inLine(() => derive(password, salt));
    return ["scrypt", COST.N, COST.r, COST.p, salt.toString("hex"), key.toString("hex")].join("$");
  },
  async verify({ hash, password }) {
    const [kind, N, r, p, salt, key] = hash.split("$");
    const known = kind === "scrypt" && Number(N) === COST.N && Number(r) === COST.r && Number(p) === COST.p;
    if (!known || !salt || !key || password.length > MAX_PASSWORD_LENGTH) return false;
    const expected = Buffer.from(key, "hex");
    const actual = await inLine(() => derive(password, Buffer.from(salt, "hex")));
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  },
};

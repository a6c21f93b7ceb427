/** A language that host sites' servers are written in. */
export type ServerLanguage = "Node" | "PHP" | "Python";

/** What a host site's server does, without a library: signs who its visitor is, for five minutes. */
export function identitySample(enterpriseId: string, language: ServerLanguage): string {
  return SAMPLES[language](enterpriseId);
}

const SAMPLES: Record<ServerLanguage, (enterpriseId: string) => string> = {
  Node: (id) => `const { createHmac, randomUUID } = require("node:crypto");

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signVisitor(user) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: "${id}",
    sub: String(user.id), // your own id; always the same for the same person
    name: user.name,
    jti: randomUUID(),
    iat: now,
    exp: now + 300,
  };
  const text = part({ alg: "HS256", typ: "JWT" }) + "." + part(claims);
  const key = process.env.MOZAIKS_IDENTITY_SECRET;
  return text + "." + createHmac("sha256", key).update(text).digest("base64url");
}`,
  PHP: (id) => `<?php
function part($bytes) { return rtrim(strtr(base64_encode($bytes), "+/", "-_"), "="); }

function sign_visitor($user) {
  $now = time();
  $claims = [
    "aud" => "${id}",
    "sub" => (string) $user->id, // your own id; always the same for the same person
    "name" => $user->name,
    "jti" => bin2hex(random_bytes(16)),
    "iat" => $now,
    "exp" => $now + 300,
  ];
  $text = part('{"alg":"HS256","typ":"JWT"}') . "." . part(json_encode($claims));
  $key = getenv("MOZAIKS_IDENTITY_SECRET");
  return $text . "." . part(hash_hmac("sha256", $text, $key, true));
}`,
  Python: (id) => `import base64, hashlib, hmac, json, os, secrets, time

def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

def sign_visitor(user):
    now = int(time.time())
    claims = {
        "aud": "${id}",
        "sub": str(user.id),  # your own id; always the same for the same person
        "name": user.name,
        "jti": secrets.token_hex(16),
        "iat": now,
        "exp": now + 300,
    }
    text = part(b'{"alg":"HS256","typ":"JWT"}') + "." + part(json.dumps(claims).encode())
    key = os.environ["MOZAIKS_IDENTITY_SECRET"].encode()
    return text + "." + part(hmac.new(key, text.encode(), hashlib.sha256).digest())`,
};

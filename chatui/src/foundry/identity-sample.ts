/** What a host site's server does, in Node and without a library: signs who its visitor is, for five minutes. */
export function identitySample(enterpriseId: string): string {
  return `const { createHmac, randomUUID } = require("node:crypto");

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signVisitor(user) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: "${enterpriseId}",
    sub: String(user.id), // your own id; always the same for the same person
    name: user.name,
    jti: randomUUID(),
    iat: now,
    exp: now + 300,
  };
  const text = part({ alg: "HS256", typ: "JWT" }) + "." + part(claims);
  const key = process.env.MOZAIKS_IDENTITY_SECRET;
  return text + "." + createHmac("sha256", key).update(text).digest("base64url");
}`;
}

/** What its page does with that token, on the app's own address. */
export function exchangeSample(appUrl: string, enterpriseId: string): string {
  return `const answer = await fetch("${appUrl.replace(/\/$/, "")}/api/identity/exchange", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ enterprise_id: "${enterpriseId}", token }),
});
const { session_token } = await answer.json(); // the visitor’s bearer token`;
}

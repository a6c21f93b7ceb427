/** A passkey device in software (WebAuthn level 2, ES256, attestation "none"), for one site. */
export type Authenticator = {
  register(options: { challenge: string }, as?: Claim): Promise<object>;
  assert(options: { challenge: string }, as?: Claim): Promise<object>;
};
/** What the browser would say of the page: where it lies, the test lies. */
type Claim = { origin?: string; rpId?: string; challenge?: string };

const utf8 = (text: string) => Uint8Array.from(new TextEncoder().encode(text));
const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

export async function softwareAuthenticator(at: { origin: string; rpId: string }): Promise<Authenticator> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const pair = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const credentialId = crypto.getRandomValues(new Uint8Array(32));
  let counter = 0;

  async function authenticatorData(rpId: string, flags: number): Promise<Uint8Array<ArrayBuffer>> {
    const count = new Uint8Array(4);
    counter += 1;
    new DataView(count.buffer).setUint32(0, counter);
    return join(await sha256(utf8(rpId)), Uint8Array.of(USER_PRESENT | USER_VERIFIED | flags), count);
  }
  const clientData = (type: string, challenge: string, origin: string) =>
    utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const credential = (response: object) => ({
    ...{ id: base64url(credentialId), rawId: base64url(credentialId), type: "public-key" },
    ...{ authenticatorAttachment: "platform", clientExtensionResults: {}, response },
  });

  return {
    async register(options, { origin = at.origin, rpId = at.rpId, challenge = options.challenge } = {}) {
      const raw = new Uint8Array((await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer);
      // COSE key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
      const head = Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20);
      const cose = join(head, raw.slice(1, 33), Uint8Array.of(0x22, 0x58, 0x20), raw.slice(33));
      const data = join(
        await authenticatorData(rpId, HAS_CREDENTIAL),
        new Uint8Array(16),
        Uint8Array.of(0, credentialId.length),
        credentialId,
        cose,
      );
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = join(
        Uint8Array.of(0xa3, 0x63),
        utf8("fmt"),
        Uint8Array.of(0x64),
        utf8("none"),
        Uint8Array.of(0x67),
        utf8("attStmt"),
        Uint8Array.of(0xa0, 0x68),
        utf8("authData"),
        Uint8Array.of(0x58, data.length),
        data,
      );
      return credential({
        clientDataJSON: base64url(clientData("webauthn.create", challenge, origin)),
        attestationObject: base64url(attestation),
        transports: ["internal"],
      });
    },
    async assert(options, { origin = at.origin, rpId = at.rpId, challenge = options.challenge } = {}) {
      const data = await authenticatorData(rpId, 0);
      const client = clientData("webauthn.get", challenge, origin);
      const signed = join(data, await sha256(client));
      const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, signed);
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(der(new Uint8Array(signature))),
      });
    },
  };
}

/** WebCrypto's `r‖s` as the ASN.1 sequence that authenticators send. */
function der(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    let at = 0;
    while (at < bytes.length - 1 && bytes[at] === 0) at += 1;
    const short = bytes.slice(at);
    const body = (short[0] ?? 0) >= 0x80 ? join(Uint8Array.of(0), short) : short;
    return join(Uint8Array.of(0x02, body.length), body);
  };
  const both = join(integer(raw.slice(0, 32)), integer(raw.slice(32)));
  return join(Uint8Array.of(0x30, both.length), both);
}

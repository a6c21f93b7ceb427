import { isPrivateName } from "#egress/private-name";

export type ReadHost = { ok: true; host: string } | { ok: false; reason: string };

const MAX_HOST = 253;
/** In front of a host, where its challenge stands. */
export const CHALLENGE_LABEL = "_mozaiks";
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Registries below a country, and places where anybody may have a name: nobody's own host. Who could prove one of
 * these would have to run it, so this only says early what would fail anyway.
 */
const PUBLIC_SUFFIXES: ReadonlySet<string> = new Set(
  (
    "co.uk org.uk me.uk ltd.uk plc.uk ac.uk gov.uk net.uk com.au net.au org.au edu.au gov.au co.nz org.nz net.nz " +
    "co.jp or.jp ne.jp ac.jp co.kr or.kr com.cn net.cn org.cn com.tw com.hk com.sg com.my co.id co.th com.vn co.in " +
    "net.in org.in com.br net.br org.br com.ar com.mx com.co com.pe com.tr co.za org.za co.il org.il com.ua com.pl " +
    "com.eg com.sa co.ke com.ng eu.org github.io gitlab.io netlify.app vercel.app herokuapp.com pages.dev " +
    "workers.dev web.app firebaseapp.com azurewebsites.net cloudfront.net amazonaws.com onrender.com fly.dev"
  ).split(" "),
);

/** Whether a host name as `URL` writes it can be somebody's domain: a dotted name of letters, not an address. Pure. */
export function isDomainName(host: string): boolean {
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  if (host.length > MAX_HOST || labels.length < 2) return false;
  return labels.every((it) => LABEL.test(it)) && /^([a-z]{2,}|xn--[a-z0-9-]+)$/.test(last);
}

/**
 * Reads what somebody typed as a host: in any case, with a trailing dot, in any script; as A-labels. Refused is
 * whatever is more than a name, or is no name that an app could own. Pure.
 * @param own hosts of this platform: they and all below them are refused
 */
export function readHost(text: string, own: readonly string[]): ReadHost {
  const typed = text.trim();
  if (typed.includes("*")) return no("wildcards can't be added; add each host by itself");
  if (typed === "" || /[\s/\\@:?#%[\]]|\p{Cc}/u.test(typed) || !URL.canParse(`http://${typed}/`))
    return no("must be a host name alone, like chat.example.com");
  const host = withoutDot(new URL(`http://${typed}/`).hostname);
  if (/^[\d.]+$/.test(host)) return no("must be a name, not an IP address");
  if (own.some((it) => host === it || host.endsWith(`.${it}`))) return no("belongs to this platform");
  if (isPrivateName(host)) return no("is not a name of the public internet");
  if (!isDomainName(host) || host.length + CHALLENGE_LABEL.length + 1 > MAX_HOST)
    return no("must be a host name, like chat.example.com");
  if (PUBLIC_SUFFIXES.has(host)) return no("is a public suffix; add a name below it that is yours");
  return { ok: true, host };
}

/** The name as it is looked up: an absolute one, written with its dot, is the same. */
export function withoutDot(host: string): string {
  return host.replace(/\.$/, "");
}

function no(reason: string): ReadHost {
  return { ok: false, reason };
}

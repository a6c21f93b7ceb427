/**
 * Whether a host is one of a list: `api.example.com` is that host alone, `*.example.com` every name below it.
 * Both in lower case; a rule with a port wants that port.
 */
export function isListed(url: URL, rules: readonly string[]): boolean {
  const name = hostName(url);
  return rules.some((rule) => {
    const [wanted = "", port] = splitPort(rule.toLowerCase());
    if (port !== undefined && port !== portOf(url)) return false;
    return wanted.startsWith("*.") ? name.endsWith(wanted.slice(1)) : name === wanted;
  });
}

/** The host as it is compared: lower case, without a trailing dot. */
export function hostName(url: URL): string {
  return url.hostname.toLowerCase().replace(/\.$/, "");
}

function portOf(url: URL): string {
  return url.port || (url.protocol === "http:" ? "80" : "443");
}

function splitPort(rule: string): [string, string | undefined] {
  const match = /^(.*):(\d{1,5})$/.exec(rule);
  return match && !/^\[[^\]]*$/.test(match[1] ?? "") ? [match[1] ?? "", match[2]] : [rule, undefined];
}

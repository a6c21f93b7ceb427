const IRREGULAR_PAST: Record<string, string> = {
  send: "sent",
  make: "made",
  give: "given",
  get: "got",
  set: "set",
  find: "found",
  take: "taken",
  write: "written",
  pay: "paid",
  buy: "bought",
  put: "put",
  leave: "left",
  begin: "begun",
  choose: "chosen",
  draw: "drawn",
  keep: "kept",
  sell: "sold",
  withdraw: "withdrawn",
  log: "logged",
  submit: "submitted",
  plan: "planned",
  drop: "dropped",
  ship: "shipped",
  stop: "stopped",
  swap: "swapped",
  tag: "tagged",
  flag: "flagged",
  enrol: "enrolled",
  refer: "referred",
  cancel: "cancelled",
};

/** "request" → "requested": the past participle, for "I've …". */
export function pastOf(verb: string): string {
  const known = Object.hasOwn(IRREGULAR_PAST, verb) ? IRREGULAR_PAST[verb] : undefined;
  if (known) return known;
  if (verb.endsWith("e")) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return `${verb}ed`;
}

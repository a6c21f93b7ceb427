/** What people do with what others give: their things (donations) or their time (volunteers). */
export const GIVING_VERBS = [
  "sign",
  "coordinate",
  "recruit",
  "manage",
  "schedule",
  "accept",
  "collect",
  "make",
  "give",
  "offer",
  "handle",
  "take",
];

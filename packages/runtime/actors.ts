import { SAMPLE_PERSON } from "#tables/seed-samples";

/** The people of acceptance conversations; sample rows of the creator belong to `creator`. */
export const ACTORS = {
  creator: { id: "acceptance-creator", name: "Alex" },
  stranger: { id: "acceptance-stranger", name: "Sam" },
} as const;

/** User ids of those whose rows a conversation may speak of. */
export const OWNERS = {
  creator: ACTORS.creator.id,
  stranger: ACTORS.stranger.id,
  sample: SAMPLE_PERSON,
} as const;

/** The realm of creators. Any other realm is an enterprise_id: the end users of that app. */
export const FOUNDRY_REALM = "foundry";

/** Names the wire format in every server frame. A change of any schema in this folder bumps it (the hash test insists). */
export const SCHEMA_VERSION = "mozaiks.ui.event.v1";

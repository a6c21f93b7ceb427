/** What a field of a form takes. */
export const FIELD_TYPES = [
  "text",
  "long_text",
  "number",
  "integer",
  "boolean",
  "date",
  "email",
  "choice",
  "multi_choice",
] as const;

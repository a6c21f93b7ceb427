/** The parts of JSON Schema that cards use. */
type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  format?: string;
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
};

/** A willing person's answer to a card: yes, the first choice, something that fits in every field that must be filled. */
export function answerCard(schema: unknown): unknown {
  return fill((schema ?? {}) as Schema);
}

function fill(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const either = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (either) return fill(either);
  switch (schema.type) {
    case "object": {
      const names = schema.required ?? [];
      return Object.fromEntries(names.map((name) => [name, fill(schema.properties?.[name] ?? {})]));
    }
    case "array":
      return schema.items ? [fill(schema.items)] : [];
    case "boolean":
      return true;
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    default:
      return SAMPLES[schema.format ?? ""] ?? "an example";
  }
}

const SAMPLES: Record<string, string> = {
  email: "sam@example.com",
  date: "2030-01-15",
  "date-time": "2030-01-15T10:00:00Z",
  time: "10:00",
  uri: "https://example.com",
};

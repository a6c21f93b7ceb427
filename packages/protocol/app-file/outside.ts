import * as z from "zod";
import { identifier } from "../ids.ts";

/** The name of a secret that the app's owner has stored. Its value stands in no file, frame or prompt. */
export const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,62}$/, "must be upper case, like 'SHOP_API_KEY'");

/** A host that tools may reach: `api.example.com`, or `*.example.com` for every name below it. */
export const hostRule = z
  .string()
  .max(253)
  .regex(
    /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/,
    "must be a host in lower case, like 'api.example.com'",
  );

const headerName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "must be the name of a header");

/**
 * How a call says who it comes from; the secret is put in as the request leaves, and only to its own host.
 * `basic`: the secret is `user:password`, or the password of `user`.
 */
export const auth = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("bearer"), secret: secretName }),
  z.object({ kind: z.literal("basic"), secret: secretName, user: z.string().max(200).optional() }),
  z.object({ kind: z.literal("header"), secret: secretName, name: headerName }),
  z.object({ kind: z.literal("query"), secret: secretName, name: z.string().min(1).max(64) }),
]);
export type Auth = z.infer<typeof auth>;

/** A parameter's JSON Schema: the part of the language that every model understands. */
export type Parameter = {
  type: "string" | "number" | "integer" | "boolean" | "array" | "object";
  title?: string | undefined;
  description?: string | undefined;
  enum?: (string | number | boolean)[] | undefined;
  format?: string | undefined;
  examples?: (string | number | boolean)[] | undefined;
  default?: string | number | boolean | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  items?: Parameter | undefined;
  properties?: Record<string, Parameter> | undefined;
  required?: string[] | undefined;
};

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
/** What a property of an object may be called. */
export const propertyName = z
  .string()
  .regex(/^[A-Za-z_$][\w$.-]{0,127}$/)
  .refine((name) => !["__proto__", "constructor", "prototype"].includes(name), "is not a name");

const nested: z.ZodType<Parameter> = z.object({
  type: z.enum(["string", "number", "integer", "boolean", "array", "object"]),
  title: z.string().max(120).optional(),
  description: z.string().max(1_000).optional(),
  enum: z.array(scalar).min(1).max(200).optional(),
  format: z.enum(["date", "date-time", "email", "uri", "uuid"]).optional(),
  examples: z.array(scalar).max(20).optional(),
  default: scalar.optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().min(0).optional(),
  maxLength: z.int().min(0).optional(),
  minItems: z.int().min(0).optional(),
  maxItems: z.int().min(0).optional(),
  get items() {
    return nested.optional();
  },
  get properties() {
    return z.record(propertyName, nested).optional();
  },
  required: z.array(propertyName).max(100).optional(),
});

/** A schema that holds itself can't be written into the published API: there it is any value. */
export const parameter = z.unknown().transform((value, context): Parameter => {
  const parsed = nested.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: "custom", path, message, input: value });
  return z.NEVER;
});

/** What tools have in common that reach the outside. */
export const outside = {
  /** What the model gives, each by its JSON Schema. */
  parameters: z.record(identifier, parameter).default({}),
  required: z.array(identifier).max(100).default([]),
  timeout_ms: z.int().min(100).max(30_000).optional(),
  /** The same call twice is as good as once: it may be tried again. GET, HEAD, PUT and DELETE always are. */
  idempotent: z.boolean().default(false),
  /** What the model is shown of a JSON answer: a name → where it stands, like `order.lines.*.title`. Absent: all of it. */
  result: z
    .record(
      identifier,
      z
        .string()
        .regex(/^[^.]+(\.[^.]+)*$/)
        .max(300),
    )
    .optional(),
  /** The answer is for the model alone; people's clients are told only whether it worked. */
  private: z.boolean().default(false),
  /**
   * What comes back is as good as the app's own words. Without it, after an answer has been read, the person is
   * asked before any tool may send something out.
   */
  trusted: z.boolean().default(false),
  /** What the tool answers in acceptance conversations, which never reach the outside. */
  example_result: z.unknown().optional(),
};

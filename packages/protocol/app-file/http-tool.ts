import * as z from "zod";
import { auth, outside } from "./outside.ts";
import { working } from "./tool-parts.ts";

/** Headers that say who asks, or how a body is framed: never an app's to set. */
const RESERVED_HEADERS =
  /^(host|cookie|authorization|content-length|connection|transfer-encoding|upgrade|te|trailer|expect|idempotency-key|forwarded|x-real-ip|(proxy|cf|x-forwarded|x-mozaiks|mozaiks)-.*)$/i;

/** Text with `{name}` where an argument stands. Nothing else is a template: no secrets, no expressions. */
const template = z.string().max(2_000);

/**
 * Calls an HTTP API. `{name}` in `url` (after the host), `query`, `headers` and `body` stands for an argument. In
 * `body` a text that is just `"{name}"` becomes the argument as it is, and goes away with an absent one. Without
 * `body`, a POST, PUT or PATCH sends the arguments that stand nowhere else, as JSON.
 */
export const httpTool = z.object({
  kind: z.literal("http"),
  ...working,
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
  url: z
    .string()
    .max(2_000)
    .regex(
      /^https?:\/\/[^/{}?#\s@\\]+([/?][^\s#\\]*)?$/,
      "must be like 'https://api.example.com/orders/{order_number}'",
    ),
  query: z.record(z.string().min(1).max(64), template).default({}),
  headers: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z0-9-]{1,64}$/)
        .refine(
          (name) => !RESERVED_HEADERS.test(name),
          "is not a header that a tool may set; for a secret there is `auth`",
        ),
      template,
    )
    .default({}),
  /** Any JSON. */
  body: z.unknown().optional(),
  /** How the body is written. */
  body_as: z.enum(["json", "form"]).default("json"),
  auth: z.array(auth).max(3).default([]),
  ...outside,
});
export type HttpTool = z.infer<typeof httpTool>;

import { dayOf } from "../read/calendar.ts";
import type { Property, Schema } from "../scene/scene.ts";
import { patternOf } from "./pattern.ts";

/** Whether a value may be sent for a property. Strict, so that a tool never sees what its schema forbids. */
export function isValid(value: unknown, property: Property): boolean {
  return fits(value, property.schema);
}

function fits(value: unknown, schema: Schema): boolean {
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  if ("const" in schema && schema.const !== value) return false;
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return false;
  if (typeof value === "string") return stringFits(value, schema);
  if (typeof value === "number") return numberFits(value, schema);
  if (Array.isArray(value)) return listFits(value, schema);
  return true;
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return false;
  }
}

function stringFits(value: string, schema: Schema): boolean {
  const length = [...value].length;
  if (typeof schema.minLength === "number" && length < schema.minLength) return false;
  if (typeof schema.maxLength === "number" && length > schema.maxLength) return false;
  if (typeof schema.pattern === "string" && !patternOf(schema.pattern)?.test(value)) return false;
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  const real = day !== null && dayOf(Number(day[1]), Number(day[2]), Number(day[3])) !== null;
  switch (schema.format) {
    case "date":
      return real && value.length === 10;
    case "date-time":
      return real && /^.{10}T\d{2}:\d{2}:\d{2}Z$/.test(value);
    case "time":
      return /^\d{2}:\d{2}:\d{2}Z$/.test(value);
    case "email":
      return /^[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/.test(
        value,
      );
    case "uri":
    case "url":
      return /^https?:\/\/\S+$/.test(value);
    case "uuid":
      return /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value);
    case undefined:
      return true;
    default:
      // A format nobody here knows: better to ask than to send what may be wrong.
      return typeof schema.format !== "string";
  }
}

function numberFits(value: number, schema: Schema): boolean {
  const limit = (name: string) => (typeof schema[name] === "number" ? (schema[name] as number) : null);
  const [min, max] = [limit("minimum"), limit("maximum")];
  const [above, below, step] = [limit("exclusiveMinimum"), limit("exclusiveMaximum"), limit("multipleOf")];
  if (min !== null && value < min) return false;
  if (max !== null && value > max) return false;
  if (above !== null && value <= above) return false;
  if (below !== null && value >= below) return false;
  return step === null || step <= 0 || Math.abs(value / step - Math.round(value / step)) < 1e-9;
}

function listFits(value: unknown[], schema: Schema): boolean {
  if (typeof schema.minItems === "number" && value.length < schema.minItems) return false;
  if (typeof schema.maxItems === "number" && value.length > schema.maxItems) return false;
  const items = schema.items;
  if (typeof items !== "object" || items === null || Array.isArray(items)) return true;
  return value.every((item) => fits(item, items as Schema));
}

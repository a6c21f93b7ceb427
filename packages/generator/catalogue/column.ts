import type { Column } from "#protocol/app-file/table";

type More = Partial<Omit<Column, "type">>;

function make(type: Column["type"], title: string, description: string, more: More = {}): Column {
  return { type, title, description, required: false, ...more };
}

/** Shorthands for the columns of the catalogue: title, then what the value is. */
export const text = (title: string, description: string, more?: More): Column =>
  make("text", title, description, more);
export const email = (title: string, description: string, more?: More): Column =>
  make("email", title, description, { examples: ["kim@example.com"], ...more });
export const date = (title: string, description: string, more?: More): Column =>
  make("date", title, description, { examples: ["2030-05-14"], ...more });
export const time = (title: string, description: string, more?: More): Column =>
  make("text", title, description, {
    pattern: "([01]\\d|2[0-3]):[0-5]\\d",
    examples: ["09:30", "17:00"],
    ...more,
  });
export const integer = (title: string, description: string, more?: More): Column =>
  make("integer", title, description, more);
export const number = (title: string, description: string, more?: More): Column =>
  make("number", title, description, more);
export const money = (title: string, description: string, more?: More): Column =>
  make("money", title, description, { examples: [25, 49.9], ...more });
export const choice = (title: string, description: string, values: readonly string[], more?: More): Column =>
  make("enum", title, description, { values: [...new Set(values)], ...more });

/** Where a record stands; new ones start with the first. */
export function status(record: string, values: readonly string[]): Column {
  return choice("Status", `Where the ${record} stands.`, values, { default: values[0] });
}

/** The number people name a record by: `B-1001`. */
export function numberOf(record: string, pattern: string, example: string): Column {
  return text(
    `${record.charAt(0).toUpperCase()}${record.slice(1)} number`,
    `The number of the ${record}, like ${example}.`,
    {
      required: true,
      pattern,
      examples: [example],
    },
  );
}

/** The JSON object in a model's text, or undefined; models like to fence it. */
export function readObject(text: string): unknown {
  const inner = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(inner);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

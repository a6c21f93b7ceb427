const REQUEST =
  /^(please\s+)?((can|could|would) you\s+)?((i|we)\s+(want|need|would like)(\s+to)?\s+)?((build|create|make|design|generate|develop|set up)(\s+(me|us))?\s+)?((an?|the|my|our)\s+)?/i;
const REST = /\s+(that|which|who|where|so that|to|for|with|using|and)\s.*$|[.,;:!?\n].*$/is;

/** A working name until the plan has one: "Build a customer support app that …" → "Customer support app". */
export function nameOfPrompt(prompt: string): string {
  const text = prompt.trim().slice(0, 300).replace(REQUEST, "").replace(REST, "").replace(/\s+/g, " ");
  const name = text.split(" ").slice(0, 6).join(" ").slice(0, 60).trim();
  return name === "" ? "My app" : name[0]!.toUpperCase() + name.slice(1);
}

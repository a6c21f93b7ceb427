/** `find_order`, `order-tracker` → `Find order`, `Order tracker`: a name for people when there is no title. */
export function humanise(name: string): string {
  const words = name.replace(/[_\-.]+/g, " ").trim();
  return words === "" ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a file is called where it is cited: `returns-policy.md` → "Returns policy". */
export function titleOf(name: string): string {
  const words = (name.split("/").at(-1) ?? name)
    .replace(/\.\w{1,8}$/, "")
    .replace(/[_-]+/g, " ")
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : name;
}

/** Whether a code is the thing's own ("appointment number" of an appointment), not of what it belongs to. */
export function namesIt(label: string, noun: string): boolean {
  const about = label.replace(/ (?:number|id|code|reference|ref|no)$/, "");
  return about === label || noun.includes(about) || about.includes(noun);
}

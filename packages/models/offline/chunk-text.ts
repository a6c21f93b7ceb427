/** A text in the pieces it is streamed in: words with the space before them. Joined they are the text. */
export function chunkText(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+|\s+$/g) ?? [];
}

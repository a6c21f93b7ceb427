/** Hands a file to the person's browser to keep. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers begin to read it a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

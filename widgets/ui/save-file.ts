/** How long a browser may take to begin with a file, in milliseconds. */
const BEGINS = 60_000;

/** Hands something to the browser as a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), BEGINS);
}

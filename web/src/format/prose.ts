/** A text in parts: names of columns and the like stand between backticks in what the API says. */
export function proseParts(text: string): { text: string; isName: boolean }[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => ({ text: part, isName: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/** The same without any marks. */
export function plainProse(text: string): string {
  return proseParts(text)
    .map((part) => part.text)
    .join("");
}

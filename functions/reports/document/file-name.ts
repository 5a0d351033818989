/** What a report is called on the disk of whoever downloads it; letters of any script stay, those no file system takes go. */
export function fileNameOf(title: string, madeAt: Date): string {
  const name = title
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+/, "");
  const short = [...name]
    .slice(0, 80)
    .join("")
    .replace(/[. ]+$/, "");
  return `${short || "Report"} ${madeAt.toISOString().slice(0, 10)}.pdf`;
}

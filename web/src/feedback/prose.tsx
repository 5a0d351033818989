import { proseParts } from "../format/prose.ts";
import classes from "./feedback.module.css";

/** What the API says, with the names in it set apart. */
export function Prose({ text }: { text: string }) {
  return proseParts(text).map((part, index) =>
    part.isName ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
      <code key={index} className={classes.name}>
        {part.text}
      </code>
    ) : (
      part.text
    ),
  );
}

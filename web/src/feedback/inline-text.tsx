import { ActionIcon, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import classes from "./feedback.module.css";

interface InlineTextProps {
  value: string;
  /** What the text is, as in "Name of the dataset". */
  label: string;
  maxLength: number;
  onSave: (value: string) => void;
  /** The text as it is shown while it is not being changed. */
  children: ReactNode;
}

/** Text that is changed where it stands: Enter saves, Escape leaves it. */
export function InlineText({ value, label, maxLength, onSave, children }: InlineTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const finish = (text: string | null) => {
    setDraft(null);
    const trimmed = text?.trim();
    if (trimmed && trimmed !== value) onSave(trimmed);
    requestAnimationFrame(() => button.current?.focus());
  };
  if (draft === null) {
    return (
      <div className={classes.inlineText}>
        {children}
        <ActionIcon
          ref={button}
          className={classes.inlineEdit ?? ""}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Change: ${label}`}
          onClick={() => setDraft(value)}
        >
          <IconPencil size={15} stroke={1.75} />
        </ActionIcon>
      </div>
    );
  }
  return (
    <TextInput
      aria-label={label}
      value={draft}
      maxLength={maxLength}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => draft !== null && finish(draft)}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish(draft);
        if (event.key === "Escape") finish(null);
      }}
    />
  );
}

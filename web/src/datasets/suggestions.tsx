import classes from "./suggestions.module.css";

interface SuggestionsProps {
  questions: readonly string[];
  disabled?: boolean;
  onAsk: (question: string) => void;
}

/** Questions that work on this table, asked at a click. */
export function Suggestions({ questions, disabled = false, onAsk }: SuggestionsProps) {
  if (questions.length === 0) return null;
  return (
    <ul className={classes.list} aria-label="Suggested questions">
      {questions.map((question) => (
        <li key={question}>
          <button
            type="button"
            className={classes.chip}
            disabled={disabled}
            onClick={() => onAsk(question)}
            data-testid="suggestion"
          >
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}

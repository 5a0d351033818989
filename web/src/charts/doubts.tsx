import { IconZoomQuestion } from "@tabler/icons-react";
import type { Chart } from "../../../contract/index.ts";
import { Prose } from "../feedback/prose.tsx";
import classes from "./doubts.module.css";

/** How the question was read where it could well be meant otherwise, with the other readings to ask for at once. */
export function Doubts({ chart, onAsk }: { chart: Chart; onAsk: (question: string) => void }) {
  if (chart.doubts.length === 0) return null;
  return (
    <ul className={classes.doubts} aria-label="Check how the question was read" data-testid="doubts">
      {chart.doubts.map(({ text, alternatives }) => (
        <li key={text}>
          <IconZoomQuestion size={18} stroke={1.75} aria-hidden />
          <div>
            <Prose text={text} />
            {alternatives.length > 0 && (
              <span className={classes.alternatives}>
                {alternatives.map(({ label, question }) => (
                  <button key={question} type="button" title={`Ask “${question}”`} onClick={() => onAsk(question)}>
                    Show {label} instead
                  </button>
                ))}
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

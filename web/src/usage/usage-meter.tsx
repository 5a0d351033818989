import classes from "./usage-page.module.css";
import type { Meter } from "./usage-words.ts";

/** How much of a limit is used, in figures and as a bar. */
export function UsageMeter({ name, used, limit, share, state, note }: Meter) {
  return (
    <li className={classes.meter} data-testid="usage-meter" data-state={state}>
      <h2>{name}</h2>
      <p className={classes.figures}>
        <strong>{used}</strong> of {limit}
      </p>
      <div className={classes.track} aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <p className={classes.note}>{note}</p>
    </li>
  );
}

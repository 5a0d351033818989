import classes from "./layout.module.css";

export function Logo() {
  return (
    <span className={classes.logo}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#0072b2" />
        <rect x="8" y="16" width="4" height="8" rx="1.5" fill="#fff" />
        <rect x="14" y="11" width="4" height="13" rx="1.5" fill="#fff" />
        <rect x="20" y="7" width="4" height="17" rx="1.5" fill="#f0e442" />
      </svg>
      QuantiBI
    </span>
  );
}

import { Button, TextInput } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { Logo } from "../layout/logo.tsx";
import { localUser } from "./session.ts";
import { useSession } from "./session-store.ts";
import classes from "./sign-in-page.module.css";
import { useLocalIssuer, useLocalSignIn } from "./use-local-sign-in.ts";

/** What the page shows to whoever is not signed in. */
export function SignInPage() {
  const { notice } = useSession();
  const issuer = useLocalIssuer();
  return (
    <main className={classes.page}>
      <div className={classes.pitch}>
        <Logo />
        <h1>
          Ask your data.
          <br />
          Check the answer.
        </h1>
        <p>Drop a file, ask in plain words, and get a chart with the SQL, the numbers and the reasoning behind it.</p>
      </div>
      <section className={classes.card} aria-labelledby="sign-in">
        <h2 id="sign-in">Sign in</h2>
        {notice && (
          <p className={classes.notice} role="status">
            {notice}
          </p>
        )}
        <LoadingPanel query={issuer} what="the ways to sign in">
          {(isLocal) => (isLocal ? <LocalSignIn /> : <NoSignIn />)}
        </LoadingPanel>
      </section>
    </main>
  );
}

function LocalSignIn() {
  const [other, setOther] = useState(false);
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const signIn = useLocalSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(other ? { email: email.trim(), name: name.trim() } : localUser);
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      {other ? (
        <>
          <TextInput
            label="Email"
            type="email"
            required
            autoFocus
            autoComplete="email"
            placeholder="ada@example.com"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label="Name"
            description="Optional"
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </>
      ) : (
        <p className={classes.local}>
          QuantiBI runs on this computer, and what you upload stays on it. No password is needed.
        </p>
      )}
      {signIn.isError && <FailureNotice error={signIn.error} title="Could not sign in" />}
      <Button type="submit" size="md" loading={signIn.isPending} rightSection={<IconArrowRight size={18} />}>
        {other ? "Sign in" : "Sign in on this computer"}
      </Button>
      <Button variant="subtle" size="xs" onClick={() => setOther(!other)}>
        {other ? "Back to one click" : "Sign in as someone else"}
      </Button>
    </form>
  );
}

function NoSignIn() {
  return (
    <p className={classes.local}>
      This address offers no way to sign in. If you run QuantiBI yourself, start it with <code>npm start</code> and open
      the address that it prints.
    </p>
  );
}

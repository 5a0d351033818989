import { config } from "zod";

// The page is served under a policy without `unsafe-eval`. zod tries whether it may make functions from text as soon
// as a schema is made, so this comes before the first one.
config({ jitless: true });

import { readFileSync } from "node:fs";
import { join } from "node:path";

export const moviesPath = join(import.meta.dirname, "..", "fixtures", "e2e", "movies.csv");

/** Twelve films: 3 each of Drama, Thriller, Adventure and Comedy, with an empty budget and an empty box office. */
export const movies = readFileSync(moviesPath, "utf8");

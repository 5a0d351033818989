import type { Fact, ReportSection, Sentence } from "../../../contract/index.ts";
import { NoCompletion } from "../../model/complete.ts";
import type { LanguageModel } from "../../model/language-model.ts";
import { Declined, MalformedAnswer } from "../../model/read-answer.ts";
import { logger } from "../../shared/observability.ts";
import { measureName } from "../../shared/words.ts";
import { costUsd, type Tokens } from "../../usage/model-prices.ts";
import { shortName } from "../facts/words.ts";
import { headline, type SummarizedDataset, summaryFromTemplates } from "./summary.ts";
import { sectionFromTemplates } from "./templates.ts";
import { type WritingTask, writeWithModel } from "./write-with-model.ts";

/** What is known of a section beside its facts. */
export interface SectionContext {
  chartId: string;
  title: string;
  question: string | null;
  columns: string[];
  datasets: string[];
  instructions: string | null;
}

/** Whoever pays for the model. */
export interface ModelAccount {
  mayAsk(): Promise<boolean>;
  spend(tokens: Tokens): Promise<void>;
}

/** Puts facts into words: the model's, where there is one and while it answers, else those of the templates. */
export class Narrator {
  private readonly model: LanguageModel | undefined;
  private silent = false;
  private account: ModelAccount | undefined;
  private readonly tokens: Tokens = { prompt: 0, completion: 0 };

  constructor(model: LanguageModel | undefined) {
    this.model = model;
  }

  /** Counts what the model takes from here on for this account, and asks it only while that may. */
  chargeTo(account: ModelAccount): void {
    this.account = account;
  }

  async section(facts: Fact[], context: SectionContext): Promise<{ sentences: Sentence[]; byModel: boolean }> {
    const fallback = sectionFromTemplates(facts, context.chartId);
    const { title, question, columns, datasets, instructions } = context;
    return this.write({
      about: { title: shortName(title), ...(question && { question: question.slice(0, 500) }) },
      facts: facts.slice(0, 40),
      instructions,
      evidence: { known: namesIn(facts), allowed: [title, ...columns, ...columns.map(measureName), ...datasets] },
      fallback,
    });
  }

  async summary(
    title: string,
    sections: ReportSection[],
    datasets: SummarizedDataset[],
    instructions: string | null,
  ): Promise<{ sentences: Sentence[]; byModel: boolean }> {
    const fallback = summaryFromTemplates(sections, datasets);
    const all = sections.flatMap(({ facts }) => facts);
    // A summary is made of what stands out, not of everything again.
    const facts = sections.flatMap((section, index) => {
      const first = headline(section);
      return section.facts
        .filter((fact) => fact === first || fact.kind === "top" || fact.kind === "total")
        .slice(0, 3)
        .map((fact) => ({ ...fact, id: `${index + 1}/${fact.id}` }));
    });
    if (facts.length === 0) return { sentences: fallback, byModel: false };
    return this.write({
      about: {
        title: shortName(title),
        sections: sections
          .map((section) => shortName(section.title))
          .slice(0, 50)
          .join("; "),
      },
      facts: facts.slice(0, 60),
      instructions,
      evidence: {
        known: namesIn(all),
        allowed: [title, ...sections.map((section) => section.title), ...datasets.map(({ name }) => name)],
      },
      fallback,
    });
  }

  /** What the model has cost so far; null if it was not asked. */
  get cost(): { name: string; tokens: number; costUsd: number | null } | null {
    const tokens = this.tokens.prompt + this.tokens.completion;
    if (!this.model || tokens === 0) return null;
    return { name: this.model.name, tokens, costUsd: costUsd(this.model.price, this.tokens) };
  }

  private async write(task: WritingTask): Promise<{ sentences: Sentence[]; byModel: boolean }> {
    if (!this.model || this.silent || task.facts.length === 0) return { sentences: task.fallback, byModel: false };
    if (this.account && !(await this.account.mayAsk())) return { sentences: task.fallback, byModel: false };
    try {
      const counted = { ...this.model, onSpent: (tokens: Tokens) => this.count(tokens) };
      const { sentences, replaced } = await writeWithModel(task, counted);
      if (replaced > 0) logger.info("Sentences of the model were replaced", { replaced });
      return { sentences, byModel: true };
    } catch (error) {
      const useless = error instanceof Declined || error instanceof MalformedAnswer;
      if (!useless && !(error instanceof NoCompletion)) throw error;
      // A report of fifty sections must not wait fifty times for a server that is down.
      if (!useless) this.silent = true;
      logger.warn("The templates write what the model does not", { error });
      return { sentences: task.fallback, byModel: false };
    }
  }

  private async count(tokens: Tokens): Promise<void> {
    this.tokens.prompt += tokens.prompt;
    this.tokens.completion += tokens.completion;
    await this.account?.spend(tokens);
  }
}

/** Names of categories and moments; measures and dimensions are words that anybody may use. */
function namesIn(facts: Fact[]): string[] {
  const words = new Set([
    "measure",
    "dimension",
    "x",
    "y",
    "strength",
    "step",
    "grain",
    "cycle",
    "cycles",
    "dataset",
    "listed",
  ]);
  return [
    ...new Set(
      facts.flatMap(({ names }) => Object.entries(names).flatMap(([key, name]) => (words.has(key) ? [] : [name]))),
    ),
  ];
}

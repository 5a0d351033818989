import { after, before, suite } from "node:test";
import { Stack } from "./stack.ts";
import { browser } from "./suites/browser.ts";
import { charts } from "./suites/charts.ts";
import { datasetPages } from "./suites/dataset-pages.ts";
import { datasets } from "./suites/datasets.ts";
import { files } from "./suites/files.ts";
import { model } from "./suites/model.ts";
import { outages } from "./suites/outages.ts";
import { people } from "./suites/people.ts";
import { questions } from "./suites/questions.ts";
import { reportPages } from "./suites/report-pages.ts";
import { requests } from "./suites/requests.ts";
import { runaways } from "./suites/runaways.ts";
import { service } from "./suites/service.ts";
import { sql } from "./suites/sql.ts";
import { tenants } from "./suites/tenants.ts";
import { uploads } from "./suites/uploads.ts";

// One stack for all: starting it on an empty folder takes longer than most of what is asked of it.
suite("QuantiBI from outside", { timeout: 420_000 }, () => {
  const stack = new Stack();
  before(() => stack.start());
  after(() => stack.remove());

  service(stack);
  people(stack);
  tenants(stack);
  requests(stack);
  datasets(stack);
  uploads(stack);
  files(stack);
  charts(stack);
  questions(stack);
  sql(stack);
  browser(stack);
  datasetPages(stack);
  reportPages(stack);
  runaways(stack);
  // On a stack of its own, which has a key and low limits.
  model();
  // Last, because it stops and starts the stack.
  outages(stack);
});

export * from "./charts.ts";
export * from "./datasets.ts";
export * from "./lists.ts";
export * from "./operations.ts";
export * from "./problem.ts";
export * from "./reports.ts";
export * from "./usage.ts";
export * from "./workspaces.ts";

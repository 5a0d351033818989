export type Route =
  | { page: "home" }
  | { page: "dataset"; datasetId: string }
  | { page: "reports" }
  | { page: "new-report" }
  | { page: "report"; reportId: string }
  | { page: "report-schedule"; scheduleId: string }
  | { page: "usage" }
  | { page: "unknown" };

/** The route of a URL's path. */
export function parseRoute(path: string): Route {
  if (path === "/" || path === "/index.html") return { page: "home" };
  const [, place = "", id = ""] = /^(\/d\/|\/reports\/schedules\/|\/reports\/)([0-9a-f]{24})\/?$/.exec(path) ?? [];
  if (place === "/d/") return { page: "dataset", datasetId: id };
  if (place === "/reports/") return { page: "report", reportId: id };
  if (place === "/reports/schedules/") return { page: "report-schedule", scheduleId: id };
  if (/^\/reports\/?$/.test(path)) return { page: "reports" };
  if (/^\/usage\/?$/.test(path)) return { page: "usage" };
  return /^\/reports\/new\/?$/.test(path) ? { page: "new-report" } : { page: "unknown" };
}

export const homePath = "/";
export const reportsPath = "/reports";
export const newReportPath = "/reports/new";
export const usagePath = "/usage";

export function datasetPath(datasetId: string): string {
  return `/d/${datasetId}`;
}

export function reportPath(reportId: string): string {
  return `/reports/${reportId}`;
}

export function schedulePath(scheduleId: string): string {
  return `/reports/schedules/${scheduleId}`;
}

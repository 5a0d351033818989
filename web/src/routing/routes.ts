export type Route = { page: "home" } | { page: "dataset"; datasetId: string } | { page: "unknown" };

/** The route of a URL's path. */
export function parseRoute(path: string): Route {
  if (path === "/" || path === "/index.html") return { page: "home" };
  const datasetId = /^\/d\/([0-9a-f]{24})\/?$/.exec(path)?.[1];
  return datasetId === undefined ? { page: "unknown" } : { page: "dataset", datasetId };
}

export const homePath = "/";

export function datasetPath(datasetId: string): string {
  return `/d/${datasetId}`;
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import sirv from "sirv";
import type { Part } from "./incoming.ts";
import { ProblemError } from "./problem.ts";

/**
 * Serves the built web app: files as they are, `index.html` for any other path without an extension.
 * `storageOrigin` is where the page may send files to and fetch them from besides its own origin.
 */
export function website(directory: string, storageOrigin: string): Part {
  const isBuilt = existsSync(join(directory, "index.html"));
  const headers = Object.entries(securityHeaders(storageOrigin));
  const serve = sirv(directory, {
    etag: true,
    single: true,
    setHeaders(response, pathname) {
      // Vite puts a hash of the content into every name under assets/.
      const isHashed = pathname.startsWith("/assets/");
      response.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });

  return {
    claims: () => true,
    async handle({ message, method, path }, response) {
      if (method !== "GET" && method !== "HEAD") {
        throw new ProblemError({ status: 405, detail: `There is no ${method} here.`, headers: { allow: "GET, HEAD" } });
      }
      for (const [name, value] of headers) response.setHeader(name, value);
      if (!isBuilt) {
        throw new ProblemError({ status: 404, detail: "The web app is not built: web/ has no index.html." });
      }
      await new Promise<void>((resolve, reject) => {
        response.once("close", resolve);
        serve(message, response, () => reject(new ProblemError({ status: 404, detail: `There is no ${path} here.` })));
      });
    },
  };
}

function securityHeaders(storageOrigin: string): Record<string, string> {
  const policy = {
    "default-src": "'self'",
    "connect-src": `'self' ${storageOrigin}`,
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    // Mantine writes its theme into style elements.
    "style-src": "'self' 'unsafe-inline'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return {
    "content-security-policy": Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
  };
}

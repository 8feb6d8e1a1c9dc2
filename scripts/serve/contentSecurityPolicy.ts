import type { Plugin } from 'vite';

/**
 * What the page may do, in the page itself, as most hosts send no headers of ours. Scripts come from here only;
 * WebAssembly may be compiled, text may not. `connect-src` is open to http(s) because a link may name a database
 * anywhere (`?db=`); what is fetched is handed to the engine as bytes. React, the widgets and the SQL editor set styles.
 * Pictures are made in the page (`blob:`) or stand in the styles (`data:`).
 */
const policyOfPage: readonly string[] = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self' http: https:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** As a header it also forbids other sites to show the page in a frame; a browser ignores that in a `meta`. */
export const contentSecurityPolicy: string = [...policyOfPage, "frame-ancestors 'none'"].join('; ');

/**
 * Writes the policy into the built `index.html`, before anything that it is about. The page of `npm run dev` stays without:
 * Vite's own scripts stand in it.
 */
export function policyInPage(): Plugin {
  const head = '<head>';
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOfPage.join('; ')}" />`;
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml(html) {
      if (!html.includes(head))
        throw new Error('index.html has no <head> to hold the content security policy');
      return html.replace(head, `${head}\n    ${meta}`);
    },
  };
}

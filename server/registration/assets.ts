import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sendText, type TextType } from '../http/send-text.ts';
import type { HttpServer } from '../http/server.ts';

/** Where the pages find their style and script. */
export type AssetPaths = { readonly style: string; readonly script: string };

/** Serves the two files under names that change with their content, so that browsers keep them for good. */
export function serveAssets(app: HttpServer): AssetPaths {
  return {
    style: serve(app, 'registration.css', 'text/css'),
    script: serve(app, 'registration.js', 'text/javascript'),
  };
}

function serve(app: HttpServer, file: string, type: TextType): string {
  const text = readFileSync(new URL(`./assets/${file}`, import.meta.url), 'utf8');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const path = `/assets/${file.replace('.', `.${hash}.`)}`;
  app.get(path, { schema: { hide: true } }, (_request, reply) =>
    sendText(reply.header('cache-control', 'public, max-age=31536000, immutable'), { type, text }),
  );
  return path;
}

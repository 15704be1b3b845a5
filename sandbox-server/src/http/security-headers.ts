/** Headers that keep other pages out, and a content policy that names each inline script of the built site by its hash. */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { createHash } from 'node:crypto'

export async function registerSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  const https = publicUrl.startsWith('https:')
  await app.register(helmet, {
    // Pages bring their own (see site.ts); this one is for everything else.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    // Browsers ignore it, with a warning, on plain http.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
  })
}

/**
 * The policy of one page. Styles may be inline, because xterm and Starlight set them from scripts; scripts may not, except
 * those that are in the page now. The search index is WebAssembly.
 */
/** `frames`: sources that a page may show in a frame; `embedders`: who may show it in one. */
export function pagePolicy(html: string, publicUrl: string, frames: string, embedders: readonly string[]): string {
  const hashes = inlineScripts(html).map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...new Set(hashes)].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${publicUrl.replace(/^http/, 'ws')}`,
    `frame-src ${frames}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${embedders.length === 0 ? "'none'" : embedders.join(' ')}`,
  ].join('; ')
}

function inlineScripts(html: string): string[] {
  const scripts = html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)
  return [...scripts].flatMap(([, attributes = '', body = '']) =>
    /\ssrc\s*=/i.test(attributes) || body === '' ? [] : [body],
  )
}

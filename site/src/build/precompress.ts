/** Puts a `.gz` beside each text file of the built site, so that the server sends it without work of its own. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { AstroIntegration } from 'astro'

const text = new Set(['.html', '.js', '.css', '.svg', '.json'])

export function precompress(): AstroIntegration {
  return {
    name: 'drydock-precompress',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir)
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!text.has(path.extname(name))) continue
          const file = path.join(folder, name)
          writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
        }
      },
    },
  }
}

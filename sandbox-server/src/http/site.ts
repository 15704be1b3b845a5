/** Serves the built site: pages fresh, hashed files for ever, and a page of its own for what is not there. */
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from '../refusal.ts'
import { sendRefusal } from './error-answers.ts'
import { pagePolicy } from './security-headers.ts'

export interface SiteOptions {
  /** Folder with the built site; it may not be there yet. */
  folder: string
  publicUrl: string
  /** Where pages of labs are, which ours show in frames, as a policy names it; null: nowhere. */
  previews: string | null
  /** Origins that may show the playground in a frame. */
  embedders: readonly string[]
}

/** The one page that other sites may show: whoever embeds it could lead clicks on any other astray. */
const embeddable = 'play/index.html'

export async function registerSite(
  app: FastifyInstance,
  { folder, publicUrl, previews, embedders }: SiteOptions,
): Promise<void> {
  const policies = new Map<string, { changed: number; policy: string }>()
  const policyOf = (file: string): string => {
    const changed = statSync(file).mtimeMs
    const known = policies.get(file)
    if (known?.changed === changed) return known.policy
    const by = path.relative(folder, file) === embeddable ? embedders : []
    const policy = pagePolicy(readFileSync(file, 'utf8'), publicUrl, previews ?? "'none'", by)
    policies.set(file, { changed, policy })
    return policy
  }

  if (existsSync(folder))
    await app.register(fastifyStatic, {
      root: folder,
      redirect: true,
      preCompressed: true,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders(response, file) {
        const relative = path.relative(folder, file)
        const immutable = relative.startsWith('_astro/')
        response.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
        const page = relative.replace(/\.(gz|br)$/, '')
        // A worker lives under the policy of its own file: the search index loads its parts and runs WebAssembly in one.
        if (page.endsWith('.js'))
          response.header('content-security-policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
        if (page.endsWith('.html')) response.header('content-security-policy', policyOf(path.join(folder, page)))
        // It knows no lists; browsers that know them heed the policy alone.
        if (page === embeddable && embedders.length > 0) response.removeHeader('x-frame-options')
      },
    })

  const notFound = path.join(folder, '404.html')
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !request.url.startsWith('/api/') && existsSync(notFound)
    if (!page) return sendRefusal(reply, new Refusal('NOT_FOUND'))
    reply.header('cache-control', 'no-cache').header('content-security-policy', policyOf(notFound))
    return reply.code(404).type('text/html; charset=utf-8').send(readFileSync(notFound))
  })
}

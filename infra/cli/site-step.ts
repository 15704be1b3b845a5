/** Builds the site, unless nothing that goes into it has changed since it was last built. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import { cloneOwner } from './clone-owner.ts'
import type { Step } from './step.ts'

/** Everything below these goes into the built site. */
const inputs = ['site', 'lessons', 'labs', 'sandbox-server/src/contract', 'package-lock.json']
const skipped = new Set(['node_modules', 'dist', '.astro', 'test'])
/** What only nodes and verify read of a lab. */
const skippedOfLabs = new Set(['node_modules', 'test', 'solution', 'mistakes', 'files'])

/** One hash over the names and contents of all inputs. */
export function hashInputs(root: string): string {
  const hash = createHash('sha256')
  const visit = (file: string, without: ReadonlySet<string>) => {
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) if (!without.has(name)) visit(path.join(file, name), without)
    } else hash.update(`${path.relative(root, file)}\n`).update(readFileSync(file))
  }
  for (const input of inputs)
    if (existsSync(path.join(root, input))) visit(path.join(root, input), input === 'labs' ? skippedOfLabs : skipped)
  return hash.digest('hex')
}

const stampFile = (root: string) => path.join(root, 'site/dist/.built-from')

export const siteStep: Step = {
  title: 'Site',
  done({ instance: { root } }) {
    const stamp = existsSync(stampFile(root)) ? readFileSync(stampFile(root), 'utf8') : null
    return Promise.resolve(stamp === hashInputs(root) ? 'built' : null)
  },
  async run({ instance: { root }, signal, log, report }) {
    const hash = hashInputs(root)
    const dist = path.join(root, 'site/dist')
    rmSync(stampFile(root), { force: true })
    report('building pages')
    // As the clone's owner, so that root leaves no files that its owner cannot renew.
    const owner = cloneOwner(root)
    try {
      await run(path.join(root, 'node_modules/.bin/astro'), ['build'], {
        cwd: path.join(root, 'site'),
        signal,
        log: (text) => {
          log(text)
          const page = /(\/[\w/-]+\/)index\.html/.exec(text)?.[1]
          if (page) report(page)
        },
        env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
        ...(owner ? { owner } : {}),
      })
    } catch (error) {
      // Half a site is worse than none; the next start builds it anew.
      rmSync(dist, { recursive: true, force: true })
      throw error
    }
    writeFileSync(stampFile(root), hash)
  },
}

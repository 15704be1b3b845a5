/** Finds programs on the search path. */
import { accessSync, constants, globSync, statSync } from 'node:fs'
import path from 'node:path'

/** Where Debian has PostgreSQL's own programs, beside the search path: a folder for each version. */
const besides = () => globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed()

/** The program that tells whether they are there, and the package that brings them. */
export const postgresPackage = { initdb: 'postgresql' } as const

/** What a room without internet has before the server (infra/proxy); no service of these is started. */
export const roomPackages = { nginx: 'nginx', dnsmasq: 'dnsmasq-base' } as const

/** A browser for tests and measurements: under any of its usual names it will do. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Absolute path of a browser, or undefined. */
export const findBrowser = (): string | undefined =>
  browsers.map((name) => findProgram(name)).find((file) => file !== null) ?? undefined

/** What to install where there is none: Debian's. */
export const browserPackage = (): Record<string, string> => (findBrowser() ? {} : { chromium: 'chromium' })

/** Absolute path of the first program with this name, or null. */
export function findProgram(name: string, searchPath = process.env.PATH ?? ''): string | null {
  for (const folder of [...searchPath.split(path.delimiter), ...besides()]) {
    const file = path.join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      if (statSync(file).isFile()) return file
    } catch {
      // not in this folder
    }
  }
  return null
}

/** How the bootstrap ends early, and how it finds programs: shared by its files, without anything installed. */
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const modules = path.join(root, 'node_modules')

/** Ends the command with one paragraph for people. */
export class Stop extends Error {
  constructor(paragraph, code = 1) {
    super(paragraph)
    this.code = code
  }
}

/** The first program of this name on the search path, or null. */
export function findProgram(name, searchPath = process.env.PATH ?? '') {
  for (const folder of searchPath.split(path.delimiter)) {
    const file = path.join(folder || '.', name)
    try {
      accessSync(file, constants.X_OK)
      if (statSync(file).isFile()) return file
    } catch {
      // not in this folder
    }
  }
  return null
}

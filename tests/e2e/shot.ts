/** Where a picture of the README goes: written with UPDATE_SCREENSHOTS=1, and only taken otherwise. */
import path from 'node:path'

export const updates = Boolean(process.env.UPDATE_SCREENSHOTS)

export const shot = (name: string): { path?: string } =>
  updates ? { path: path.join(import.meta.dirname, 'screenshots', `${name}.png`) } : {}

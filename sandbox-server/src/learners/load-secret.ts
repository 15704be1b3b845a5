/** The key that signs cookies: made once, kept in the state folder, readable by the server alone. */
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

export async function loadSecret(stateFolder: string): Promise<Buffer> {
  const file = path.join(stateFolder, 'cookie.key')
  try {
    // wx: when two servers start at once, one of them makes the key and both use it.
    await writeFile(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = await readFile(file)
  if (secret.length < 32) throw new Error(`${file} is too short to be a key; remove it, and the server makes a new one`)
  return secret
}

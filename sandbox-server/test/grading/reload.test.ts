/** An author changes a lab while a session of it is open. */
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadLabs } from '../../src/grading/load-labs.ts'
import { reloadLabs } from '../../src/grading/reload-labs.ts'

const labs = path.resolve(import.meta.dirname, '../../../labs')

test('a changed lab is taken over in place, a new one is added, a broken one stays as it was', async () => {
  // Below the clone, so that the copy's checks.ts finds the kit.
  const root = await mkdtemp(path.join(labs, '.test-'))
  try {
    const folder = path.join(root, 'layers/cache')
    await mkdir(path.dirname(folder), { recursive: true })
    await cp(path.join(labs, 'layers/cache'), folder, { recursive: true })
    const held = new Map((await loadLabs(root)).labs)
    const lab = held.get('layers/cache')!
    const before = lab.checks['build']
    expect(await reloadLabs(held, root)).toEqual([])
    // Nothing was changed: the checks are those that were imported once.
    expect(lab.checks['build']).toBe(before)

    const checks = await readFile(path.join(folder, 'checks.ts'), 'utf8')
    await writeFile(path.join(folder, 'checks.ts'), `${checks}\n// changed\n`)
    await utimes(path.join(folder, 'checks.ts'), new Date(), new Date(Date.now() + 5000))
    await writeFile(path.join(folder, 'setup.sh'), 'true\n')
    await cp(path.join(labs, 'architecture/first-commands'), path.join(root, 'architecture/first-commands'), {
      recursive: true,
    })
    expect(await reloadLabs(held, root)).toEqual([])
    expect(held.get('layers/cache')).toBe(lab)
    expect(lab.checks['build']).not.toBe(before)
    expect(lab.setup).toBe('true\n')
    expect(held.has('architecture/first-commands')).toBe(true)

    await rm(path.join(folder, 'setup.sh'))
    await reloadLabs(held, root)
    expect(lab.setup).toBeUndefined()
    await writeFile(path.join(folder, 'lab.yaml'), 'title: [')
    expect((await reloadLabs(held, root))[0]).toMatch(/^layers\/cache\/lab.yaml is not YAML/)
    expect(lab.manifest.title).toBe('The build cache')
  } finally {
    await rm(root, { recursive: true })
  }
})

/** Protects: what pages know of a lab has no hint in it, and a lab that cannot be read says why. */
import path from 'node:path'
import { labView } from '@drydock/sandbox-server/contract'
import { describe, expect, it } from 'vitest'
import { loadLab } from './labs.ts'

const folder = path.resolve(import.meta.dirname, '../../test/fixture/labs')

describe('loadLab', () => {
  it('counts hints and leaves out their text', () => {
    const lab = loadLab('layers/cache', folder)
    expect(lab?.tasks[0]?.hints).toBe(2)
    expect(JSON.stringify(lab)).not.toMatch(/SECRET-HINT-TEXT/)
  })
  it('is what the contract says about a lab', () => {
    const view = { ...loadLab('layers/cache', folder), available: { state: 'ready' }, kept: null }
    expect(labView.parse(view)).toEqual(view)
  })
  it('knows nothing of a lab that does not exist', () => {
    expect(loadLab('layers/none', folder)).toBeUndefined()
  })
})

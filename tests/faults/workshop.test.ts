/** A class of six for less than a minute, with the server killed in the middle; `npm run soak -- workshop` is the same with sixty. */
import { expect, test } from 'vitest'
import { startPlatform } from '../harness/platform.ts'
import { holdClass } from './workshop/hold-class.ts'

test(
  'six learners, dropping off and coming back, and a server that is killed: nobody loses anything',
  { timeout: 400_000 },
  async () => {
    await using platform = await startPlatform()
    const said: string[] = []
    const result = await holdClass(platform, {
      ...{ learners: 6, minutes: 0.7, seed: 7, progress: (text) => said.push(text) },
    })
    expect(result.lost, said.join('\n')).toEqual([])
    expect(result).toMatchObject({ real_nodes: 6, killed: 1 })
    expect(result.drops).toBeGreaterThan(0)
    expect(result.join_ms).toHaveLength(6)
    const check_ms = result.checks.map(({ ms }) => ms)
    for (const figures of [result.join_ms, check_ms, result.wall_ms]) {
      expect(figures.length).toBeGreaterThan(0)
      expect(figures.every((ms) => ms >= 0 && Number.isFinite(ms))).toBe(true)
    }
    expect(result.server_cpu_share).toBeGreaterThan(0)
    expect(result.server_mb).toBeGreaterThan(0)
  },
)

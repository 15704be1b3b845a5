/** The same figures come out of cgroup v1 and v2, limits and "no limit" alike. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Node } from '../check.ts'
import { BadAnswer } from './answer.ts'
import { readCgroup } from './cgroups.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'cgroups-'))
afterAll(() => rmSync(folder, { recursive: true }))

function put(root: string, files: Record<string, string>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), `${content}\n`)
  }
}

let made = 0

/**
 * A node that has these files: the program really runs, with its folders and its clock moved below one of ours. `later`: the
 * files that are others after a pause, which takes 0.3 s of that clock.
 */
function nodeWith(group: string | undefined, files: Record<string, string>, later: Record<string, string> = {}): Node {
  const root = path.join(folder, String(made++))
  put(root, { '/clock': '1000000000', ...files })
  put(`${root}/later`, { '/clock': '1300000000', ...later })
  if (group !== undefined) put(root, { '/proc/42/cgroup': group })
  return {
    name: 'node1',
    folder: '/root/work',
    get: () => Promise.reject(new Error('not asked')),
    read: () => Promise.reject(new Error('not asked')),
    async exec([program, flag, script = '', ...rest]) {
      const moved = script
        .replaceAll('/sys/fs/cgroup', `${root}/sys/fs/cgroup`)
        .replaceAll('/proc/', `${root}/proc/`)
        .replaceAll('date +%s%N', `cat ${root}/clock`)
        .replaceAll('sleep "$pause"', `cp -r ${root}/later/. ${root}`)
      const ran = spawnSync(program, [flag ?? '', moved, ...rest], { encoding: 'utf8' })
      return { code: ran.status ?? -1, stdout: ran.stdout, stderr: ran.stderr, truncated: false }
    },
  }
}

const v1 = (more: Record<string, string> = {}) => ({
  '/sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes': '100663296',
  '/sys/fs/cgroup/memory/docker/ab/memory.memsw.limit_in_bytes': '100663296',
  '/sys/fs/cgroup/memory/docker/ab/memory.usage_in_bytes': '17000000',
  '/sys/fs/cgroup/cpu/docker/ab/cpu.cfs_quota_us': '25000',
  '/sys/fs/cgroup/cpu/docker/ab/cpu.cfs_period_us': '100000',
  '/sys/fs/cgroup/cpu/docker/ab/cpu.stat': 'nr_periods 47\nnr_throttled 35\nthrottled_time 1033536754',
  '/sys/fs/cgroup/cpuacct/docker/ab/cpuacct.usage': '5000000000',
  '/sys/fs/cgroup/pids/docker/ab/pids.max': 'max',
  '/sys/fs/cgroup/pids/docker/ab/pids.current': '12',
  '/sys/fs/cgroup/pids/docker/ab/pids.events': 'max 3',
  ...more,
})
const v1groups = '9:name=systemd:/docker/ab\n8:pids:/docker/ab\n4:memory:/docker/ab\n2:cpu,cpuacct:/docker/ab\n0::/\n'

const v2 = (more: Record<string, string> = {}) => ({
  '/sys/fs/cgroup/docker/ab/memory.max': '100663296',
  '/sys/fs/cgroup/docker/ab/memory.swap.max': '0',
  '/sys/fs/cgroup/docker/ab/memory.current': '17000000',
  '/sys/fs/cgroup/docker/ab/cpu.max': '25000 100000',
  '/sys/fs/cgroup/docker/ab/cpu.stat': 'usage_usec 5000000\nnr_periods 47\nnr_throttled 35\nthrottled_usec 1033536',
  '/sys/fs/cgroup/docker/ab/pids.max': 'max',
  '/sys/fs/cgroup/docker/ab/pids.current': '12',
  '/sys/fs/cgroup/docker/ab/pids.events': 'max 3',
  ...more,
})

describe.each([
  {
    version: 1,
    groups: v1groups,
    files: v1,
    later: { '/sys/fs/cgroup/cpuacct/docker/ab/cpuacct.usage': '5075000000' },
    none: {
      '/sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes': '9223372036854771712',
      '/sys/fs/cgroup/memory/docker/ab/memory.memsw.limit_in_bytes': '9223372036854771712',
      '/sys/fs/cgroup/cpu/docker/ab/cpu.cfs_quota_us': '-1',
    },
  },
  {
    version: 2,
    groups: '0::/docker/ab\n',
    files: v2,
    later: { '/sys/fs/cgroup/docker/ab/cpu.stat': 'usage_usec 5075000\nnr_periods 50\nnr_throttled 37' },
    none: {
      '/sys/fs/cgroup/docker/ab/memory.max': 'max',
      '/sys/fs/cgroup/docker/ab/memory.swap.max': 'max',
      '/sys/fs/cgroup/docker/ab/cpu.max': 'max 100000',
    },
  },
])('cgroup v$version', ({ version, groups, files, later, none }) => {
  test('limits and usage', async () => {
    expect(await readCgroup(nodeWith(groups, files()), 42)).toEqual({
      version,
      memory: { limit: 100663296, swap: 0, current: 17000000 },
      cpu: { limit: 0.25, periods: 47, throttled: 35, used: undefined },
      pids: { limit: null, current: 12, refused: 3 },
    })
  })
  test('no limit is null', async () => {
    const group = await readCgroup(nodeWith(groups, files(none)), 42)
    expect([group?.memory.limit, group?.memory.swap, group?.cpu.limit]).toEqual([null, null, null])
  })
  test('CPU use over a moment', async () => {
    const group = await readCgroup(nodeWith(groups, files(), later), 42, { sample_ms: 300 })
    expect(group?.cpu.used).toBeCloseTo(0.25)
  })
})

test('a process that is gone has no group; files that cannot be read are an accident', async () => {
  expect(await readCgroup(nodeWith(undefined, {}), 42)).toBeUndefined()
  expect(await readCgroup(nodeWith('0::/docker/ab\n', {}), 0)).toBeUndefined()
  await expect(readCgroup(nodeWith('0::/docker/ab\n', {}), 42)).rejects.toThrow(BadAnswer)
})

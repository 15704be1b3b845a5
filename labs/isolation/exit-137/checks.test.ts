/** What a person writes as verdict, the ways to repair an aim, and a clerk that is started again as another container. */
import type { CheckContext } from '@drydock/kit'
import { contextOf, inspected, pretendNode, wordOf } from '@drydock/kit/testing'
import { expect, test } from 'vitest'
import checks from './checks.ts'

async function verdict(text: string): Promise<string | undefined> {
  const node1 = pretendNode({
    read: async () => text,
  })
  const values = { roles: 'sorter-press-stamper' }
  const outcome = await checks.verdict(contextOf(node1, values))
  return wordOf(outcome)
}

test.each([
  ['as the file asks', 'press: kill\nsorter: kernel\nstamper: stop\n', 'pass'],
  [
    'with reasons',
    '- sorter = Kernel (out of memory)\n- press: kill, by a docker kill\n- stamper: stop, then KILL\n',
    'pass',
  ],
  ['in one line', 'sorter kernel, press kill, stamper stop', 'pass'],
  ['two of them changed', 'press: stop\nsorter: kernel\nstamper: kill\n', 'signals'],
  ['all words for each', 'press: kernel kill stop\nsorter: kernel kill stop\nstamper: kernel kill stop\n', 'command'],
  ['unchanged', 'press: ?\nsorter: ?\nstamper: ?\n', 'look'],
])('verdict.txt %s', async (_name, text, expected) => {
  expect(await verdict(text)).toBe(expected)
})

interface World {
  started?: number
  conf?: string
  script?: string
  events?: [action: string, id: string, exitCode?: number][]
}

const filter = '"name=$pattern"'

function lab({ started = Date.now() - 60_000, conf = 'press', script = filter, events = [] }: World): CheckContext {
  const State = { StartedAt: new Date(started).toISOString() }
  const clerk = inspected({ Id: 'new', Name: '/clerk', State, Config: { Image: 'python:3.13-slim-trixie' } })
  const said = events.map(([Action, ID, exitCode]) => {
    const Attributes = exitCode === undefined ? {} : { exitCode: String(exitCode) }
    return JSON.stringify({ Action, Actor: { ID, Attributes }, timeNano: 1 })
  })
  const node1 = pretendNode({
    get: async (path) => (path.startsWith('/events?') ? `${said.join('\n')}\n` : clerk),
    async exec(argv, options) {
      const pattern = argv[0] === 'grep' ? new RegExp(argv.at(-1) ?? '') : undefined
      const lines = typeof options?.stdin === 'string' ? options.stdin.split('\n') : []
      const stdout = lines.filter((line) => line !== '' && pattern?.test(line)).join('\n')
      return { code: 0, stdout, stderr: '', truncated: false }
    },
    read: async (path) => (path === '/etc/tidy.conf' ? `# Read anew each time.\n${conf}\n` : `#!/bin/sh\n${script}\n`),
  })
  const values = { roles: 'sorter-press-stamper' }
  return contextOf(node1, values)
}

const anchored = '"name=^/?${pattern}-trial-\\d+$"'

test.each<[string, World, string]>([
  ['as it was', {}, 'pattern'],
  ['in the file', { conf: '-trial-' }, 'pass'],
  ['in the file, with digits', { conf: '^(press|sorter|stamper)-trial-\\d+$' }, 'pass'],
  ['at nothing', { conf: 'trail' }, 'blunt'],
  ['behind an empty line', { conf: '\n-trial-' }, 'blunt'],
  ['at another one alone', { conf: 'stamper' }, 'blunt'],
  ['at everybody but it', { conf: 'sorter|stamper|trial' }, 'blunt'],
  ['in the script', { script: anchored }, 'pass'],
  ['behind the filter', { script: `${filter} | grep -e -trial-` }, 'pass'],
  ['behind the filter, a moment ago', { script: `${filter} | grep -e -trial-`, started: Date.now() - 1000 }, 'tidy'],
  ['in a comment alone', { script: `# trial\n${filter}` }, 'pattern'],
  ['in the script, a moment ago', { script: anchored, started: Date.now() - 1000 }, 'tidy'],
])('tidy aims %s', async (_name, world, expected) => {
  const outcome = await checks.hunted(lab(world))
  expect(wordOf(outcome)).toBe(expected)
})

const night: World['events'] = [
  ['start', 'old'],
  ['kill', 'old'],
  ['kill', 'old'],
  ['die', 'old', 137],
  ['stop', 'old'],
]

test.each<[string, World['events'], string]>([
  ['in the night alone', night, 'ask'],
  [
    'and listened',
    [...night, ['start', 'new'], ['kill', 'new'], ['die', 'new', 143], ['stop', 'new'], ['start', 'new']],
    'pass',
  ],
  [
    'and is another now',
    [...night, ['start', 'mid'], ['kill', 'mid'], ['die', 'mid', 143], ['stop', 'mid'], ['start', 'new']],
    'pass',
  ],
  [
    'and was killed again',
    [...night, ['start', 'new'], ['kill', 'new'], ['die', 'new', 137], ['stop', 'new'], ['start', 'new']],
    'ask',
  ],
  [
    'by a docker kill that it heard',
    [...night, ['start', 'new'], ['kill', 'new'], ['die', 'new', 130], ['start', 'new']],
    'ask',
  ],
  ['and had ended by itself before', [...night, ['start', 'new'], ['die', 'new', 1], ['start', 'new']], 'ask'],
])('the deaf one was stopped %s', async (_name, events, expected) => {
  const outcome = await checks.deaf(lab({ events: events ?? [] }))
  expect(wordOf(outcome)).toBe(expected)
})

/** Labs in memory whose checks look at what a test puts on the fake node. */
import { fail, pass, type Checks } from '@drydock/kit'
import { manifest } from '@drydock/kit/schema'
import type { z } from 'zod'
import type { Lab } from '../src/grading/lab.ts'

export function createLab(id: string, shape: Partial<z.input<typeof manifest>>, checks: Checks): Lab {
  const base = { title: 'A lab for tests', summary: 'It looks at what a test puts there.', kind: 'guided', minutes: 5 }
  const parsed = manifest.parse({ ...base, tasks: [{ id: 'only', goal: 'Do it.' }], ...shape })
  return {
    id,
    folder: `/nowhere/${id}`,
    manifest: parsed,
    checks,
    files: null,
    solution: [],
    mistakes: [],
    alternatives: [],
  }
}

/** `GET /done` of the node's engine lists what is done. */
async function isDone(lab: Parameters<Checks[string]>[0], task: string) {
  const done = (await lab.node1.get('/done')) as string[]
  const expected = `${task} among what is done`
  return done.includes(task) ? pass() : fail({ expected, observed: done.join(' ') || 'nothing', hint: 'nudge' })
}

/** Four tasks of every type; `rebuild` is acting. */
export function createSampleLab(id = 'layers/sample'): Lab {
  const hints = [
    { id: 'look', text: 'Look around.' },
    { id: 'nudge', text: 'Do it.' },
  ]
  const lab = createLab(
    id,
    {
      images: ['debian:13-slim'],
      tasks: [
        { id: 'build', goal: 'Build it.', hints },
        { id: 'runs', goal: 'Run it.', type: 'holds', after: ['build'], hints },
        { id: 'rebuild', goal: 'Rebuild it.', check: 'acting', acts: 'Builds a copy.', after: ['build'], hints },
        { id: 'calm', goal: 'Break nothing.', type: 'guard', hints },
      ],
    },
    {
      build: (lab) => isDone(lab, 'build'),
      runs: (lab) => isDone(lab, 'runs'),
      rebuild: (lab) => isDone(lab, 'rebuild'),
      calm: async (lab) =>
        (await isDone(lab, 'broken')).status === 'pass' ? fail({ expected: 'calm', observed: 'broken' }) : pass(),
    },
  )
  return { ...lab, solution: [{ task: 'build', node: 'node1', script: 'docker build .', why: 'It has to be built.' }] }
}

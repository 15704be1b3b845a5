/** What questions claim, shown on a real engine: each proof of a quiz and of the interview bank prints what it promises; and docker's options are those that commands are graded by. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { formatTable, loadBank, loadQuizzes, readHelp, type Help } from '@drydock/kit/quiz'
import { aroundAll, describe, expect, test } from 'vitest'
import { requireEngine } from '../../../infra/engine/api.ts'
import { instance, runtime } from '../../test/real-nodes.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { listProofs, onProofNode, prove } from '../verify/prove-questions.ts'

const root = path.resolve(import.meta.dirname, '../../..')
let node: RuntimeNode
const { quizzes } = await loadQuizzes(path.join(root, 'lessons'))
const { bank } = await loadBank(root)
const proofs = listProofs(quizzes, bank).map((proof) => ({ name: `${proof.place} ${proof.question}`, proof }))

aroundAll((runAll) =>
  onProofNode(runtime, AbortSignal.timeout(60_000), async (booted) => {
    node = booted
    await runAll()
  }),
)

describe('the proofs of quizzes', () => {
  test.each(proofs)('$name', async ({ proof }) => {
    const { deviation, printed } = await prove(node, proof)
    expect(deviation, printed).toBeUndefined()
  })
})

/** Asked without a daemon, whose state would decide which options are shown. Not taught here, and long: */
const passedOver = ['buildx', 'plugin', 'manifest', 'checkpoint', 'trust']

test('the table of commands is what docker itself says', async () => {
  const helps: Help[] = []
  let ask = ['docker']
  for (let depth = 0; depth < 3; depth++) {
    const script = ask.map((each) => `echo '== ${each}'; ${each} --help`).join('\n')
    const { stdout } = await node.exec(['sh', '-c', `export DOCKER_HOST=unix:///nowhere.sock\n${script}`], {
      timeout_ms: 60_000,
    })
    const found = stdout.split(/^== /m).slice(1)
    const level = found.map((part) => readHelp(part.slice(0, part.indexOf('\n')), part))
    helps.push(...level)
    ask = level.flatMap((help, i) =>
      help.commands.filter((name) => depth > 0 || !passedOver.includes(name)).map((name) => `${ask[i]} ${name}`),
    )
  }
  await expect(formatTable(helps)).toMatchFileSnapshot('../../../labs/kit/src/quiz/docker-commands.txt')
})

/** Names of the nodes on the lab engine that are there for proofs, the one of this file included. */
async function proofNodes(): Promise<string[]> {
  const listed = JSON.parse(await requireEngine(instance, 'GET', '/containers/json?all=1')) as {
    Names: string[]
    Labels: Record<string, string>
  }[]
  return listed
    .filter(({ Labels }) => Labels['drydock.spec']?.includes('"lab":"proofs/questions"'))
    .flatMap(({ Names }) => Names)
    .toSorted()
}

test('`quiz -- prove`, stopped in the middle, takes its node with it', async () => {
  const before = await proofNodes()
  const child = spawn(process.execPath, [path.join(root, 'sandbox-server/src/prove-main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit') as Promise<[number]>
  // In the middle: the first proof has been printed.
  for await (const line of createInterface(child.stderr)) if (/^[✓✗]/.test(line)) break
  expect(await proofNodes()).toHaveLength(before.length + 1)
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(130)
  expect(await proofNodes()).toEqual(before)
})

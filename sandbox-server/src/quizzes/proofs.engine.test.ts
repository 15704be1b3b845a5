/** What questions claim, shown on a real engine: each proof of a quiz and of the interview bank prints what it promises; and docker's options are those that commands are graded by. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { compareOutput } from '@drydock/kit/lesson'
import { formatTable, loadBank, loadQuizzes, readHelp, type Help } from '@drydock/kit/quiz'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInstance } from '../../../infra/instance.ts'
import { createDockerRuntime } from '../runtime/docker/docker-runtime.ts'
import type { RuntimeNode, SessionSpec } from '../runtime/port.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const instance = openInstance(root, process.env.DRYDOCK_STATE)
const runtime = createDockerRuntime({ instance, logger: pino({ level: 'silent' }) })
const spec: SessionSpec = {
  ...{ session: randomBytes(6).toString('hex'), lab: 'test/quizzes', learner: 'test', created_at: Date.now(), seed: 1 },
  ...{ nodes: 1, limits: { memory_mb: 1024, cpus: 1, pids: 1024, disk_mb: 1024 }, network: 'none', folder: 'work' },
}
let node: RuntimeNode
const { quizzes } = await loadQuizzes(path.join(root, 'lessons'))
const { bank } = await loadBank(root)
const questions = [
  ...[...quizzes].map(([lesson, quiz]) => [lesson, Object.entries(quiz.questions)] as const),
  ['interview', [...bank]] as const,
]
const proofs = questions.flatMap(([place, all]) =>
  all.flatMap(([id, { proof }]) => (proof ? [{ name: `${place} ${id}`, ...proof }] : [])),
)

beforeAll(async () => {
  const nodes = await runtime.start(spec, { signal: AbortSignal.timeout(60_000), progress: () => undefined })
  node = nodes[0]!
})
afterAll(() => runtime.remove(spec.session))

/** Each begins on a machine without containers, volumes or networks of others, in an empty folder. Asked of the engine itself, which costs a tenth of four times docker. */
const clean = `ask() { curl -s --unix-socket /run/docker.sock -X "$1" "http://engine$2"; }
  for id in $(ask GET /containers/json?all=1 | jq -r '.[].Id'); do ask DELETE "/containers/$id?force=1&v=1"; done
  ask POST '/volumes/prune?filters=%7B%22all%22%3A%5B%22true%22%5D%7D'; ask POST /networks/prune
  rm -rf /tmp/proof; mkdir -p /tmp/proof; cd /tmp/proof`

describe('the proofs of quizzes', () => {
  test.each(proofs)('$name', async ({ command, output }) => {
    const said = await node.exec(['bash', '-c', `{ ${clean}; } >/dev/null 2>&1\nexec 2>&1\n${command}`], {
      timeout_ms: 60_000,
    })
    expect(compareOutput(output.split('\n'), said.stdout.split('\n')), said.stdout).toBeUndefined()
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

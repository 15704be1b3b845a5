/** Shows on a real node what questions claim: runs the commands of a proof, and compares what they print with what it promises. */
import { randomBytes } from 'node:crypto'
import { compareOutput } from '@drydock/kit/lesson'
import type { Banked } from '@drydock/kit/quiz'
import type { Quiz } from '@drydock/kit/quiz-schema'
import type { Runtime, RuntimeNode, SessionSpec } from '../runtime/port.ts'

export interface Proof {
  /** A lesson (`topic/lesson`), or `interview/topic`. */
  place: string
  question: string
  command: string
  /** Lines that the command prints, with `…` as in lessons. */
  output: string
}

/** What in these questions rests on a proof, in the order in which they were read. */
export function listProofs(quizzes: ReadonlyMap<string, Quiz>, bank: ReadonlyMap<string, Banked>): Proof[] {
  const asked = [
    ...[...quizzes].flatMap(([place, quiz]) =>
      Object.entries(quiz.questions).map(([question, { proof }]) => ({ place, question, proof })),
    ),
    ...[...bank].map(([question, { topic, proof }]) => ({ place: `interview/${topic}`, question, proof })),
  ]
  return asked.flatMap(({ place, question, proof }) => (proof ? [{ place, question, ...proof }] : []))
}

/** Boots a node for proofs, hands it to `work`, and removes it. `signal`: once aborted, none is booted any more. */
export async function onProofNode<T>(
  runtime: Runtime,
  signal: AbortSignal,
  work: (node: RuntimeNode) => Promise<T>,
): Promise<T> {
  const spec: SessionSpec = {
    session: randomBytes(6).toString('hex'),
    ...{ lab: 'proofs/questions', learner: 'proofs', created_at: Date.now(), seed: 1 },
    ...{ nodes: 1, limits: { memory_mb: 1024, cpus: 1, pids: 1024, disk_mb: 1024 }, network: 'none', folder: 'work' },
  }
  try {
    const [node] = await runtime.start(spec, { signal, progress: () => undefined })
    return await work(node!)
  } finally {
    await runtime.remove(spec.session)
  }
}

/** Each begins on a machine without containers, volumes or networks of others, in an empty folder. Asked of the engine itself, which costs a tenth of four times docker. */
const clean = `ask() { curl -s --unix-socket /run/docker.sock -X "$1" "http://engine$2"; }
  for id in $(ask GET /containers/json?all=1 | jq -r '.[].Id'); do ask DELETE "/containers/$id?force=1&v=1"; done
  ask POST '/volumes/prune?filters=%7B%22all%22%3A%5B%22true%22%5D%7D'; ask POST /networks/prune
  rm -rf /tmp/proof; mkdir -p /tmp/proof; cd /tmp/proof`

/** `deviation`: the first difference in a sentence, if there is any; `printed`: all that the commands said. */
export async function prove(
  node: RuntimeNode,
  { command, output }: Proof,
): Promise<{ deviation: string | undefined; printed: string }> {
  const script = `{ ${clean}; } >/dev/null 2>&1\nexec 2>&1\n${command}`
  const { stdout } = await node.exec(['bash', '-c', script], { timeout_ms: 60_000 })
  return { deviation: compareOutput(output.split('\n'), stdout.split('\n')), printed: stdout }
}

/**
 * `npm run quiz -- prove [topic/lesson… | interview/topic…] [--question id]… [--json]` on the real engine, with the lab engine up. Progress on
 * stderr; with `--json` the last line of stdout is one object. Exit status 1 when anything deviates, 2 for a wrong call.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { loadBank, loadQuizzes } from '@drydock/kit/quiz'
import { pino } from 'pino'
import { loadConfig } from './config.ts'
import { createDockerRuntime } from './runtime/docker/docker-runtime.ts'
import { listProofs, onProofNode, prove } from './verify/prove-questions.ts'

const root = path.resolve(import.meta.dirname, '../..')
const say = (text: string) => void process.stderr.write(`${text}\n`)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Proves this question alone; may be given several times. */
    question: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  },
})
process.exitCode = await main()

async function main(): Promise<number> {
  const { quizzes, problems } = await loadQuizzes(path.join(root, 'lessons'))
  const { bank, problems: inBank } = await loadBank(root)
  for (const { file, message } of [...problems, ...inBank]) say(`${file} ${message}`)
  if (problems.length + inBank.length > 0) return refuse('First mend what `npm run quiz -- lint` says.')
  const all = listProofs(quizzes, bank)
  const places = new Set([...quizzes.keys(), ...[...bank.values()].map(({ topic }) => `interview/${topic}`)])
  const stranger = positionals.find((place) => !places.has(place))
  if (stranger) return refuse(`there are no questions of '${stranger}'; there are those of ${[...places].join(', ')}`)
  const here = all.filter(({ place }) => positionals.length === 0 || positionals.includes(place))
  const unknown = values.question?.find((id) => !here.some(({ question }) => question === id))
  if (unknown !== undefined)
    return refuse(`no question '${unknown}' with a proof; there are ${here.map((each) => each.question).join(', ')}`)
  const proofs = here.filter(({ question }) => values.question?.includes(question) ?? true)

  // It serves nobody, whatever HOST says.
  const config = loadConfig(root, undefined, ['--insecure-lan'])
  const runtime = createDockerRuntime({
    instance: config.instance,
    logger: pino({ level: 'warn' }, pino.destination(2)),
  })
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error('stopped')))
  const began = performance.now()
  const deviations: { place: string; question: string; deviation: string; printed: string }[] = []
  if (proofs.length > 0)
    await onProofNode(runtime, stop.signal, async (node) => {
      for (const proof of proofs) {
        // What has begun comes to its end, so that the node can be removed in order.
        if (stop.signal.aborted) return
        const { place, question } = proof
        const { deviation, printed } = await prove(node, proof)
        say(`${deviation ? '✗' : '✓'} ${place} ${question}${deviation ? `: ${deviation}` : ''}`)
        if (!deviation) continue
        say(printed.replaceAll(/^/gm, '    '))
        deviations.push({ place, question, deviation, printed })
      }
    }).catch((error: unknown) => {
      // A boot that was given up says so by an error.
      if (!stop.signal.aborted) throw error
    })
  if (stop.signal.aborted) return 130
  const seconds = Math.round((performance.now() - began) / 100) / 10
  say(`${proofs.length} proofs: ${deviations.length} deviations in ${seconds} s`)
  if (values.json) process.stdout.write(`${JSON.stringify({ proofs: proofs.length, deviations, seconds })}\n`)
  return deviations.length > 0 ? 1 : 0
}

function refuse(why: string): number {
  say(why)
  return 2
}

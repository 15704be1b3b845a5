/** Runs labs for `labs verify` on real nodes: boots them as a session does, and grades them with the server's own grader. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { chooseValues, scriptCommand, type Lab as LabFolder } from '@drydock/kit/catalogue'
import type { LabBench, LabRun } from '@drydock/kit/verify'
import type { Logger } from 'pino'
import { createLabGrader, type LabGrader } from '../grading/grade-lab.ts'
import { packFiles } from '../grading/pack-files.ts'
import type { Runtime, RuntimeNode, SessionSpec } from '../runtime/port.ts'
import { stepWithin } from '../sessions/catch-up.ts'
import { setUp } from '../sessions/set-up.ts'
import { openLabShell } from './lab-shell.ts'
import { takeFingerprint } from './fingerprint.ts'

interface Needs {
  runtime: Runtime
  logger: Logger
  signal: AbortSignal
}

export function createEngineBench(needs: Needs): LabBench {
  return { boot: (lab, seed) => bootRun(lab, seed, needs) }
}

async function bootRun(folder: LabFolder, seed: number, { runtime, logger, signal }: Needs): Promise<LabRun> {
  const { manifest } = folder
  const values = chooseValues(manifest, seed)
  const lab = { ...folder, files: folder.files ? await packFiles(folder.files) : null }
  const spec: SessionSpec = {
    session: randomBytes(6).toString('hex'),
    lab: lab.id,
    learner: 'verify',
    created_at: Date.now(),
    seed,
    nodes: manifest.nodes,
    limits: manifest.limits,
    network: manifest.network,
    folder: manifest.folder,
  }
  /** A busy engine sometimes gives up on a container that dies a moment later. */
  async function remove(tries = 5): Promise<void> {
    try {
      await runtime.remove(spec.session)
    } catch (error) {
      if (tries <= 1) throw error
      logger.warn({ session: spec.session, err: error }, 'not removed; trying again')
      await delay(1000)
      await remove(tries - 1)
    }
  }

  let nodes: RuntimeNode[] = []
  let grader: LabGrader

  async function start(): Promise<void> {
    nodes = await runtime.start(spec, { signal, progress: () => undefined })
    for (const node of nodes) if (lab.files) await node.unpack(node.folder, lab.files)
    if (nodes[0]) await setUp(lab, nodes[0], seed)
    grader = createLabGrader({ lab, nodes, values, seed, logger })
  }

  async function runOn(name: string, script: string) {
    const node = nodes.find((n) => n.name === name)
    if (!node) throw new Error(`there is no ${name}`)
    const ran = await node.exec(scriptCommand(script, values, seed), { timeout_ms: stepWithin })
    return { code: ran.code, output: `${ran.stdout}${ran.stderr}` }
  }

  try {
    await start()
  } catch (error) {
    await remove()
    throw error
  }
  return {
    runScript: runOn,
    grade: async (options) => Object.fromEntries(await grader.grade({ signal, ...options })),
    async openShell(name) {
      const node = nodes.find((n) => n.name === name)
      if (!node) throw new Error(`there is no ${name}`)
      return openLabShell(node, 'reader')
    },
    remember: (task) => grader.remember(task),
    async reset() {
      await remove()
      await start()
    },
    fingerprint: async () => (await Promise.all(nodes.map(takeFingerprint))).join('\n'),
    account: async () => (await Promise.all(nodes.map(accountOf))).join('\n'),
    async end() {
      await remove()
      const left = (await runtime.list()).filter((found) => found.session === spec.session)
      return left.map(() => `session ${spec.session}`)
    },
  }
}

const account = `docker info 2>&1 | head -n 60; docker ps --all; docker node ls 2>/dev/null
  cat /etc/hosts; ip -oneline address; ps ax | head -n 60; tail -n 200 /var/log/docker.log`

async function accountOf(node: RuntimeNode): Promise<string> {
  const said = await node.exec(['sh', '-c', account], { timeout_ms: 15_000 }).catch((error: unknown) => String(error))
  return `== ${node.name}\n${typeof said === 'string' ? said : said.stdout + said.stderr}`
}

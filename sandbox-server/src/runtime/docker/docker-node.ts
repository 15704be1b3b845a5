/** One lab node on the lab engine: what the rest of the server may do with it. */
import type Docker from 'dockerode'
import type { ExecOptions, ExecResult } from '@drydock/kit'
import { patient } from '../../../../infra/patience.ts'
import type { RuntimeNode } from '../port.ts'
import { ByteBuffer } from './byte-buffer.ts'
import { cpuTime } from './cgroups.ts'
import { dial } from './dial.ts'
import { openExec, type ExecSpec } from './exec-stream.ts'
import { createInnerEngine, engineBounds } from './inner-engine.ts'
import { spareFirst, type OpenExec, type SpareExec } from './spare-exec.ts'
import { attachTerminal, closeArgv, listArgv, terminalName } from './terminal-stream.ts'

const maxOutput = 1024 * 1024

/** `name`: `node1`…; `folder`: absolute work folder in the node; `power`: see `RuntimeNode`; `spares`: programs that were begun ahead, used up first. */
export function createDockerNode(
  container: Docker.Container,
  name: string,
  folder: string,
  power: Pick<RuntimeNode, 'stop' | 'start'>,
  spares: SpareExec[] = [],
  bounds = engineBounds,
): RuntimeNode & { dispose(): void } {
  const inner = createInnerEngine(container, bounds)
  const open = spareFirst(container, spares)

  async function exec(argv: readonly [string, ...string[]], options: ExecOptions = {}): Promise<ExecResult> {
    const result = await execBytes(
      open,
      { argv, cwd: options.cwd ?? folder },
      options.stdin ?? '',
      maxOutput,
      options.timeout_ms ?? 10_000,
    )
    return { ...result, stdout: result.stdout.toString('utf8'), stderr: result.stderr.toString('utf8') }
  }

  return {
    name,
    folder,
    ...power,
    request: inner.request,
    exec,
    run: (argv) => openExec(container, { argv, cwd: folder }),
    dial: (port) => dial(container, ['/usr/bin/nc', '-N', '127.0.0.1', String(port)]),
    async pack(path, max_bytes) {
      const result = await execBytes(open, { argv: ['tar', '-C', path, '-cf', '-', '.'] }, '', max_bytes, 30_000)
      if (result.truncated) throw new Error(`${path} is larger than ${Math.floor(max_bytes / 2 ** 20)} MB`)
      if (result.code !== 0)
        throw new Error(`${path} could not be packed: ${result.stderr.toString('utf8').slice(0, 300)}`)
      return result.stdout
    },
    async unpack(path, archive) {
      const script = 'mkdir -p "$1" && exec tar -C "$1" --no-same-owner -xf -'
      const result = await execBytes(open, { argv: ['sh', '-c', script, 'unpack', path] }, archive, 64 * 1024, 30_000)
      if (result.code !== 0)
        throw new Error(`files could not be put into ${path}: ${result.stderr.toString('utf8').slice(0, 300)}`)
    },
    events: inner.events,
    attach(terminal, options) {
      if (!terminalName.test(terminal)) return Promise.reject(new Error(`'${terminal}' is no name of a terminal`))
      return attachTerminal(open, terminal, { ...options, folder })
    },
    async terminals({ letGo } = { letGo: null }) {
      const { stdout } = await exec(listArgv({ letGo }), { cwd: '/' })
      return stdout.split('\n').filter((line) => terminalName.test(line))
    },
    async closeTerminal(terminal) {
      if (terminalName.test(terminal)) await exec(closeArgv(terminal), { cwd: '/' })
    },
    async cpuTime() {
      const { State, Id } = await container.inspect()
      return State.Running ? cpuTime(State.Pid, Id) : 0
    },
    dispose() {
      inner.close()
      for (const spare of spares) spare.close()
    },
  }
}

async function execBytes(open: OpenExec, spec: ExecSpec, stdin: string | Buffer, max: number, timeout_ms: number) {
  const out = new ByteBuffer(max)
  const err = new ByteBuffer(max)
  const stream = await open(spec, (chunk) => err.add(chunk))
  let late = false
  const timer = setTimeout(() => {
    late = true
    stream.close()
  }, patient(timeout_ms))
  try {
    stream.stdout.on('data', (chunk: Buffer) => out.add(chunk))
    const ended = new Promise<void>((resolve) => stream.stdout.once('close', resolve))
    stream.stdin.on('error', () => undefined)
    stream.stdin.end(stdin)
    await ended
    const code = late ? -1 : ((await stream.code()) ?? -1)
    return { code, stdout: out.bytes(), stderr: err.bytes(), truncated: out.truncated || err.truncated }
  } finally {
    clearTimeout(timer)
    stream.close()
  }
}

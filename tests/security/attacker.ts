/** A node as its attacker has it: runs scripts as its root, or as root of a container in it, and says whether they got through. */
import type { ExecResult } from '@drydock/kit'
import type { RuntimeNode } from '../../sandbox-server/src/runtime/port.ts'
import type { Attempt } from './attack.ts'

export interface AttackerOptions {
  /** Given to the script as environment variables. */
  env?: Record<string, string>
  timeout_ms?: number
}

export interface Attacker {
  node: RuntimeNode
  /** A shell script as the node's root. It prints a line with `ESCAPED` when the attack got through. */
  shell(script: string, options?: AttackerOptions): Promise<Attempt>
  /** The same in Python, with `syscall('name', …)` and `escaped(text)`. */
  python(script: string, options?: AttackerOptions): Promise<Attempt>
  /** A shell script as root of a container that the node's engine runs with these options. */
  inContainer(options: string, script: string, more?: AttackerOptions): Promise<Attempt>
}

/** Printed at the very end: an attack that could not be carried out at all has proven nothing. */
const done = 'ATTEMPTED'

/** Python is in an image that every node has; its layer runs on the node itself. */
const python = `
layer=$(ls -d /golden/overlay2/*/diff/usr/bin/python3 | head -n 1 | sed 's|/usr/bin/python3$||')
export PYTHONHOME=$layer/usr PYTHONDONTWRITEBYTECODE=1 LD_LIBRARY_PATH=$layer/usr/lib/$(uname -m)-linux-gnu
exec "$layer/usr/bin/python3" -`

const prelude = `
import ctypes, os, platform, socket, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
numbers = {
  'x86_64': dict(io_setup=206, open_by_handle_at=304, name_to_handle_at=303, add_key=248, keyctl=250, perf_event_open=298,
                 bpf=321, userfaultfd=323, io_uring_setup=425, syslog=103, unshare=272, mount=165, settimeofday=164),
  'aarch64': dict(io_setup=0, open_by_handle_at=265, name_to_handle_at=264, add_key=217, keyctl=219, perf_event_open=241,
                  bpf=280, userfaultfd=282, io_uring_setup=425, syslog=116, unshare=97, mount=40, settimeofday=170),
}[platform.machine()]
def syscall(name, *args):
  result = libc.syscall(numbers[name], *args)
  if result < 0:
    print(name, os.strerror(ctypes.get_errno()))
  return result
def escaped(text):
  print('ESCAPED', text)
def attack():
`

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const variables = (env: Record<string, string> = {}) =>
  Object.entries(env)
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join('')

export function createAttacker(node: RuntimeNode): Attacker {
  const run = async (argv: [string, ...string[]], stdin: string, { timeout_ms = 25_000 }: AttackerOptions) =>
    judge(await node.exec(argv, { stdin, cwd: '/', timeout_ms }))
  const shell = (script: string, options: AttackerOptions = {}) =>
    run(['bash', '-s'], `${variables(options.env)}${script}\necho ${done}\n`, options)
  return {
    node,
    shell,
    python(script, options = {}) {
      const body = script.trim().replace(/^/gm, '  ')
      const text = `${prelude}${body}\ntry:\n  attack()\nexcept OSError as error:\n  print(error)\nprint('${done}')\n`
      return run(['sh', '-c', `${variables(options.env)}${python}`], text, options)
    },
    inContainer(flags, script, more = {}) {
      const inner = quote(`${variables(more.env)}${script}\necho ${done}`)
      const network = flags.includes('--network') ? '' : '--network none'
      return run(['sh', '-c', `docker run --rm ${network} ${flags} python:3.13-slim sh -c ${inner}`], '', more)
    },
  }
}

function judge(result: ExecResult): Attempt {
  const said = `${result.stdout}${result.stderr}`.trim().slice(-600)
  const succeeded = /^ESCAPED/m.test(result.stdout)
  if (!succeeded && !result.stdout.trimEnd().endsWith(done))
    throw new Error(`the attack was not carried out to its end (status ${result.code}): ${said}`)
  return { succeeded, said: said.replace(new RegExp(`\\s*${done}`), '') }
}

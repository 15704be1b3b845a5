/** A network namespace that takes the place of the host's behind the way out: an internet of one address, and around it all that must stay unreachable. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { run } from '../../infra/process.ts'
import { program } from './surroundings.ts'

/** As on the internet: nobody has forbidden it. */
export const publicAddress = '93.184.215.14'
/** One that the operator has forbidden, and looks like any other. */
export const forbiddenRange = '8.8.4.0/24'
const forbiddenAddress = '8.8.4.4'

export const places = {
  "the operator's private ranges": ['10.9.8.7', '172.20.1.1', '192.168.44.1', '100.70.0.1'],
  'what the operator has forbidden': [forbiddenAddress],
  'metadata addresses': ['169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16'],
  "this machine's own addresses and its neighbours": ['45.33.32.1', '45.33.32.2'],
}

export interface Outside extends AsyncDisposable {
  /** Path of the namespace. */
  namespace: string
  /** On each of the addresses, and on its loopback. */
  port: number
}

/** `name`: of a namespace that is not there yet; it goes with what is answered. */
export async function openOutside(name: string): Promise<Outside> {
  const namespace = `/run/netns/${name}`
  await run('ip', ['netns', 'delete', name]).catch(() => undefined)
  await run('ip', ['netns', 'add', name])
  const inside = (...args: string[]) => run('ip', ['-n', name, ...args])
  await inside('link', 'set', 'lo', 'up')
  // An interface as of a server on the internet, with a neighbour; and a far side on which everything else answers.
  await inside('link', 'add', 'eth0', 'type', 'bridge')
  await inside('address', 'add', '45.33.32.1/29', 'dev', 'eth0')
  await inside('link', 'set', 'eth0', 'up')
  await inside('route', 'add', 'default', 'dev', 'eth0')
  const elsewhere = [publicAddress, ...Object.values(places).flat()].filter((each) => each !== '45.33.32.1')
  for (const each of elsewhere) await inside('route', 'add', 'local', each, 'dev', 'lo')
  const child = spawn('nsenter', [`--net=${namespace}`, process.execPath, '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    namespace,
    port: Number(line.toString()),
    async [Symbol.asyncDispose]() {
      child.kill()
      await run('ip', ['netns', 'delete', name])
    },
  }
}

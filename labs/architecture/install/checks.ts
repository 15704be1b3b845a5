/** Installing: whether the engine answers, what it says about itself, who may write to its socket, and what that is worth. */
import { container, containerEvents, containerLogs, EngineDown, fail, pass } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const running: Check = async ({ node1 }) => {
  const expected = 'an Engine that answers `docker version`'
  try {
    const { Version } = (await node1.get('/version')) as { Version?: unknown }
    return pass(`Engine ${String(Version)} answers`)
  } catch (error) {
    if (!(error instanceof EngineDown)) throw error
    const programs = await node1.exec(['pgrep', '-x', 'dockerd'])
    const observed =
      programs.code === 0 ? '`dockerd` runs, but does not answer at its socket' : '`dockerd` does not run'
    return fail({ expected, observed, hint: 'service' })
  }
}

const facts: Check = async ({ node1 }) => {
  const expected = '`engine.txt` with the version of the server, the storage driver and the root folder'
  const [file, info] = await Promise.all([node1.read('engine.txt'), node1.get('/info')])
  const { ServerVersion, Driver, DockerRootDir } = info as Record<string, unknown>
  if (file === undefined) return fail({ expected, observed: `no engine.txt in ${node1.folder}`, hint: 'info' })
  // Of 26.1.5+dfsg1, what comes behind the + is the distribution's own mark.
  const wanted = {
    version: String(ServerVersion).split('+')[0]!,
    driver: String(Driver),
    folder: String(DockerRootDir),
  }
  const missing = Object.entries(wanted).filter(([, value]) => !file.includes(value))
  if (missing.length > 0) {
    const names = missing.map(([name]) => `the ${name}`).join(' and ')
    return fail({ expected, observed: `engine.txt does not have ${names} that this daemon reports`, hint: 'missing' })
  }
  return pass(`Engine ${wanted.version}, ${wanted.driver}, in ${wanted.folder}`)
}

/** Owner, group and mode of the socket, for example `root docker 660`. */
async function socket(node: Node): Promise<string> {
  return (await node.exec(['stat', '-L', '-c', '%U %G %a', '/var/run/docker.sock'])).stdout.trim()
}

const group: Check = async ({ node1 }) => {
  const expected = '`mira` in the groups `docker` and `pilots`, and a socket for root and that group alone'
  const [listed, access] = await Promise.all([node1.exec(['id', '-nG', 'mira']), socket(node1)])
  const groups = listed.stdout.trim().split(/\s+/)
  if (listed.code !== 0) return fail({ expected, observed: 'there is no user `mira`', hint: 'member' })
  if (access !== 'root docker 660') return fail({ expected, observed: `the socket is now: ${access}`, hint: 'socket' })
  if (!groups.includes('docker'))
    return fail({ expected, observed: `\`mira\` is in ${groups.map((g) => `\`${g}\``).join(', ')}`, hint: 'member' })
  if (!groups.includes('pilots'))
    return fail({ expected, observed: '`mira` is in `docker`, but no longer in `pilots`', hint: 'only' })
  const tried = await node1.exec(['su', '-', 'mira', '-c', 'docker version -f "{{.Server.Version}}"'])
  if (tried.code !== 0)
    return fail({ expected, observed: `as \`mira\`: ${tried.stderr.trim().slice(0, 200)}`, hint: 'command' })
  return pass(`\`mira\` asked for the version of the server, and was told ${tried.stdout.trim()}`)
}

const root: Check = async ({ node1 }) => {
  const expected = 'a container `proof` that read /etc/harbour.key of this machine, from a mount of it, and printed it'
  const [proof, key] = await Promise.all([container(node1, 'proof'), node1.read('/etc/harbour.key')])
  if (!proof) {
    const was = (await containerEvents(node1, 'proof')).some((e) => e.action === 'destroy')
    return fail({
      expected,
      observed: was ? '`proof` was there and is removed' : 'there is no container `proof`',
      hint: was ? 'kept' : 'mount',
    })
  }
  const said = await containerLogs(node1, 'proof', 200)
  const printed = key !== undefined && key.trim() !== '' && (said?.stdout ?? '').includes(key.trim())
  const typed = printed && proof.command.some((word) => word.includes(key.trim()))
  const bound = proof.mounts.find((m) => m.type === 'bind' && /^\/(etc\/?|etc\/harbour\.key)?$/.test(m.source))?.source
  // Whoever sees the machine's processes sees its files, as the root of process 1; whoever has its devices can mount them.
  const door = bound === undefined ? await openDoor(node1, proof.id) : `mounts ${bound}`
  if (typed || door === undefined)
    return fail({
      expected,
      observed: printed
        ? '`proof` printed the key, but did not read it from this machine'
        : '`proof` mounts nothing of this machine that holds the key',
      hint: printed ? 'really' : 'mount',
    })
  if (!printed)
    return fail({
      expected,
      observed: `\`proof\` ${door}, but its log does not show the key`,
      hint: 'command',
    })
  return pass(`\`proof\` ${door} and read what only root may read`)
}

/** How a container reaches the machine's files without a mount of them. */
async function openDoor(node: Node, id: string): Promise<string | undefined> {
  const { HostConfig } = (await node.get(`/containers/${id}/json`)) as {
    HostConfig?: { PidMode?: unknown; Privileged?: unknown }
  }
  if (HostConfig?.Privileged === true) return 'is privileged'
  return HostConfig?.PidMode === 'host' ? 'shares the processes of this machine' : undefined
}

export default { running, facts, group, root } satisfies Checks

/** A restart loop: what the main process ended with, whether it stays, and whether it comes back after a crash that nobody asked for. */
import { container, containerEvents, containerLogs, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, CheckContext, Container } from '@drydock/kit'

const codes: Record<string, number> = { config: 1, lock: 17, background: 0 }

const how = (c: Container | undefined) => {
  if (!c) return 'there is no container `gate`; `sh run.sh` makes it'
  if (c.state === 'running') return `\`gate\` is running, restarted ${c.restarts} times`
  return `\`gate\` is ${c.state}, exit code ${c.exitCode}, restarted ${c.restarts} times`
}

const openings: Check = async ({ node1 }) => {
  const expected = '412 openings or more in `openings.csv` of the volume `gate-state`'
  const found = await node1.exec(['grep', '-c', 'opened', '/var/lib/docker/volumes/gate-state/_data/openings.csv'])
  const count = Number(found.stdout.trim())
  if (count >= 412) return pass(`${count} openings`)
  return fail({ expected, observed: found.code > 1 ? 'no such file' : `${count} openings`, hint: 'volume' })
}

const code: Check = async ({ node1, values }) => {
  const expected = 'the exit code of `gate` in `exit-code.txt`'
  const truth = codes[values.cause ?? '']
  const said = (await node1.read('exit-code.txt'))?.match(/\d+/g) ?? []
  if (said.length === 1 && Number(said[0]) === truth) return pass(`\`gate\` ends with ${truth}`)
  if (said.length === 0) return fail({ expected, observed: 'no number in `exit-code.txt`', hint: 'where' })
  return fail({ expected, observed: said.slice(0, 5).join(', '), hint: said.length > 1 ? 'where' : 'other' })
}

/** What it said last, and which hint that calls for. */
async function reason(lab: CheckContext): Promise<{ hint: string; said: string }> {
  const logs = await containerLogs(lab.node1, 'gate', 20)
  const wrong = logs?.stderr.trim().split('\n').at(-1) ?? ''
  if (/JSONDecodeError|KeyError/.test(wrong)) return { hint: 'config', said: wrong }
  if (/ exists: process/.test(wrong)) return { hint: 'lock', said: wrong }
  if (/going to the background/.test(logs?.stdout.trim().split('\n').slice(-2).join() ?? ''))
    return { hint: 'background', said: 'gate: going to the background' }
  return { hint: 'logs', said: wrong }
}

const repair: Check = async (lab) => {
  const { node1, values } = lab
  const url = `http://localhost:${values.port}`
  const expected = `\`gate\` up, with an answer at ${url}`
  const gate = await container(node1, 'gate')
  const answer = await request(node1, `${url}/`)
  const ours = /^gate north: closed, \d+ openings so far/.test(answer.body)
  if (gate?.state === 'running' && answer.status === 200) {
    const main = await node1.read(`/proc/${gate.pid}/cmdline`)
    const state = gate.mounts.find((m) => m.destination === '/state')
    if (
      ours &&
      state?.source.split('/').includes('gate-state') &&
      gate.published.some((p) => p.host === Number(values.port)) &&
      main !== undefined
    )
      return pass(`\`gate\` says "${answer.body.trim()}"`)
    return fail({
      expected,
      observed: `an answer, "${answer.body.trim().slice(0, 60)}", that is not by \`gate\` with its state`,
      hint: 'stand-in',
    })
  }
  const { hint, said } = await reason(lab)
  const observed = `${how(gate)}${said ? `: ${said}` : ''}`
  // Untouched, the nudge: read the log. Whoever has made it anew has done so, and is told more.
  if (gate?.state === 'exited' || gate?.state === 'created') return fail({ expected, observed, hint: 'policy' })
  if (!gate) return fail({ expected, observed, hint: 'command' })
  return fail({ expected, observed, hint: (await node1.read('exit-code.txt')) === undefined ? 'logs' : hint })
}

const crash: Check = async (lab) => {
  const { node1, values } = lab
  const expected = '`gate` ended by a signal that Docker did not send, and up again by itself'
  const gate = await container(node1, 'gate')
  if (!gate) return fail({ expected, observed: how(gate), hint: 'command' })
  const events = (await containerEvents(node1, 'gate')).filter((e) => e.id === gate.id)
  const died = events.findIndex(
    (e, i) =>
      e.action === 'die' &&
      (e.exitCode ?? 0) > 128 &&
      events.slice(0, i).findLast((b) => b.action === 'kill' || b.action === 'start')?.action !== 'kill',
  )
  if (died < 0) return fail({ expected, observed: `${how(gate)}, and has not crashed`, hint: 'kill' })
  const { HostConfig } = (await node1.get(`/containers/${gate.id}/json`)) as {
    HostConfig?: { RestartPolicy?: { Name?: string } }
  }
  if (/^(|no)$/.test(HostConfig?.RestartPolicy?.Name ?? ''))
    return fail({ expected, observed: `${how(gate)}, and has no restart policy`, hint: 'policy' })
  const answer = await request(node1, `http://localhost:${values.port}/`)
  if (gate.state === 'running' && answer.status === 200)
    // The Engine counts the starts that were its own, from each start by hand on.
    return gate.restarts > 0
      ? pass('`gate` crashed, came back, and answers')
      : fail({ expected, observed: 'after its crash, somebody started `gate` by hand', hint: 'policy' })
  const { hint, said } = await reason(lab)
  const observed = `after its crash, ${how(gate)}${said ? `: ${said}` : ''}`
  if (gate.state === 'exited') return fail({ expected, observed, hint: 'policy' })
  return fail({ expected, observed, hint: hint === 'lock' ? 'lock' : 'command' })
}

export default { openings, code, repair, crash } satisfies Checks

/** Three ends with the number 137: the verdict is compared with what was arranged, repairs by what the kernel and the Engine report since. */
import { container, containerEvents, containerLogs, fail, pass, size } from '@drydock/kit'
import type { Check, Checks, CheckContext, Container } from '@drydock/kit'

const limit = 64 * 1024 * 1024
const names = ['press', 'sorter', 'stamper']
/** How long `tidy` needs to come by for certain, in ms. */
const round = 6000

/** Who has which part, fixed by the session's values. */
function parts(lab: CheckContext) {
  const [leaky = '', hunted = '', deaf = ''] = (lab.values.roles ?? '').split('-')
  return { leaky, hunted, deaf }
}

const how = (c: Container | undefined, name: string) =>
  c
    ? `\`${name}\` is ${c.state === 'exited' ? `stopped, exit code ${c.exitCode}` : c.state}`
    : `there is no container \`${name}\``

const verdict: Check = async (lab) => {
  const expected = 'a line for each of the three in `verdict.txt`: kernel, kill or stop'
  const { leaky, hunted, deaf } = parts(lab)
  const truth: Record<string, string> = { [leaky]: 'kernel', [hunted]: 'kill', [deaf]: 'stop' }
  const text = (await lab.node1.read('verdict.txt')) ?? ''
  const said: Record<string, string> = {}
  for (const name of names)
    said[name] = text.match(new RegExp(`\\b${name}\\b.*?\\b(kernel|kill|stop)\\b`, 'i'))?.[1]?.toLowerCase() ?? '?'
  const observed = names.map((name) => `${name}: ${said[name]}`).join(', ')
  if (names.every((name) => said[name] === truth[name])) return pass(observed)
  if (names.some((name) => said[name] === '?')) return fail({ expected, observed, hint: 'look' })
  if (new Set(Object.values(said)).size < 3)
    return fail({ expected, observed: `${observed}; each of them once`, hint: 'command' })
  if (said[leaky] !== 'kernel') return fail({ expected, observed, hint: 'oom' })
  return fail({ expected, observed, hint: 'signals' })
}

const leak: Check = async (lab) => {
  const { leaky } = parts(lab)
  const expected = `\`${leaky}\` past its 30th letter, within ${size(limit)}`
  const found = await container(lab.node1, leaky)
  if (!found) return fail({ expected, observed: how(found, leaky), hint: 'start' })
  const allowed = found.limits.memory
  if (allowed === null || allowed > limit)
    return fail({
      expected,
      observed: `\`${leaky}\` may use ${allowed === null ? 'all the memory there is' : size(allowed)}`,
      hint: 'bigger',
    })
  const lines = (await containerLogs(lab.node1, leaky))?.stdout.trim().split('\n') ?? []
  const [, number = '0', held = '0'] = lines.at(-1)?.match(/^letter (\d+) filed, (\d+) on the desk/) ?? []
  if (found.state !== 'running')
    return fail({
      expected,
      observed: `${how(found, leaky)}, with ${held} letters on the desk`,
      hint: found.state === 'exited' ? 'curve' : 'start',
    })
  // Its log is short after the 20th: that long a run on 64 MiB is only possible when the desk is cleared.
  const ran = Date.now() - (found.startedAt ?? Date.now())
  if (Number(number) >= 20 && Number(held) < 12 && ran > 3000)
    return pass(`\`${leaky}\` has ${held} letters on its desk, and keeps working`)
  return fail({ expected, observed: `letter ${number}, ${held} on the desk`, hint: 'curve' })
}

const hunted: Check = async (lab) => {
  const { hunted: name } = parts(lab)
  const expected = `\`${name}\` running undisturbed, and trial runs still tidied away`
  const [found, conf, script, running] = await Promise.all([
    container(lab.node1, name),
    lab.node1.read('/etc/tidy.conf'),
    lab.node1.read('/usr/local/sbin/tidy'),
    lab.node1.exec(['pgrep', '-f', '/usr/local/sbin/tidy']),
  ])
  if (running.code !== 0) return fail({ expected, observed: '`tidy` does not run any more', hint: 'tidy' })
  const set = conf?.split('\n').find((line) => !line.startsWith('#')) ?? ''
  // Some repair the aim in the script, which then has to be started again.
  const filter = script?.match(/name=([^"'\s]+)/)?.[1] ?? '$pattern'
  const pattern = set && filter.replace(/\$(pattern\b|\{pattern\})/, () => set)
  const aims = await matches(lab, pattern)
  // Or what the filter finds is sifted before it is killed. Whether that spares it, only time tells.
  const sifted = aims.includes(name) && /^[^#\n]*trial/m.test(script ?? '')
  if (aims.includes(name) && !sifted)
    return fail({
      expected,
      observed: `${how(found, name)}, and what kills it still aims at it`,
      hint: 'pattern',
    })
  const others = aims.filter((each) => names.includes(each))
  if (others.length > 0 && !sifted)
    return fail({ expected, observed: `\`tidy\` would end ${others.join(', ')}`, hint: 'blunt' })
  if (aims.length === 0)
    return fail({ expected, observed: `the pattern \`${pattern}\` does not match \`${name}-trial-1\``, hint: 'blunt' })
  if (found?.state !== 'running') return fail({ expected, observed: how(found, name), hint: 'start' })
  const ran = Date.now() - (found.startedAt ?? Date.now())
  if ((filter !== '$pattern' || sifted) && ran < round)
    return fail({ expected, observed: `\`${name}\` runs, not long enough for \`tidy\` to come by`, hint: 'tidy' })
  return pass(`\`${name}\` runs, and \`tidy\` ${sifted ? 'spares it' : `looks for \`${pattern}\``}`)
}

/** Names that the pattern would hit, as Docker's filter reads it: anywhere in the name, with a slash before it or without. The machine's own grep reads it, so that no pattern can hold up the check. */
async function matches(lab: CheckContext, pattern: string): Promise<string[]> {
  if (pattern === '') return []
  const all = [...names, `${parts(lab).hunted}-trial-1`].map((name) => `/${name}\n${name}`).join('\n')
  const found = await lab.node1.exec(['grep', '-P', '-e', pattern], { stdin: `${all}\n` })
  return [
    ...new Set(
      found.stdout
        .split('\n')
        .filter(Boolean)
        .map((name) => name.replace('/', '')),
    ),
  ]
}

const deaf: Check = async (lab) => {
  const { deaf: name } = parts(lab)
  const expected = `\`${name}\` ended by itself on docker stop, and started again`
  const found = await container(lab.node1, name)
  if (!found) return fail({ expected, observed: how(found, name), hint: 'command' })
  // By its name: with run.sh it is started again as another container.
  const events = await containerEvents(lab.node1, name)
  const last = events.findLastIndex((e) => e.action === 'die')
  const begin = events.slice(0, Math.max(last, 0)).findLastIndex((e) => e.action === 'start')
  const next = events.findIndex((e, i) => i > last && e.action === 'start')
  // A `docker kill` with a signal that it hears is no stop.
  const asked = events.slice(begin + 1, next < 0 ? undefined : next).some((e) => e.action === 'stop')
  const end = events[last]
  if (end && asked && end.exitCode !== 137) {
    if (found.state === 'running')
      return pass(`\`${name}\` ended on docker stop with exit code ${end.exitCode}, and runs again`)
    return fail({ expected, observed: `${how(found, name)}, and not started again`, hint: 'command' })
  }
  const settings = (
    (await lab.node1.get(`/containers/${found.id}/json`)) as {
      Config?: { StopSignal?: string; StopTimeout?: number | null }
    }
  ).Config
  const observed = end?.id === found.id ? `\`${name}\` last ended with exit code ${end.exitCode}` : how(found, name)
  if (/KILL|^9$/i.test(settings?.StopSignal ?? '')) return fail({ expected, observed, hint: 'signal' })
  if ((settings?.StopTimeout ?? 0) > 0) return fail({ expected, observed, hint: 'longer' })
  return fail({ expected, observed, hint: 'ask' })
}

export default { verdict, leak, hunted, deaf } satisfies Checks

/** What a typical host has to show, in this order: one table. */
import type { z } from 'zod'
import { capabilityList, verifyFigures, attackFigures, insideResult } from './answers.ts'
import { inside, node } from './install.ts'
import type { Machine } from './machine.ts'

export interface On {
  machine: Machine
  /** How patient the platform is in there. */
  factor: number
  /** Milliseconds that the case may take. */
  limit_ms: number
  log: (text: string) => void
}

export interface Case {
  name: string
  /** Seconds that it may take on this host; the machine gets the measured factor more. */
  seconds: number
  /** The others need it. */
  always?: boolean
  /** Resolves with what was seen, in a few words; throws with what should have been. */
  prove(on: On): Promise<string>
}

const lab = 'isolation/cgroups'
const mistake = 'killed-by-hand'

/** Runs a script and parses the last line that it prints. Scripts that end with another status than 0 tell why in it. */
async function answer<T>(schema: z.ZodType<T>, script: string, { machine, factor, limit_ms, log }: On): Promise<T> {
  const { code, stdout } = await machine.run(`${inside(factor)}${script}`, { limit_ms, log })
  const line = stdout.trim().split('\n').at(-1) ?? ''
  try {
    return schema.parse(JSON.parse(line))
  } catch {
    throw new Error(`it ended with status ${code} and said: ${stdout.trim().slice(-600) || 'nothing (see the log)'}`)
  }
}

const must = (right: boolean, text: string) => {
  if (!right) throw new Error(text)
}

export const cases: readonly Case[] = [
  {
    name: 'doctor',
    seconds: 30,
    async prove(on) {
      const { capabilities, ok } = await answer(capabilityList, 'drydock doctor --json', on)
      const of = (name: string) => capabilities.find((each) => each.name === name)
      const lacking = capabilities.filter((each) => !each.ok)
      const told = lacking.map((each) => `${each.name} (${each.value})`).join(', ')
      must(ok, `this host should run labs, but lacks ${told}`)
      must(of('cgroups')?.value.includes('v2') === true, `cgroups should be v2: ${of('cgroups')?.value}`)
      for (const name of ['apparmor', 'ipvs', 'vxlan', 'block-io-limit'])
        must(of(name)?.ok === true, `${name} should be there: ${of(name)?.value}`)
      return `${capabilities.length - lacking.length} of ${capabilities.length} abilities${told && `; without ${told}`}`
    },
  },
  {
    name: 'start',
    always: true,
    seconds: 60,
    async prove({ machine, factor, limit_ms, log }) {
      const { code, stdout } = await machine.run(`${inside(factor)}${startAndInterrupt}`, { limit_ms, log })
      must(code === 0, `npm start did not come to a booted node: ${stdout.trim().slice(-600)}`)
      return 'served, with a node booted ahead; Ctrl-C ended the server alone'
    },
  },
  {
    name: lab,
    seconds: 90,
    async prove(on) {
      let tasks = 0
      // One after the other: the lab keeps a processor busy, and an emulated machine has one.
      for (const each of ['solution', mistake]) {
        const figures = await answer(verifyFigures, `drydock labs verify ${lab} --case ${each} --json`, on)
        const told = figures.deviations.map((d) => `${d.case}: expected ${d.expected}, observed ${d.observed}`)
        must(told.length === 0, told.join('\n'))
        must(figures.mistakes === (each === mistake ? 1 : 0), `${each}: ${figures.mistakes} mistakes were proven`)
        tasks = figures.tasks
      }
      return `untouched, after each step, after a reset and after '${mistake}', ${tasks} tasks say what they must`
    },
  },
  {
    name: 'limits',
    seconds: 60,
    async prove(on) {
      const words = ['fork bomb', 'own process limit', 'own memory limit', 'limits memory']
      const script = `${node} tests/security/main.ts --json ${words.map((word) => `'${word}'`).join(' ')}`
      const { attacks, held, controls, escaped } = await answer(attackFigures, script, on)
      must(
        attacks >= words.length && held === attacks,
        `${held} of ${attacks} held, the log tells why; escaped: ${escaped.join(', ') || 'none'}`,
      )
      return `${held} attacks on memory and process limits held, ${controls} shown to work without`
    },
  },
  ...(['apparmor', 'swarm', 'mesh'] as const).map((name) => ({
    name,
    seconds: name === 'mesh' ? 180 : 90,
    async prove(on: On) {
      const { ok, said } = await answer(insideResult, `${node} tests/vm/inside/${name}.ts`, on)
      must(ok, said)
      return said
    },
  })),
  {
    name: 'stop',
    always: true,
    seconds: 20,
    async prove({ machine, factor, limit_ms, log }) {
      const left = `! pgrep -x dockerd && ! findmnt -n | grep -F /run/drydock-`
      const { code, stdout } = await machine.run(`${inside(factor)}drydock stop && ${left}`, { limit_ms, log })
      must(code === 0, `npm run stop left something: ${stdout.trim().slice(-300)}`)
      return 'no engine and no mount is left'
    },
  },
]

/** As a person would: starts it, waits until it serves and has booted a node, and presses Ctrl-C, which a terminal sends to the whole group. */
const startAndInterrupt = `
set -m
drydock start --yes >/root/start.log 2>&1 </dev/null &
started=$!
${node} -e '
  const ask = () => fetch("http://127.0.0.1:4600/api/health").then((answer) => answer.json()).catch(() => ({}))
  const look = async () => {
    try { process.kill(+process.argv[1], 0) } catch { process.exit(1) }
    if ((await ask()).warm > 0) process.exit(0)
    setTimeout(look, 3000)
  }
  look()' $started || { tail -n 20 /root/start.log; exit 1; }
kill -INT -- -$started
wait $started
status=$?
cat /root/start.log
exit $status`

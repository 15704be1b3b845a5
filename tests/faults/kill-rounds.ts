/** Rounds of `kill -9` in mid-session: the same shell, each line of work once, one reader at a time. Shared by the test and the soak run. */
import { callEngine } from '../../infra/engine/api.ts'
import type { Instance } from '../../infra/instance.ts'
import type { Platform } from '../harness/platform.ts'

export interface KillResult {
  /** Rounds after which shell, variable or session were not the same. */
  lost: number
  /** Lines that the learner's commands wrote, against one a round; 0 when each is there once. */
  repeated_or_missing: number
  /** Programs still attached to the terminal beyond the one that is watched and its holder. */
  left_attached: number
}

const pid = (said: string) => /^pid (\d+)/m.exec(said)?.[1] ?? 'none'

export async function killRounds(
  platform: Platform,
  rounds: number,
  progress: (round: number) => void,
): Promise<KillResult> {
  const learner = platform.learner()
  const session = await learner.start('architecture/first-commands')
  let terminal = await learner.terminal(session.id)
  const shell = pid(await terminal.run('KEPT=yes; echo "pid $$"'))
  let lost = shell === 'none' ? 1 : 0
  for (let round = 1; round <= rounds; round++) {
    // Killed while output is under way, and while a command is: it goes on without us.
    terminal.type(`sleep 0.2; echo round-${round} >> ~/rounds\r`)
    await terminal.waitFor(`round-${round} >>`)
    const offset = terminal.offset
    await platform.kill9()
    await terminal.closed
    await platform.restart()
    const { state } = await learner.session(session.id)
    terminal = await learner.terminal(session.id, { since: offset })
    const same = state === 'ready' && terminal.start.offset === offset && !terminal.start.reset
    if (!same || !(await terminal.run('echo "pid $$ $KEPT"')).includes(`pid ${shell} yes`)) lost++
    progress(round)
  }
  const lines = (await terminal.run('cat ~/rounds')).match(/^round-\d+$/gm) ?? []
  const wanted = Array.from({ length: rounds }, (_, i) => `round-${i + 1}`)
  const attached = await terminal.run('echo "count $(pgrep -c -f "term attach main")"')
  terminal.close()
  await learner.end(session.id)
  return {
    lost,
    repeated_or_missing: wanted.filter((line) => lines.filter((each) => each === line).length !== 1).length,
    left_attached: Math.max(0, Number(/^count (\d+)$/m.exec(attached)?.[1] ?? rounds) - 2),
  }
}

/** Names of the containers of sessions on the lab engine, of one session or of all. What the pool holds is nobody's. */
export async function nodesOf(instance: Instance, session = ''): Promise<string[]> {
  const { body } = await callEngine(instance, 'GET', '/containers/json?all=1')
  return (JSON.parse(body) as { Names: string[] }[])
    .flatMap((each) => each.Names)
    .filter((name) => name.includes(session) && !name.startsWith('/pool'))
}

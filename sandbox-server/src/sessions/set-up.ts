/** Makes what a lab has running when its learner arrives: its `setup.sh`, once in the life of a node's disk. */
import { chooseValues, environmentOf } from '@drydock/kit/catalogue'
import type { Lab } from '../grading/lab.ts'
import type { RuntimeNode } from '../runtime/port.ts'

/** Milliseconds that a lab's `setup.sh` may take. */
const within = 60_000

/** The script's exit code for a node on which it was begun and not ended. */
const half = 75

/**
 * On the node, because it has to know after a crash of ours what was done: the lock waits for a run that an earlier server
 * began, which needs nobody to read what it prints; the file of names says that it is done, and what it left running. A node that
 * stopped and started again has its containers stopped, as after a restart of any host; those of the lab are started again,
 * those of the learner are theirs to start, and those of a service the swarm's.
 */
const script = `
folder=/var/lib/drydock
mkdir -p $folder
# The values come this way, because what a program was started with is there for all to read.
own=$(cat)
exec 9>$folder/set-up.lock
flock 9
if [ -e $folder/set-up ]; then
  [ "$2" = restarted ] && xargs -r docker start <$folder/set-up >/dev/null 2>&1
  exit 0
fi
[ ! -e $folder/set-up.log ] || exit ${half}
(eval "$own"; exec bash -ec "$1") >$folder/set-up.log 2>&1 9>&- || { code=$?; tail -c 300 $folder/set-up.log; exit $code; }
docker ps --format '{{if not (.Label "com.docker.swarm.task")}}{{.Names}}{{end}}' >$folder/names 2>/dev/null 9>&-
mv $folder/names $folder/set-up
rm $folder/set-up.log
`

/** The script of the lab ended badly. */
export class SetUpFailed extends Error {
  override name = 'SetUpFailed'
}

/** The node went away while it ran, and came back: what is there is neither fresh nor done. */
export class HalfSetUp extends Error {
  override name = 'HalfSetUp'
}

/** `restarted`: the node's programs ended since it was set up. Rejects with `SetUpFailed`, `HalfSetUp`, or otherwise when it was cut off and can be asked for again. */
export async function setUp(
  lab: Pick<Lab, 'id' | 'manifest' | 'setup'>,
  node: RuntimeNode,
  seed: number,
  restarted = false,
): Promise<void> {
  if (lab.setup === undefined) return
  const argv = ['bash', '-c', script, 'set-up', lab.setup, restarted ? 'restarted' : ''] as const
  const began = Date.now()
  const own = Object.entries(environmentOf(chooseValues(lab.manifest, seed), seed))
  // Values hold nothing that a shell would read as more than a word.
  const stdin = own.map(([name, value]) => `export ${name}='${value}'\n`).join('')
  const ran = await node.exec([...argv], { timeout_ms: within, stdin })
  if (ran.code === 0) return
  if (ran.code === half) throw new HalfSetUp(`setup.sh of ${lab.id} was not ended`)
  const late = ran.code === -1 && Date.now() - began >= within
  // A node or an engine that goes away ends it too, and that is no fault of the script.
  if (!late && (ran.code === -1 || (await node.exec(['/bin/true'])).code !== 0))
    throw new Error(`setup.sh of ${lab.id} was cut off`)
  const how = late ? `took longer than ${within / 1000} s` : `ended with exit code ${ran.code}`
  throw new SetUpFailed(`setup.sh of ${lab.id} ${how}: ${`${ran.stdout}${ran.stderr}`.trim()}`)
}

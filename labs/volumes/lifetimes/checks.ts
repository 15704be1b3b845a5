/** Lifetimes: where the files of a container lie, since when, and what is in them after it is gone. */
import { container, containerEvents, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const data = '/var/lib/postgresql/data'
const ledger = '/var/lib/docker/volumes/ledger/_data'

/** Epoch ms of the last change of a file on the node, undefined when there is none. */
async function changedAt(node: Node, path: string): Promise<number | undefined> {
  const ran = await node.exec(['stat', '-c', '%.3Y', '--', path])
  return ran.code === 0 ? Number(ran.stdout) * 1000 : undefined
}

/** The folder of a container's writable layer on the node. */
async function writableLayer(node: Node, id: string): Promise<string> {
  const answer = (await node.get(`/containers/${id}/json`)) as { GraphDriver?: { Data?: { UpperDir?: unknown } } }
  const upper = answer.GraphDriver?.Data?.UpperDir
  return typeof upper === 'string' ? upper : ''
}

const note: Check = async ({ node1 }) => {
  const expected = '`/note.txt` in the writable layer of `pad`, and `pad` stopped and started since'
  const pad = await container(node1, 'pad')
  if (!pad) return fail({ expected, observed: 'there is no container `pad`', hint: 'removed' })
  const written = await changedAt(node1, `${await writableLayer(node1, pad.id)}/note.txt`)
  const original = (await node1.read('/var/lib/quay.pad'))?.trim() === pad.id
  if (written === undefined)
    return fail({
      expected,
      observed: `\`pad\` has no /note.txt${original ? '' : ', and is not the container that was here'}`,
      hint: original ? 'inside' : 'removed',
    })
  if (pad.state !== 'running') return fail({ expected, observed: `\`pad\` is ${pad.state}`, hint: 'stop' })
  if ((pad.startedAt ?? 0) <= written)
    return fail({ expected, observed: 'the file is there, and `pad` has not been started since', hint: 'stop' })
  return pass('`pad` was started after /note.txt was written, and still has it')
}

/** What the database answers, undefined when it does not. */
async function query(node: Node, sql: string): Promise<string | undefined> {
  const script =
    'psql -h 127.0.0.1 -U "${POSTGRES_USER:-postgres}" -d "${POSTGRES_DB:-${POSTGRES_USER:-postgres}}" -tAc "$1"'
  const ran = await node.exec(['docker', 'exec', 'db', 'sh', '-c', script, 'query', sql])
  return ran.code === 0 ? ran.stdout.trim() : undefined
}

/** Where the data of `db` lies: the mount that holds it, and its folder on the node. Only a database that answers knows of another place than the usual one. */
async function home(
  node: Node,
  db: Container,
): Promise<{ mount: Container['mounts'][number] | undefined; folder: string }> {
  const inside = (await query(node, 'SHOW data_directory')) || data
  const mount = db.mounts
    .filter((m) => `${inside}/`.startsWith(`${m.destination}/`))
    .toSorted((a, b) => b.destination.length - a.destination.length)[0]
  return { mount, folder: mount ? mount.source + inside.slice(mount.destination.length) : '' }
}

const nameOf = (source: string) => source.match(/volumes\/([^/]+)\/_data$/)?.[1] ?? source

const database: Check = async ({ node1 }) => {
  const expected = `a running \`db\` from \`postgres:17-trixie\` with the volume \`ledger\` at ${data}`
  const db = await container(node1, 'db')
  if (!db) return fail({ expected, observed: 'there is no container `db`', hint: 'volume' })
  const { mount } = await home(node1, db)
  const elsewhere = db.mounts.find((m) => m.source === ledger)
  if (elsewhere && elsewhere.destination !== mount?.destination)
    return fail({ expected, observed: `\`ledger\` is mounted at ${elsewhere.destination}`, hint: 'path' })
  if (db.state !== 'running')
    return fail({ expected, observed: `\`db\` is ${db.state}, exit code ${db.exitCode}`, hint: 'password' })
  if (mount?.source !== ledger) {
    const seen = mount?.source ? nameOf(mount.source) : 'nothing'
    return fail({ expected, observed: `at ${data} there is ${seen.slice(0, 60)}`, hint: 'name' })
  }
  if ((await query(node1, 'SELECT 1')) !== '1')
    return fail({ expected, observed: '`db` runs, and does not answer yet', hint: 'ready' })
  return pass('`db` answers, with its data in `ledger`')
}

/** How many ships there are, in whichever of its databases they were loaded into. */
async function shipsIn(node: Node): Promise<number> {
  const script = `u="\${POSTGRES_USER:-postgres}"
for d in $(psql -h 127.0.0.1 -U "$u" -d postgres -tAc 'SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate'); do
  psql -h 127.0.0.1 -U "$u" -d "$d" -tAc 'SELECT count(*) FROM ships' 2>/dev/null
done; true`
  const ran = await node.exec(['docker', 'exec', 'db', 'sh', '-c', script])
  return Math.max(0, ...(ran.stdout.match(/^\d+$/gm) ?? []).map(Number))
}

const rows: Check = async ({ node1 }) => {
  const expected = 'three ships in the table `ships`'
  const count = await shipsIn(node1)
  if (count >= 3) return pass(`${count} ships in the database`)
  return fail({ expected, observed: count > 0 ? `${count} of them` : 'no ships there', hint: 'stdin' })
}

const again: Check = async ({ node1 }) => {
  const expected = 'a `db` that is younger than the database in `ledger`, and the ships in it'
  const db = await container(node1, 'db')
  if (db?.state !== 'running')
    return fail({ expected, observed: db ? `\`db\` is ${db.state}` : 'there is no container `db`', hint: 'command' })
  const { mount, folder } = await home(node1, db)
  if (mount?.source !== ledger)
    return fail({
      expected,
      observed: `\`db\` uses the volume ${nameOf(mount?.source ?? 'none').slice(0, 60)}`,
      hint: 'same',
    })
  // Made by whichever container found the folder empty, and not written again.
  const made = await changedAt(node1, `${folder}/PG_VERSION`)
  if (made === undefined || (db.created ?? 0) < made) {
    const another = (await containerEvents(node1, 'db')).some((e) => e.action === 'destroy')
    return fail({
      expected,
      observed: another
        ? 'the database in `ledger` was made by this `db`, after another one was removed'
        : '`db` is the container that made this database',
      hint: another ? 'lost' : 'remove',
    })
  }
  const count = await shipsIn(node1)
  if (count < 3) return fail({ expected, observed: `${count} ships in the database`, hint: 'lost' })
  return pass(`${count} ships, from before this \`db\` was made`)
}

const shared: Check = async ({ node1 }) => {
  const expected = '`web` on port 8080 with `board` read-only, and in it a page that another container wrote'
  const web = await container(node1, 'web')
  if (web?.state !== 'running')
    return fail({ expected, observed: web ? `\`web\` is ${web.state}` : 'there is no container `web`', hint: 'mount' })
  const board = web.mounts.find((m) => nameOf(m.source) === 'board')
  if (!board) return fail({ expected, observed: '`web` does not have the volume `board`', hint: 'mount' })
  if (board.writable) return fail({ expected, observed: '`web` may write to `board`', hint: 'readonly' })
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  const file = await node1.read('/var/lib/docker/volumes/board/_data/index.html')
  if (/nginx is running in a container|welcome to nginx/i.test(answer.body))
    return fail({ expected, observed: 'the page is the one of the image', hint: 'own-page' })
  if (file?.trim() !== answer.body.trim())
    return fail({ expected, observed: 'what `web` shows does not lie in `board`', hint: 'mount' })
  return pass(
    `\`web\` shows "${answer.body
      .replaceAll(/<[^>]*>|\s+/g, ' ')
      .trim()
      .slice(0, 60)}" and may not change it`,
  )
}

export default { note, database, rows, again, shared } satisfies Checks

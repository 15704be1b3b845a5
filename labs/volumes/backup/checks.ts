/** Backup: what is in the archive, and whether two databases on two machines say the same. */
import { container, fail, pass } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

/** What the database `db` of a node answers, undefined when it does not. */
async function query(node: Node, sql: string): Promise<string | undefined> {
  const script =
    'psql -h 127.0.0.1 -U "${POSTGRES_USER:-postgres}" -d "${POSTGRES_DB:-${POSTGRES_USER:-postgres}}" -tAc "$1"'
  const ran = await node.exec(['docker', 'exec', 'db', 'sh', '-c', script, 'query', sql])
  return ran.code === 0 ? ran.stdout.trim() : undefined
}

const sum = `SELECT count(*) || ' ' || md5(string_agg(id || ship, ',' ORDER BY id)) FROM berths`
/** As `setup.sh` fills it; the last row is this learner's own. */
const all = `SELECT count(*) FROM berths WHERE ship = CASE WHEN id < 401 THEN 'ship ' || id ELSE ship END`

const archive: Check = async ({ node1 }) => {
  const expected = '`berths.tar.gz` with the files of the database, taken while it was shut down'
  const listed = await node1.exec(['tar', '-tf', 'berths.tar.gz'])
  if (listed.code !== 0) {
    const there = (await node1.exec(['test', '-e', 'berths.tar.gz'])).code === 0
    const observed = there ? 'berths.tar.gz is not a complete archive' : `no berths.tar.gz in ${node1.folder}`
    return fail({ expected, observed, hint: there ? 'command' : 'helper' })
  }
  const files = listed.stdout.split('\n')
  const has = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`))
  if (!has('PG_VERSION') || !has('global/pg_control'))
    return fail({ expected, observed: `${files.length - 1} entries, and no database among them`, hint: 'empty' })
  if (has('postmaster.pid'))
    return fail({
      expected,
      observed: 'its postmaster.pid is in the archive: the database was running, or had been killed',
      hint: 'hot',
    })
  return pass(`${files.length - 1} files of a database at rest`)
}

const back: Check = async ({ node1 }) => {
  const expected = '`db` on node1 running, with its 401 rows'
  const db = await container(node1, 'db')
  if (db?.state !== 'running')
    return fail({ expected, observed: db ? `\`db\` is ${db.state}` : 'there is no container `db`', hint: 'start' })
  const rows = await query(node1, all)
  if (rows === '401') return pass('`db` on node1 has its 401 rows')
  if (rows === undefined && (await query(node1, 'SELECT 1')) !== '1')
    return fail({ expected, observed: '`db` runs, and does not answer yet', hint: 'start' })
  const observed = rows === undefined ? 'the database has no table `berths`' : `${rows} of the rows`
  return fail({ expected, observed, hint: 'rows' })
}

const restored: Check = async ({ node1, nodes: [, node2] }) => {
  const expected = '`db` on node2, on a volume `berths`, with the rows of node1'
  const db = node2 && (await container(node2, 'db'))
  if (!node2 || !db) return fail({ expected, observed: 'there is no container `db` on node2', hint: 'carry' })
  if (db.state !== 'running')
    return fail({ expected, observed: `\`db\` on node2 is ${db.state}, exit code ${db.exitCode}`, hint: 'logs' })
  const [here, there] = await Promise.all([query(node1, sum), query(node2, sum)])
  if (there === undefined) {
    const answers = (await query(node2, 'SELECT 1')) === '1'
    return fail({
      expected,
      observed: answers ? 'the database on node2 has no table `berths`' : '`db` on node2 does not answer',
      hint: answers ? 'order' : 'logs',
    })
  }
  if (here !== there)
    return fail({ expected, observed: `${there.split(' ')[0]} rows on node2, and not those of node1`, hint: 'order' })
  const data = `${(await query(node2, 'SHOW data_directory')) ?? ''}/`
  const mount = db.mounts
    .filter((m) => data.startsWith(`${m.destination}/`))
    .toSorted((a, b) => b.destination.length - a.destination.length)[0]
  if (mount?.type !== 'volume' || !/\/volumes\/berths\/_data(\/|$)/.test(mount.source))
    return fail({ expected, observed: `the data lies in ${mount?.source ?? 'the container'}`, hint: 'volume' })
  return pass(`the same ${here?.split(' ')[0]} rows on both`)
}

export default { archive, back, restored } satisfies Checks

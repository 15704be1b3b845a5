/** The container that a lab node is: unprivileged, limited, on its session's network, with its own disk. */
import path from 'node:path'
import type Docker from 'dockerode'
import { nodeSecurity } from '../../../../infra/engine/node-security.ts'
import type { Prepared } from '../../../../infra/images/prepared.ts'
import type { SessionSpec } from '../port.ts'

export const labels = { session: 'drydock.session', node: 'drydock.node', spec: 'drydock.spec' } as const

export const nodeNames = (spec: SessionSpec) => Array.from({ length: spec.nodes }, (_, i) => `node${i + 1}`)

/** Name of the container and of its disk. */
export const containerName = (session: string, node: string) => `${session}-${node}`

/** `disk`: the mounted disk; `engineFolder`: infra/engine of the clone; `golden`: folder of the golden trees. */
export function nodeContainer(
  spec: SessionSpec,
  node: string,
  on: { disk: string; prepared: Prepared; engineFolder: string; golden: string },
): Docker.ContainerCreateOptions {
  return {
    name: containerName(spec.session, node),
    Image: on.prepared.node_image,
    Hostname: node,
    Env: [`DRYDOCK_FOLDER=/root/${spec.folder}`],
    AttachStdout: true,
    Labels: { [labels.session]: spec.session, [labels.node]: node, [labels.spec]: JSON.stringify(spec) },
    HostConfig: {
      ...nodeSecurity(on.engineFolder, on.prepared.apparmor),
      // Nothing is written but to the node's own disk.
      ReadonlyRootfs: true,
      Binds: [`${on.disk}:/node`, `${path.join(on.golden, on.prepared.golden)}:/golden:ro`],
      NetworkMode: spec.session,
      Memory: spec.limits.memory_mb * 2 ** 20,
      // The same as Memory: no swap.
      MemorySwap: spec.limits.memory_mb * 2 ** 20,
      NanoCpus: Math.round(spec.limits.cpus * 1e9),
      PidsLimit: spec.limits.pids,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
      RestartPolicy: { Name: 'no' },
    },
  }
}

/** Where this instance keeps its things and what it calls whatever is host-wide. Two clones, or a clone and its tests, never share a name. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Instance {
  /** Six hex digits derived from the state folder; part of every host-wide name. */
  id: string
  /** `drydock-<id>`: network namespace, system user with the subordinate ids, cgroup, transient unit. */
  name: string
  /** Top of the clone. */
  root: string
  /** The state folder, absolute and without symlinks. */
  state: string
  /**
   * The state folder once more, bound to a short path below `run` while the engine is up. Nodes run as unprivileged ids of
   * the host, which could not pass a closed folder such as /root on the way; `engine.data`, `golden` and `disks` lie below it.
   */
  bound: string
  engine: { data: string; log: string }
  /** Volatile and short, because a Unix socket's path may have 107 bytes: `/run/drydock-<id>`. */
  run: string
  /** The lab engine's API socket. */
  socket: string
  /** Build results: root file systems, layers, image archives. */
  build: string
  /** Golden trees, one folder a version: the preloaded images that all nodes share. */
  golden: string
  /** The golden trees as nodes see them: read-only, by a mount of the host's that no node can change. `/run/drydock-<id>/golden`. */
  shared: string
  /** Disk template files and one loop file a node. */
  disks: string
  database: string
  /** Kept work folders of ended sessions. */
  work: string
  logs: string
}

/** A file that says that a folder is a state folder, and may be deleted by `clean`. */
export const stateMarker = 'this-is-a-drydock-state-folder'

/**
 * `state`: a path, absolute or relative to the clone (`root`). Creates the folder and marks it as ours, because `clean`
 * deletes all of it; throws when it holds something else.
 */
export function openInstance(root: string, state = '.drydock'): Instance {
  const wanted = path.resolve(root, state)
  mkdirSync(wanted, { recursive: true, mode: 0o711 })
  const real = realpathSync(wanted)
  if (!existsSync(path.join(real, stateMarker))) {
    if (readdirSync(real).length > 0)
      throw new Error(
        `${real} is not empty and no state folder of Drydock. Set DRYDOCK_STATE to a new or empty folder.`,
      )
    writeFileSync(path.join(real, stateMarker), '')
  }
  const id = createHash('sha256').update(real).digest('hex').slice(0, 6)
  const name = `drydock-${id}`
  const run = `/run/${name}`
  const bound = path.join(run, 'state')
  return {
    id,
    name,
    root: realpathSync(root),
    state: real,
    bound,
    engine: { data: path.join(bound, 'engine'), log: path.join(real, 'logs/engine.log') },
    run,
    socket: path.join(run, 'docker.sock'),
    build: path.join(real, 'build'),
    golden: path.join(bound, 'golden'),
    shared: path.join(run, 'golden'),
    disks: path.join(bound, 'disks'),
    database: path.join(real, 'drydock.sqlite'),
    work: path.join(real, 'work'),
    logs: path.join(real, 'logs'),
  }
}

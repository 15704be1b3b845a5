/** Nodes with one guard taken away. Each is a node like any other but for the one setting that its first word names. */
import { chownSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

interface HostConfig {
  [name: string]: unknown
  SecurityOpt?: string[] | undefined
  Binds?: string[] | undefined
}

export interface Weakness {
  /** What is taken away, as said in the report. */
  without: string
  change(host: HostConfig): HostConfig
  /** False: it has no engine, because booting one takes what was taken away. */
  boots?: boolean
  /** For what is set on a running node; `uid`: the node's root as the host knows it. */
  afterStart?(pid: number, container: string, uid: number): void
}

export const noSeccomp: Weakness = {
  without: 'our seccomp profile',
  change: (host) => ({ ...host, SecurityOpt: ['seccomp=unconfined', 'no-new-privileges=false'] }),
}

/** Root in it is root of this machine, in all that namespaces do not hold. Its set-user-id programs would make it somebody else. */
export const noUserNamespace: Weakness = {
  without: 'the user namespace',
  change: (host) => ({
    ...host,
    UsernsMode: 'host',
    SecurityOpt:
      host.SecurityOpt?.map((each) => each.replace('no-new-privileges=false', 'no-new-privileges=true')) ?? [],
  }),
  boots: false,
}

/** The limit files are handed over with the folder. */
export const ownLimits: Weakness = {
  without: 'the ownership of the limit files',
  change: (host) => host,
  afterStart(pid, container, uid) {
    const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
    const files = [
      'memory.memsw.limit_in_bytes',
      'memory.limit_in_bytes',
      'pids.max',
      'cpu.cfs_quota_us',
      'memory.max',
      'cpu.max',
    ]
    for (const [, names = '', group = ''] of groups.matchAll(/^\d+:([^:]*):(.*)$/gm))
      for (const file of files) {
        const top = group.slice(0, group.indexOf(container) + container.length)
        const at = path.join('/sys/fs/cgroup', names.replace('name=', ''), top, file)
        if (existsSync(at)) chownSync(at, uid, uid)
      }
  },
}

/** Docker's own default on control groups v1 in place of ours; a mount of them takes the first user namespace. */
export const hostControlGroups: Weakness = {
  without: 'the user namespace and a control group namespace of its own',
  change: (host) => ({ ...noUserNamespace.change(host), CgroupnsMode: 'host' }),
  boots: false,
}

/** Nodes with one guard taken away. Each is a node like any other but for the one thing that it is named after. */
import { chownSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

interface HostConfig {
  [name: string]: unknown
  SecurityOpt?: string[] | undefined
  Binds?: string[] | undefined
}

export interface Weakness {
  /** What is taken away, as said in the report; nodes with the same words are the same node. */
  without: string
  change?(host: HostConfig): HostConfig | Promise<HostConfig>
  /** False: it has no engine, because booting one takes what was taken away. */
  boots?: boolean
  /** What it starts with in place of the image's own. */
  entrypoint?: string[]
  /** For what is set on a running node; `uid`: the node's root as the host knows it. */
  afterStart?(pid: number, container: string, uid: number): void
  /** Its disk is as fast as the host's. */
  fastDisk?: boolean
  /** Programs in it run in the network of the host. */
  onHostNetwork?: boolean
}

const bind = (host: HostConfig, ...binds: string[]): HostConfig => ({
  ...host,
  Binds: [
    ...(host.Binds ?? []).filter((each) => !binds.some((one) => one.split(':')[1] === each.split(':')[1])),
    ...binds,
  ],
})

export const noSeccomp: Weakness = {
  without: 'our seccomp profile',
  change: (host) => ({ ...host, SecurityOpt: ['seccomp=unconfined', 'no-new-privileges=false'] }),
}

/** Root in it is root of this machine, in all that namespaces do not hold. Its set-user-id programs would make it somebody else. */
export const noUserNamespace: Weakness = {
  without: 'the user namespace',
  change: withoutUserNamespace,
  boots: false,
}

function withoutUserNamespace(host: HostConfig): HostConfig {
  const options = host.SecurityOpt?.map((each) => each.replace('no-new-privileges=false', 'no-new-privileges=true'))
  return { ...host, UsernsMode: 'host', SecurityOpt: options }
}

/** The limit files are handed over with the folder. */
export const ownLimits: Weakness = {
  without: 'the ownership of the limit files',
  afterStart(pid, container, uid) {
    const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
    const v1 = ['memory.memsw.limit_in_bytes', 'memory.limit_in_bytes', 'cpu.cfs_quota_us']
    const files = [...v1, 'pids.max', 'memory.max', 'cpu.max']
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
  change: (host) => ({ ...withoutUserNamespace(host), CgroupnsMode: 'host' }),
  boots: false,
}

/** `folder`: images of its own, bound read-only by the engine and by nobody else. */
export const imagesByEngine = (folder: string): Weakness => ({
  without: "the host's read-only mount of the images",
  change: (host) => bind(host, `${folder}:/golden:ro`),
  boots: false,
})

/** `script` takes the place of the image's boot script. */
export const bootsWith = (without: string, script: string): Weakness => ({
  without,
  entrypoint: ['/usr/lib/drydock/init', '/bin/sh', '-c', script, 'boot'],
})

/** How the boot script let go of the old root before a program of ours did. */
export const oldRootKept = `mkdir -p $root/.old
cd $root
pivot_root . .old
cd /
umount -l /.old
exec /usr/lib/drydock/boot-engine`

/** What is bound below /dev is there after the boot, too. */
export const hostFolder = (what: string, folder: () => string | Promise<string>): Weakness => ({
  without: `mounts that keep out ${what}`,
  change: async (host) => bind(host, `${await folder()}:/dev/of-the-host:ro`),
})

export const besideProcesses = (neighbour: () => Promise<{ container: string }>): Weakness => ({
  without: 'a process namespace of its own',
  change: async (host) => ({ ...host, PidMode: `container:${(await neighbour()).container}` }),
  boots: false,
})

export const noProcessLimit: Weakness = {
  without: 'the process limit',
  change: (host) => ({ ...host, PidsLimit: 900 }),
}

export const noMemoryLimit: Weakness = {
  without: 'the memory limit',
  change: (host) => ({ ...host, Memory: 0, MemorySwap: 0 }),
}

/** `folder`: a plain folder of the host instead of the disk. */
export const noDisk = (folder: string): Weakness => ({
  without: 'the disk of fixed size',
  change: (host) => bind(host, `${folder}:/node`),
})

export const noLogLimit: Weakness = {
  without: "the log's limit",
  change: (host) => ({ ...host, LogConfig: { Type: 'json-file', Config: {} } }),
  boots: false,
}

export const noFileLimit: Weakness = {
  without: 'the limit on open files',
  change: (host) => ({ ...host, Ulimits: [] }),
  boots: false,
}

export const noCpuLimit: Weakness = {
  without: 'the CPU limit',
  change: (host) => ({ ...host, NanoCpus: 0 }),
  boots: false,
}

export const noDiskSpeed: Weakness = { without: "the limit of the disk's speed", fastDisk: true }

/** As a container is before the server has set what the kernel counts. */
export const noCounts: Weakness = { without: 'counts of its own', boots: false }

/** The programs of the attacker run in the network namespace of the host. */
export const hostNetwork: Weakness = {
  without: 'a network namespace of its own',
  boots: false,
  onHostNetwork: true,
}

/** The network that Docker gives a container that asks for none. */
export const engineBridge: Weakness = {
  without: 'an internal network of its own',
  change: (host) => ({ ...host, NetworkMode: 'bridge' }),
}

type Neighbour = () => Promise<{ container: string; session: string }>

export const besideNetwork = (neighbour: Neighbour): Weakness => ({
  without: "a network other than the neighbour's",
  change: async (host) => ({ ...host, NetworkMode: (await neighbour()).session }),
  boots: false,
})

export const inNeighboursStack = (neighbour: Neighbour): Weakness => ({
  without: "a network namespace other than the neighbour's",
  change: async (host) => ({ ...host, NetworkMode: `container:${(await neighbour()).container}` }),
  boots: false,
})

/** As people bind docker.sock into containers. */
export const engineSocket = (file: () => Promise<string>): Weakness => ({
  without: 'keeping the engine to itself',
  change: async (host) => bind(host, `${await file()}:/dev/lab-engine.sock`),
  boots: false,
})

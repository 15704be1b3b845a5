/**
 * What the kernel counts by user, limited for one node. The user who counts is who made the node's user namespace: root of the host.
 * Without limits of its own one node could take what the host's root and all other nodes have together, such as 128 inotify instances.
 */
import { tool } from './tools.ts'

/** By file of /proc/sys/user. Every container takes a namespace of most kinds; a file watcher takes one instance. */
const most = {
  max_inotify_instances: 24,
  max_inotify_watches: 8192,
  max_user_namespaces: 64,
  max_mnt_namespaces: 1024,
  max_net_namespaces: 512,
  max_pid_namespaces: 512,
  max_ipc_namespaces: 512,
  max_uts_namespaces: 512,
  max_cgroup_namespaces: 512,
  max_time_namespaces: 64,
} as const

const script = Object.entries(most)
  .map(([file, count]) => `[ ! -e /proc/sys/user/${file} ] || echo ${count} >/proc/sys/user/${file}`)
  .join(' && ')

/**
 * Must follow every start. The kernel writes to the counts of the user namespace that the writer is in, and asks there for a capability
 * (CAP_SYS_RESOURCE) that who enters from the host has, and the node's own root has not. `pid`: the node's first process.
 */
export async function limitKernelCounts(pid: number): Promise<void> {
  await tool('nsenter', `--target=${pid}`, '--user', '--', '/bin/sh', '-c', script)
}

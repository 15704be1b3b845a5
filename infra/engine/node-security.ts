/** What a lab node may do: the security part of its container's HostConfig, the same for the server and for preparing images. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Docker's 14 default capabilities stay; these are added. All are relative to the node's user namespace. Without SYS_PTRACE the
 * node's runc could not enter a container whose first process is not root: `docker exec` would fail there.
 */
export const addedCapabilities = ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'] as const

/** `engineFolder`: where seccomp.json lies; `apparmor`: the loaded profile's name, or null on hosts without AppArmor. */
export function nodeSecurity(engineFolder: string, apparmor: string | null) {
  return {
    CapAdd: [...addedCapabilities],
    CgroupnsMode: 'private' as const,
    SecurityOpt: [
      `seccomp=${readFileSync(path.join(engineFolder, 'seccomp.json'), 'utf8')}`,
      'no-new-privileges=false',
      ...(apparmor ? [`apparmor=${apparmor}`] : []),
    ],
    // Masked and read-only paths below /proc would keep the node's own runc from giving containers a fresh /proc.
    MaskedPaths: [] as string[],
    ReadonlyPaths: [] as string[],
  }
}

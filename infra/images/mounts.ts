/** Mounts that end with the work they are for. */
import { run, type RunOptions } from '../process.ts'

export interface Mounts {
  add(args: readonly string[], at: string): Promise<void>
}

/** Takes down whatever was mounted, last first, however the work ends. */
export async function withMounts<T>(options: RunOptions, work: (mounts: Mounts) => Promise<T>): Promise<T> {
  const mounted: string[] = []
  try {
    return await work({
      async add(args, at) {
        await run('mount', [...args, at], options)
        mounted.push(at)
      },
    })
  } finally {
    // Without the signal: a cancelled build takes down its mounts too.
    for (const at of mounted.reverse()) await run('umount', [at]).catch(() => run('umount', ['-l', at]))
  }
}

/** Arguments that lay an overlay over `below` (nearest first), whose changes go to `upper`. */
export const overlay = (below: readonly string[], upper: string, work: string): string[] => [
  ...['-t', 'overlay', 'overlay', '-o'],
  // Both could leave files in the upper folder that are whole only together with those below.
  `lowerdir=${below.join(':')},upperdir=${upper},workdir=${work},metacopy=off,redirect_dir=off`,
]

/** The work of ended sessions: one archive and the achieved tasks for each learner and lab, for a limited time. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import type { KeptRecord, KeptWorkStore } from '../database/kept-work-store.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import type { Session } from './session.ts'

export interface KeptWorkOptions {
  /** Folder of the archives. */
  folder: string
  maxBytes: number
  keep_ms: number
  store: KeptWorkStore
  logger: Logger
  now: () => number
}

export type KeptWork = ReturnType<typeof createKeptWork>

export function createKeptWork({ folder, maxBytes, keep_ms, store, logger, now }: KeptWorkOptions) {
  const fileOf = (session: string) => path.join(folder, `${session}.tar`)

  /** The work folder of the first node; null when it is too large or the node does not give it. */
  async function packWork(session: Session, node: RuntimeNode): Promise<Buffer | null> {
    try {
      return await node.pack(node.folder, maxBytes)
    } catch (error) {
      logger.info({ session: session.id, err: error }, 'work folder not kept')
      return null
    }
  }

  return {
    /** Keeps what is worth it; an untouched session does not replace what an earlier one left. */
    async save(session: Session, node: RuntimeNode): Promise<void> {
      const tasks = session.board.achieved()
      if (!session.touched && tasks.length === 0) return
      const archive = await packWork(session, node)
      if (!archive && tasks.length === 0) return
      if (archive) {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(`${fileOf(session.id)}.part`, archive, { mode: 0o600 })
        await rename(`${fileOf(session.id)}.part`, fileOf(session.id))
      }
      const bytes = archive?.length ?? 0
      const { learner, lab, id } = session
      const before = await store.put({ learner, lab: lab.id, session: id, at: now(), bytes, tasks })
      for (const each of before) await rm(fileOf(each), { force: true })
    },

    /** `archive` is null when tasks alone were kept, or when the file is gone. */
    async load(learner: string, lab: string): Promise<{ record: KeptRecord; archive: Buffer | null } | null> {
      const record = await store.find(learner, lab)
      if (!record || record.at < now() - keep_ms) return null
      const archive = record.bytes > 0 ? await readFile(fileOf(record.session)).catch(() => null) : null
      return { record, archive }
    },

    /** The archive of one session, for whoever has the right to it; null when there is none any more. */
    archive: (session: string): Promise<Buffer | null> => readFile(fileOf(session)).catch(() => null),

    /** Removes what is too old, and archives that nobody refers to. */
    async purge(): Promise<void> {
      const kept = await store.purge(now() - keep_ms)
      const names = await readdir(folder).catch(() => [])
      for (const name of names)
        if (!kept.has(name.replace(/\.tar$/, ''))) await rm(path.join(folder, name), { force: true })
    },
  }
}

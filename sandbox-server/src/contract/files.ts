/** The files of a node's work folder. Paths are relative to it, with `/` between names, and never lead out of it. */
import { z } from 'zod'

export const maxPath = 4096
/** Longest text that the editor takes, in bytes; more is for a download. */
export const maxText = 1_048_576
/** Longest upload, in bytes. */
export const maxUpload = 134_217_728
/** Entries of a tree; what is beyond is not shown. */
export const maxEntries = 3000

/** Any name that Linux takes, newlines included, but none that leads elsewhere. */
export const filePath = z
  .string()
  .min(1)
  .max(maxPath)
  .refine(
    (path) => !path.includes('\0') && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..'),
    { error: 'a path below the work folder, without empty names, `.` and `..`' },
  )

/** `folder`, `file`, a `link` (whose target is named), or something `other`: a socket, a pipe, a device. */
export const fileEntry = z.object({
  path: z.string(),
  kind: z.enum(['folder', 'file', 'link', 'other']),
  size: z.number(),
  /** Epoch ms. */
  changed_at: z.number(),
  /** Only of links. */
  target: z.string().optional(),
})
export type FileEntry = z.infer<typeof fileEntry>

/** `more`: there are more entries than are told. */
export const fileTree = z.object({ folder: z.string(), entries: z.array(fileEntry), more: z.boolean() })
export type FileTree = z.infer<typeof fileTree>

/** Server to browser on `/api/sessions/:id/nodes/:node/files/live`: the tree at first and after each change, at most twice a second. */
export const filesEvent = z.object({ type: z.literal('tree'), tree: fileTree })
export type FilesEvent = z.infer<typeof filesEvent>

/** `version`: changes with the content. */
export const fileText = z.object({ path: z.string(), text: z.string(), version: z.string() })
export type FileText = z.infer<typeof fileText>

export const fileQuery = z.object({ path: filePath })
/** `version`: of the content that was edited; null for a file that must not be there yet; not given: whatever is there is replaced. */
export const writeFile = z.strictObject({
  path: filePath,
  text: z.string().max(maxText),
  version: z.string().max(100).nullable().optional(),
})
export const fileWritten = z.object({ version: z.string() })
export const makeFolder = z.strictObject({ path: filePath })
export const moveFile = z.strictObject({ from: filePath, to: filePath })
/** What was removed can be brought back with this, until the lab ends. */
export const fileRemoved = z.object({ undo: z.string() })
export const restoreFile = z.strictObject({ undo: z.string().regex(/^[0-9a-f]{16}$/), to: filePath })
export const fileDone = z.object({ done: z.literal(true) })

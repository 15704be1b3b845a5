/** What the files pane knows and does: the live tree, opened files, and the wishes of the person. */
import type { FileEntry, FileTree } from '@drydock/sandbox-server/contract'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Problem } from '../client/http.ts'
import { say } from '../lab/say.ts'
import { typeCommand } from '../terminal/type-command.ts'
import { OpenDocument } from './document.ts'
import { commandFor } from './file-command.ts'
import { buildTree, readableName } from './file-tree.ts'
import { createFilesClient } from './files-client.ts'

/** Bytes; the server takes no more. */
const maxUpload = 134_217_728

export function useFiles(session: string, node: string) {
  const client = useMemo(() => createFilesClient(session, node), [session, node])
  const [tree, setTree] = useState<FileTree | null>(null)
  const [lost, setLost] = useState(false)
  const [selected, select] = useState<string | null>(null)
  const [documents, setDocuments] = useState<readonly OpenDocument[]>([])
  const [front, show] = useState<OpenDocument | null>(null)
  const [wish, ask] = useState<'file' | 'folder' | 'rename' | null>(null)
  const [undo, setUndo] = useState<{ path: string; undo: string } | null>(null)
  const opened = useRef(documents)
  opened.current = documents

  useEffect(
    () =>
      client.follow(
        (next) => {
          setTree(next)
          const stamps = new Map(next.entries.map((entry) => [entry.path, `${entry.changed_at} ${entry.size}`]))
          for (const document of opened.current)
            if (!next.more || stamps.has(document.path)) document.seen(stamps.get(document.path) ?? null)
        },
        (state) => setLost(state === 'waiting' || state === 'closed'),
      ),
    [client],
  )
  // Whoever leaves keeps what they typed.
  useEffect(() => () => opened.current.forEach((document) => void document.save().then(() => document.close())), [])

  const entries = tree?.entries ?? []
  const known = selected !== null && entries.some(({ path }) => path === selected) ? selected : null
  const inFolder = () => {
    const entry = entries.find(({ path }) => path === known)
    const folder = entry?.kind === 'folder' ? entry.path : (known?.slice(0, Math.max(0, known.lastIndexOf('/'))) ?? '')
    return folder === '' ? '' : `${folder}/`
  }
  const add = (document: OpenDocument) => {
    setDocuments((list) => [...list, document])
    show(document)
  }
  const refuse = (problem: Problem, path: string) => say({ message: `${readableName(path)}: ${problem.message}` })

  async function open({ path, kind }: FileEntry): Promise<void> {
    const already = documents.find((document) => document.path === path)
    if (already) return show(already)
    if (kind === 'other')
      return say({ message: `${readableName(path)} is a socket, pipe or device, which has no text.` })
    const answer = await client.read(path)
    if (!answer.ok) return refuse(answer.problem, path)
    if (!opened.current.some((document) => document.path === path))
      add(new OpenDocument(client, path, answer.value.text, answer.value.version))
  }
  async function close(document: OpenDocument): Promise<void> {
    const { name } = document.state.peek()
    if (name === 'edited') await document.save()
    document.close()
    const rest = documents.filter((other) => other !== document)
    setDocuments(rest)
    show(rest.at(-1) ?? null)
  }
  async function create(path: string): Promise<void> {
    ask(null)
    const answer = await client.write(path, '', null)
    if (!answer.ok) return refuse(answer.problem, path)
    select(path)
    add(new OpenDocument(client, path, '', answer.value.version))
  }
  async function makeFolder(path: string): Promise<void> {
    ask(null)
    const answer = await client.makeFolder(path)
    if (!answer.ok) refuse(answer.problem, path)
  }
  async function move(from: string, to: string): Promise<void> {
    ask(null)
    if (from === to) return
    for (const document of documents.filter(({ path }) => path === from || path.startsWith(`${from}/`)))
      await close(document)
    const answer = await client.move(from, to)
    if (!answer.ok) return refuse(answer.problem, from)
    select(to)
  }
  async function remove(path: string): Promise<void> {
    const gone = documents.filter((document) => document.path === path || document.path.startsWith(`${path}/`))
    await Promise.all(gone.map((document) => document.save()))
    const answer = await client.remove(path)
    if (!answer.ok) return refuse(answer.problem, path)
    for (const document of gone) document.close()
    const rest = documents.filter((document) => !gone.includes(document))
    setDocuments(rest)
    if (front && gone.includes(front)) show(rest.at(-1) ?? null)
    setUndo({ path, undo: answer.value.undo })
    select(null)
  }
  async function restore(): Promise<void> {
    if (!undo) return
    const answer = await client.restore(undo.undo, undo.path)
    if (!answer.ok) return refuse(answer.problem, undo.path)
    setUndo(null)
    select(undo.path)
  }
  async function upload(list: readonly File[]): Promise<void> {
    const folder = inFolder()
    for (const file of list) {
      if (file.size > maxUpload) {
        say({ message: `${file.name} is larger than 128 MB, which is the most that can be uploaded.` })
        continue
      }
      say({ message: `Uploading ${file.name} …` })
      const answer = await client.upload(`${folder}${file.name}`, file)
      if (answer.ok) say({ message: `${file.name} is there.` })
      else refuse(answer.problem, file.name)
    }
  }
  const asking = {
    file: { title: 'New file', name: inFolder(), act: (name: string) => void create(name) },
    folder: { title: 'New folder', name: inFolder(), act: (name: string) => void makeFolder(name) },
    rename:
      known === null
        ? null
        : { title: `Rename ${readableName(known)}`, name: known, act: (name: string) => void move(known, name) },
  }
  return {
    tree,
    lost,
    nodes: useMemo(() => buildTree(entries), [tree]),
    selected: known,
    select,
    documents,
    shown: front,
    show,
    asking: wish && asking[wish],
    ask,
    undo,
    open,
    close,
    remove,
    restore,
    upload,
    downloadUrl: client.downloadUrl,
    command: commandFor,
    /** Types it, in the work folder, and leaves Enter to the person. */
    run: (path: string) => typeCommand(commandFor(path) ?? ''),
  }
}

/** One opened file: what was read, what is in the editor, and how both stand to what is in the node. Knows nothing of CodeMirror. */
import { signal } from '@preact/signals'
import type { Answer, Problem } from '../client/http.ts'

export type DocumentState =
  | { name: 'saved' }
  | { name: 'edited' }
  | { name: 'saving' }
  /** It was changed in the node as well: `theirs` is what is there now, null when it was removed. */
  | { name: 'conflict'; theirs: string | null }
  | { name: 'failed'; problem: Problem }

export interface DocumentFiles {
  read: (path: string) => Promise<Answer<{ text: string; version: string }>>
  write: (path: string, text: string, version: string | null | undefined) => Promise<Answer<{ version: string }>>
}

/** Milliseconds without a key after which it is saved. */
const pause = 1500

export class OpenDocument {
  readonly path: string
  readonly state = signal<DocumentState>({ name: 'saved' })
  /** Reads the editor, and replaces what is in it. */
  editor: { text: () => string; replace: (text: string) => void } | undefined
  #version: string | null
  #saved: string
  /** Of the entry in the tree as it was looked at last; undefined before the first tree, whose entry may be newer than what was read. */
  #stamp: string | null | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #busy: Promise<void> = Promise.resolve()
  readonly #files: DocumentFiles

  constructor(files: DocumentFiles, path: string, text: string, version: string | null) {
    this.#files = files
    this.path = path
    this.#saved = text
    this.#version = version
  }

  get text(): string {
    return this.editor?.text() ?? this.#saved
  }

  /** A key was pressed in the editor. */
  edited(): void {
    const { name } = this.state.peek()
    if (name === 'conflict') return
    if (name !== 'saving') this.state.value = { name: this.text === this.#saved ? 'saved' : 'edited' }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), pause)
  }

  save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#busy = this.#busy.then(() => this.#save(false))
    return this.#busy
  }

  /** In a conflict: what is in the editor replaces what is in the node, or the other way round. */
  keepMine(): Promise<void> {
    this.#busy = this.#busy.then(() => this.#save(true))
    return this.#busy
  }
  takeTheirs(): void {
    const state = this.state.peek()
    if (state.name === 'conflict' && state.theirs !== null) void this.#read()
  }

  /** The tree says how the file is now; null: it is gone. */
  seen(stamp: string | null): void {
    if (stamp === this.#stamp) return
    this.#stamp = stamp
    this.#busy = this.#busy.then(() => this.#compare())
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #save(force: boolean): Promise<void> {
    const text = this.text
    const before = this.state.peek()
    if (!force && (before.name === 'conflict' || (text === this.#saved && before.name !== 'failed'))) return
    this.state.value = { name: 'saving' }
    const answer = await this.#files.write(this.path, text, force ? undefined : this.#version)
    if (answer.ok) {
      this.#version = answer.value.version
      this.#saved = text
      this.state.value = { name: this.text === text ? 'saved' : 'edited' }
    } else if (answer.problem.code === 'FILE_CHANGED' || answer.problem.code === 'FILE_UNKNOWN') await this.#compare()
    else this.state.value = { name: 'failed', problem: answer.problem }
  }

  /** What is in the node, against what is here. */
  async #compare(): Promise<void> {
    const answer = await this.#files.read(this.path)
    const edited = this.text !== this.#saved
    if (!answer.ok) {
      if (answer.problem.code === 'FILE_UNKNOWN') this.state.value = { name: 'conflict', theirs: null }
      else if (this.state.peek().name === 'saving') this.state.value = { name: 'failed', problem: answer.problem }
      return
    }
    const { text, version } = answer.value
    if (version === this.#version) {
      if (this.state.peek().name !== 'failed') this.state.value = { name: edited ? 'edited' : 'saved' }
    } else if (!edited || text === this.text) this.#take(text, version)
    else this.state.value = { name: 'conflict', theirs: text }
  }

  async #read(): Promise<void> {
    const answer = await this.#files.read(this.path)
    if (answer.ok) this.#take(answer.value.text, answer.value.version)
    else this.state.value = { name: 'failed', problem: answer.problem }
  }

  #take(text: string, version: string): void {
    this.#saved = text
    this.#version = version
    if (this.text !== text) this.editor?.replace(text)
    this.state.value = { name: 'saved' }
  }
}

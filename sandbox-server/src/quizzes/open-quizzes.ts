/** The questions of a server, read from the lessons at its start, and again when an author has changed one. */
import path from 'node:path'
import { loadBank, loadQuizzes, type Banked } from '@drydock/kit/quiz'
import type { Quiz } from '@drydock/kit/quiz-schema'

export interface Quizzes {
  /** By the id of their lesson. */
  all: ReadonlyMap<string, Quiz>
  /** The interview bank, by the id of the question. */
  bank: ReadonlyMap<string, Banked>
  /** Reads them again; what cannot be read stays as it was. Resolves with what is wrong, one sentence each. */
  read(): Promise<string[]>
}

/** `root`: the folder that holds `lessons/` and `labs/`. Empty until `read`. */
export function createQuizzes(root: string): Quizzes {
  const all = new Map<string, Quiz>()
  const bank = new Map<string, Banked>()
  return {
    all,
    bank,
    async read() {
      const loaded = await loadQuizzes(path.join(root, 'lessons'))
      for (const [lesson, quiz] of loaded.quizzes) all.set(lesson, quiz)
      const banked = await loadBank(root)
      for (const [id, question] of banked.bank) bank.set(id, question)
      return [...loaded.problems, ...banked.problems].map(({ file, message }) => `${file} ${message}`)
    },
  }
}

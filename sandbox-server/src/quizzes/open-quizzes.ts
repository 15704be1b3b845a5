/** The quizzes of a server, read from the lessons at its start, and again when an author has changed one. */
import { loadQuizzes } from '@drydock/kit/quiz'
import type { Quiz } from '@drydock/kit/quiz-schema'

export interface Quizzes {
  /** By the id of their lesson. */
  all: ReadonlyMap<string, Quiz>
  /** Reads them again; a quiz that cannot be read stays as it was. Resolves with what is wrong, one sentence each. */
  read(): Promise<string[]>
}

/** `folder`: the one with `<topic>/<lesson>/quiz.yaml`. Empty until `read`. */
export function createQuizzes(folder: string): Quizzes {
  const all = new Map<string, Quiz>()
  return {
    all,
    async read() {
      const { quizzes, problems } = await loadQuizzes(folder)
      for (const [lesson, quiz] of quizzes) all.set(lesson, quiz)
      return problems.map(({ file, message }) => `${file} ${message}`)
    },
  }
}

/** An author's change is taken over while the server runs, and a mistake takes nothing away. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createQuizzes } from '../../src/quizzes/open-quizzes.ts'

const real = path.resolve(import.meta.dirname, '../../../lessons/layers/cache/quiz.yaml')

test('a change counts when it is read again; a quiz that is broken stays as it was and says why', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-quizzes-'))
  try {
    const file = path.join(folder, 'lessons/layers/cache/quiz.yaml')
    await mkdir(path.dirname(file), { recursive: true })
    const text = await readFile(real, 'utf8')
    await writeFile(file, text)
    const quizzes = createQuizzes(folder)
    expect(await quizzes.read()).toEqual([])
    const first = () => Object.values(quizzes.all.get('layers/cache')?.questions ?? {})[0]?.level
    expect(first()).toBe('junior')
    await writeFile(file, text.replace('level: junior', 'level: senior'))
    expect(await quizzes.read()).toEqual([])
    expect(first()).toBe('senior')
    await writeFile(file, text.replace('level: junior', 'level: genius'))
    expect((await quizzes.read()).join()).toMatch(
      /^lessons\/layers\/cache\/quiz\.yaml questions\.\S+\.level must be junior or mid or senior$/,
    )
    expect(first()).toBe('senior')
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** What a lab that loads still lacks before it may be shown to learners; pure. */
import type { Lab, Problem } from '../catalogue/lab.ts'

/** Below so many characters a command of a solution is too common to be an answer. */
const answerFrom = 16

export function lintLab(lab: Lab): Problem[] {
  const problems: Problem[] = []
  const report = (file: string, message: string) => problems.push({ file: `${lab.id}/${file}`, message })
  for (const task of lab.manifest.tasks) {
    if (task.hints.length === 0)
      report('lab.yaml', `task '${task.id}' has no hint: write at least a nudge and one that is nearly the answer`)
    if (!lab.mistakes.some((mistake) => mistake.task === task.id))
      report('mistakes', `nothing fails task '${task.id}': record a mistake that people make there`)
    const answers = (lab.solution.find((step) => step.task === task.id)?.script ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= answerFrom && /^[a-z]/.test(line))
    for (const hint of task.hints.slice(0, -1)) {
      const answer = answers.find((line) => hint.text.includes(line))
      if (answer !== undefined)
        report(
          'lab.yaml',
          `hint '${hint.id}' of task '${task.id}' holds the answer (${answer}): only the last hint may`,
        )
    }
  }
  return problems
}

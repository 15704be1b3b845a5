/** A quiz in memory with the forms that a test of the routes needs. */
import { quiz, type Quiz } from '@drydock/kit/quiz-schema'

const common = { level: 'mid', source: 'https://docs.docker.com/' }
const why = 'KEY-OR-REASON: this must not be seen before the answer.'

export function createSampleQuiz(): Quiz {
  return quiz.parse({
    questions: {
      which: {
        ...{ form: 'single', ...common, text: 'Which one?' },
        options: {
          wood: { text: 'Wood', why },
          iron: { text: 'Iron', why, right: true },
          rope: { text: 'Rope', why },
          sail: { text: 'Sail', why },
        },
      },
      steps: {
        ...{ form: 'order', ...common, text: 'In which order?' },
        steps: { dig: { text: 'Dig', why }, fill: { text: 'Fill', why }, float: { text: 'Float', why } },
      },
      type: {
        form: 'command',
        ...common,
        text: 'List all.',
        accept: ['docker ps -a'],
        wrong: { few: { text: 'docker ps', why } },
        why,
      },
      say: {
        form: 'free',
        ...common,
        text: 'Why?',
        rubric: { first: 'KEY-OR-REASON one', second: 'KEY-OR-REASON two' },
        model: why,
      },
    },
  })
}

/** What is to be done, by the form of the question. */
import type { QuestionView } from '@drydock/sandbox-server/contract'

export const asks: Record<QuestionView['form'], string> = {
  single: 'Choose one.',
  multiple: 'Choose all that are true.',
  order: 'Put in order: drag a step by its handle, or move it with the arrow keys.',
  match: 'Choose the match for each.',
  output: 'Write what is printed.',
  command: 'Write the command. Flags in another order or spelling are right, too.',
  line: 'Pick the line.',
  free: 'Write an answer, then hold it against the points of a good one. Nobody else grades it.',
}

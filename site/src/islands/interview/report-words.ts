/** The report in words, as a kind senior colleague would put it: what went well first, what did not plainly, then what to do; pure. */
import type { InterviewReport } from '@drydock/sandbox-server/contract'

/** `names`: of topics, by their id. */
export function writeNote(report: InterviewReport, names: Readonly<Record<string, string>>): string[] {
  const { score, strong, weak, topics, questions, minutes } = report
  const reached = questions.filter(({ state }) => state !== 'not-reached').length
  if (reached === 0)
    return [
      'You ended before the first answer, so there is nothing to say about you yet. That is fine: the next one is as long as you like, and fifteen minutes are enough to find out where to begin.',
    ]
  const answered = questions.filter(({ state }) => state === 'answered').length
  const name = (topic: string) => names[topic] ?? topic
  return [
    `${openingOf(score)} You answered ${answered} of ${questions.length} questions in ${spentOf(report)} of ${minutes} minutes.`,
    ...(strong.length > 0 ? [`${listOf(strong.map(name))}: what I asked there, you knew, and it showed.`] : []),
    ...(weak.length > 0
      ? [
          `${listOf(weak.map(name))}: here I would have asked on, and you would have noticed. Nothing that an evening with a machine does not mend.`,
        ]
      : []),
    ...(strong.length === 0 && weak.length === 0 && topics.length > 0
      ? [
          'No topic stands out, up or down. So it is worth looking at single questions: they are all below, with what there was to say.',
        ]
      : []),
    ...notesOn(report),
  ]
}

function openingOf(score: number | null): string {
  if (score === null) return 'Thank you for the conversation.'
  if (score >= 0.85) return 'That was a good conversation. I would want to work with you.'
  if (score >= 0.65) return 'That was solid, with gaps that have names.'
  if (score >= 0.4) return 'About half of it was there, and that half is real.'
  return 'That was hard today. Most people who are good at this now had such a day.'
}

/** About how it was answered, not what. */
function notesOn({ questions }: InterviewReport): string[] {
  const notes: string[] = []
  const lives = questions.filter(({ live, state }) => live && state !== 'not-reached')
  const repaired = lives.filter(({ score }) => score === 1).length
  if (lives.length > 0)
    notes.push(
      repaired === lives.length
        ? 'You repaired what was put before you. In a real interview, say aloud what you look at and why; they hire for that.'
        : lives.some(({ score }) => (score ?? 0) > 0)
          ? 'On the machine you got part of the way. What is left is below, with its cause; do it once more without a clock.'
          : 'The machine stayed broken. Begin with what is running, what it last said, and what changed: that finds most causes in two minutes.',
    )
  const passed = questions.filter(({ state }) => state === 'passed-over').length
  if (passed > 2)
    notes.push(
      `You passed on ${passed}. In a real one, say what you do know and how you would find out the rest: it counts for more than silence.`,
    )
  const late = questions.filter(({ state }) => state === 'not-reached').length
  if (late * 3 > questions.length)
    notes.push('The time was over before the questions were. Give short answers first, and add depth when asked.')
  return notes
}

function spentOf({ began_at, finished_at }: InterviewReport): string {
  return String(Math.max(1, Math.round((finished_at - began_at) / 60_000)))
}

const listOf = (names: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(names)

export const describeTodo: Record<InterviewReport['todo'][number]['why'], string> = {
  missed: 'Here most was missing:',
  'not-reached': 'You did not get to it:',
  next: 'Nothing was missing, so this is what comes next.',
}

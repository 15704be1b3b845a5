/** Protects: the note says what is true, the good first, and never a figure that was not there. */
import type { InterviewReport } from '@drydock/sandbox-server/contract'
import { describe, expect, it } from 'vitest'
import { writeNote } from './report-words.ts'

type Question = InterviewReport['questions'][number]
const spoken = { short: '', senior: '', next: { asks: '', answer: '' } }
const question = (state: Question['state'], score: number | null, more: Partial<Question> = {}): Question => ({
  ...{ turn: 0, topic: 'layers', lesson: 'layers/cache', level: 'mid', text: 'What?', state, score, ms: 1000 },
  ...{ question: null, verdict: null, live: null, spoken, ...more },
})
const report = (questions: Question[], more: Partial<InterviewReport> = {}): InterviewReport => ({
  ...{ id: '', level: 'mid', minutes: 30, began_at: 0, finished_at: 12 * 60_000, score: 0.7 },
  ...{ topics: [], strong: [], weak: [], todo: [], questions, ...more },
})
const names = { layers: 'Images and layers', swarm: 'Swarm' }

describe('the note', () => {
  it('says how much was answered, what was strong by its title, and what was weak', () => {
    const asked = [
      question('answered', 1),
      question('answered', 0),
      question('passed-over', 0),
      question('not-reached', null),
    ]
    const note = writeNote(report(asked, { strong: ['layers'], weak: ['swarm'] }), names)
    expect(note[0]).toContain('You answered 2 of 4 questions in 12 of 30 minutes.')
    expect(note[1]).toMatch(/^Images and layers: /)
    expect(note[2]).toMatch(/^Swarm: /)
  })
  it('begins with something to hold on to, whatever the score', () => {
    const openings = [null, 0, 0.4, 0.65, 0.85].map(
      (score) => writeNote(report([question('answered', 1)], { score }), names)[0],
    )
    expect(new Set(openings).size).toBe(5)
    for (const opening of openings) expect(opening).not.toMatch(/wrong|fail|bad/i)
  })
  it('speaks of machines only when there was one, and of passing when there was a lot of it', () => {
    const live = { lab: 'a/b', title: 'B', tasks: [], debrief: null }
    const all = (questions: Question[]) => writeNote(report(questions), names).join(' ')
    expect(all([question('answered', 1)])).not.toContain('machine stayed')
    expect(all([question('answered', 0, { live })])).toContain('machine stayed broken')
    expect(all([question('answered', 0.5, { live })])).toContain('part of the way')
    expect(all([question('answered', 1, { live })])).toContain('You repaired')
    expect(all([1, 2, 3].map(() => question('passed-over', 0)))).toContain('You passed on 3')
  })
  it('says nothing about somebody who answered nothing', () => {
    expect(writeNote(report([question('not-reached', null)], { score: null }), names)).toHaveLength(1)
  })
})

/**
 * Everything that is stored about a learner. A table that is added is either part of what can be taken along, or stands here with the
 * reason why not: without one of them this does not compile, and a test compares it with the real schema.
 */
import type { ExportParts } from '../../contract/learner-export.ts'
import type { Tables } from '../tables.ts'
import { answers } from './answers.ts'
import { cards } from './cards.ts'
import type { Holding } from './holding.ts'
import { interviews } from './interviews.ts'
import { keptWork } from './kept-work.ts'
import { progress } from './progress.ts'
import { reviews } from './reviews.ts'
import { sessions } from './sessions.ts'

export const holdings: { [Part in keyof ExportParts]: Holding<ExportParts[Part]> } = {
  progress,
  sessions,
  answers,
  cards,
  reviews,
  interviews,
  kept_work: keptWork,
}

export const tablesOfLearners: Record<keyof Tables, keyof ExportParts | { leftOut: string }> = {
  learners: {
    leftOut: 'its dates are in the head of an export; whether the access code was known counts on this server',
  },
  progress: 'progress',
  sessions: 'sessions',
  session_tasks: 'sessions',
  session_deeds: 'sessions',
  quiz_answers: 'answers',
  practice_choices: { leftOut: 'an agreement with this server, which every other one has to ask for itself' },
  practice_cards: 'cards',
  practice_reviews: 'reviews',
  interviews: 'interviews',
  interview_answers: 'interviews',
  kept_work: 'kept_work',
  recovery_codes: { leftOut: 'a key to this server, of which there is a hash alone' },
  accounts: { leftOut: 'who somebody is elsewhere is proved there, not by a file' },
  instructors: { leftOut: 'who may teach here is shown to this server alone, by a link that it has printed' },
  workshops: {
    leftOut: 'a class of this server with the names of others in it; its report is what can be taken along',
  },
  workshop_teachers: { leftOut: 'a right on this server, given by a link of the workshop' },
  instructor_keys: { leftOut: 'keys to this server, of which there are hashes alone' },
  workshop_members: { leftOut: 'a place in a class of this server; what is learned there is in progress and sessions' },
  workshop_log: { leftOut: 'what was said in a class of this server, and goes with it' },
  workshop_answers: { leftOut: 'a show of hands in a class of this server, and goes with it' },
  retired_learners: { leftOut: 'numbers of cookies that are worth nothing any more' },
}

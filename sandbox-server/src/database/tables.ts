/** The tables. Ids are text, times epoch milliseconds, lists JSON in text. */
import type { Deed, SessionState } from '../contract/sessions.ts'
import type { WorkshopState } from '../contract/workshops.ts'

export interface Tables {
  /** `access`: of the access code that they knew; see learners/access-code.ts. */
  learners: { id: string; created_at: number; seen_at: number; access: string | null }
  sessions: {
    id: string
    learner: string
    lab: string
    state: SessionState
    seed: number
    created_at: number
    /** When its learner could first work in it; null: not yet, or never. */
    ready_at: number | null
    /** 0 or 1: it was started from kept work. */
    resumed: number
    deadline: number | null
    extensions_left: number
    reason: string | null
    ended_at: number | null
    /** Of one that was imported: its id where it ran. */
    copy_of: string | null
  }
  /** Where the tasks of one session stand. `hints`: JSON list of the ids taken. `shown`: 0 or 1. */
  session_tasks: {
    session: string
    task: string
    passed_at: number | null
    tries: number
    hints: string
    shown: number
  }
  /** What was done in a session when, in the order of `nth`. */
  session_deeds: { session: string; at: number; kind: Deed['kind']; task: string | null; nth: number }
  /**
   * The same over all sessions of a learner; `passed_at` is the first pass ever. `origin`: the learner under whose id it was done. A row
   * of another origin came by joining or importing, and of two that speak of one origin the further one holds.
   */
  progress: {
    learner: string
    origin: string
    lab: string
    task: string
    passed_at: number | null
    tries: number
    hints: number
  }
  /**
   * Answers to questions of quizzes. `id`: chosen by the browser, so that an answer that is sent again is not a second one. `answer`:
   * JSON. `correct`: 0, 1, or null for a free answer. `points`: JSON list of what a learner found in their free answer.
   */
  quiz_answers: {
    learner: string
    id: string
    lesson: string
    question: string
    answer: string
    correct: number | null
    points: string | null
    /** Counts the answers of one learner to one question: the order, whatever the clock says. */
    nth: number
    at: number
  }
  /** Whether a learner's wrong answers and failed tasks become cards: 0 or 1. No row: not asked yet. */
  practice_choices: { learner: string; collect: number; at: number }
  /**
   * What a learner reviews. `item`: see contract/practice.ts. `memory`: JSON of the scheduler, null before the first review. `turn`: how
   * often it was answered.
   */
  practice_cards: {
    learner: string
    item: string
    memory: string | null
    due: number
    reviewed_at: number | null
    turn: number
    at: number
  }
  /**
   * Answers in practice. `before`: the card's memory at that time, so that a free answer can be rated again. `correct`: 0, 1, or null
   * until a free answer is rated. `ms`: how long it took.
   */
  practice_reviews: {
    learner: string
    id: string
    item: string
    turn: number
    answer: string | null
    correct: number | null
    points: string | null
    before: string | null
    ms: number
    at: number
  }
  /**
   * Mock interviews. `topics`, `plan`: JSON lists, of topics and of the questions in their order. `turn`: of the question that is asked now,
   * since `shown_at`. `live`: JSON of the lab that runs for it.
   */
  interviews: {
    learner: string
    id: string
    level: string
    minutes: number
    topics: string
    plan: string
    seed: number
    turn: number
    began_at: number
    shown_at: number
    ends_at: number
    finished_at: number | null
    live: string | null
  }
  /** `answer`: JSON, null when it was passed over. `percent`: null until a free answer is rated. */
  interview_answers: {
    learner: string
    interview: string
    turn: number
    id: string
    question: string
    answer: string | null
    points: string | null
    percent: number | null
    ms: number
    at: number
  }
  /** Work of ended sessions. `bytes` is 0 when there are tasks alone. `tasks`: JSON list of the `once` tasks that were done. */
  kept_work: { session: string; learner: string; lab: string; at: number; bytes: number; tasks: string }
  /** By which a learner is found from another browser. `hash`: see learners/recovery-code.ts. */
  recovery_codes: { learner: string; hash: string; made_at: number; used_at: number | null }
  /** Who they are where they sign in; nothing else is known of the account. */
  accounts: { issuer: string; subject: string; learner: string; at: number }
  /** Ids that were joined with another learner: their cookies are worth nothing any more. */
  retired_learners: { id: string; learner: string; at: number }
  /** Learners who may teach, with the name that classes read. */
  instructors: { learner: string; name: string; at: number }
  /**
   * `learner`: whose it is. `labs`: JSON list. `hints_open`, `solutions_open`: 0 or 1. `pauses`: JSON list of pairs, the last one open while
   * it is paused. `locks`: JSON list of `lab task`. `quiz`: JSON of the question to all.
   */
  workshops: {
    id: string
    learner: string
    title: string
    labs: string
    starts_at: number
    zone: string
    minutes: number
    size: number
    hints_open: number
    solutions_open: number
    door: 'open' | 'ask'
    continue_days: number
    state: WorkshopState
    began_at: number | null
    ends_at: number | null
    ended_at: number | null
    pauses: string
    code: string | null
    code_expires_at: number | null
    follow: string | null
    locks: string
    quiz: string | null
    created_at: number
  }
  /** Who teaches it besides whose it is. */
  workshop_teachers: { workshop: string; learner: string; at: number }
  /** Links that make an instructor, of a workshop where one is named; each is good once. `hash`: as of recovery codes. */
  instructor_keys: { hash: string; workshop: string | null; made_at: number; expires_at: number }
  workshop_members: {
    id: string
    workshop: string
    learner: string
    name: string
    state: 'waiting' | 'admitted' | 'removed'
    joined_at: number
    hand_at: number | null
    hand_note: string | null
  }
  /** `what`: JSON; see contract/workshop-log.ts. `member`: whom it is about, null for all. */
  workshop_log: { workshop: string; n: number; at: number; by: string; member: string | null; what: string }
  /** Answers to questions to all. `answer`: JSON. `correct`: 0, 1, or null for a free answer. */
  workshop_answers: {
    workshop: string
    quiz: string
    member: string
    answer: string
    correct: number | null
    at: number
  }
}

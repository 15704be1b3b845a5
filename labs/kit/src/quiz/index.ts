/** Quizzes as they lie on the disk, and how answers are graded. Needs Node. */
export { AnswerUnfit, gradeAnswer, type Grade } from './grade-answer.ts'
export { readQuiz } from './lint-quiz.ts'
export { loadQuizzes } from './load-quizzes.ts'
export { formatTable, readHelp, type Help } from './read-help.ts'

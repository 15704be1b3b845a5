/** Quizzes as they lie on the disk, and how answers are graded. Needs Node. */
export { asQuestion } from './as-question.ts'
export { AnswerUnfit, gradeAnswer, type Grade } from './grade-answer.ts'
export { readQuiz } from './lint-quiz.ts'
export { loadBank, type Banked } from './load-bank.ts'
export { loadQuizzes } from './load-quizzes.ts'
export { formatTable, readHelp, type Help } from './read-help.ts'

/** Lessons as text: their shell blocks and where their tasks stand. Needs no engine. */
export { readLesson, type Block, type Command, type Lesson, type LessonItem } from './read-lesson.ts'
export { compareOutput } from './compare-output.ts'
export { parseShell, readNoRun, readTitle, shellLanguages, type ShellBlock } from './shell.ts'

/** What happened in a workshop, as a sentence: the same for instructors and learners. Pure. */
import type { LogEntry } from '@drydock/sandbox-server/contract'

/** `taskName`: what people call a task of a lab, such as "task 2 of The build cache". */
export function describeEntry({ what, member }: LogEntry, taskName: (lab: string, task: string) => string): string {
  const who = member?.name ?? 'all'
  switch (what.kind) {
    case 'message':
      return `to ${who}: ${what.text}`
    case 'command':
      return `command for ${who}: ${what.text}`
    case 'hint':
      return `hint for ${who}: ${what.text}`
    case 'highlight':
      return `showed ${who} a place in the text: “${what.text}”`
    case 'file':
      return `gave ${who} the file ${what.path}`
    case 'look':
      return what.begun ? `looks at ${who}’s terminal` : `stopped looking at ${who}’s terminal`
    case 'typing':
      return {
        asked: `asks to type in ${who}’s terminal`,
        given: 'agreed that an instructor types',
        refused: 'did not agree that an instructor types',
        withdrawn: 'took back that an instructor types',
        ended: `gave ${who}’s terminal back`,
      }[what.is]
    case 'catch-up':
      return {
        begun: `brings ${who} past ${taskName(what.lab, what.task)}`,
        done: `brought ${who} past ${taskName(what.lab, what.task)}${what.kept ? '; the files from before lie in ~/before-catch-up' : ''}`,
        failed: `could not bring ${who} past ${taskName(what.lab, what.task)}`,
      }[what.is]
    case 'hand':
      return what.up ? `raised a hand${what.note ? `: ${what.note}` : ''}` : 'put the hand down'
    case 'member':
      return {
        joined: 'joined',
        admitted: `let ${what.name} in`,
        removed: `removed ${what.name}`,
        left: `${what.name} left`,
        renamed: `renamed ${who} to ${what.name}`,
      }[what.is]
    case 'state':
      return {
        waiting: 'opened the doors',
        running: 'started the class',
        paused: 'paused the class',
        ended: 'ended the class',
      }[what.to]
    case 'extend':
      return `${what.minutes} more minutes for all`
    case 'follow':
      return what.place === null ? 'stopped leading' : `leads the class to ${what.place}`
    case 'locks':
      return `${what.locked ? 'locked' : 'unlocked'} ${what.tasks.map((task) => taskName(what.lab, task)).join(', ')}`
    case 'open':
      return `hints ${what.hints ? 'open' : 'closed'}, solutions ${what.solutions ? 'open' : 'closed'}`
    case 'quiz':
      return what.is === 'asked' ? 'asked all a question' : 'closed the question'
  }
}

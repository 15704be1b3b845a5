/** An engine that gives up on a container which is just dying: it is waited for, once, and removed then. */
import type Docker from 'dockerode'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { removeContainer } from './remove-container.ts'

const refused = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode })
const dying = refused(
  500,
  'Could not kill running container 49b8, cannot remove - PID 32618 is zombie and can not be killed',
)

/** Answers each wish to remove with the next of these; undefined is: done. */
function fakeEngine(answers: (Error | undefined)[]) {
  const asked: string[] = []
  const container = {
    async remove() {
      asked.push('remove')
      const answer = answers.shift()
      if (answer) throw answer
    },
    async wait() {
      asked.push('wait')
    },
  }
  return { asked, engine: { getContainer: () => container } as unknown as Docker }
}

const logger = pino({ level: 'silent' })

test('waits for the end of a container that is just dying, and removes it then', async () => {
  const { asked, engine } = fakeEngine([dying, undefined])
  await removeContainer(engine, 'none', logger)
  expect(asked).toEqual(['remove', 'wait', 'remove'])
})

test('is content when there is none any more', async () => {
  const { asked, engine } = fakeEngine([dying, refused(404, 'no such container')])
  await removeContainer(engine, 'none', logger)
  expect(asked).toEqual(['remove', 'wait', 'remove'])
})

test('says why when the engine will not at all', async () => {
  const twice = fakeEngine([dying, dying])
  await expect(removeContainer(twice.engine, 'none', logger)).rejects.toThrow('zombie')
  const other = fakeEngine([refused(500, 'driver failed to remove root filesystem')])
  await expect(removeContainer(other.engine, 'none', logger)).rejects.toThrow('root filesystem')
  expect(other.asked).toEqual(['remove'])
})

/** Protects: a class that is planned in another time zone, or around a change of clocks, begins when its instructor wrote. */
import { describe, expect, it } from 'vitest'
import { fromField, toField } from './zoned-time.ts'

const iso = (field: string, zone: string) => new Date(fromField(field, zone) ?? Number.NaN).toISOString()

describe('fromField', () => {
  it.each([
    ['2026-11-26T14:00', 'UTC', '2026-11-26T14:00:00.000Z'],
    ['2026-11-26T14:00', 'Europe/Berlin', '2026-11-26T13:00:00.000Z'],
    ['2026-07-01T23:30', 'America/New_York', '2026-07-02T03:30:00.000Z'],
    ['2026-11-26T00:15', 'Asia/Kathmandu', '2026-11-25T18:30:00.000Z'],
    ['2026-11-26T00:15', 'Pacific/Kiritimati', '2026-11-25T10:15:00.000Z'],
  ])('%s in %s is %s', (field, zone, moment) => {
    expect(iso(field, zone)).toBe(moment)
    expect(toField(Date.parse(moment), zone)).toBe(field)
  })
  it('takes the first of an hour that comes twice, and the time after one that never comes', () => {
    expect(iso('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(iso('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  })
  it('says when there is no date', () => expect(fromField('', 'UTC')).toBeNull())
})

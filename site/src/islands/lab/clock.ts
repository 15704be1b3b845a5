/** Time for people: a clock that ticks once a second while someone looks, and durations in words. */
import { signal } from '@preact/signals'

export const now = signal(0)

let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** Makes `now` tick; returns how to stop. */
export function watchClock(): () => void {
  now.value = Date.now()
  if (watchers++ === 0) timer = setInterval(() => (now.value = Date.now()), 1000)
  return () => {
    if (--watchers === 0) clearInterval(timer)
  }
}

/** `41:10`, or `1:02:05` from an hour on; never below zero. */
export function formatLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** `in 12 minutes`, rounded up; `within a minute` below that. */
export function formatWait(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return minutes > 1 ? `in ${minutes} minutes` : 'within a minute'
}

/** `3 minutes ago`, `yesterday`. */
export function formatAgo(at: number, from: number): string {
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  const minutes = Math.round((at - from) / 60_000)
  if (minutes > -1) return 'just now'
  if (minutes > -60) return relative.format(minutes, 'minute')
  if (minutes > -60 * 24) return relative.format(Math.round(minutes / 60), 'hour')
  return relative.format(Math.round(minutes / 60 / 24), 'day')
}

/** Exact and local, for a tooltip. */
export function formatExact(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** `03:12`, local. */
export function formatTime(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}

/** Day on which something kept now would be removed. */
export function formatDay(at: number): string {
  return new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'long' })
}

/** `640 KB`, `1.4 MB`, `3.1 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}

export function countOf(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`
}

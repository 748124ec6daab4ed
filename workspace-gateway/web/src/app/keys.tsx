import { useEffect, useRef } from 'react'
import { type Destination, press, still } from './keyboard.ts'

type Keys = Record<string, (() => void) | undefined>
const pages: { current: Keys }[] = []
const remembered = 'sekisho.single-keys'

/** Single-key shortcuts can be turned off (WCAG 2.1.4); Ctrl-K stays. */
export const singleKeys = {
  on: () => localStorage.getItem(remembered) !== 'off',
  turn: (on: boolean) => localStorage.setItem(remembered, on ? 'on' : 'off'),
}

/** The page that was mounted last answers first. */
export function useKeys(keys: Keys): void {
  const held = useRef(keys)
  held.current = keys
  useEffect(() => {
    pages.push(held)
    return () => void pages.splice(pages.indexOf(held), 1)
  }, [])
}

export function useKeyboard(go: (to: Destination) => void, palette: () => void): void {
  const acts = useRef({ go, palette })
  acts.current = { go, palette }
  useEffect(() => {
    let state = still
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        acts.current.palette()
        return
      }
      const answer = press(state, {
        key: event.key,
        at: event.timeStamp,
        typing: event.defaultPrevented || event.isComposing || !singleKeys.on() || inField(event.target) || dialogIsOpen(),
        modified: event.ctrlKey || event.metaKey || event.altKey,
      })
      state = answer.state
      if (!answer.act) return
      if ('go' in answer.act) return acts.current.go(answer.act.go)
      const { key } = answer.act
      const handler = [...pages].reverse().find((page) => page.current[key])?.current[key]
      if (handler) {
        event.preventDefault()
        handler()
      }
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') !== null
}

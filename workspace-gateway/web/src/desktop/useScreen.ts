import Guacamole from 'guacamole-common-js'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type Ending, pause, whatNext } from './endings.ts'
import { addressOf, lineTo } from './tunnel.ts'

export type Shown = { state: 'connecting' } | { state: 'shown' } | { state: 'over'; ending: Ending }

const longest = 256 * 1024
const resizeAfter = 200

/** The desktop in an element: connects, draws, hands on mouse and keys, and comes again after a broken line. */
export function useScreen(workspace: string, place: RefObject<HTMLElement | null>) {
  const [shown, show] = useState<Shown>({ state: 'connecting' })
  const client = useRef<Guacamole.Client | null>(null)
  const asked = useRef({ tries: 0, takeover: false })
  const [round, go] = useState(0)

  useEffect(() => {
    const ground = place.current
    if (!ground) return
    let timer = 0
    let left = false
    const line = lineTo(addressOf(workspace, sizeOf(ground), asked.current.takeover), (ending) => {
      if (left) return
      show({ state: 'over', ending })
      if (whatNext(ending) === 'again') timer = window.setTimeout(() => go((n) => n + 1), pause(asked.current.tries++))
    })
    asked.current.takeover = false
    const mine = new Guacamole.Client(line)
    const stop = put(mine, ground, () => {
      asked.current.tries = 0
      performance.mark('desktop-shown')
      show({ state: 'shown' })
    })
    client.current = mine
    mine.connect()
    return () => {
      left = true
      clearTimeout(timer)
      stop()
      mine.disconnect()
      client.current = null
    }
  }, [workspace, place, round])

  const again = useCallback((takeover = false) => {
    asked.current = { tries: 0, takeover }
    show({ state: 'connecting' })
    go((n) => n + 1)
  }, [])
  const paste = useCallback((text: string): boolean => {
    if (!client.current || new TextEncoder().encode(text).length > longest) return false
    const writer = new Guacamole.StringWriter(client.current.createClipboardStream('text/plain'))
    writer.sendText(text)
    writer.sendEnd()
    return true
  }, [])
  return { shown, again, paste }
}

function sizeOf(ground: HTMLElement) {
  return { width: Math.max(320, Math.floor(ground.clientWidth)), height: Math.max(320, Math.floor(ground.clientHeight)) }
}

/** Puts the display into the element, its mouse and the keyboard behind it. @returns what takes it all away again */
function put(client: Guacamole.Client, ground: HTMLElement, whenShown: () => void): () => void {
  const display = client.getDisplay()
  const picture = display.getElement()
  ground.replaceChildren(picture)
  const fit = () => {
    const size = sizeOf(ground)
    const scale = Math.min(1, size.width / (display.getWidth() || 1), size.height / (display.getHeight() || 1))
    display.scale(scale)
  }
  display.onresize = fit
  client.onstatechange = (state) => {
    if ((state as number) === 3) whenShown()
  }
  const mouse = new Guacamole.Mouse(picture)
  display.oncursor = (canvas, x, y) => mouse.setCursor(canvas, x, y)
  mouse.onEach(['mousedown', 'mousemove', 'mouseup'], (event) => {
    client.sendMouseState((event as Guacamole.Mouse.Event).state, true)
  })
  const away = keys(client, ground)
  let timer = 0
  const watch = new ResizeObserver(() => {
    fit()
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const { width, height } = sizeOf(ground)
      client.sendSize(width, height)
    }, resizeAfter)
  })
  watch.observe(ground)
  return () => {
    watch.disconnect()
    clearTimeout(timer)
    away()
  }
}

/** Keys go to the desktop while nothing else of the page wants them; what an input method composes is typed. */
function keys(client: Guacamole.Client, ground: HTMLElement): () => void {
  const sink = new Guacamole.InputSink()
  const catcher = sink.getElement()
  catcher.setAttribute('aria-hidden', 'true')
  catcher.tabIndex = -1
  ground.append(catcher)
  const keyboard = new Guacamole.Keyboard(catcher)
  keyboard.onkeydown = (keysym) => {
    client.sendKeyEvent(1, keysym)
    return false
  }
  keyboard.onkeyup = (keysym) => client.sendKeyEvent(0, keysym)
  const focus = () => sink.focus()
  const reset = () => keyboard.reset()
  ground.addEventListener('mousedown', focus)
  ground.addEventListener('focus', focus)
  window.addEventListener('blur', reset)
  sink.focus()
  return () => {
    keyboard.onkeydown = null
    keyboard.onkeyup = null
    keyboard.reset()
    ground.removeEventListener('mousedown', focus)
    ground.removeEventListener('focus', focus)
    window.removeEventListener('blur', reset)
    catcher.remove()
  }
}

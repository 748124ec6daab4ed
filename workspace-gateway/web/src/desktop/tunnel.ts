import Guacamole from 'guacamole-common-js'
import { type Ending, endingOf } from './endings.ts'

const pingEvery = 1_000
const silence = 15_000

/**
 * One line to the desktop of a workspace. It never comes again by itself: `whenEnded` says why it is over, and whoever
 * made it makes another one.
 */
export function lineTo(address: string, whenEnded: (ending: Ending) => void): Guacamole.Tunnel {
  const tunnel = new (Guacamole.Tunnel as unknown as new () => Guacamole.Tunnel)()
  let socket: WebSocket | null = null
  let pings = 0
  let heard = 0
  let over = false

  const turn = (state: Guacamole.Tunnel.State) => {
    tunnel.state = state
    tunnel.onstatechange?.(state)
  }
  const end = (ending: Ending) => {
    if (over) return
    over = true
    clearInterval(pings)
    socket?.close()
    turn(Guacamole.Tunnel.State.CLOSED)
    whenEnded(ending)
  }
  const say = (...elements: unknown[]) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(`${elements.map(element).join(',')};`)
  }

  tunnel.isConnected = () => !over && socket?.readyState === WebSocket.OPEN
  tunnel.sendMessage = say
  tunnel.disconnect = () => {
    say('disconnect')
    end('left')
  }
  tunnel.connect = () => {
    turn(Guacamole.Tunnel.State.CONNECTING)
    const parser = new Guacamole.Parser()
    parser.oninstruction = (opcode, given) => {
      if (opcode !== '') tunnel.oninstruction?.(opcode, given)
    }
    socket = new WebSocket(address, 'guacamole')
    socket.onopen = () => {
      heard = performance.now()
      turn(Guacamole.Tunnel.State.OPEN)
      pings = window.setInterval(() => {
        if (performance.now() - heard > silence) end('line')
        else say('', 'ping', Date.now())
      }, pingEvery)
    }
    socket.onmessage = ({ data }) => {
      heard = performance.now()
      parser.receive(String(data))
    }
    socket.onclose = ({ reason }) => end(endingOf(reason))
  }
  return tunnel
}

/** Lengths count code points. */
export function element(value: unknown): string {
  const text = String(value)
  return `${[...text].length}.${text}`
}

/** Names this page towards the gateway, so that it need not ask itself whether it may come back. */
export const windowName = crypto.randomUUID?.() ?? String(Math.random()).slice(2)

export function addressOf(workspace: string, size: { width: number; height: number }, takeover: boolean): string {
  const asked = new URLSearchParams({
    width: String(size.width),
    height: String(size.height),
    dpi: '96',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    window: windowName,
    ...(takeover && { takeover: '1' }),
  })
  return `${location.origin.replace(/^http/, 'ws')}/api/workspaces/${encodeURIComponent(workspace)}/desktop?${asked}`
}

import Guacamole from 'guacamole-common-js'

const piece = 1 << 20

/** The instructions of a stream that is here already, as a line that ends when they do. */
export function lineOf(stream: Blob): Guacamole.Tunnel {
  const tunnel = new (Guacamole.Tunnel as unknown as new () => Guacamole.Tunnel)()
  let left = false
  const close = () => {
    tunnel.state = Guacamole.Tunnel.State.CLOSED
    tunnel.onstatechange?.(Guacamole.Tunnel.State.CLOSED)
  }
  tunnel.connect = () => {
    const parser = new Guacamole.Parser()
    parser.oninstruction = (opcode, given) => tunnel.oninstruction?.(opcode, given)
    const read = async () => {
      // ASCII throughout: a piece never cuts a character
      for (let from = 0; from < stream.size && !left; from += piece) parser.receive(await stream.slice(from, from + piece).text())
      if (!left) close()
    }
    void read()
  }
  tunnel.disconnect = () => {
    left = true
  }
  return tunnel
}

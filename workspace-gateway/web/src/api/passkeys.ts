/** PublicKeyCredentialRequestOptions as JSON (Web Authentication, Level 3). */
export type Question = { challenge: string; rpId: string; timeout: number; userVerification: 'required'; allowCredentials: { type: 'public-key'; id: string }[] }
/** PublicKeyCredentialCreationOptions as JSON. */
export type Creation = {
  challenge: string
  rp: { id: string; name: string }
  user: { id: string; name: string; displayName: string }
  pubKeyCredParams: { type: 'public-key'; alg: number }[]
  timeout: number
  excludeCredentials: { type: 'public-key'; id: string }[]
  authenticatorSelection: { residentKey: 'required'; requireResidentKey: boolean; userVerification: 'required' }
  attestation: 'none'
}

export type Obstacle = 'numbers' | 'insecure' | 'browser'

/** Why no passkey can be used at this address; undefined where one can. */
export function obstacle(at: Pick<Location, 'hostname'> = location, secure = window.isSecureContext, offered = 'PublicKeyCredential' in window): Obstacle | undefined {
  if (/^[0-9.]+$|^\[/.test(at.hostname)) return 'numbers'
  if (!secure) return 'insecure'
  return offered ? undefined : 'browser'
}

/** The same page where passkeys can be used, on a machine that calls itself 127.0.0.1. */
export function named(at: Location = location): string | undefined {
  return /^127\.|^\[::1\]$/.test(at.hostname) ? `${at.protocol}//localhost${at.port && `:${at.port}`}${at.pathname}` : undefined
}

export function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
}

export function toText(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

const listed = (known: { id: string }[]) => known.map(({ id }) => ({ type: 'public-key' as const, id: toBytes(id) }))
const whole = (made: PublicKeyCredential, response: Record<string, unknown>) => ({ id: made.id, rawId: toText(made.rawId), type: made.type, response, clientExtensionResults: {} })

/** Asks the browser for a passkey that answers. */
export async function answer(question: Question): Promise<unknown> {
  const shown = (await navigator.credentials.get({
    publicKey: { ...question, challenge: toBytes(question.challenge), allowCredentials: listed(question.allowCredentials) },
  })) as PublicKeyCredential
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response as AuthenticatorAssertionResponse
  return whole(shown, {
    clientDataJSON: toText(clientDataJSON),
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    ...(userHandle && { userHandle: toText(userHandle) }),
  })
}

/** Asks the browser to make one. */
export async function create(creation: Creation): Promise<unknown> {
  const made = (await navigator.credentials.create({
    publicKey: { ...creation, challenge: toBytes(creation.challenge), user: { ...creation.user, id: toBytes(creation.user.id) }, excludeCredentials: listed(creation.excludeCredentials) },
  })) as PublicKeyCredential
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse
  return whole(made, { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) })
}

/** The person turned away, or waited too long: nothing to be alarmed about. */
export const wasLeft = (problem: unknown): boolean => problem instanceof DOMException && (problem.name === 'NotAllowedError' || problem.name === 'AbortError')

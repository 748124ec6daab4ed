import type { Output, Review, User } from '../api/types.ts'

function isMine(review: Review, me: User): boolean {
  const by = review.by ?? review.reviewer
  if (!by) return false
  return typeof by === 'string' ? by === me.name || by === me.id : by.id === me.id || by.name === me.name
}

export function myVote(output: Output, me: User): Review | undefined {
  return output.reviews?.find((review) => isMine(review, me))
}

/** Held, and I have not said yet what I think of it. */
export function waitsForMe(output: Output, me: User): boolean {
  return output.state === 'held' && !myVote(output, me)
}

export const needed = (output: Output): number => output.reviewsNeeded ?? output.reviewsRequired ?? 1
export const given = (output: Output): number => output.reviewsGiven ?? output.reviews?.length ?? 0

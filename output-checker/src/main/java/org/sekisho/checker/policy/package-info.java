/**
 * Rule packs: what a data holder demands of anything that leaves, as versioned YAML with the source of each number.
 * Takes a name or a file, gives a {@link org.sekisho.checker.policy.RulePack}; what it does not know it refuses, with
 * file, line and what to do. Never guesses a missing number.
 */
@NullMarked
package org.sekisho.checker.policy;

import org.jspecify.annotations.NullMarked;

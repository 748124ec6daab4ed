/**
 * May this leave? Takes a held result or a finished table and a rule pack, answers a {@link
 * org.sekisho.checker.Judgement}: a verdict, findings, the files as they would leave, and the evidence.
 * A verdict can be replayed: same files and same pack, same judgement. Never asks a clock, a network or a gateway.
 */
@NullMarked
package org.sekisho.checker;

import org.jspecify.annotations.NullMarked;

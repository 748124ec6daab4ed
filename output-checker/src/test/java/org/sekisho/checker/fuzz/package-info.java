/**
 * Every reader of untrusted bytes, one target each, with what must hold of its answers. {@code ./fuzz} feeds the targets
 * with inputs that a coverage-guided fuzzer (Jazzer) makes; the ordinary tests feed them with the seeds and with every
 * input that once broke something.
 */
@NullMarked
package org.sekisho.checker.fuzz;

import org.jspecify.annotations.NullMarked;

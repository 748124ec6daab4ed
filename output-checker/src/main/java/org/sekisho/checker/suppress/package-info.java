/**
 * Secondary suppression: which further cells must be hidden so that no hidden one can be computed. Takes equations,
 * costs and primary cells, gives a {@link org.sekisho.checker.suppress.Pattern}. Exact arithmetic modulo a prime, the
 * same answer for the same question. Pure; never looks at who asks.
 */
@NullMarked
package org.sekisho.checker.suppress;

import org.jspecify.annotations.NullMarked;

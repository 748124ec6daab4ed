/**
 * May they, now? Takes the roles of a caller and what is asked; hands back admitted, refused with a reason, or
 * invisible. One table, one total function. Pure: never touches files, clocks, the network or the store.
 */
@NullMarked
package org.sekisho.gateway.access;

import org.jspecify.annotations.NullMarked;

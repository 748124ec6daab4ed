/**
 * The one door: {@code Main} builds the objects of the gateway and starts it.
 * Takes arguments and a home folder; gives a served address. Holds no policy of its own.
 */
@NullMarked
package org.sekisho.gateway;

import org.jspecify.annotations.NullMarked;

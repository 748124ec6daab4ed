/**
 * What a project may ask of its data, and the answer. Everything below this package is independent of the gateway
 * and of the output checker; what passes to them is a file with a small JSON beside it.
 */
@NullMarked
package org.sekisho.engine;

import org.jspecify.annotations.NullMarked;
